import Testing
import Values

@testable import Enrichment

struct EnrichmentTests {
    @Test func `a home page tells of its company`() async {
        let page = await HTMLPage.read(
            """
            <title>Acme &amp; Co | Home</title><meta name="description" content="We move freight.">
            <meta property="og:site_name" content="Acme &amp; Co"><script>var x = "mailto:no@x.example"</script>
            <script type="application/ld+json">{"numberOfEmployees": {"value": 140}}</script>
            <p>Write to <a href="mailto:Ada.King@acme.example?subject=x">Ada</a>, <b>info@acme.example</b>, or call
            <a href="tel:+14165550134">us</a>.
            """)
        let home = HomePage(page, country: "US")
        #expect(home.title == "Acme & Co | Home" && home.description == "We move freight." && home.name == "Acme & Co")
        #expect(home.emails.map(\.description) == ["Ada.King@acme.example", "info@acme.example"])
        #expect(home.phones.map(\.description) == ["+14165550134"])
        #expect(home.employees?.count == 140 && HomePage.band(140) == "51-200")
    }

    @Test(arguments: [
        "", "<", "<<<>>>", "<a href=\"", "\u{0}\u{0}", "<title>", "<script>alert(1)", "<!--", "<p a=0 a=1 a=2>",
        String(repeating: "<div>", count: 100_000), String(repeating: "<table><tr><td>", count: 20_000),
        String(repeating: "<b a=1>", count: 10_000) + String(repeating: "<p>x", count: 10_000),
        String(repeating: "<a href=x>", count: 40_000), String(repeating: "&amp", count: 100_000),
    ])
    func `any page is read in time and memory`(html: String) async {
        _ = HomePage(await HTMLPage.read(html), country: "US")
    }

    @Test(arguments: [
        ("ada.king", 0.9), ("aking", 0.9), ("king", 0.0), ("ada", 0.4), ("kinga", 0.9), ("info", 0.0),
        ("adam.king", 0.0),
    ])
    func `a mailbox is somebody's by how companies name them`(local: String, likeness: Double) throws {
        let name = try #require(PersonName(parsing: "Ada King"))
        let email = try #require(EmailAddress(parsing: "\(local)@acme.example"))
        #expect(EmailOwner.likeness(name, of: email) == likeness)
    }

    @Test func `an industry is guessed from its words, or not at all`() {
        #expect(IndustryRule.guess(["Freight, warehousing and customs"])?.industry == "Logistics")
        #expect(IndustryRule.guess(["We do things"]) == nil)
        #expect(IndustryRule.guess(["software"])?.confidence ?? 1 < 0.5)
    }
}

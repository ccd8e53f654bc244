import Foundation
import Testing
import Values

@testable import Enrichment

struct EnrichmentTests {
    @Test func `a home page tells of its company`() async throws {
        let read = await HTMLPage.read(
            """
            <title>Acme &amp; Co | Home</title><meta name="description" content="We move freight.">
            <meta property="og:site_name" content="Acme &amp; Co"><script>var x = "mailto:no@x.example"</script>
            <script type="application/ld+json">{"numberOfEmployees": {"value": 140}}</script>
            <p>Write to <a href="mailto:Ada.King@acme.example?subject=x">Ada</a>, <b>info@acme.example</b>, or call
            <a href="tel:+14165550134">us</a>.
            """)
        let page = try #require(read)
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
        String(repeating: "<button><p>", count: 15_000), String(repeating: "<select><option>", count: 15_000),
        String(repeating: "<svg><a>", count: 15_000), String(repeating: "<form><table>", count: 15_000),
        "<p " + (0..<300_000).map { "a\($0)=1 " }.joined(),
        String(repeating: "<p " + (0..<200).map { "a\($0)=1 " }.joined() + ">", count: 1_000),
    ])
    func `a page costs no more than a page may, whatever it is made of`(html: String) async {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let before = usage.ru_utime.tv_sec
        let found = await HTMLPage.read(html)
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        // It is read as far as a page may cost, and not given up.
        #expect(found != nil)
        // Processor time of the whole process, of which other tests take their part; the page of 300,000 attributes took
        // minutes.
        #expect(usage.ru_utime.tv_sec - before < 60)
    }

    @Test func `a page that costs too much is none, and its memory is given back`() async {
        // Each of these would clone every open element for the next.
        let html = String(repeating: "<a><div>", count: 14_000)
        _ = await HTMLPage.read(html)
        let page = await HTMLPage.read("<title>Acme</title>")
        #expect(page?.title == "Acme")
    }

    @Test func `surplus attributes and formatting are left out, and nothing else`() throws {
        func bounded(_ text: String) -> String { String(decoding: HTMLTags.bounded(Array(text.utf8)), as: UTF8.self) }
        for plain in [
            "<a href=\"x > y\" title='<b>'>z</a>", "<p a = \"b\" c>d", "1 < 2 </p >", "<br/><img src=a/b/c>",
            "<a =x=1>", "<script>if (a<x && c>\"d\") {}</script>", "<b-card x=1>y</b-card>", "<!-- <b> --><!--><p>",
            // A script's comparison is no tag, however many words follow it.
            "<script type=\"application/ld+json\">{\"a\": \"<b>\"}</script><SCRIPT>for (; i<links.length; "
                + (0..<100).map { "b\($0) / " }.joined() + "></SCRIPT ><h1>Acme</h1>",
            "<style>a<b</style><p>", "<title>A<b", "<script>a<i",
        ] { #expect(bounded(plain) == plain) }
        #expect(bounded("<B class=\"x>\">hi</B>") == "hi</B>")
        let many = "<a " + (0..<100).map { "x\($0)=\"\($0) >\" " }.joined() + ">end"
        let kept = bounded(many)
        #expect(kept.hasSuffix(">end") && kept.contains("x59=\"59 >\"") && !kept.contains("x60"))
        #expect(bounded("</p " + String(repeating: "a ", count: 100) + ">end").count < 140)
        #expect(bounded(String(repeating: "<i>", count: 40_000) + "<p>") == "")
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

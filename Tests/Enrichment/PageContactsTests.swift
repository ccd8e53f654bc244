import Testing
import Values

@testable import Enrichment

/// Addresses and numbers: which are there, and whose they are.
struct PageContactsTests {
    private func page(_ body: String, people: [String] = [], country: String = "US", host: String = "www.acme.example")
        async throws -> WebPage
    {
        let html =
            "<title>Acme | Contact</title><h1>Acme</h1><p>Acme makes tools for gardens, and sells them to shops all over the county.</p>\(body)"
        return try #require(
            await WebPage.read(
                Array(html.utf8), contentType: "text/html; charset=utf-8", host: host, people: people, country: country)
        )
    }

    @Test(arguments: [
        "<p>jane (at) acme [dot] example</p>", "<p>jane AT acme DOT example</p>", "<p>jane&#64;acme&period;example</p>",
        "<p>jane ＠ acme.example</p>", "<p>jane<span style=\"display:none\">spam</span>@acme.example</p>",
        "<p>jane <b style='display: none'>no</b>(chiocciola) acme.example</p>",
        "<a href=\"/cdn-cgi/l/email-protection#2b414a454e6b4a48464e054e534a465b474e\">x</a>",
        "<span data-cfemail=\"2b414a454e6b4a48464e054e534a465b474e\">[email protected]</span>",
        "<span style=\"unicode-bidi:bidi-override; direction: rtl\">elpmaxe.emca@enaj</span>",
        "<style>.r{unicode-bidi:bidi-override;direction:rtl}</style><span class=r>elpmaxe.emca@enaj</span>",
        "<a href=\"mailto:jane%40acme.example?subject=Hi\">Write</a>",
        "<a href=\"javascript:linkTo_UnCryptMailto('nbjmup+kbofAbdnf/fybnqmf');\">x</a>",
        "<script type=application/ld+json>{\"@type\":\"Organization\",\"name\":\"Acme Garden Tools\",\"email\":\"jane@acme.example\",}</script>",
    ])
    func `an address that is hidden from robots is read`(html: String) async throws {
        let found = try await page(html).emails.map { $0.address.description.lowercased() }
        #expect(found == ["jane@acme.example"], "\(html): \(found)")
    }

    @Test(arguments: [
        "<p>logo@2x.png</p>", "<p>you@example.com</p>", "<p>noreply@acme.example</p>", "<p>name@domain.com</p>",
        "<p style=\"display:none\">jane@acme.example</p>", "<!-- jane@acme.example -->",
        "<script>var a = 'jane@acme.example'</script>",
        "<template><p>jane@acme.example</p></template>", "<p>3f2a9c1d3f2a9c1d3f2a9c1d3f2a9c1d@o12.ingest.sentry.io</p>",
        "<footer>Website by Pixelworks, hello@pixelworks.example</footer>",
        "<p>Our partner: info@other-company.example</p>",
        "<input type=email placeholder=\"jane@acme.example\">", "<p class=hidden>jane@acme.example</p>",
    ])
    func `what only looks like an address is not taken`(html: String) async throws {
        #expect(try await page(html).emails.isEmpty)
    }

    @Test func `whose an address is, the name beside it decides, and two that fit are nobody's`() async throws {
        let cards = try await page(
            """
            <div><h3>John Smith</h3><p>Sales</p><p>jsmith@acme.example</p></div>
            <div><h3>Julia Smith</h3><p>Service</p><p>jsmith2@acme.example</p></div>
            <p>Write to <a href="mailto:office@acme.example">the office</a>.</p>
            """)
        #expect(cards.emails.map(\.owner) == ["John Smith", "Julia Smith", nil])
        let shared = try await page("<p>John Smith and Julia Smith: jsmith@acme.example</p>")
        #expect(shared.emails.map(\.owner) == [nil])
        let far = try await page(
            "<p>John Smith</p><p>Julia Smith</p><p>For all questions, write to jsmith@acme.example.</p>")
        #expect(far.emails.map(\.owner) == [nil])
        let full = try await page("<p>Ask for Ada King.</p><p>ada.king@acme.example</p>")
        #expect(full.emails.map(\.owner) == ["Ada King"])
        // What is hidden names nobody.
        let hidden = try await page(
            "<p>info@acme.example</p><div style='display:none'>Jane Doe <p>jdoe@acme.example</p></div>")
        #expect(hidden.emails.map(\.owner) == [nil])
    }

    @Test(
        arguments: [
            (
                "<table><tr><td>Giulia Bianchi<br>Sales</td><td>Marco Bianchi<br>Buying</td></tr><tr><td>338 111 2233</td><td>339 444 5566</td></tr></table>",
                nil
            ),
            (
                "<div><p>Britta Hahn</p><p>b.hahn@acme.example</p></div><p>Direct line Dr. Lindner: 06 1234 5678</p>",
                nil
            ),
            ("<div><h3>Ada King</h3><p>Cell. 338 111 2233</p></div>", "Ada King"),
        ] as [(String, String?)])
    func `a number in a column or of somebody else is not the person's nearby`(body: String, owner: String?)
        async throws
    {
        let read = try await page(
            body, people: ["Giulia Bianchi", "Marco Bianchi", "Britta Hahn", "Ada King"], country: "IT")
        #expect(read.phones.allSatisfy { $0.owner == owner }, "\(read.phones)")
        #expect(!read.phones.isEmpty)
    }

    @Test(arguments: [
        ("Last year our software paid 18,000 employees on time.", nil),
        ("Mit unserer Software werden jeden Monat 25.000 Mitarbeiter abgerechnet.", nil),
        ("En 2023 formamos a 7.500 empleados de 300 empresas.", nil), ("We employ 85 people.", 85),
        ("Our team of 40 people works in Leeds.", 40),
    ])
    func `a size is only what the company says of its own people`(sentence: String, count: Int?) {
        #expect(CompanySize.count(in: sentence, names: ["Acme"]) == count)
    }

    @Test func `whom a company works for says nothing of its industry`() {
        #expect(
            Industry.withoutCustomers("Software for dentists and clinics. We build it.") == "Software for We build it.")
    }

    @Test func `numbers in wide digits are numbers`() async throws {
        let read = try await page("<p>電話 ０３－３２１２－２３２３</p>", country: "JP")
        #expect(read.phones.map(\.number.description) == ["+81332122323"])
    }

    @Test func `a letter before a number may be a fax's`() async throws {
        let read = try await page("<p>T 416 555 0123, F 416 555 0124</p>")
        #expect(read.phones.map(\.kind) == [.office, .fax], "\(read.phones)")
    }

    @Test func `numbers have their kind, and the company's are not a person's`() async throws {
        let read = try await page(
            """
            <p>Tel. +49 30 23125 880, Fax +49 30 23125 881, Mobil 0152 28817386, gratis 0800 5551234</p>
            <p>IBAN DE12 3456 7890 1234 5678 90, HRB 123456, USt-IdNr. DE 812 345 678</p>
            <p>Open 8.00-17.00, prices from 1.200,00, since 1998</p>
            """, country: "DE")
        #expect(
            read.phones.map(\.number.e164) == ["+493023125880", "+493023125881", "+4915228817386", "+498005551234"])
        #expect(
            read.phones.map(\.kind) == [.office, .fax, .mobile, .tollFree] && read.phones.allSatisfy { $0.owner == nil }
        )
        let people = try await page(
            """
            <div><h3>Jane Doe</h3><p>Sales</p><p>Mobile +49 152 28817386</p></div>
            <div><h3>Office</h3><p>Tel. +49 30 23125 880</p></div>
            """, country: "DE")
        #expect(people.phones.map(\.owner) == ["Jane Doe", nil])
    }
}

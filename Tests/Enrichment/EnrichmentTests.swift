import Foundation
import Leads
import Testing
import Values

@testable import Enrichment

/// What is read from a page, and what a page may cost.
struct EnrichmentTests {
    @Test func `a home page tells of its company`() async throws {
        let read = await WebPage.read(
            Array(
                """
                <title>Acme Freight | Home</title><meta name="description" content="Acme Freight moves freight for importers on the lakes.">
                <meta property="og:site_name" content="Acme Freight"><script>var x = "mailto:no@x.example"</script>
                <script type="application/ld+json">{"@type": "Organization", "name": "Acme Freight",
                "numberOfEmployees": {"value": 140}}</script>
                <h1>Freight</h1><p>We move freight for importers between the lakes and the sea, and clear it at customs.</p>
                <p>Write to <a href="mailto:Ada.King@acme-freight.example?subject=x">Ada King</a>, <b>info@acme-freight.example</b>,
                or call <a href="tel:+14165550134">us</a>.
                """.utf8), contentType: "text/html; charset=utf-8", host: "www.acme-freight.example", country: "US")
        let page = try #require(read)
        #expect(page.kind == .page && page.facts.name?.value == "Acme Freight" && page.facts.size?.value == "51-200")
        #expect(page.facts.description?.value == "Acme Freight moves freight for importers on the lakes.")
        #expect(page.facts.serves?.value == "importers on the lakes" && page.facts.language == "en")
        #expect(
            page.emails.map(\.address.description) == ["info@acme-freight.example", "Ada.King@acme-freight.example"])
        #expect(page.emails.map(\.owner) == [nil, "Ada King"])
        #expect(page.phones.map(\.number.description) == ["+14165550134"] && page.phones[0].owner == nil)
    }

    /// Named, because a log has no room for a megabyte of tags.
    struct HostilePage: CustomTestStringConvertible {
        let name: String
        let html: String
        var testDescription: String { name }

        static func many(_ part: String, _ count: Int, then next: String = "") -> HostilePage {
            HostilePage(
                name: "\(count) × \(part.prefix(60))\(next)",
                html: String(repeating: part, count: count) + String(repeating: next, count: count))
        }
        static func attributes(_ count: Int, times: Int) -> HostilePage {
            let tag = "<p " + (0..<count).map { "a\($0)=1 " }.joined() + ">"
            return HostilePage(
                name: "\(times) tags of \(count) attributes", html: String(repeating: tag, count: times))
        }
    }

    // One after another: what is measured is the page, not its neighbours.
    @Test(
        .serialized,
        arguments: [
            "", "<", "<<<>>>", "<a href=\"", "\u{0}\u{0}", "<title>", "<script>alert(1)", "<!--", "<p a=0 a=1 a=2>",
        ].map { HostilePage(name: $0, html: $0) } + [
            .many("<div>", 100_000), .many("<table><tr><td>", 20_000), .many("<b a=1>", 10_000, then: "<p>x"),
            .many("<a href=x>", 40_000), .many("&amp", 100_000), .many("<button><p>", 15_000),
            .many("<select><option>", 15_000), .many("<svg><a>", 15_000), .many("<form><table>", 15_000),
            .attributes(300_000, times: 1), .attributes(200, times: 1_000), .many("1 2 3 4 5 6 7 8 9 0 ", 50_000),
            .many("a@b.example ", 50_000), .many("<p>Jane Doe jane@acme.example</p>", 10_000),
            .many("<script><!--<script></script>", 60_000), .many(String(repeating: "(", count: 2_900) + "@<p>", 90),
            .many("<a href='mailto:" + String(repeating: "(", count: 1_900) + "'>x</a>", 1_000),
            .many("<a href='tel:+14165550134'>x</a>", 7_000),
            .many("<div itemscope itemtype='https://schema.org/Organization'>", 20_000),
            .many(String(repeating: "A", count: 390) + " 12345 A<p>", 700),
            .many("<style>.a{display:none}</style>", 5_000), .many("(at) [dot] at ", 50_000),
        ])
    func `a page costs no more than a page may, whatever it is made of`(page: HostilePage) async throws {
        // Processor time, because other tests take their part of the processor.
        var spent = 0.0
        func measured<Value>(_ work: () -> Value) -> Value {
            let begun = Self.processorTime
            defer { spent += Self.processorTime - begun }
            return work()
        }
        let bytes = Array(page.html.utf8)
        let text = measured { PageEncoding.of(bytes, contentType: "text/html").decode(bytes).withoutSecrets }
        _ = measured { HTMLTags.bounded(Array(text.utf8)) }
        // It is read as far as a page may cost, and not given up. What that takes, the parser bounds by itself.
        let document = try #require(await PageDocument.read(text))
        _ = measured { WebPage(document, host: "acme.example", people: [], companies: [], country: "US") }
        // The page of 300,000 attributes took minutes.
        #expect(spent < 30, "\(spent) s")
    }

    /// Of this thread, in seconds.
    private static var processorTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    @Test func `a page that costs too much is read in its first part, and its memory is given back`() async {
        // Each of these would clone every open element for the next.
        let html = "<title>Long</title>" + String(repeating: "<a><div>", count: 14_000)
        #expect(await PageDocument.read(html)?.title == "Long")
        #expect(await PageDocument.read("<title>Acme</title>")?.title == "Acme")
    }

    @Test func `surplus attributes and scripts are left out, formatting becomes spans, and nothing else changes`()
        throws
    {
        func bounded(_ text: String) -> String { String(decoding: HTMLTags.bounded(Array(text.utf8)), as: UTF8.self) }
        for plain in [
            "<a href=\"x > y\" title='<span>'>z</a>", "<p a = \"b\" c>d", "1 < 2 </p >", "<br/><img src=a/b/c>",
            "<a =x=1>", "<b-card x=1>y</b-card>", "<!-- <b> --><!--><p>",
            "<script type=\"application/ld+json\">{\"a\": \"<b>\"}</script><h1>Acme</h1>",
            "<style>a<b</style><p>", "<title>A<b",
        ] { #expect(bounded(plain) == plain) }
        #expect(bounded("<B class=\"x>\">hi</B>") == "<span class=\"x>\">hi</span>")
        // A script's comparison is no tag, and neither is what it writes.
        #expect(bounded("<script>if (a<x && c>\"d\") {}</script>e") == "<script></script>e")
        #expect(bounded("<SCRIPT>document.write('<p>x')</SCRIPT ><h1>Acme</h1>") == "<SCRIPT></SCRIPT ><h1>Acme</h1>")
        // What `<!--` hides by the standard would be the rest of the page: the first end tag counts.
        #expect(bounded("<script><!-- <script> x</script>rest").hasSuffix("rest"))
        #expect(bounded("<script><!-- <script>x</script> --></script>rest") == "<script></script>rest")
        let many = "<a " + (0..<100).map { "x\($0)=\"\($0) >\" " }.joined() + ">end"
        let kept = bounded(many)
        #expect(kept.hasSuffix(">end") && kept.contains("x59=\"59 >\"") && !kept.contains("x60"))
        #expect(bounded("</p " + String(repeating: "a ", count: 100) + ">end").count < 140)
    }

    @Test(
        arguments: [
            ("ada.king", .full), ("aking", .part), ("king", .part), ("ada", .part), ("kinga", .part), ("info", .none),
            ("adam.king", .none), ("king.ada", .full), ("ak", .part), ("dr.ada", .part),
        ] as [(String, MailboxOwner.Likeness)])
    func `a mailbox may be somebody's by how companies name them`(local: String, likeness: MailboxOwner.Likeness) throws
    {
        let name = try #require(PersonName(parsing: "Ada King"))
        let email = try #require(EmailAddress(parsing: "\(local)@acme.example"))
        #expect(MailboxOwner.likeness(name, of: email) == likeness)
    }
}

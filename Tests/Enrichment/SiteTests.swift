import AppConfiguration
import Foundation
import Leads
import Synchronization
import TestSupport
import Testing
import Transport
import Values

@testable import Enrichment

/// How other people's sites are visited.
struct SiteTests {
    @Test(arguments: [
        ("User-agent: *\nDisallow: /private\nAllow: /private/open\n", "/private/x", false),
        ("User-agent: *\nDisallow: /private\nAllow: /private/open\n", "/private/open/1", true),
        ("User-agent: *\nDisallow: /\n\nUser-agent: 4runr\nDisallow:\n", "/contact", true),
        ("User-agent: 4Runr/1.0\nUser-agent: other\nDisallow: /a\n", "/a", false),
        ("User-agent: other\nDisallow: /\n", "/a", true), ("Disallow: /\n", "/a", true),
        ("User-agent: *\nDisallow: /*.pdf$\n", "/a/b.pdf", false),
        ("User-agent: *\nDisallow: /*.pdf$\n", "/a/b.pdf?x", true),
        ("User-agent: *\nDisallow: /a%3Cd\n", "/a%3cd", false),
        ("User-agent: *\nDisallow: /\u{e4}\n", "/%C3%A4", false),
        ("User-agent: *\nDisallow: /x\nAllow: /x\n", "/x", true),
        ("user-agent : *\r\ndisallow : /a # no\r\n", "/a", false),
        ("User-agent: *\nDisallow: /a\nUser-agent: *\nDisallow: /b\n", "/b", false),
        ("\u{FEFF}User-agent: *\nDisallow: /\n", "/robots.txt", true),
    ])
    func `robots txt is read by RFC 9309`(text: String, path: String, isAllowed: Bool) {
        #expect(RobotsFile(text, agent: "4runr").allows(path) == isAllowed)
    }

    @Test func `a delay is that of the group that holds`() {
        #expect(RobotsFile("User-agent: *\nCrawl-delay: 3\n", agent: "4runr").crawlDelay == .seconds(3))
        #expect(
            RobotsFile("User-agent: *\nCrawl-delay: 3\nUser-agent: 4runr\nDisallow: /x\n", agent: "4runr").crawlDelay
                == nil)
    }

    @Test func `the pages that tell how to reach a company come first, one of each kind`() {
        let links = [
            ("/blog", "Blog"), ("/about-us", "About us"), ("/kontakt", "Kontakt"),
            ("/contact/berlin", "Contact Berlin"),
            ("https://other.example/contact", "Contact"), ("/impressum", "Impressum"),
            ("mailto:a@acme.example", "Contact"),
            ("/team.pdf", "Team"),
        ].map { (target: $0.0, words: $0.1) }
        #expect(
            SiteLinks.choose(links, of: "https://www.acme.example/", limit: 3) == [
                "https://www.acme.example/kontakt", "https://www.acme.example/impressum",
                "https://www.acme.example/about-us",
            ])
    }

    private func lead(_ fields: [LeadField: String]) -> Lead {
        Lead(
            id: 1, uuid: "u", fields: LeadFields(fields), status: .new, processing: .new,
            createdAt: Timestamp(seconds: 0),
            updatedAt: Timestamp(seconds: 0), revision: 1)
    }

    private func enricher(
        _ hosts: [String: String], _ values: [String: String] = [:], memory: any CompanyMemory = NoMemory(),
        finder: (any WebsiteFinder)? = nil, mail: (any MailDomains)? = nil
    ) -> Enricher {
        let settings = EnrichmentSettings(Settings(files: [], environment: values, diagnostics: Diagnostics()))
        return Enricher(
            client: TestClient.make(hosts: hosts, sleep: { _ in }), finder: finder, memory: memory, mail: mail,
            settings: settings,
            profileSources: [], runtime: .test())
    }

    private static let home = """
        <title>Acme Tools | Home</title><meta property=og:site_name content="Acme Tools">
        <p>We make tools for gardens, and sell them to shops all over the county.</p><a href="/contact">Contact</a>
        """

    @Test
    func
        `a page that robots txt forbids is not asked for, and one that is forbidden for all is the lead's own trouble`()
        async throws
    {
        let server = RawServer { request, _ in
            if request.hasPrefix("GET /robots.txt") {
                return RawServer.answer(200, ["Content-Type: text/plain"], "User-agent: *\nDisallow: /contact\n")
            }
            return RawServer.answer(200, ["Content-Type: text/html"], Self.home)
        }
        let hosts = ["acmetools.example": "127.0.0.1:\(server.port)"]
        let outcome = try await enricher(hosts).enrich(
            lead([.fullName: "Ada King", .website: "https://acmetools.example"]))
        #expect(outcome.trouble == nil && outcome.enrichment.findings[.company]?.value == "Acme Tools")
        #expect(outcome.trace.contains { $0.contains("robots.txt forbids /contact") })
        #expect(!server.requests.contains { $0.hasPrefix("GET /contact") })
        let closed = RawServer { request, _ in
            request.hasPrefix("GET /robots.txt")
                ? RawServer.answer(200, ["Content-Type: text/plain"], "User-agent: *\nDisallow: /\n")
                : RawServer.answer(200, ["Content-Type: text/html"], Self.home)
        }
        let none = try await enricher(["acmetools.example": "127.0.0.1:\(closed.port)"]).enrich(
            lead([.website: "https://acmetools.example"]))
        #expect(none.enrichment.notes == ["acmetools.example: its robots.txt forbids /"] && none.trouble == nil)
    }

    @Test func `a robots txt that the server cannot give forbids everything for now`() async throws {
        let server = RawServer { request, _ in
            request.hasPrefix("GET /robots.txt")
                ? RawServer.answer(503) : RawServer.answer(200, ["Content-Type: text/html"], Self.home)
        }
        let outcome = try await enricher(["acmetools.example": "127.0.0.1:\(server.port)"]).enrich(
            lead([.website: "https://acmetools.example"]))
        #expect(outcome.trouble?.contains("robots.txt cannot be had") == true)
        #expect(!server.requests.contains { $0.hasPrefix("GET / ") })
    }

    @Test func `what is no page is not read and tried again, and what is too large is read in its first part`()
        async throws
    {
        let parked = RawServer { _, _ in
            RawServer.answer(
                200, ["Content-Type: text/html"], "<title>x</title><p>This domain is for sale. Buy this domain.</p>")
        }
        let none = try await enricher(["acmetools.example": "127.0.0.1:\(parked.port)"]).enrich(
            lead([.website: "https://acmetools.example"]))
        #expect(
            none.trouble?.contains("parked") == true && none.enrichment.findings.isEmpty
                && none.enrichment.companyDescription == nil)
        let large = RawServer { request, _ in
            RawServer.answer(
                200, ["Content-Type: text/html"],
                request.hasPrefix("GET /robots")
                    ? "" : Self.home + String(repeating: "<p>More tools for more gardens.</p>", count: 150_000))
        }
        let some = try await enricher(["acmetools.example": "127.0.0.1:\(large.port)"]).enrich(
            lead([.fullName: "Ada King", .website: "https://acmetools.example"]))
        #expect(some.enrichment.findings[.company]?.value == "Acme Tools", "\(some.trace)")
        #expect(some.trace.contains { $0.contains("its first part") })
    }

    @Test func `a network is never visited, nor what the settings name`() async throws {
        for site in [
            "https://www.facebook.com/acme", "https://shop.never.example", "https://never.example.",
            "https://ｎever.example",
        ] {
            let outcome = try await enricher(
                [:], ["FOURRUNR_ENRICHMENT_NEVER_VISIT": "never.example"]
            ).enrich(lead([.website: site]))
            #expect(
                outcome.enrichment.notes.first?.contains("is never visited") == true && outcome.trouble == nil,
                "\(outcome)")
        }
    }

    @Test func `neither a redirect of robots txt nor dots in a link lead to what must not be visited`() async throws {
        let server = RawServer { request, _ in
            if request.hasPrefix("GET /robots.txt") {
                return RawServer.answer(200, ["Content-Type: text/html"], "User-agent: *\nDisallow: /private/\n")
            }
            let home = Self.home.replacing("/contact", with: "/de/%2E%2e/private/contact")
            return RawServer.answer(200, ["Content-Type: text/html"], home)
        }
        let outcome = try await enricher(["acmetools.example": "127.0.0.1:\(server.port)"]).enrich(
            lead([.website: "https://acmetools.example"]))
        #expect(outcome.trace.contains { $0.contains("robots.txt forbids /private/contact") }, "\(outcome.trace)")
        #expect(!server.requests.contains { $0.contains("private") })
        let sly = RawServer { _, _ in RawServer.answer(302, ["Location: https://www.linkedin.com./robots.txt"]) }
        let none = try await enricher(["acmetools.example": "127.0.0.1:\(sly.port)"]).enrich(
            lead([.website: "https://acmetools.example"]))
        #expect(none.enrichment.notes.first?.contains("linkedin.com: is never visited") == true)
    }

    @Test func `a page on a host that many share is nobody's, and the limit of a run is no failure of the lead's`()
        async throws
    {
        let shared = try await enricher([:]).enrich(
            lead([.fullName: "Ada King", .website: "https://linktr.ee/acme"]))
        #expect(shared.enrichment.notes == ["linktr.ee: is shared by many companies, so it is not read"])
        #expect(shared.trouble == nil && shared.enrichment.findings.isEmpty)
        let server = RawServer { _, _ in RawServer.answer(200, ["Content-Type: text/html"], Self.home) }
        let limited = try await enricher(
            ["acmetools.example": "127.0.0.1:\(server.port)"], ["FOURRUNR_ENRICHMENT_REQUESTS_PER_RUN": "1"]
        ).enrich(lead([.website: "https://acmetools.example"]))
        #expect(limited.trouble == nil && limited.limit?.contains("requests_per_run") == true)
    }

    @Test func `what two pages give to two is nobody's, and a third does not decide it`() {
        func page(_ url: String, _ owner: String?, phone: String?) -> CompanyPage {
            CompanyPage(
                url: url, kind: "page", etag: nil, lastModified: nil, readAt: Timestamp(seconds: 0),
                facts: CompanyFacts(),
                mailboxes: [CompanyMailbox(address: "a@x.example", owner: owner, evidence: "", page: url)],
                phones: [
                    CompanyPhone(number: "+14165550134", kind: "office", owner: phone, evidence: "", page: url)
                ], text: "")
        }
        var company = Company(domain: "x.example", site: "https://x.example/")
        company.add(page("/1", nil, phone: "Ada King"))
        #expect(company.mailboxes[0].owner == nil && company.phones[0].owner == "Ada King")
        company.add(page("/2", "Ada King", phone: nil))
        #expect(company.mailboxes[0].owner == "Ada King" && company.phones[0].owner == nil)
        company.add(page("/3", "Bob Stone", phone: "Ada King"))
        company.add(page("/4", "Ada King", phone: "Ada King"))
        #expect(company.mailboxes[0].owner == nil && company.phones[0].owner == nil)
        #expect(company.phone?.number == "+14165550134")
    }

    @Test func `a redirect to a machine of one's own is not followed`() async throws {
        let server = RawServer { request, _ in
            request.hasPrefix("GET /robots")
                ? RawServer.answer(404)
                : RawServer.answer(302, ["Location: http://169.254.169.254/latest/meta-data/"], "")
        }
        let outcome = try await enricher(["acmetools.example": "127.0.0.1:\(server.port)"]).enrich(
            lead([.website: "https://acmetools.example"]))
        #expect(
            outcome.enrichment.findings.isEmpty && outcome.enrichment.notes.count == 1, "\(outcome.enrichment.notes)")
    }

    private struct Found: WebsiteFinder {
        let sites: [String]
        func websites(of company: String) async throws -> [WebAddress] { sites.compactMap { WebAddress(parsing: $0) } }
    }

    @Test func `of the sites that a search finds, the one whose own page names the company is believed`() async throws {
        let other = RawServer { request, _ in
            RawServer.answer(
                200, ["Content-Type: text/html"],
                request.hasPrefix("GET /robots")
                    ? ""
                    : "<title>Garden News</title><p>We write about gardens and about those who make tools for them.</p>"
            )
        }
        let own = RawServer { request, _ in
            RawServer.answer(200, ["Content-Type: text/html"], request.hasPrefix("GET /robots") ? "" : Self.home)
        }
        let hosts = ["gardennews.example": "127.0.0.1:\(other.port)", "acmetools.example": "127.0.0.1:\(own.port)"]
        let sites = ["https://gardennews.example/", "https://acmetools.example/"]
        let outcome = try await enricher(hosts, finder: Found(sites: sites)).enrich(
            lead([.fullName: "Ada King", .company: "Acme Tools Ltd"]))
        #expect(outcome.enrichment.findings[.website]?.value == "https://acmetools.example/", "\(outcome.trace)")
        let none = try await enricher(hosts, finder: Found(sites: [sites[0]])).enrich(
            lead([.fullName: "Ada King", .company: "Acme Tools Ltd"]))
        #expect(
            none.enrichment.findings[.website] == nil
                && none.enrichment.notes == ["no site that was found names Acme Tools Ltd"])
    }

    private struct Memory: CompanyMemory {
        let known: [(name: String, address: String)]
        func company(at domain: String) async throws -> Company? { nil }
        func keep(_ company: Company, for lead: Int64) async throws {}
        func people(at domain: String) async throws -> [String] { [] }
        func knownAddresses(at domain: String) async throws -> [(name: String, address: String)] { known }
        func sites(named key: String) async throws -> [String] { [] }
        func keep(_ pattern: AddressPattern.Learnt, of domain: String) async throws {}
    }

    private struct Mail: MailDomains {
        let answer: Bool?
        func takesMail(_ domain: String) async -> Bool? { answer }
    }

    @Test(
        arguments: [
            ("none", true, false), ("pattern", true, true), ("pattern", false, false), ("pattern", nil, false),
            ("guess", true, true),
        ] as [(String, Bool?, Bool)])
    func `an address by a pattern is a candidate, unless a setting allows it and the domain takes mail`(
        setting: String, takesMail: Bool?, isTaken: Bool
    ) async throws {
        let server = RawServer { request, _ in
            RawServer.answer(200, ["Content-Type: text/html"], request.hasPrefix("GET /robots") ? "" : Self.home)
        }
        let known = [("Bob Stone", "bstone@acmetools.example"), ("Chen Li", "cli@acmetools.example")].map {
            (name: $0.0, address: $0.1)
        }
        let outcome = try await enricher(
            ["acmetools.example": "127.0.0.1:\(server.port)"], ["FOURRUNR_ENRICHMENT_UNCONFIRMED_ADDRESSES": setting],
            memory: Memory(known: known), mail: Mail(answer: takesMail)
        ).enrich(lead([.fullName: "Ada King", .website: "https://acmetools.example"]))
        let email = try #require(outcome.enrichment.findings[.email])
        #expect(email.value == "aking@acmetools.example" && (email.confidence >= LeadReading.sure) == isTaken)
        #expect(outcome.enrichment.emailConfidence == (isTaken ? "pattern" : nil))
    }

    @Test func `a pattern is what most addresses have, and none where two are as frequent`() throws {
        func learnt(_ known: [(String, String)]) -> AddressPattern? {
            AddressPattern.learnt(
                from: known.compactMap { name, address in
                    guard let name = PersonName(parsing: name), let address = EmailAddress(parsing: address) else {
                        return nil
                    }
                    return (name, address)
                })?.pattern
        }
        #expect(
            learnt([("Ada King", "ada.king@a.example"), ("Jürgen Groß", "juergen.gross@a.example")]) == .givenFamily)
        #expect(learnt([("Ada King", "ada.king@a.example"), ("Bob Stone", "bstone@a.example")]) == nil)
        #expect(learnt([("Ada King", "info@a.example")]) == nil)
    }
}

import LeadSources
import Leads
import Testing
import Values

struct SearchResultTests {
    @Test(
        arguments: [
            ("Ada King - CEO - Engines Ltd | LinkedIn", nil, "CEO", "Engines Ltd"),
            ("Ada King – Head of Sales at Engines Ltd", nil, "Head of Sales", "Engines Ltd"),
            ("Ada King - Engines Ltd", "London, England · CTO · Engines Ltd", "CTO", "Engines Ltd"),
            ("Ada King - Founder", nil, "Founder", nil),
            (
                "Ada King - CEO - Engines and Oth...", "London, England · CEO · Engines and Others · MIT", "CEO",
                "Engines and Others"
            ),
            ("Ada King | LinkedIn", nil, nil, nil),
        ] as [(String, String?, String?, String?)])
    func `a person is read off what Google shows`(title: String, snippet: String?, role: String?, company: String?)
        throws
    {
        let result = SearchResult(
            title: title, link: "https://uk.linkedin.com/in/ada-king?x#:~:text=y", snippet: snippet)
        let draft = try #require(result.draft())
        #expect(draft.fields[.fullName] == "Ada King")
        #expect(draft.fields[.title] == role)
        #expect(draft.fields[.company] == company)
        #expect(draft.fields[.linkedInURL] == "https://www.linkedin.com/in/ada-king")
    }

    @Test(
        arguments: [
            ("Teacher at heart, builder of teams", nil), ("Director at Large", nil), ("Engineer at sea", nil),
            ("Lawyer by day, musician at night", nil), ("Consultant chez vous", nil),
            ("Chartered Accountant - ICAEW member", nil),
            ("Certified Partner - Microsoft", nil), ("Avvocato presso il Foro di Milano", nil),
            ("Engineer at eBay", "eBay"),
            ("Engineer at the Engines Company", "the Engines Company"), ("Ingeniera en Engines S.L.", "Engines S.L."),
        ] as [(String, String?)])
    func `a word that joins makes no company of what is not written like a name`(headline: String, company: String?)
        throws
    {
        let result = SearchResult(
            title: "Ada King - \(headline)", link: "https://www.linkedin.com/in/ada-king", snippet: nil)
        #expect(try #require(result.draft()).fields[.company] == company)
    }

    @Test(arguments: [
        ("https://www.linkedin.com/comm/pub/ada-king/in", true), ("https://www.linkedin.com/comm/in/ada-king", true),
        ("https://www.linkedin.com/in/ada-king/de", true), ("https://www.linkedin.com/in/ada-king/in/x/y", false),
        ("https://www.linkedin.com/in/ada-king/recent-activity/all/", false), ("https://www.linkedin.com/in/", false),
    ])
    func `the address of a profile is read, whatever follows it`(link: String, isProfile: Bool) {
        #expect((SearchResult(title: "Ada King - CEO", link: link, snippet: nil).draft() != nil) == isProfile)
    }

    @Test(
        arguments: [
            ("FD at Engines Ltd", "FD", "Engines Ltd"),
            ("Vertriebsleiter mit Personalverantwortung", "Vertriebsleiter mit Personalverantwortung", nil),
            ("General Manager - Grand Hyatt", "General Manager", "Grand Hyatt"),
            ("Directrice jusqu'en 2020", nil, nil), ("We're hiring - CEO at Engines", "CEO", "Engines"),
        ] as [(String, String?, String?)])
    func `short words are what they are in their language`(headline: String, role: String?, company: String?) throws {
        let draft = try #require(
            SearchResult(
                title: "Ada King - \(headline)", link: "https://www.linkedin.com/in/ada-king", snippet: nil
            ).draft())
        #expect(draft.fields[.title] == role && draft.fields[.company] == company)
    }

    @Test func `a company beside another one that is stated is no title`() throws {
        let result = SearchResult(
            title: "Ada King - Toyota", link: "https://www.linkedin.com/in/ada-king",
            snippet: "Experience: AutoNation · Location: Austin")
        let draft = try #require(result.draft())
        #expect(draft.fields[.title] == nil && draft.fields[.company] == "AutoNation")
    }

    @Test(arguments: [
        ("12600+ \"Ada King\" profiles | LinkedIn", "https://www.linkedin.com/pub/dir/Ada/King"),
        ("Engines | LinkedIn", "https://www.linkedin.com/company/engines"),
        ("Post", "https://www.linkedin.com/posts/ada-king_x"), ("Ada", "https://example.com/in/ada"),
    ])
    func `lists, companies, posts and other sites are nobody`(title: String, link: String) {
        #expect(SearchResult(title: title, link: link, snippet: nil).draft() == nil)
    }

    @Test func `searches go from the narrow to the wide, each once`() {
        let profile = SearchProfile(
            titles: ["CEO | Chief Executive", "CEO | Chief Executive"], industries: ["freight"], locations: ["Toronto"],
            excluded: ["recruiter"])
        #expect(
            profile.strategies.map(\.query) == [
                "site:linkedin.com/in (\"CEO\" OR \"Chief Executive\") \"freight\" \"Toronto\" -\"recruiter\"",
                "site:linkedin.com/in (\"CEO\" OR \"Chief Executive\") \"Toronto\" -\"recruiter\"",
            ])
        #expect(profile.strategies.map(\.name) == ["CEO, freight, Toronto", "CEO, Toronto"])
        // A place alone finds nobody in particular.
        #expect(SearchProfile(locations: ["Toronto"]).strategies.isEmpty)
    }

    @Test(
        arguments: [
            ("Ada King - Ex-CEO at Engines", "https://www.linkedin.com/in/ada-king", "Experience: Engines"),
            (
                "Ada King - Retired engineer", "https://www.linkedin.com/in/ada-king",
                "Experience: Engines Ltd · Location: London"
            ),
            ("Ada King - Student at Leeds University", "https://www.linkedin.com/in/ada-king", nil),
            ("Ada King - Helping founders grow", "https://www.linkedin.com/in/ada-king", nil),
            ("Ada King - Analytical", "https://www.linkedin.com/in/ada-king", nil),
            (
                "Ada King - Consultant", "https://www.linkedin.com/in/ada-king",
                "Experience: Self-employed · Location: Leeds"
            ),
        ] as [(String, String, String?)])
    func `what is over, a slogan, a school and a word alone are no company`(
        title: String, link: String, snippet: String?
    ) throws {
        let draft = try #require(SearchResult(title: title, link: link, snippet: snippet).draft())
        #expect(draft.fields[.company] == nil)
    }

    @Test func `what is read is kept with the words that show it, and what is not certain with them`() throws {
        let result = SearchResult(
            title: "Ada King - Head of Sales - Engines", link: "https://www.linkedin.com/in/ada-king",
            snippet: "Experience: Engines · Education: Leeds University · Location: Leeds, England · 500+ connections")
        let draft = try #require(result.draft())
        #expect(draft.fields[.company] == "Engines" && draft.fields[.location] == "Leeds, England")
        let company = try #require(draft.readings.first { $0.field == .company })
        #expect(company.confidence >= LeadReading.sure && company.evidence?.contains("label") == true)
        #expect(draft.readings.contains { $0.value == "Leeds University" && $0.confidence < LeadReading.sure })
    }

    @Test func `an odd entry is left out, and a snippet may be a list`() throws {
        let text = """
            [{"title": 3, "link": "x"}, 7, null, {"title": "A", "link": "https://a.example", "snippet": ["one", "two"],
              "rich_snippet": {"top": {"extensions": ["Leeds", 5, "CEO"]}}}]
            """
        let entries = try #require(StableJSON.decode([JSONValue].self, text))
        let results = entries.compactMap { SearchResult($0) }
        #expect(results.count == 1 && results[0].snippet == "one · two" && results[0].extensions == ["Leeds", "CEO"])
        // Those that were kept before extensions were read have none.
        let old = #"{"title": "A", "link": "https://a.example"}"#
        #expect(StableJSON.decode(SearchResult.self, old)?.extensions == [])
    }

    @Test func `a company's own site is told from those that write about it`() {
        let results = [
            SearchResult(title: "Acme | LinkedIn", link: "https://www.linkedin.com/company/acme", snippet: nil),
            SearchResult(title: "Acme - Wikipedia", link: "https://en.wikipedia.org/wiki/Acme", snippet: nil),
            SearchResult(title: "Acme Freight | Home", link: "https://www.acmefreight.example/en/", snippet: nil),
        ]
        #expect(WebsiteSearch.candidates(results, for: "Acme Freight Inc.").map(\.host) == ["www.acmefreight.example"])
        #expect(WebsiteSearch.candidates(results, for: "Zenith").isEmpty)
        // Of several, the best and not the first.
        let hits = [
            SearchResult(
                title: "Acme Freight acquires a depot", link: "https://acme-freight-news.example/2024/depot",
                snippet: nil),
            SearchResult(title: "Acme Freight", link: "https://acmefreight.example/", snippet: "Freight since 1950"),
        ]
        #expect(WebsiteSearch.candidates(hits, for: "Acme Freight").first?.host == "acmefreight.example")
    }
}

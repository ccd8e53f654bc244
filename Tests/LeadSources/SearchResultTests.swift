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

    @Test(arguments: [
        ("12600+ \"Ada King\" profiles | LinkedIn", "https://www.linkedin.com/pub/dir/Ada/King"),
        ("Engines | LinkedIn", "https://www.linkedin.com/company/engines"),
        ("Post", "https://www.linkedin.com/posts/ada-king_x"), ("Ada", "https://example.com/in/ada"),
    ])
    func `lists, companies, posts and other sites are nobody`(title: String, link: String) {
        #expect(SearchResult(title: title, link: link, snippet: nil).draft() == nil)
    }

    @Test func `searches go from the narrow to the wide, each once`() {
        let profile = SearchProfile(titles: ["CEO", "CEO"], industries: ["freight"], locations: ["Toronto"])
        #expect(
            profile.queries == [
                "site:linkedin.com/in \"CEO\" \"freight\" \"Toronto\"", "site:linkedin.com/in \"CEO\" \"Toronto\"",
            ])
        // A place alone finds nobody in particular.
        #expect(SearchProfile(locations: ["Toronto"]).queries == [])
    }

    @Test func `a company's own site is told from those that write about it`() {
        let results = [
            SearchResult(title: "Acme | LinkedIn", link: "https://www.linkedin.com/company/acme", snippet: nil),
            SearchResult(title: "Acme - Wikipedia", link: "https://en.wikipedia.org/wiki/Acme", snippet: nil),
            SearchResult(title: "Acme Freight | Home", link: "https://www.acmefreight.example/en/", snippet: nil),
        ]
        #expect(WebsiteSearch.pick(results, for: "Acme Freight Inc.")?.site.host == "www.acmefreight.example")
        #expect(WebsiteSearch.pick(results, for: "Zenith") == nil)
    }
}

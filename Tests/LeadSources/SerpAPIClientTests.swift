import AppConfiguration
import TestSupport
import Testing
import Transport
import Values

@testable import LeadSources

/// Each answer that SerpAPI documents, and those that it does not.
struct SerpAPIClientTests {
    private static let two = """
        {"search_metadata": {"status": "Success"}, "organic_results": [
            {"title": "Ada King - CEO - Engines", "link": "https://ca.linkedin.com/in/ada", "snippet": "London"},
            {"title": "no link"}, {"title": "Bob", "link": "https://x.example"}],
         "serpapi_pagination": {"next": "https://serpapi.com/search.json?start=10"}}
        """

    private func search(_ answers: [UInt8]...) async throws -> (SearchPage, [String]) {
        let server = RawServer { _, number in answers[min(number, answers.count - 1)] }
        let values = [
            "FOURRUNR_SERPAPI_BASE_URL": "http://127.0.0.1:\(server.port)", "FOURRUNR_SERPAPI_COUNTRY": "ca",
            "FOURRUNR_SERPAPI_LANGUAGE": "en",
        ]
        let settings = SerpAPISettings(Settings(files: [], environment: values, diagnostics: Diagnostics()))
        let key = [SerpAPISettings.keyName: Secret("a-key-of-length")]
        let client = try #require(settings.client(TestClient.make(sleep: { _ in }), secrets: key))
        return (try await client.search("\"CEO\" Toronto", start: 10), server.requests)
    }

    @Test func `a page is read, and what was asked is what the settings say`() async throws {
        let (page, requests) = try await search(RawServer.answer(200, [], Self.two))
        #expect(page.results.map(\.title) == ["Ada King - CEO - Engines", "Bob"])
        #expect(page.hasMore && page.results[0].snippet == "London" && page.results[1].snippet == nil)
        #expect(
            requests[0].hasPrefix(
                "GET /search.json?engine=google&q=%22CEO%22%20Toronto&start=10&output=json&gl=ca&hl=en&api_key=a-key-of-length "
            ))
    }

    @Test func `a search without results is a page without results`() async throws {
        let said = #"{"error": "Google hasn't returned any results for this query."}"#
        let (page, _) = try await search(RawServer.answer(200, [], said))
        #expect(page.results.isEmpty && !page.hasMore)
    }

    @Test(arguments: [
        (401, "{}", SearchProblem.Kind.key), (403, "no", .key),
        (429, #"{"error": "Your account has run out of searches."}"#, .quota),
        (429, #"{"error": "You have exceeded your hourly throughput limit."}"#, .rate),
        (200, #"{"error": "Your account has run out of searches."}"#, .quota),
        (200, #"{"error": "We couldn't get valid results, try again later"}"#, .unavailable),
        (500, "<html>", .unavailable), (200, "<html>", .malformed), (200, "{}", .malformed), (200, "[1]", .malformed),
    ])
    func `what stands in the way is told by its kind`(status: Int, body: String, kind: SearchProblem.Kind) async throws
    {
        do {
            _ = try await search(RawServer.answer(status, [], body))
            Issue.record("it was taken for an answer")
        } catch let problem as SearchProblem { #expect(problem.kind == kind, "\(problem)") }
    }

    @Test func `a spent account is not asked again, and a busy server is`() async throws {
        let spent = RawServer.answer(429, [], #"{"error": "Your account has run out of searches."}"#)
        await #expect(throws: SearchProblem.self) { try await search(spent, RawServer.answer(200, [], Self.two)) }
        let (page, requests) = try await search(RawServer.answer(503), RawServer.answer(200, [], Self.two))
        #expect(page.results.count == 2 && requests.count == 2)
    }
}

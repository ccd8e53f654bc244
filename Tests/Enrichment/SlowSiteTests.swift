import AppConfiguration
import Foundation
import Leads
import Synchronization
import TestSupport
import Testing
import Transport
import Values

@testable import Enrichment

/// Remembers nothing.
struct NoMemory: CompanyMemory {
    func company(at domain: String) async throws -> Company? { nil }
    func keep(_ company: Company, for lead: Int64) async throws {}
    func people(at domain: String) async throws -> [String] { [] }
    func knownAddresses(at domain: String) async throws -> [(name: String, address: String)] { [] }
    func sites(named key: String) async throws -> [String] { [] }
    func keep(_ pattern: AddressPattern.Learnt, of domain: String) async throws {}
}

/// Sites that do not answer in time, among others that do.
struct SlowSiteTests {
    private func lead(_ site: String) -> Lead {
        Lead(
            id: 1, uuid: "u", fields: LeadFields([.fullName: "Ada King", .website: "https://\(site)/"]), status: .new,
            processing: .new, createdAt: Timestamp(seconds: 0), updatedAt: Timestamp(seconds: 0), revision: 1)
    }

    private func enricher(_ server: RawServer, _ sites: [String], timeout: String) -> Enricher {
        let settings = EnrichmentSettings(
            Settings(
                files: [], environment: ["FOURRUNR_ENRICHMENT_TIMEOUT": timeout], diagnostics: Diagnostics()))
        let hosts = Dictionary(sites.map { ($0, "127.0.0.1:\(server.port)") }) { $1 }
        let clock = ContinuousClock()
        let begin = clock.now
        return Enricher(
            client: TestClient.make(hosts: hosts), finder: nil, memory: NoMemory(), settings: settings,
            profileSources: [],
            runtime: .test(uptime: { clock.now - begin }))
    }

    @Test func `a site that does not answer is asked once, and the sites after it are read`() async throws {
        let server = RawServer { request, _ in
            if request.contains("Host: slow") { usleep(3_000_000) }
            return RawServer.answer(
                200, ["Content-Type: text/html"],
                "<title>Good | Home</title><p>We are Good, and we sell good things to good people in every town of the county.</p>"
            )
        }
        let sites = ["slow1.example", "good1.example", "slow2.example", "good2.example"]
        let enricher = enricher(server, sites, timeout: "1s")
        for site in sites {
            let outcome = try await enricher.enrich(lead(site))
            #expect((outcome.trouble != nil) == site.hasPrefix("slow"), "\(site): \(outcome)")
            // A colleague does not wait for it again.
            _ = try await enricher.enrich(lead(site))
        }
        // Neither by another scheme, nor a second time. One that answers is asked for its robots.txt before its page (here, the file is a page, which forbids nothing).
        for site in sites {
            let count = server.requests.count { $0.contains("Host: \(site)") }
            #expect(count == (site.hasPrefix("slow") ? 1 : 3), "\(site)")
        }
    }

    @Test func `when sites have cost a run enough, each of those that follow has a fraction of the time`() async throws
    {
        // Each look at the clock is four seconds later, so that a site that nobody serves costs eight.
        let seconds = Mutex(0)
        let settings = EnrichmentSettings(
            Settings(files: [], environment: ["FOURRUNR_ENRICHMENT_TIMEOUT": "10s"], diagnostics: Diagnostics()))
        let hosts = Dictionary((1...9).map { ("slow\($0).example", "127.0.0.1:9") }) { $1 }
        let enricher = Enricher(
            client: TestClient.make(hosts: hosts, sleep: { _ in }), finder: nil, memory: NoMemory(), settings: settings,
            profileSources: [],
            runtime: .test(uptime: {
                .seconds(
                    seconds.withLock {
                        $0 += 4
                        return $0
                    })
            }))
        #expect(enricher.budget == .seconds(10))
        for number in 1...9 { _ = try await enricher.enrich(lead("slow\(number).example")) }
        #expect(enricher.budget == .seconds(2))
    }
}

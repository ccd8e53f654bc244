import AppConfiguration
import Enrichment
import Leads
import TestSupport
import Testing
import Values

struct VerificationTests {
    @Test(
        arguments: [
            ("search", "https://www.linkedin.com/in/ada", true), ("search", nil, false),
            ("file", "https://www.linkedin.com/in/ada", false),
        ] as [(String, String?, Bool)])
    func `a profile that a search has listed is verified by that`(
        source: String, profile: String?, isVerified: Bool
    ) async throws {
        let enricher = Enricher(
            client: TestClient.make(hosts: [:]), finder: nil, memory: NoMemory(),
            settings: EnrichmentSettings(Settings(files: [], environment: [:], diagnostics: Diagnostics())),
            profileSources: ["search"], runtime: .test())
        let moment = Timestamp(seconds: 1_800_000_000)
        var lead = Lead(
            id: 1, uuid: "u", fields: LeadFields([.fullName: "Ada King"]), status: .new, processing: .new,
            createdAt: moment,
            updatedAt: moment, revision: 1)
        lead.source = source
        lead.fields[.linkedInURL] = profile
        #expect((try await enricher.enrich(lead).enrichment.verifiedBy != nil) == isVerified)
    }
}

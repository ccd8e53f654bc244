import Glibc
import Sandbox
import TestSupport
import Testing

/// Every stage of the built program with every way in which a service can fail.
struct FaultTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let service: StandInService
        let fault: Fault
        /// The exit code of the run that meets the fault.
        let code: Int32
        /// What the person is told.
        let says: String

        init(_ service: StandInService, _ fault: Fault, code: Int32 = 0, says: String = "") {
            self.service = service
            self.fault = fault
            self.code = code
            self.says = says
        }

        var testDescription: String { "\(service) \(fault.kind) \(fault.status.map(String.init) ?? "")" }
    }

    static let cases: [Case] = [
        Case(.serpapi, Fault(.status, status: 401), code: 1, says: "does not accept the key"),
        Case(.serpapi, Fault(.status, status: 429), code: 1, says: "run out of searches"),
        Case(.serpapi, Fault(.status, status: 500, count: 1)),
        Case(.serpapi, Fault(.slow, milliseconds: 300)),
        Case(.serpapi, Fault(.cut, count: 1)),
        Case(.serpapi, Fault(.malformed), code: 1, says: "not the JSON"),
        Case(.serpapi, Fault(.html), code: 1, says: "not the JSON"),
        Case(.serpapi, Fault(.hang), code: 1, says: "no answer in time"),
        Case(.sites, Fault(.status, status: 404)),
        Case(.sites, Fault(.status, status: 500), says: "put off"),
        Case(.sites, Fault(.status, status: 429, count: 1)),
        Case(.sites, Fault(.slow, milliseconds: 200)),
        Case(.sites, Fault(.cut), says: "put off"),
        Case(.sites, Fault(.malformed)),
        Case(.sites, Fault(.hang), says: "put off"),
        Case(.sites, Fault(.drip), says: "put off"),
        Case(.serpapi, Fault(.echo), code: 1, says: "<secret>"),
        Case(.openai, Fault(.filter, count: 1), says: "by model 4, by template 1"),
        Case(.openai, Fault(.echo), code: 1, says: "<secret>"),
        Case(.openai, Fault(.echo, status: 500), says: "<secret>"),
        Case(.airtable, Fault(.echo, status: 500), code: 1, says: "<secret>"),
        Case(.openai, Fault(.status, status: 401), code: 1, says: "does not accept the key"),
        Case(.openai, Fault(.status, status: 429, count: 1), says: "by model 5"),
        // It is unknown whether a gateway's status 500 comes after the model has done its work; a 503 means that
        // nothing was done.
        Case(.openai, Fault(.status, status: 500), says: "may have been paid for"),
        Case(.openai, Fault(.status, status: 503), says: "put off"),
        Case(.openai, Fault(.slow, milliseconds: 200), says: "by model 5"),
        Case(.openai, Fault(.cut), says: "may have been paid for"),
        Case(.openai, Fault(.malformed), says: "by template 5"),
        Case(.openai, Fault(.html), says: "did not answer with a chat completion"),
        Case(.openai, Fault(.hang), says: "may have been paid for"),
        Case(.openai, Fault(.placeholder), says: "held back 5"),
        Case(.airtable, Fault(.status, status: 401), code: 1, says: "does not accept the token"),
        Case(.airtable, Fault(.status, status: 402), says: "month's calls"),
        Case(.airtable, Fault(.status, status: 429, count: 1), says: "created 5"),
        Case(.airtable, Fault(.status, status: 500, count: 1), says: "created 5"),
        Case(.airtable, Fault(.status, status: 503, count: 1), says: "created 5"),
        Case(.airtable, Fault(.slow, milliseconds: 300), says: "created 5"),
        Case(.airtable, Fault(.cut, count: 1)),
        Case(.airtable, Fault(.malformed), code: 1, says: "not the JSON"),
        Case(.airtable, Fault(.html), code: 1, says: "not the JSON"),
        Case(.airtable, Fault(.hang), code: 1, says: "no answer in time"),
    ]

    @Test(arguments: cases)
    func `a fault is told of, the rest goes on, and nothing is lost, doubled or paid for twice`(_ one: Case)
        async throws
    {
        let sandbox = try SandboxProcess()
        let place = TestInstallation(settings: LeadPlace.settings)
        let environment = sandbox.environment.merging(LeadPlace.hasty) { $1 }
        try await sandbox.fail(one.service, one.fault)
        let first = try await place.run("pipeline", environment: environment)
        #expect(first.code == one.code, "\(first)")
        let said = first.output + first.errors
        #expect(one.says.isEmpty || said.contains(one.says), "\(said)")
        #expect(!said.contains("sandbox-") || !said.contains("-key"), "no key is ever printed")

        try await sandbox.mend()
        // What was put off is due again.
        usleep(1_200_000)
        let second = try await place.run("pipeline", environment: environment)
        #expect(second.code == 0, "\(second)")
        // When Airtable says that the month's calls are used up, the program waits for a while, but not when a person
        // requests a sync.
        if one.fault.status == 402 {
            #expect(try await place.run("sync", environment: environment).code == 0)
        }
        let leads = try place.query("SELECT count(*) FROM leads WHERE ready_for_outreach = 1")
        // What a model writes and is unfit waits for a person.
        #expect(leads == (one.fault.kind == .placeholder ? "0" : "5"))
        let ids = try await sandbox.airtable("4Runr ID")
        #expect(ids.count == 5 && Set(ids).count == 5)
        let before = try await sandbox.state()
        #expect(before.messagesBilledTwice == 0)

        // A third run has nothing to do and pays for nothing.
        let revisions = try place.query("SELECT group_concat(revision) FROM leads")
        let third = try await place.run("pipeline", environment: environment)
        #expect(third.code == 0, "\(third)")
        let after = try await sandbox.state()
        #expect(after.searchesBilled == before.searchesBilled && after.messagesBilled == before.messagesBilled)
        var expected = before.calls
        expected["airtable", default: 0] += 1
        #expect(after.calls == expected, "only Airtable was asked, once, what changed there")
        #expect(try place.query("SELECT group_concat(revision) FROM leads") == revisions)
        #expect(
            try place.query("SELECT count(*) FROM pipeline_activities WHERE error_message LIKE '%sandbox-%key%'") == "0"
        )
    }
}

extension LeadPlace {
    /// Short time-outs and delays, so that faults take only seconds.
    static let hasty = [
        "FOURRUNR_PIPELINE_BACKOFF": "1s", "FOURRUNR_AIRTABLE_PAUSE_AFTER_429": "0s", "FOURRUNR_SERPAPI_TIMEOUT": "3s",
        "FOURRUNR_AIRTABLE_TIMEOUT": "3s", "FOURRUNR_OPENAI_TIMEOUT": "3s", "FOURRUNR_ENRICHMENT_TIMEOUT": "3s",
    ]
}

import Glibc
import Sandbox
import TestSupport
import Testing

/// `kill -9` during a pipeline run. The stand-ins outlive the daemon, as the real services do.
struct PipelineCrashTests {
    @Test func `no lead is lost or doubled, here or in Airtable, and no message is paid for twice`() async throws {
        let sandbox = try SandboxProcess(["--airtable-rate", "1000", "--airtable-penalty", "0"])
        let place = TestInstallation(
            schedule:
                "timezone: \(Zones.atNoon)\njobs: { flow: { run: pipeline, at_start: true, with: { max_leads: 60 } } }\n",
            settings: LeadPlace.settings)
        var environment = sandbox.environment
        environment["FOURRUNR_SCRAPING_MAX_LEADS"] = "60"
        // Slow enough that a run takes a while and kills happen during calls.
        for service in StandInService.allCases {
            try await sandbox.fail(service, Fault(.slow, milliseconds: 80))
        }
        for _ in 0..<30 {
            let daemon = try place.serve(environment: environment)
            try daemon.notification("READY=1")
            usleep(UInt32.random(in: 0..<500_000))
            daemon.send(SIGKILL)
            #expect(daemon.end() == 128 + SIGKILL)
        }
        try await sandbox.mend()
        // A last start closes what the last crash left open. The stop then lets its run finish.
        let daemon = try place.serve(environment: environment)
        try daemon.notification("READY=1")
        daemon.send(SIGTERM)
        #expect(daemon.end() == 0)
        // The following runs process what the crashes left due.
        for _ in 0..<3 {
            let outcome = try await place.run("pipeline", environment: environment)
            #expect(outcome.code == 0, "\(outcome)")
        }
        let leads = try place.query("SELECT count(*) FROM leads")
        #expect((Int(leads) ?? 0) >= 30)
        let interrupted = try place.query(
            "SELECT count(*) FROM pipeline_activities WHERE activity_status = 'interrupted'")
        #expect((Int(interrupted) ?? 0) >= 15, "most of the kills hit a run")
        #expect(try place.query("SELECT count(DISTINCT value) FROM lead_keys WHERE kind = 'profile'") == leads)
        // Of some the search tells too little to write to them.
        let writable = try place.query("SELECT count(*) FROM leads WHERE company IS NOT NULL OR title IS NOT NULL")
        #expect((Int(writable) ?? 0) >= 30)
        #expect(
            try place.query("SELECT count(*) FROM leads WHERE status = 'ready' AND ai_message IS NOT NULL") == writable)
        #expect(try place.query("SELECT count(*) FROM campaigns") == writable)
        #expect(try place.query("SELECT count(*) FROM leads WHERE sync_pending = 1") == "0")
        let ids = try await sandbox.airtable("4Runr ID")
        #expect("\(ids.count)" == leads && "\(Set(ids).count)" == leads)
        let state = try await sandbox.state()
        #expect(state.messagesBilledTwice == 0, "\(state)")
        #expect(state.messagesBilled > 0)
        #expect(try place.query("SELECT count(*) FROM pipeline_activities WHERE activity_status = 'running'") == "0")
        #expect(try place.query("PRAGMA integrity_check") == "ok")
    }
}

/// The settings of the tests with leads.
enum LeadPlace {
    static let settings = """
        log: { level: info }
        profile: { titles: [Head of Operations, Founder, Operations Manager], locations: [Toronto, Ontario] }
        messaging: { sender_name: Robin Sample, offer: We take the paperwork out of dispatching. }
        """
}

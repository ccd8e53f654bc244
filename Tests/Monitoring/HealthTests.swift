import AppConfiguration
import Leads
import Monitoring
import Storage
import TestSupport
import Testing
import Values

/// What is looked at without anybody asking, and what is said of it.
struct HealthTests {
    private let folder = TemporaryFolder()
    private let clock = TestClock("2026-01-10 12:00:00")

    private func report(
        _ store: Store, backups: BackupSummary = BackupSummary(newest: nil, ahead: nil, problem: nil),
        settings: [String: String] = [:], makesBackups: Bool = true, canWrite: Bool = true,
        integrity: IntegrityRecord = IntegrityRecord()
    ) -> HealthReport {
        let values = settings.merging(["FOURRUNR_HEALTH_MIN_FREE_DISK_MB": "1"]) { own, _ in own }
        let checks = HealthChecks(
            folder: folder.data,
            settings: HealthSettings(Settings(files: [], environment: values, diagnostics: Diagnostics())),
            backups: { backups }, runtime: clock.runtime)
        return checks.run(store, canWrite: canWrite, makesBackups: makesBackups, integrity: integrity)
    }

    private func check(_ name: String, _ report: HealthReport) -> HealthReport.Check? {
        report.checks.first { $0.name == name }
    }

    @Test func `a new installation is well`() throws {
        let report = report(try folder.store())
        #expect(report.status == .ok, "\(report)")
        #expect(check("database", report)?.message == "answers and can be written, schema \(Migration.latest)")
        #expect(check("backup", report)?.message == "none yet; make one now: 4runr backup create")
    }

    @Test func `the age of the newest backup decides, by the clock`() throws {
        let store = try folder.store()
        func status(_ made: String) -> HealthReport.Check? {
            check("backup", report(store, backups: BackupSummary(newest: moment(made), ahead: nil, problem: nil)))
        }
        #expect(status("2026-01-10 04:30")?.status == .ok)
        #expect(status("2026-01-10 04:30")?.message == "the newest is 7h 30m old")
        #expect(status("2026-01-01 04:30")?.status == .warning)
        let ahead = BackupSummary(newest: nil, ahead: "leads-2038.db", problem: nil)
        #expect(check("backup", report(store, backups: ahead))?.status == .warning)
        let broken = BackupSummary(newest: nil, ahead: nil, problem: "the folder cannot be read")
        #expect(check("backup", report(store, backups: broken))?.message == "the folder cannot be read")
        #expect(check("backup", report(store, makesBackups: false)) == nil)
    }

    @Test func `data that nobody has copied for too long is a warning`() throws {
        let store = try folder.store()
        var run = NewRun(job: "a", type: "t", status: .running, trigger: .manual)
        run.startedAt = moment("2026-01-01 00:00:00")
        _ = try store.runs.commit([.open(run)], version: "")
        #expect(check("backup", report(store))?.status == .warning)
    }

    @Test func `a job that failed when it last ran is named, and no longer once it succeeded`() throws {
        let store = try folder.store()
        func run(_ status: ActivityStatus) throws {
            var new = NewRun(job: "sync", type: "sync", status: status, trigger: .manual)
            new.completedAt = clock.now
            let state = JobState(job: "sync", triggerHash: "t", effectiveSince: clock.now)
            _ = try store.runs.commit([.arm(state), .open(new)], version: "")
        }
        try run(.failed)
        #expect(check("jobs", report(store))?.message == "failed when last run: sync; see: 4runr runs --status failed")
        try run(.success)
        #expect(check("jobs", report(store))?.status == .ok)
    }

    @Test func `messages that wait for a person are a warning until one has looked`() throws {
        let store = try folder.store()
        #expect(check("messages", report(store)) == nil)
        try store.transaction { try $0.holds.set(.messages, because: "the old data is lost", at: clock.now) }
        #expect(check("messages", report(store))?.message.contains("the old data is lost") == true)
        #expect(report(store).status == .warning)
        _ = try store.transaction { try $0.holds.lift(.messages) }
        #expect(check("messages", report(store)) == nil)
    }

    @Test func `a database that was removed under the daemon, and a disk with too little room, fail`() throws {
        let store = try folder.store()
        let disk = check("disk", report(store, settings: ["FOURRUNR_HEALTH_MIN_FREE_DISK_MB": "10000000"]))
        #expect(disk?.status == .failing)
        try SQLiteShell.remove(folder.data.database)
        let report = report(store)
        #expect(report.status == .failing && check("database", report)?.message.contains("removed or replaced") == true)
    }
}

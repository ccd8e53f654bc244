import AirtableSync
import AppConfiguration
import Backups
import Glibc
import Leads
import Logging
import Operations
import Pipeline
import Scheduling
import Storage
import TestSupport
import Testing
import Values

@testable import Daemon

/// The program's tasks over a real folder, made by the registry as a scheduler makes them.
struct TaskTests {
    private let folder = TemporaryFolder()

    private func loaded(_ settings: String = "", _ schedule: String = "jobs: { b: { run: backup, every: 1h } }") throws
        -> LoadedConfiguration
    {
        folder.write("4runr.yaml", "log: { level: info }\n" + settings)
        folder.write("schedule.yaml", schedule)
        return try Installation(
            settings: "\(folder.path)/4runr.yaml", schedule: nil, data: folder.data.path, environment: [:],
            runtime: .test()
        ).loadOrThrow(missingCommand: .isWarning)
    }

    private func tasks(_ loaded: LoadedConfiguration) throws -> ShippedTasks {
        ShippedTasks(
            assembly: InForce(
                Assembly(loaded, store: try folder.store(), folder: folder.data, runtime: .test())))
    }

    private func run(_ work: JobWork, of tasks: ShippedTasks, slot: Timestamp? = nil) async throws -> TaskResult {
        try await tasks.task(for: work).run(
            RunContext(
                id: 1, job: "j", attempt: 1, slot: slot,
                logger: .silent,
                progress: { _, _ in }))
    }

    private func output(_ result: TaskResult) throws -> [String: JSONValue] {
        guard case .success(let text) = result, case .object(let object)? = JSONValue(stored: text) else {
            Issue.record("\(result)")
            return [:]
        }
        return object
    }

    @Test func `every task that a schedule may name can be made, and another cannot`() throws {
        let tasks = try tasks(try loaded())
        #expect(
            tasks.catalog.names == [
                "backup", "enrich", "health-check", "pipeline", "prune", "scrape", "sync", "write-messages",
            ])
        for name in tasks.catalog.names { _ = try tasks.task(for: .task(name: name, parameters: [:])) }
        #expect(throws: RunProblem.self) { try tasks.task(for: .task(name: "nosuch", parameters: [:])) }
    }

    @Test func `a backup says why it was made, and removes those that are too old but the newest`() async throws {
        let tasks = try tasks(try loaded())
        let work = JobWork.task(name: "backup", parameters: [:])
        let first = try output(try await run(work, of: tasks))
        guard case .text(let byHand)? = first["file"] else {
            Issue.record("\(first)")
            return
        }
        #expect(byHand.hasSuffix("-manual.db") && first["removed"] == .list([]))
        let old = "leads-2020-01-01T02-30-00.000Z-scheduled.db"
        folder.write("data/backups/\(old)", "")
        let second = try output(try await run(work, of: tasks, slot: moment("2026-01-01 02:30")))
        guard case .text(let scheduled)? = second["file"] else {
            Issue.record("\(second)")
            return
        }
        #expect(scheduled.hasSuffix("-scheduled.db") && second["removed"] == .list([.text(old)]))
        let backups = BackupService(folder: folder.data, runtime: .test())
        #expect(Set(try backups.list().map(\.name)) == [byHand, scheduled])
    }

    @Test func `a health check that fails says which part`() async throws {
        let tasks = try tasks(try loaded("health: { min_free_disk_mb: 10000000 }\n"))
        do {
            _ = try await run(.task(name: "health-check", parameters: [:]), of: tasks)
            Issue.record("all is well")
        } catch let problem as RunProblem {
            #expect(problem.message.contains("disk") && problem.output != nil)
        }
    }

    @Test func `pruning says what it removed`() async throws {
        let pruned = try output(
            try await run(.task(name: "prune", parameters: ["keep_days": .number(1)]), of: try tasks(try loaded())))
        #expect(pruned == ["searches": .number(0), "steps": .number(0), "syncs": .number(0)])
    }

    @Test(arguments: [("scrape", "no key for SerpAPI"), ("sync", "no token for Airtable")])
    func `a stage without its key ends as skipped`(name: String, why: String) async throws {
        guard case .skipped(let reason) = try await run(.task(name: name, parameters: [:]), of: try tasks(try loaded()))
        else {
            Issue.record("it ran")
            return
        }
        #expect(reason.contains(why))
    }

    @Test func `the whole pipeline succeeds with nothing configured; stages that lack something are skipped`()
        async throws
    {
        let done = try output(try await run(.task(name: "pipeline", parameters: [:]), of: try tasks(try loaded())))
        guard case .list(let stages)? = done["stages"] else {
            Issue.record("\(done)")
            return
        }
        let statuses = stages.map { stage in
            guard case .object(let fields) = stage else { return JSONValue.null }
            return fields["status"] ?? .null
        }
        #expect(statuses == ["skipped", "success", "skipped", "skipped"].map(JSONValue.text))
    }

    @Test(
        arguments: [
            ([:], .both, false, nil), (["direction": .text("pull"), "full": .flag(true)], .pull, true, nil),
            (["setup": .flag(true)], .both, false, false),
            (["setup": .flag(true), "create_fields": .flag(true)], .both, false, true),
        ] as [(TaskParameters, SyncRequest.Direction, Bool, Bool?)])
    func `the sync's parameters are its options`(
        parameters: TaskParameters, direction: SyncRequest.Direction, isFull: Bool, creates: Bool?
    ) {
        let options = SyncOptions(parameters)
        #expect(options.direction == direction && options.isFull == isFull)
        #expect(options.setUp?.createsFields == creates)
    }

    @Test func `what a reload takes into force is what the next run works with`() async throws {
        let tasks = try tasks(try loaded())
        let work = JobWork.command(
            Command(arguments: ["/bin/sh", "-c", "test -n \"$A\""], environment: ["A": .secret("some_key")]))
        guard case .skipped = try await run(work, of: tasks) else {
            Issue.record("it ran")
            return
        }
        mkdir("\(folder.path)/secrets", 0o700)
        folder.write("secrets/some_key", "a-secret-value\n", mode: 0o600)
        tasks.assembly.value = Assembly(
            try loaded(), store: tasks.assembly.value.store, folder: folder.data, runtime: .test())
        let result = try await run(work, of: tasks)
        guard case .success = result else {
            Issue.record("\(result)")
            return
        }
    }
}

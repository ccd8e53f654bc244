import Foundation
import Leads
import Storage
import Synchronization
import TestSupport
import Testing
import Transport
import Values

@testable import Backups
@testable import Operations
@testable import Scheduling

/// Use cases that change something, each asked as a verb or a route asks it.
struct ActingTests {
    private let folder = TemporaryFolder()

    private func context(_ files: TestFiles = TestFiles(), _ executor: any Executor = ScriptedExecutor())
        -> OperationContext
    {
        .test(FolderAccess(folder.data, runtime: .test()), files: files, executor: executor)
    }

    private func add(_ name: String, _ email: String) async throws -> AddLead.Response {
        try await AddLead.perform(
            .init(LeadFields([.fullName: name, .email: email, .company: "Engines"])), in: context())
    }

    @Test func `a person who is there already is not made twice, and what is no lead is refused`() async throws {
        #expect(try await add("Ada King", "ada@engines.example").result == "new")
        #expect(try await add("Ada King", "ada@engines.example").result == "known")
        await #expect(throws: OperationProblem.self) {
            try await AddLead.perform(.init(LeadFields([.company: "Engines"])), in: context())
        }
    }

    @Test func `an edit is cleaned, recorded and marked for the sync; one that is not valid changes nothing`()
        async throws
    {
        _ = try await add("Ada King", "ada@engines.example")
        let edited = try await EditLead.perform(.init("1", [.title: " CEO ", .company: ""]), in: context()).view.lead
        #expect(edited.fields[.title] == "CEO" && edited.fields[.company] == nil && edited.isSyncPending)
        await #expect(throws: OperationProblem.self) {
            try await EditLead.perform(.init("1", [.title: "CTO", .email: "nobody"]), in: context())
        }
        let store = try folder.store()
        #expect(try store.leads.find(1)?.fields[.title] == "CEO")
        #expect(try store.leads.history(of: 1, limit: 10).map(\.type) == ["edit", "add"])
    }

    @Test func `several leads are deleted or restored together, or not at all`() async throws {
        for (name, email) in [("Ada King", "ada@engines.example"), ("Bob Stone", "bob@engines.example")] {
            _ = try await add(name, email)
        }
        await #expect(throws: OperationProblem.noLead("9")) {
            try await DeleteLeads.perform(.init(["1", "9"]), in: context())
        }
        #expect(try await ListLeads.perform(.init(), in: context()).leads.count == 2)
        #expect(try await ListLeads.perform(.init(), in: context()).leads.count == 2)
        // One may be named twice.
        #expect(
            try await DeleteLeads.perform(.init(["2", "1", "bob@engines.example"]), in: context()).leads == [2, 1])
        await #expect(throws: OperationProblem.self) { try await DeleteLeads.perform(.init(["1"]), in: context()) }
        #expect(try await ListLeads.perform(.init(), in: context()).leads.isEmpty)
        #expect(try await RestoreLeads.perform(.init(["1"]), in: context()).leads == [1])
        await #expect(throws: OperationProblem.self) {
            try await RestoreLeads.perform(.init(["2", "1"]), in: context())
        }
        #expect(try await ListLeads.perform(.init(), in: context()).leads.map(\.lead.id) == [1])
    }

    private func importing(_ text: String, isDryRun: Bool = false) async throws -> ImportLeads.Response {
        let path = folder.write("people.csv", text)
        let descriptor = open(path, O_RDONLY)
        defer { close(descriptor) }
        var request = ImportLeads.Request(path)
        request.isDryRun = isDryRun
        return try await ImportLeads.perform(request, reading: descriptor, in: context())
    }

    @Test func `a file is taken in under one run, and a dry run changes nothing`() async throws {
        let text = "Full Name,Email,Shoe\nAda King,ada@engines.example,38\nBob Stone,bob@engines.example,44\n,,\n"
        let would = try await importing(text, isDryRun: true)
        #expect(would.new == 2 && would.run == nil)
        #expect(try await ListLeads.perform(.init(), in: context()).leads.isEmpty)
        let report = try await importing(text)
        #expect(report.new == 2 && report.others == ["Shoe"] && report.columns["email"] == "Email")
        #expect(try await importing(text).known == 2)
        let runs = try await ListRuns.perform(.init(), in: context()).runs
        #expect(runs.count == 2 && runs.allSatisfy { $0.status == .success })
        await #expect(throws: OperationProblem.self) { try await importing("a,b\n1,2\n") }
    }

    private func exported(_ request: ExportLeads.Request) async throws -> (String, Int)? {
        guard let pieces = try await ExportLeads.stream(request, in: context()) else { return nil }
        var (text, count) = ("", 0)
        for try await piece in pieces {
            text += piece.text
            count = piece.count
        }
        return (text, count)
    }

    @Test func `an export is whole in each format, also of no leads`() async throws {
        #expect(try await exported(.init(.csv)) == nil)
        _ = try folder.store()
        #expect(try #require(try await exported(.init(.json))).0 == "[]\n")
        #expect(try #require(try await exported(.init(.csv))).0.hasSuffix("\r\n"))
        let header = "Full Name,Email\n"
        _ = try await importing(header + (1...1_100).map { "Person N\($0),p\($0)@e\($0).example\n" }.joined())
        let lines = try #require(try await exported(.init(.jsonl)))
        #expect(lines.1 == 1_100 && lines.0.split(separator: "\n").count == 1_100)
        let json = try #require(try await exported(.init(.json))).0
        let list = try JSONDecoder().decode([JSONValue].self, from: Data(json.utf8))
        #expect(list.count == 1_100)
        var request = ExportLeads.Request(.csv)
        request.status = .won
        #expect(try #require(try await exported(request)).1 == 0)
    }

    @Test func `a sync by hand is a run with typed parameters, and a setup is beside the job`() async throws {
        let executor = ScriptedExecutor { request throws(OperationProblem) in
            guard case .run(let name, _) = request else { throw OperationProblem(.internal, "") }
            return .ran(
                RunResult(
                    id: 3, job: name, status: .success, seconds: 1,
                    output: "{\"stage\":\"sync\",\"counts\":{\"created\":2,\"calls\":0},\"notes\":[\"n\"]}", error: nil)
            )
        }
        var request = RunSync.Request()
        (request.direction, request.isFull, request.isDryRun) = (.pull, true, true)
        let response = try await RunSync.perform(request, in: context(TestFiles(), executor))
        #expect(response.report?.summary == "created 2" && response.report?.notes == ["n"])
        // Not the job's own direction, which `run sync` leaves in force.
        _ = try await RunSync.perform(.init(), in: context(TestFiles(), executor))
        var setup = SetUpSync.Request()
        setup.createsFields = true
        _ = try await SetUpSync.perform(setup, in: context(TestFiles(), executor))
        func byHand(_ options: RunOptions) -> ExecutorRequest {
            var options = options
            options.author = "cli:ann"
            return .run(name: "sync", options: options)
        }
        #expect(
            executor.requests == [
                byHand(
                    RunOptions(
                        isDryRun: true,
                        parameters: ["direction": .text("pull"), "full": .flag(true)], isByHand: true)),
                byHand(RunOptions(parameters: ["direction": .text("both")], isByHand: true)),
                byHand(
                    RunOptions(
                        parameters: ["setup": .flag(true), "create_fields": .flag(true)], isAside: true, isByHand: true)
                ),
            ])
    }

    @Test func `what only the executor can do is asked of it, and its answer is the response`() async throws {
        let difference = ScheduleComparison(
            from: try TestFiles().schedule(), to: try TestFiles().schedule(), at: moment("2026-01-01 00:00"))
        let file = try #require(BackupFile(name: "leads-2026-01-01T02-30-00.000Z-manual.db", size: 7))
        let executor = ScriptedExecutor { request throws(OperationProblem) in
            switch request {
            case .run(let name, _):
                .ran(RunResult(id: 3, job: name, status: .failed, seconds: 1, output: "{\"n\":1}", error: "why"))
            case .cancel(let job, _, _): .cancelled(CancelResult(job: job, run: 4, waiting: [], status: .cancelled))
            case .pause(let job, let pause, _, _): .paused(PauseResult(job: job, pause: pause, changed: true))
            case .createBackup: .backedUp(file)
            case .reload: .reloaded(ReloadResult(comparison: difference, warnings: ["w"]))
            default: throw OperationProblem(.internal, "")
            }
        }
        let context = context(TestFiles(), executor)
        let ran = try await RunJob.perform(.init("backup"), in: context)
        #expect(ran.id == 3 && ran.error == "why" && ran.output == .object(["n": .number(1)]) && ran.report == nil)
        #expect(try await CancelJob.perform(.init("backup"), in: context).run == 4)
        #expect(try await PauseJob.perform(.init("backup", isPaused: true), in: context).paused)
        #expect(try await CreateBackup.perform(.init(), in: context).name == file.name)
        let reloaded = try await ReloadFiles.perform(.init(), in: context)
        #expect(reloaded.warnings == ["w"] && reloaded.comparison.unchanged == 2)
        var asked = RunOptions()
        asked.author = "cli:ann"
        let pause = JobPause(at: context.runtime.now, author: "cli:ann")
        #expect(
            executor.requests == [
                .run(name: "backup", options: asked), .cancel(job: "backup", by: "cli:ann"),
                .pause(job: "backup", pause, by: .person("ann")), .createBackup, .reload,
            ])
        var tooMany = RunJob.Request("backup")
        tooMany.limit = 0
        await #expect(throws: OperationProblem(.usage, "limit must be from 1 to 1000000, not 0")) {
            try await RunJob.perform(tooMany, in: context)
        }
    }

    @Test func `a wrong kind of answer is an error`() async throws {
        let executor = ScriptedExecutor { _ throws(OperationProblem) in .busy("somebody") }
        let context = context(TestFiles(), executor)
        await #expect(throws: OperationProblem.self) { try await RunJob.perform(.init("sync"), in: context) }
        await #expect(throws: OperationProblem.self) { try await CancelJob.perform(.init("sync"), in: context) }
        await #expect(throws: OperationProblem.self) {
            try await PauseJob.perform(.init("sync", isPaused: true), in: context)
        }
        await #expect(throws: OperationProblem.self) { try await CreateBackup.perform(.init(), in: context) }
        await #expect(throws: OperationProblem.self) { try await ReloadFiles.perform(.init(), in: context) }
        await #expect(throws: OperationProblem(.busy, "somebody; try again when it is done")) {
            try await RestoreBackup.perform(.init("x", waits: false), in: context)
        }
    }

    @Test func `a restore that waits asks again until nobody is at work`() async throws {
        let count = Mutex(0)
        let executor = ScriptedExecutor { request throws(OperationProblem) in
            let number = count.withLock {
                $0 += 1
                return $0
            }
            return number < 3 ? .busy("an import") : .restored(RestoreResult(name: "n", keptAs: nil, carried: nil))
        }
        let said = Mutex<[String]>([])
        let context = context(TestFiles(), executor).reporting { event in
            if case .progress(let text, _) = event { said.withLock { $0.append(text) } }
        }
        let restored = try await RestoreBackup.perform(.init("./b.db", waits: true), in: context)
        #expect(restored.name == "n" && said.withLock { $0 } == ["waiting: an import", "waiting: an import"])
        guard case .restoreBackup(let name, _, _)? = executor.requests.first else {
            Issue.record("not asked")
            return
        }
        #expect(name.hasPrefix("/") && name.hasSuffix("/b.db"))
    }

    @Test func `the files are checked and shown without a daemon`() async throws {
        let found = try await CheckFiles.perform(.init(isForStart: false), in: context())
        #expect(found.jobs == .init(count: 2, disabled: 0) && found.missing == ["a_key (set it)"])
        var wrong = TestFiles()
        wrong.text = "jobs: { a: { run: nosuch, every: 5m } }"
        let errors = try await CheckFiles.perform(.init(isForStart: false), in: context(wrong))
        #expect(errors.jobs == nil && errors.findings.map(\.severity) == ["error"])
        #expect(errors.lines[0].contains("unknown task \"nosuch\""))
        await #expect(throws: (any Error).self) { try await ListJobs.perform(.init(), in: context(wrong)) }
        #expect(try await ListSlots.perform(.init(job: "backup", count: 2, from: nil), in: context()).slots.count == 2)
        await #expect(throws: OperationProblem.self) {
            try await ListSlots.perform(.init(job: "nosuch", count: 2, from: nil), in: context())
        }
    }

    @Test func `health says what is wrong, also before there is anything`() async throws {
        let before = try await CheckHealth.perform(.init(), in: context())
        #expect(before.isFailing && before.checks.map(\.name) == ["daemon", "database", "setup"])
        _ = try folder.store()
        let after = try await CheckHealth.perform(.init(), in: context())
        #expect(after.checks.first?.message == "is not running; start it: systemctl start 4runr")
        #expect(after.checks.last?.message == "not configured yet: a_key (set it)")
    }

    private static let key = ServiceKey(
        "a_key", purpose: "a service", formProblem: { $0.hasPrefix("k-") ? nil : "keys begin with k-" },
        question: { key -> HTTPRequest in
            var request = HTTPRequest(.get, key.reveal().replacing("k-", with: "http://127.0.0.1:"), service: "a")
            request.headers["X-Key"] = key.reveal()
            return request
        }, reading: { "\($0.body.count) bytes" })

    @Test func `a key is refused where it does not look like one, kept for its owner, and tried`() async throws {
        let server = RawServer { _, _ in RawServer.answer(200, [], "hello") }
        var files = TestFiles()
        (files.services, files.secretsFolder, files.data) = ([Self.key], "\(folder.path)/secrets", folder.data)
        let context = context(files)
        #expect(try await ListKeys.perform(.init(), in: context).keys.map(\.state) == ["not set"])
        #expect(try await TestKeys.perform(.init(), in: context).keys.map(\.result) == ["not set"])
        await #expect(throws: OperationProblem(.data, "a_key: keys begin with k-; nothing was written")) {
            try await SetKey.perform(.init("a_key"), key: Secret("wrong-key"), in: context)
        }
        await #expect(throws: OperationProblem.self) {
            try await SetKey.perform(.init("b_key"), key: Secret("k-1-2-3-4-5"), in: context)
        }
        let kept = try await SetKey.perform(.init("a_key"), key: Secret("k-\(server.port)/x"), in: context)
        let mode = try FileManager.default.attributesOfItem(atPath: kept.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try await ListKeys.perform(.init(), in: context).keys.map(\.state) == ["set"])
        let tested = try await TestKeys.perform(.init(), in: context)
        #expect(tested.keys == [.init(name: "a_key", result: "works", detail: "5 bytes")] && tested.isFine)
    }

    @Test func `the schema goes down and up again, and says what it did`() async throws {
        _ = try folder.store()
        // Each look at the clock is a second later: no two backups have one name.
        let seconds = Mutex<Int64>(1_800_000_000)
        let runtime = Runtime.test(now: {
            Timestamp(
                seconds: seconds.withLock {
                    $0 += 1
                    return $0
                })
        })
        let context = OperationContext.test(FolderAccess(folder.data, runtime: runtime))
        let latest = MigrationView.latest
        let down = try await ChangeSchema.perform(.down(to: latest - 1), in: context).changed
        #expect(down.map(\.number) == [latest])
        #expect(try await ListMigrations.perform(.init(), in: context).migrations.last?.applied == false)
        #expect(try await ChangeSchema.perform(.up(to: nil), in: context).changed.map(\.number) == [latest])
        #expect(try await ListBackups.perform(.init(), in: context).backups.map(\.reason).first == "before-migration")
        await #expect(throws: (any Error).self) { try await ChangeSchema.perform(.new, in: context) }
    }
}

import Foundation
import Leads
import Synchronization
import TestSupport
import Testing
import Values

@testable import Scheduling

/// The parameters of a task, from a schedule file or for one run.
struct TaskParameterTests {
    private enum Way: String, CaseIterable { case both, push, pull }

    private static let catalog = TaskCatalog([
        TaskKind(
            "sync", summary: "",
            parameters: [
                .choice("direction", of: Way.self), TaskParameter("full", .flag),
                TaskParameter("setup", .flag, isByHand: true), TaskParameter("limit", .number(1...5)),
            ])
    ])

    @Test(
        arguments: [
            (["direction": .text("push"), "full": .flag(true), "limit": .number(5)], nil),
            (["setup": .flag(true)], nil), ([:], nil),
            (["direction": .text("up")], "sync: direction must be both, push, pull"),
            (["direction": .flag(true)], "sync: direction must be both, push, pull"),
            (["limit": .number(6)], "sync: limit must be a whole number from 1 to 5"),
            (["full": .number(1)], "sync: full must be true or false"),
            (["fulll": .flag(true)], "sync has no parameter \"fulll\"; did you mean \"full\"?"),
        ] as [([String: TaskValue], String?)])
    func `what a program sends is checked as a file is`(values: [String: TaskValue], problem: String?) {
        #expect(Self.catalog.problem(with: TaskParameters(values), of: "sync") == problem)
    }

    @Test func `a job's work is data: it travels as JSON and comes back the same`() throws {
        let works: [JobWork] = [
            .task(name: "sync", parameters: ["full": .flag(true), "limit": .number(3), "direction": .text("pull")]),
            .command(Command(arguments: ["/bin/true"], environment: ["A": .secret("key")], directory: "/tmp")),
        ]
        #expect(try JSONDecoder().decode([JobWork].self, from: try JSONEncoder().encode(works)) == works)
        #expect(works.map(\.type) == ["sync", "command"])
        #expect(
            works[0].with(["limit": .number(1)])
                == .task(
                    name: "sync", parameters: ["full": .flag(true), "limit": .number(1), "direction": .text("pull")]))
    }

    @Test func `options of one run come back from its row, and so do those of older rows`() throws {
        let options = RunOptions(limit: 3, isDryRun: true, parameters: ["full": .flag(true)])
        #expect(try RunOptions(json: options.json) == options)
        #expect(options.json == #"{"dry_run":true,"limit":3,"parameters":{"full":true}}"#)
        let old = try RunOptions(json: #"{"aside":true,"flags":["setup","create-fields","pull","by-hand"]}"#)
        #expect(
            old
                == RunOptions(
                    parameters: ["setup": .flag(true), "create_fields": .flag(true), "direction": .text("pull")],
                    isAside: true, isByHand: true))
        #expect(throws: RunProblem.self) { try RunOptions(json: "{\"limit\":\"x\"}") }
    }

    @Test func `a run with a parameter that its task does not have is refused before it is written down`() async throws
    {
        let harness = try EngineHarness("jobs: { a: { run: nothing, every: 1h } }", now: "2026-01-01 00:10:00")
        await harness.start()
        await #expect(throws: RunRefusal.parameters("a runs nothing: nothing has no parameter \"x\"")) {
            try await harness.scheduler.runNow(
                "a", options: RunOptions(parameters: ["x": .flag(true)]), onStart: { _ in }, progress: { _, _ in })
        }
        #expect(try harness.rows().isEmpty)
        // A task that is run by its own name, without a job.
        let ending = try await harness.scheduler.runNow(
            "backup", options: RunOptions(parameters: ["keep_daily": .number(3)]), onStart: { _ in },
            progress: { _, _ in })
        #expect(ending.status == .success)
    }

    @Test func `a reload is in force before any due job starts`() async throws {
        let harness = try EngineHarness("jobs: { a: { run: nothing, every: 1h } }", now: "2026-01-01 00:10:00")
        await harness.start()
        let order = Mutex<[String]>([])
        await harness.scheduler.observeRuns { notice in
            if case .started = notice.event { order.withLock { $0.append("started") } }
        }
        let next = try Schedules.read("jobs: { a: { run: nothing, every: 1h }, b: { run: nothing, every: 1s } }")
        harness.clock.pass(.seconds(3_600))
        _ = try await harness.scheduler.reload(next) { order.withLock { $0.append("in force") } }
        await harness.settle()
        #expect(order.withLock { $0 } == ["in force", "started"])
    }
}

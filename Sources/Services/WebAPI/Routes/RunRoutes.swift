import HTTPTypes
import Leads
import Operations
import Values

/// What ran, and what did not and why.
enum RunRoutes {
    static let all = [list, show, steps]

    static let schema = Schema.of(RunView.self, called: "Run")
    private static let id = Route.Parameter.path("id", .integer(in: 1...Int.max), "The run's number.")

    static let list = Route(
        method: .get, path: "/api/runs", tag: "Runs", summary: "Lists runs, newest first.", scope: .read,
        parameters: [
            .query("job", .string(limit: 64), "Only runs of this job."),
            .query("status", .words(ActivityStatus.allCases.map(\.rawValue)), "Only runs in this status."),
            .query("trigger", .words(RunTrigger.allCases.map(\.rawValue)), "Only runs that this started."),
            .query("missed", .flag, "Only slots that did not run, and runs that were cut off."), .limit, .cursor,
        ],
        outcomes: [.json(200, "A page of runs.", .page("runs", of: schema), headers: ["Link"])], errors: [404]
    ) { call in
        var request = ListRuns.Request()
        request.job = call.query["job"]
        request.status = call.query["status"].flatMap { ActivityStatus(rawValue: $0) }
        request.trigger = call.query["trigger"].flatMap { RunTrigger(rawValue: $0) }
        request.missedOnly = call.query.isTrue("missed")
        request.before = try Cursor.read(call.query["cursor"], of: "runs")?.number
        request.limit = call.limit + 1
        let found = try await ListRuns.perform(request, in: call.context).runs
        return try .page(
            "runs", found: found, of: call, json: { try PrintedJSON.line(RunView($0)) },
            cursor: { Cursor(list: "runs", number: $0.id) })
    }

    static let show = Route(
        method: .get, path: "/api/runs/{id}", tag: "Runs", summary: "Shows a run, with its output.", scope: .read,
        parameters: [id], outcomes: [.json(200, "The run.", schema)]
    ) { call in
        try .json(RunView(try await ShowRun.perform(.init(try call.number("id", "run")), in: call.context)))
    }

    static let steps = Route(
        method: .get, path: "/api/runs/{id}/steps", tag: "Runs", summary: "What a run did, lead by lead.", scope: .read,
        parameters: [id, .limit, .cursor],
        outcomes: [.json(200, "A page of the steps, in order.", .page("steps", of: schema), headers: ["Link"])]
    ) { call in
        var request = ListSteps.Request(of: try call.number("id", "run"), limit: call.limit + 1)
        request.after = try Cursor.read(call.query["cursor"], of: "steps")?.number ?? 0
        let found = try await ListSteps.perform(request, in: call.context).steps
        return try .page(
            "steps", found: found, of: call, json: { try PrintedJSON.line(RunView($0)) },
            cursor: { Cursor(list: "steps", number: $0.id) })
    }
}

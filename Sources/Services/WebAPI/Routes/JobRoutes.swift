import HTTPTypes
import Leads
import Operations
import Values

/// Jobs of the schedule.
enum JobRoutes {
    static let all = [list, show, run, pause, resume, cancel, backfill]

    private static let job = Schema.of(ListJobs.Line.self, called: "Job")
    private static let jobName = Route.Parameter.path("name", .string(limit: 64), "The job's name.")

    static let list = Route(
        method: .get, path: "/api/jobs", tag: "Jobs",
        summary: "Lists jobs: what they do, when they are due next, how they last ended.", scope: .read,
        outcomes: [
            .json(200, "All jobs, in the order of the schedule.", .object([.init(name: "jobs", schema: .list(job))]))
        ]
    ) { call in
        let jobs = try await ListJobs.perform(.init(), in: call.context).jobs
        return .raw("{\"jobs\":\(try PrintedJSON.line(jobs))}")
    }

    static let show = Route(
        method: .get, path: "/api/jobs/{name}", tag: "Jobs", summary: "Shows a job.", scope: .read,
        parameters: [jobName], outcomes: [.json(200, "The job.", job)]
    ) { call in
        let name = call.path["name"] ?? ""
        let jobs = try await ListJobs.perform(.init(), in: call.context).jobs
        guard let found = jobs.first(where: { $0.name == name }) else {
            throw APIProblem(404, "there is no job \"\(name.shortened(to: 64))\"")
        }
        return try .json(found)
    }

    static let run = Route(
        method: .post, path: "/api/jobs/{name}/run", tag: "Jobs",
        summary: "Runs a job now, or a task that is not in the schedule.",
        text: """
            `pipeline` finds leads, completes them, writes to them and syncs. What removes something, `backup` and `prune`, needs \
            the scope admin. What is not about leads has no dry run, and is then refused.
            """, scope: .run,
        parameters: [jobName, .wait, .dryRun],
        body: .optionalJSON(
            .object([
                .init(
                    name: "limit", schema: Schema.integer(in: 1...1_000_000).nullable.saying("The most leads."),
                    isRequired: false),
                .init(
                    name: "leads",
                    schema: Schema.list(.string(limit: 40)).nullable.saying("Only these: numbers or uuids."),
                    isRequired: false),
            ]), example: #"{"limit": 10}"#),
        outcomes: BackgroundRun.outcomes, errors: [409], isRepeatable: true
    ) { call in
        var request = RunJob.Request(call.path["name"] ?? "")
        request.isDryRun = call.isDryRun
        try await requireScope(call)
        if !call.body.isEmpty {
            var members = try call.members()
            request.limit = members.int("limit", in: 1...1_000_000)
            request.leads = members.leadNames()
            try members.end()
        }
        let asked = request
        return try await BackgroundRun.start(call) { _ = try await RunJob.perform(asked, in: $0) }
    }

    /// Throws 403 if the token may not run the job in the path.
    private static func requireScope(_ call: Call) async throws {
        guard let token = call.token else { return }
        try Dispatcher.require(try await RunJob.scope(of: call.path["name"] ?? "", in: call.context), of: token)
    }

    private static let paused = Schema.of(PauseResult.self, called: "JobPause")

    static let pause = Route(
        method: .post, path: "/api/jobs/{name}/pause", tag: "Jobs",
        summary: "Keeps a job from running by its schedule.", scope: .run, parameters: [jobName, .dryRun],
        body: .optionalJSON(
            .object([
                .init(
                    name: "until", schema: Schema.moment.nullable.saying("When the pause ends by itself."),
                    isRequired: false),
                .init(name: "note", schema: Schema.string(limit: 500).nullable.saying("Why."), isRequired: false),
            ]), example: #"{"until": "2030-01-07T08:00:00Z", "note": "Airtable is being rearranged"}"#),
        outcomes: [.json(200, "It is paused.", paused)], errors: [409], isRepeatable: true
    ) { call in
        var request = PauseJob.Request(call.path["name"] ?? "", isPaused: true)
        request.isDryRun = call.isDryRun
        if !call.body.isEmpty {
            var members = try call.members()
            request.until = members.moment("until")
            request.note = members.text("note", limit: 500)
            try members.end()
        }
        return try .json(try await PauseJob.perform(request, in: call.context))
    }

    static let resume = Route(
        method: .post, path: "/api/jobs/{name}/resume", tag: "Jobs", summary: "Ends the pause of a job.", scope: .run,
        parameters: [jobName, .dryRun], outcomes: [.json(200, "It is not paused.", paused)], errors: [409],
        isRepeatable: true
    ) { call in
        var request = PauseJob.Request(call.path["name"] ?? "", isPaused: false)
        request.isDryRun = call.isDryRun
        return try .json(try await PauseJob.perform(request, in: call.context))
    }

    static let cancel = Route(
        method: .post, path: "/api/jobs/{name}/cancel", tag: "Jobs",
        summary: "Ends the run of a job that is under way, and drops those that wait.", scope: .run,
        parameters: [jobName, .dryRun],
        outcomes: [.json(200, "It has ended.", .of(CancelResult.self, called: "Cancelled"))], errors: [409],
        isRepeatable: true
    ) { call in
        var request = CancelJob.Request(call.path["name"] ?? "")
        request.isDryRun = call.isDryRun
        return try .json(try await CancelJob.perform(request, in: call.context))
    }

    static let backfill = Route(
        method: .post, path: "/api/jobs/{name}/backfill", tag: "Jobs",
        summary: "Runs the slots of a range that did not run, one after the other.",
        text: """
            Each becomes a run of its own, with the trigger `backfill`. A range of more than 20,000 slots is refused. As with a run, \
            `backup` and `prune` need the scope admin.
            """, scope: .run,
        parameters: [jobName, .dryRun],
        body: .json(
            .object([
                .init(name: "from", schema: .moment),
                .init(
                    name: "to", schema: Schema.moment.nullable.saying("The default is now."), isRequired: false),
                .init(
                    name: "limit",
                    schema: Schema.integer(in: 1...1_000).nullable.saying(
                        "A range with more slots to run is refused; the default is 100."),
                    isRequired: false),
            ]), example: #"{"from": "2026-03-01T00:00:00Z", "to": "2026-03-08T00:00:00Z"}"#),
        outcomes: [
            .json(202, "They wait to run.", .of(BackfillJob.Response.self, called: "Backfill")),
            .json(
                200, "What would be run; or nothing is to be run.", .of(BackfillJob.Response.self, called: "Backfill")),
        ], errors: [409], isRepeatable: true
    ) { call in
        var members = try call.members()
        let from = members.moment("from")
        let through = members.moment("to")
        let limit = members.int("limit", in: 1...1_000)
        if from == nil { members.refuse("from", "is required") }
        try members.end()
        guard let from else { throw APIProblem.field("from", "is required") }
        try await requireScope(call)
        var request = BackfillJob.Request(call.path["name"] ?? "", from: from)
        (request.through, request.limit, request.isDryRun) = (through, limit ?? 100, call.isDryRun)
        let result = try await BackfillJob.perform(request, in: call.context)
        return try .json(result, status: result.runs.isEmpty ? 200 : 202)
    }
}

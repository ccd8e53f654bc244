import HTTPTypes
import Leads
import Operations
import Values

/// The sync with Airtable.
enum SyncRoutes {
    static let all = [push, pull, both, status, statistics, conflicts, resolve]

    private static let body = Route.Body.optionalJSON(
        .object([
            .init(
                name: "full", schema: Schema.flag.nullable.saying("Reads all records, not only changed ones."),
                isRequired: false),
            .init(
                name: "allow_deletes", schema: Schema.flag.nullable.saying("Lets any number of records be deleted."),
                isRequired: false),
            .init(name: "limit", schema: Schema.integer(in: 1...1_000_000).nullable, isRequired: false),
            .init(name: "leads", schema: Schema.list(.string(limit: 40)).nullable, isRequired: false),
        ]), example: "{}")

    private static func route(_ path: String, _ direction: RunSync.Direction, _ summary: String) -> Route {
        Route(
            method: .post, path: path, tag: "Sync", summary: summary,
            text: "A dry run only reads; its plan is in the run's output.", scope: .run,
            parameters: [.wait, .dryRun], body: body, outcomes: BackgroundRun.outcomes, errors: [404, 409],
            isRepeatable: true
        ) { call in
            var request = RunSync.Request()
            request.direction = direction
            request.isDryRun = call.isDryRun
            if !call.body.isEmpty {
                var members = try call.members()
                request.isFull = members.flag("full") ?? false
                request.allowsDeletes = members.flag("allow_deletes") ?? false
                request.limit = members.int("limit", in: 1...1_000_000)
                request.leads = members.leadNames()
                try members.end()
            }
            let asked = request
            return try await BackgroundRun.start(call) { _ = try await RunSync.perform(asked, in: $0) }
        }
    }

    static let push = route("/api/sync/to-airtable", .push, "Sends changes to Airtable.")
    static let pull = route("/api/sync/from-airtable", .pull, "Takes changes from Airtable.")
    static let both = route("/api/sync", .both, "Syncs with Airtable both ways.")

    static let status = Route(
        method: .get, path: "/api/sync/status", tag: "Sync", summary: "How the database and Airtable stand.",
        scope: .read,
        parameters: [.query("entries", .integer(in: 0...200), "How many past syncs; the default is 10.")],
        outcomes: [.json(200, "The standing.", .of(ShowSyncStatus.Response.self, called: "SyncStatus"))]
    ) { call in
        try .json(
            try await ShowSyncStatus.perform(
                .init(entries: call.query.number("entries", default: 10)), in: call.context))
    }

    static let statistics = Route(
        method: .get, path: "/api/stats/sync", tag: "Statistics",
        summary: "How many leads wait, were refused, conflict.",
        scope: .read,
        outcomes: [.json(200, "The counts.", .of(ShowSyncStatus.Counts.self, called: "SyncCounts"))]
    ) { call in
        try .json(try await ShowSyncStatus.perform(.init(entries: 0), in: call.context).standing.counts)
    }

    static let conflicts = Route(
        method: .get, path: "/api/sync/conflicts", tag: "Sync", summary: "Fields that were changed on both sides.",
        scope: .read,
        parameters: [.query("all", .flag, "Resolved ones, too."), .limit, .cursor],
        outcomes: [
            .json(
                200, "A page of the conflicts, newest first.",
                .page("conflicts", of: .of(ListConflicts.Line.self, called: "Conflict")), headers: ["Link"])
        ]
    ) { call in
        var request = ListConflicts.Request(all: call.query.isTrue("all"), limit: call.limit + 1)
        request.before = try Cursor.read(call.query["cursor"], of: "conflicts")?.number
        let found = try await ListConflicts.perform(request, in: call.context).conflicts
        return try .page(
            "conflicts", found: found, of: call, json: { try PrintedJSON.line($0) },
            cursor: { Cursor(list: "conflicts", number: $0.conflict.id) })
    }

    static let resolve = Route(
        method: .post, path: "/api/sync/conflicts/{id}", tag: "Sync", summary: "Resolves a conflict.",
        text: "Only a person can, with a token that was made --person.", scope: .write,
        parameters: [.path("id", .integer(in: 1...Int.max), "The conflict's number."), .dryRun],
        body: .json(
            .object([.init(name: "keep", schema: .words(ResolveConflicts.Side.allCases.map(\.rawValue)))]),
            example: #"{"keep": "local"}"#),
        outcomes: [.json(200, "It is resolved.", .of(ResolveConflicts.Response.self, called: "Resolved"))],
        errors: [409], isRepeatable: true
    ) { call in
        var members = try call.members()
        let side: ResolveConflicts.Side? = members.choice("keep")
        if side == nil { members.refuse("keep", "is required: local or airtable") }
        try members.end()
        guard let side else { throw APIProblem.field("keep", "is required") }
        let request = ResolveConflicts.Request([try call.number("id", "conflict")], keeping: side)
        return try await call.change { try await ResolveConflicts.perform(request, in: $0) }
    }
}

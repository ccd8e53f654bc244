import HTTPTypes
import Leads
import Operations
import Values

/// Backups of the database.
enum BackupRoutes {
    static let all = [list, create, restore]

    static let list = Route(
        method: .get, path: "/api/backups", tag: "Backups", summary: "Lists backups, newest first.", scope: .admin,
        outcomes: [
            .json(
                200, "The backups.",
                .object([.init(name: "backups", schema: .list(.of(BackupView.self, called: "Backup")))]))
        ]
    ) { call in
        let backups = try await ListBackups.perform(.init(), in: call.context).backups
        return .raw("{\"backups\":\(try PrintedJSON.line(backups))}")
    }

    static let create = Route(
        method: .post, path: "/api/backups", tag: "Backups", summary: "Makes a backup now.",
        text: "A run, of which no older backup is removed. A dry run answers with `size`, `free` (bytes) and `fits`.",
        scope: .admin, parameters: [.wait, .dryRun],
        outcomes: [
            .json(202, "It is under way.", RunRoutes.schema, headers: ["Location"]),
            .json(200, "It has ended; or what it would take.", .any, headers: ["Location"]),
        ],
        errors: [409], isRepeatable: true
    ) { call in
        guard !call.isDryRun else { return try .json(try await PlanBackup.perform(.init(), in: call.context)) }
        return try await BackgroundRun.start(call) { try await CreateBackup.performAsRun(in: $0) }
    }

    static let restore = Route(
        method: .post, path: "/api/backups/{name}/restore", tag: "Backups",
        summary: "Replaces the data with that of a backup.",
        text: """
            The present data is kept as another backup. Opt-outs, deletions, suppressions and tokens stay in force. It is refused \
            while a job or an import is under way. A dry run checks the backup, whatever is under way, and answers with \
            what would stay in force.
            """,
        scope: .admin, parameters: [.path("name", .string(limit: 200), "As the list shows it."), .dryRun],
        body: .json(
            .object([.init(name: "confirm", schema: Schema.string(limit: 200).saying("The name again."))]),
            example: #"{"confirm": "leads-2026-11-21T02-30-00.000Z-scheduled.db"}"#),
        outcomes: [.json(200, "It is done.", .of(RestoreResult.self, called: "Restored"))], errors: [404, 409],
        isRepeatable: true
    ) { call in
        let name = call.path["name"] ?? ""
        var members = try call.members()
        let confirmed = members.requiredText("confirm", limit: 200)
        try members.end()
        guard name == confirmed else { throw APIProblem.field("confirm", "is not the name of the backup") }
        var request = RestoreBackup.Request(name, waits: false)
        (request.isDryRun, request.mustBeListed) = (call.isDryRun, true)
        return try .json(try await RestoreBackup.perform(request, in: call.context))
    }
}

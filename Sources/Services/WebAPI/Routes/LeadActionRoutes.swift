import HTTPTypes
import Leads
import Operations
import Values

/// What is done with many leads at once, or takes long: changed by a filter, imported, enriched.
enum LeadActionRoutes {
    static let all = [bulkEdit, bulkDelete, importFile, enrich]

    private static let counted = Schema.named("Changed", .of(ChangeSelectedLeads.Response.self))

    static let bulkEdit = Route(
        method: .post, path: "/api/leads/bulk-edit", tag: "Leads", summary: "Changes all leads that a filter selects.",
        text: "Without `confirm` they are only counted. The filter is the query, as with the list of leads.",
        scope: .write, parameters: LeadFilter.columns + [.dryRun],
        body: .json(
            .object([
                .init(name: "changes", schema: .named("LeadPatch", LeadRoutes.changes)),
                .init(
                    name: "confirm",
                    schema: Schema.integer(in: 0...ChangeSelectedLeads.limit).nullable.saying(
                        "How many leads the filter selects, as was counted."), isRequired: false),
            ]), example: #"{"changes": {"industry": "Machinery"}, "confirm": 12}"#),
        outcomes: [.json(200, "What was changed.", counted)], errors: [409], isRepeatable: true
    ) { call in
        var members = try call.members()
        var changes = Members(members.object("changes") ?? [:])
        let fields = changes.leadFields()
        changes.refuseNull("status", "opted_out")
        let status: LeadStatus? = changes.choice("status")
        let optsOut = changes.flag("opted_out")
        try changes.end()
        let confirmed = members.int("confirm", in: 0...ChangeSelectedLeads.limit)
        try members.end()
        guard !fields.isEmpty || status != nil || optsOut != nil else {
            throw APIProblem.field("changes", "says nothing; name at least one field")
        }
        return try await bulk(.edit(changes: fields, status: status, optsOut: optsOut), confirmed, call)
    }

    static let bulkDelete = Route(
        method: .post, path: "/api/leads/bulk-delete", tag: "Leads",
        summary: "Deletes all leads that a filter selects.",
        text: "Without `confirm` they are only counted. The filter is the query, as with the list of leads.",
        scope: .write, parameters: LeadFilter.columns + [.dryRun],
        body: .optionalJSON(
            .object([
                .init(
                    name: "confirm", schema: Schema.integer(in: 0...ChangeSelectedLeads.limit).nullable,
                    isRequired: false)
            ]), example: #"{"confirm": 12}"#),
        outcomes: [.json(200, "What was deleted.", counted)], errors: [409], isRepeatable: true
    ) { call in
        var confirmed: Int?
        if !call.body.isEmpty {
            var members = try call.members()
            confirmed = members.int("confirm", in: 0...ChangeSelectedLeads.limit)
            try members.end()
        }
        return try await bulk(.delete, confirmed, call)
    }

    private static func bulk(
        _ action: ChangeSelectedLeads.Action, _ confirmed: Int?, _ call: Call
    ) async throws -> Answer {
        var request = ChangeSelectedLeads.Request(try LeadFilter.selection(call.query), action)
        request.confirmed = confirmed
        let asked = request
        return try await call.change { try await ChangeSelectedLeads.perform(asked, in: $0) }
    }

    // MARK: Runs

    static let importFile = Route(
        method: .post, path: "/api/leads/import", tag: "Leads", summary: "Takes in the people of a file.",
        text: """
            The file is the body. Its Content-Type says what it is, or the end of `name`, as in `leads.jsonl`. It \
            is UTF-8, UTF-16 or Windows-1252. Its columns are recognised by their names, as with \
            `4runr leads import`, unless `map[FIELD]` names one. The import is a run, which goes on after the answer; a dry run answers with the report.
            """,
        scope: .write,
        parameters: [
            .query("name", .string(limit: 200), "The file's name, for reports."), .dryRun, .wait,
        ]
            + columns.map {
                .query("map[\($0)]", .string(limit: 200), "The column with it; empty to leave it out.")
            },
        body: .file([
            "application/octet-stream", "text/csv", "text/tab-separated-values", "text/plain", "application/json",
            "application/x-ndjson", "application/jsonl",
        ]),
        outcomes: [
            .json(202, "It is under way.", RunRoutes.schema, headers: ["Location"]),
            .json(200, "It has ended; or what it would do.", .any, headers: ["Location"]),
        ], errors: [409], isRepeatable: true
    ) { call in
        let name = call.query["name"]?.tidied(limit: 200).nonEmpty ?? "upload"
        let type = call.head.headerFields[.contentType].map(Dispatcher.mediaType)
        try requireKnownCharset(call)
        var request = ImportLeads.Request(name)
        request.isDryRun = call.isDryRun
        for column in columns { request.map[column] = call.query["map[\(column)]"] }
        switch type {
        case "text/csv", "text/tab-separated-values": request.format = .csv
        case "application/json": request.format = .json
        case "application/x-ndjson", "application/jsonl": request.format = .jsonl
        default: request.format = nil
        }
        let asked = request
        guard let upload = call.file else { throw APIProblem(400, "there is no file") }
        guard !call.isDryRun else {
            let report = try await upload.reading {
                try await ImportLeads.perform(asked, reading: $0, in: call.context)
            }
            return try .json(report)
        }
        let state = call.server
        return try await BackgroundRun.start(call) { context in
            _ = try await upload.reading {
                try await ImportLeads.perform(
                    asked, reading: $0, isInterrupted: { state.isStopping }, in: context)
            }
        }
    }

    /// What a column of a file can be.
    private static let columns = LeadField.allCases.map(\.rawValue) + ImportLeads.standingNames

    /// Throws 415 if Content-Type says that the file is written in a way that is not read.
    private static func requireKnownCharset(_ call: Call) throws(APIProblem) {
        for part in (call.head.headerFields[.contentType] ?? "").lowercased().split(separator: ";").dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1).map { String($0).trimmed }
            guard pair.count == 2, pair[0] == "charset" else { continue }
            let name = pair[1].filter { $0 != "\"" }
            guard ImportLeads.charsets.contains(name) else {
                throw APIProblem(
                    415, "the charset \(name.shortened(to: 40)) is not read: send UTF-8, UTF-16 or Windows-1252")
            }
        }
    }

    static let enrich = Route(
        method: .post, path: "/api/leads/{id}/enrich", tag: "Leads", summary: "Looks up what a lead lacks, now.",
        scope: .run,
        parameters: [.leadID, .query("force", .flag, "Reads pages again that were read lately."), .wait, .dryRun],
        outcomes: BackgroundRun.outcomes, errors: [409], isRepeatable: true
    ) { call in
        var request = EnrichLeads.Request([try call.lead()])
        request.isForced = call.query.isTrue("force")
        request.isDryRun = call.isDryRun
        let asked = request
        return try await BackgroundRun.start(call) { _ = try await EnrichLeads.perform(asked, in: $0) }
    }
}

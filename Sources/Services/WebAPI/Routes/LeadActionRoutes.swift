import HTTPTypes
import FoundationEssentials
import Leads
import Operations
import Values

/// What is done with leads beside changing one: brought back, made one, parted, changed in bulk, imported.
enum LeadActionRoutes {
    static let all = [restore, merge, unmerge, apart, upsert, bulkEdit, bulkDelete, importFile, enrich]

    static let leadIDs = Schema.of(RestoreLeads.Response.self, called: "Leads")

    static let restore = Route(
        method: .post, path: "/api/leads/{id}/restore", tag: "Leads", summary: "Brings a deleted lead back.",
        scope: .write, parameters: [.leadID, .dryRun],
        outcomes: [.json(200, "It is back.", leadIDs)], errors: [409], isRepeatable: true
    ) { call in
        try .json(
            try await RestoreLeads.perform(
                .init([try call.lead()]), in: call.changing { try ($0 as? RestoreLeads.Response).map { try .json($0) } }
            ))
    }

    static let merge = Route(
        method: .post, path: "/api/leads/{id}/merge", tag: "Leads", summary: "Makes another lead part of this one.",
        scope: .write, parameters: [.leadID, .dryRun],
        body: .json(
            .object([
                .init(
                    name: "other",
                    schema: Schema.string(limit: 40).saying("The number or uuid of the lead that becomes part of it."))
            ]),
            example: #"{"other": "18"}"#),
        outcomes: [
            .json(
                200, "They are one.",
                .object([.init(name: "lead", schema: .lead), .init(name: "merged", schema: .integer)]))
        ], errors: [409], isRepeatable: true
    ) { call in
        var members = try call.members()
        let other = try name(&members, "other")
        try members.end()
        @Sendable func answer(_ merged: MergeLeads.Response) -> Answer {
            .raw("{\"lead\":\(merged.view.representation),\"merged\":\(merged.merged)}")
        }
        return answer(
            try await MergeLeads.perform(
                .init(try call.lead(), other), in: call.changing { ($0 as? MergeLeads.Response).map(answer) }))
    }

    static let unmerge = Route(
        method: .post, path: "/api/leads/{id}/unmerge", tag: "Leads",
        summary: "Undoes a merge, or takes a record out of a lead.", scope: .write,
        parameters: [.leadID, .dryRun],
        body: .optionalJSON(
            .object([
                .init(
                    name: "record",
                    schema: Schema.integer.nullable.saying("The record to take out, as `explain` lists it."),
                    isRequired: false)
            ]), example: "{}"),
        outcomes: [.json(200, "They are two.", .of(UnmergeLead.Response.self, called: "Unmerged"))], errors: [409],
        isRepeatable: true
    ) { call in
        var request = UnmergeLead.Request(try call.lead())
        if !call.body.isEmpty {
            var members = try call.members()
            request.record = members.int("record", in: 1...Int.max).map(Int64.init)
            try members.end()
        }
        return try .json(
            try await UnmergeLead.perform(
                request, in: call.changing { try ($0 as? UnmergeLead.Response).map { try .json($0) } }))
    }

    static let apart = Route(
        method: .post, path: "/api/leads/{id}/apart", tag: "Leads",
        summary: "Says that this lead and another are two people, so that they are never made one by themselves.",
        scope: .write, parameters: [.leadID, .dryRun],
        body: .json(.object([.init(name: "other", schema: .string(limit: 40))]), example: #"{"other": "18"}"#),
        outcomes: [.json(200, "It is noted.", leadIDs)], isRepeatable: true
    ) { call in
        var members = try call.members()
        let other = try name(&members, "other")
        try members.end()
        return try .json(
            try await KeepLeadsApart.perform(
                .init(try call.lead(), other),
                in: call.changing { try ($0 as? KeepLeadsApart.Response).map { try .json($0) } }))
    }

    /// The number or UUID of a lead.
    private static func name(_ members: inout Members, _ member: String) throws(APIProblem) -> String {
        let value = members.take(member)
        if case .number(let number)? = value, let whole = Int64(exactly: number) { return "\(whole)" }
        guard case .text(let text)? = value, text.utf8.count <= 40, !text.utf8.contains(0) else {
            members.refuse(member, "must be the number or the uuid of a lead")
            return ""
        }
        return text
    }

    static let upsert = Route(
        method: .post, path: "/api/leads/upsert", tag: "Leads",
        summary: "Changes the lead with this email, profile or uuid, or takes it in.",
        text: "What is said of a lead that is there is said as with PATCH; otherwise as with POST.", scope: .write,
        parameters: [.dryRun],
        body: .json(
            .object(
                [
                    .init(name: "by", schema: .words(["email", "linkedin_url", "uuid"])),
                    .init(name: "uuid", schema: Schema.string(limit: 40).nullable, isRequired: false),
                ]
                    + LeadRoutes.members), example: #"{"by": "email", "email": "ada@engines.example", "title": "CEO"}"#),
        outcomes: [
            .json(201, "It is new.", upserted, headers: ["Location"]),
            .json(200, "It is known, and as it was said now.", upserted, headers: ["Location"]),
        ], errors: [404, 409], isRepeatable: true
    ) { call in
        var members = try call.members()
        let key = members.choice("by", UpsertLead.Key.self)
        let uuid = members.text("uuid", limit: 40)
        let fields = members.leadFields()
        if key == nil { members.refuse("by", "is required: email, linkedin_url or uuid") }
        try members.end()
        guard let key else { throw APIProblem.field("by", "is required") }
        let isDryRun = call.isDryRun
        @Sendable func answer(_ upserted: UpsertLead.Response) -> Answer {
            Answer.raw(
                "{\"result\":\"\(upserted.result)\",\"lead\":\(upserted.view.representation),\"dry_run\":\(isDryRun)}",
                status: upserted.result == "new" && !isDryRun ? 201 : 200
            ).with("Location", "/api/leads/\(upserted.view.lead.id)")
        }
        return answer(
            try await UpsertLead.perform(
                .init(by: key, uuid: uuid, fields), in: call.changing { ($0 as? UpsertLead.Response).map(answer) }))
    }

    private static let upserted = Schema.named(
        "UpsertedLead",
        .object([
            .init(name: "result", schema: .words(["new", "changed", "known"])), .init(name: "lead", schema: .lead),
            .init(name: "dry_run", schema: .flag),
        ]))

    // MARK: In bulk

    private static let counted = Schema.named("Changed", .of(ChangeSelectedLeads.Response.self))

    static let bulkEdit = Route(
        method: .post, path: "/api/leads/bulk-edit", tag: "Leads", summary: "Changes all leads that a filter selects.",
        text: "Without `confirm` they are only counted. The filter is the query, as with the list of leads.",
        scope: .write, parameters: LeadFilter.parameters + [.dryRun],
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
        scope: .write, parameters: LeadFilter.parameters + [.dryRun],
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
        let selection = try LeadFilter.selection(call.query)
        guard !selection.conditions.isEmpty || confirmed == nil else {
            throw APIProblem(400, "without a filter every lead would be meant; name what they have in common")
        }
        var request = ChangeSelectedLeads.Request(selection, action)
        request.confirmed = call.isDryRun ? nil : confirmed
        return try .json(try await ChangeSelectedLeads.perform(request, in: call.context))
    }

    // MARK: Runs

    static let importFile = Route(
        method: .post, path: "/api/leads/import", tag: "Leads", summary: "Takes in the people of a file.",
        text: """
            The file is the body. Its Content-Type says what it is, or the end of `name`, as in `leads.xlsx`. Its columns are recognised by their names, as with \
            `4runr leads import`. The import is a run, which goes on after the answer; a dry run answers with the report.
            """,
        scope: .write,
        parameters: [
            .query("name", .string(limit: 200), "The file's name, for reports."), .dryRun, .wait,
        ],
        body: .file(["application/octet-stream", "text/csv", "application/x-ndjson"]),
        outcomes: [
            .json(202, "It is under way.", RunRoutes.schema, headers: ["Location"]),
            .json(200, "It has ended; or what it would do.", .any, headers: ["Location"]),
        ], errors: [409], isRepeatable: true
    ) { call in
        let name = call.query["name"]?.tidied(limit: 200).nonEmpty ?? "upload"
        let type = call.head.headerFields[.contentType].map { String($0.prefix { $0 != ";" }).trimmed.lowercased() }
        var request = ImportLeads.Request(name)
        request.isDryRun = call.isDryRun
        switch type {
        case "text/csv": request.format = .csv
        case "application/x-ndjson": request.format = .jsonl
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

    static let enrich = Route(
        method: .post, path: "/api/leads/{id}/enrich", tag: "Leads", summary: "Looks up what a lead lacks, now.",
        scope: .run,
        parameters: [.leadID, .query("force", .flag, "Reads pages again that were read lately."), .wait],
        outcomes: BackgroundRun.outcomes, errors: [409], isRepeatable: true
    ) { call in
        var request = EnrichLeads.Request([try call.lead()])
        request.isForced = call.query.isTrue("force")
        let asked = request
        // Said before anything starts.
        _ = try await FindLead.perform(.init(try call.lead()), in: call.context)
        return try await BackgroundRun.start(call) { _ = try await EnrichLeads.perform(asked, in: $0) }
    }
}

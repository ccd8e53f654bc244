import HTTPTypes
import Leads
import Operations
import Values

/// One lead: taken in, shown, changed, deleted.
enum LeadRoutes {
    static let all = [create, show, replace, change, delete, history, explain]

    /// The fields that a person or a program can say something about.
    static let members = LeadField.allCases.map {
        Schema.Member(name: $0.rawValue, schema: Schema.string(limit: 2_000).nullable, isRequired: false)
    }

    /// Where a person stands, beside the fields.
    static let standing: [Schema.Member] = [
        .init(
            name: "status",
            schema: Schema.words(LeadStatus.allCases.map(\.rawValue)).saying(
                "Where the person stands. `unsubscribed` is an opt-out. A new lead can be one of \(LeadLifecycle.sayable.map(\.rawValue).joined(separator: ", "))."
            ),
            isRequired: false),
        .init(
            name: "opted_out",
            schema: Schema.flag.saying("Whether the person does not want to be written to. Only a person lifts it."),
            isRequired: false),
    ]

    static let changes = Schema.object(members + standing)

    static let create = Route(
        method: .post, path: "/api/leads", tag: "Leads", summary: "Takes in a lead.",
        text: "A person who is there already is not added twice: what is new is merged into what is known.",
        scope: .write, parameters: [.dryRun],
        body: .json(
            .object(
                members + standing + [.init(name: "source", schema: .string(limit: 200), isRequired: false)]),
            example: #"{"full_name": "Ada King", "company": "Engines", "email": "ada@engines.example"}"#),
        outcomes: [
            .json(201, "It is new.", added, headers: ["Location", "ETag"]),
            .json(
                200, "It is known: `merged` with what is new, or `known` as it is. Or what would become of it.", added,
                headers: ["Location", "ETag"]),
        ], errors: [409], isRepeatable: true
    ) { call in
        var members = try call.members()
        var fields = LeadFields()
        for (field, value) in members.leadFields() { fields[field] = value }
        let source = members.text("source", limit: 200)?.tidied(limit: 200).nonEmpty
        let (status, optsOut): (LeadStatus?, Bool?) = (members.choice("status"), members.flag("opted_out"))
        try members.end()
        var request = AddLead.Request(fields)
        (request.source, request.status, request.optsOut) = (source, status, optsOut ?? false)
        let isDryRun = call.isDryRun
        let asked = request
        @Sendable func answer(_ added: AddLead.Added) throws -> Answer {
            let (result, notes) = (added.response.result, try PrintedJSON.line(added.response.notes))
            let text =
                "{\"result\":\"\(result)\",\"lead\":\(added.view.representation),\"notes\":\(notes),\"dry_run\":\(isDryRun)}"
            let answer = Answer.raw(text, status: result == "new" && !isDryRun ? 201 : 200)
            guard !isDryRun else { return answer }
            return answer.with("Location", "/api/leads/\(added.response.id)").with("ETag", etag(added.view))
        }
        return try await call.change(answering: answer) { try await AddLead.add(asked, in: $0) }
    }

    static let notes = Schema.list(.string).saying("What was left out, or does not hold, and why.")

    private static let added = Schema.named(
        "AddedLead",
        .object([
            .init(name: "result", schema: .words(["new", "merged", "known"])), .init(name: "lead", schema: .lead),
            .init(name: "notes", schema: notes),
            .init(name: "dry_run", schema: .flag),
        ]))

    static let show = Route(
        method: .get, path: "/api/leads/{id}", tag: "Leads", summary: "Shows a lead.", scope: .read,
        parameters: [.leadID],
        outcomes: [
            .json(200, "The lead.", .lead, headers: ["ETag"]),
            .empty(304, "It is as it was, by If-None-Match.", headers: ["ETag"]),
        ], headers: [.ifNoneMatch]
    ) { call in
        let view = try await FindLead.perform(.init(try call.lead()), in: call.context).view
        return call.answer(tagged: etag(view)) { .raw(view.representation) }
    }

    static let replace = Route(
        method: .put, path: "/api/leads/{id}", tag: "Leads", summary: "Replaces a lead's fields.",
        text: """
            Takes what GET gave. A field that is absent or null is emptied; `status` and `opted_out` then stay as they are. Members that can only be read may be sent along as they are; one that was changed is an error, but for those of the sync and the pipeline, which change at any time, and with `If-Match: *` those of what else may have changed. Only what differs gets a new author.
            """,
        scope: .write, parameters: [.leadID, .dryRun],
        body: .json(
            .object(
                members + [
                    .init(name: "status", schema: .words(LeadStatus.allCases.map(\.rawValue)), isRequired: false),
                    .init(name: "opted_out", schema: .flag, isRequired: false),
                ] + readOnly.map { .init(name: $0, schema: .any, isRequired: false) }),
            example: #"{"full_name": "Ada King", "company": "Engines", "title": "CEO", "email": "ada@engines.example"}"#
        ),
        outcomes: [.json(200, "The lead as it is now.", .lead, headers: ["ETag"])], errors: [409], needsRevision: true
    ) { call in
        let lead = try call.lead()
        var members = try call.members()
        var request = EditLead.Request(lead, members.leadFields())
        request.isWhole = true
        request.versions = try call.leadVersions()
        request.status = members.choice("status")
        request.optsOut = members.flag("opted_out")
        for name in readOnly { request.expected[name] = members.take(name) }
        try members.end()
        return try await edit(request, call)
    }

    /// Members of a lead that nobody changes by hand.
    private static let readOnly: [String] =
        LeadColumn.all.map(\.name).filter { LeadField(rawValue: $0) == nil && $0 != "status" }
        + ["merged_into", "revision"]

    static let change = Route(
        method: .patch, path: "/api/leads/{id}", tag: "Leads", summary: "Changes fields of a lead.",
        text:
            "A merge patch, RFC 7396: null empties a field, and what is absent stays as it is. `status` and `opted_out` can't be null.",
        scope: .write,
        parameters: [.leadID, .dryRun],
        body: .patch(.named("LeadPatch", changes), example: #"{"title": "CEO", "phone": null}"#),
        outcomes: [.json(200, "The lead as it is now.", .lead, headers: ["ETag"])], errors: [409], needsRevision: true
    ) { call in
        let lead = try call.lead()
        var members = try call.members()
        var request = EditLead.Request(lead, members.leadFields())
        request.versions = try call.leadVersions()
        members.refuseNull("status", "opted_out")
        request.status = members.choice("status")
        request.optsOut = members.flag("opted_out")
        try members.end()
        return try await edit(request, call)
    }

    private static func edit(_ request: EditLead.Request, _ call: Call) async throws -> Answer {
        // What would be has no ETag: by the time it is, it may be another state.
        let isDryRun = call.isDryRun
        return try await call.change(answering: {
            .raw($0.view.representation).with("ETag", isDryRun ? nil : etag($0.view))
        }) {
            try await EditLead.perform(request, in: $0)
        }
    }

    static let delete = Route(
        method: .delete, path: "/api/leads/{id}", tag: "Leads", summary: "Deletes a lead.",
        text: "It is kept out of sight, so that no source brings it back.", scope: .write,
        parameters: [.leadID, .dryRun],
        outcomes: [
            .empty(204, "It is deleted."),
            .json(200, "What would be deleted.", .of(DeleteLeads.Response.self, called: "Leads")),
        ], errors: [409], needsRevision: true
    ) { call in
        var request = DeleteLeads.Request([try call.lead()])
        request.versions = try call.leadVersions()
        let (asked, isDryRun) = (request, call.isDryRun)
        return try await call.change(answering: { isDryRun ? try .json($0) : .nothing }) {
            try await DeleteLeads.perform(asked, in: $0)
        }
    }

    static let history = Route(
        method: .get, path: "/api/leads/{id}/history", tag: "Leads", summary: "What happened to a lead, newest first.",
        scope: .read, parameters: [.leadID, .limit, .cursor],
        outcomes: [.json(200, "A page of the steps.", .page("steps", of: RunRoutes.schema), headers: ["Link"])]
    ) { call in
        var request = ShowLeadHistory.Request(try call.lead(), limit: call.limit + 1)
        request.before = try Cursor.read(call.query["cursor"], of: "history")?.number
        let found = try await ShowLeadHistory.perform(request, in: call.context).steps
        return try .page(
            "steps", found: found, of: call, json: { try PrintedJSON.line(RunView($0)) },
            cursor: { Cursor(list: "history", number: $0.id) })
    }

    static let explain = Route(
        method: .get, path: "/api/leads/{id}/explain", tag: "Leads",
        summary: "Where each value of a lead is from, what else was said, and why its records are together.",
        scope: .read, parameters: [.leadID],
        outcomes: [.json(200, "The explanation.", explanation)]
    ) { call in
        let found = try await ExplainLead.perform(.init(try call.lead()), in: call.context)
        func json(_ value: some Encodable) throws -> String { try PrintedJSON.line(value) }
        return .raw(
            """
            {"lead":\(found.view.representation),"fields":\(try json(found.fields)),"unsure":\(try json(found.unsure)),\
            "records":\(try json(found.records)),"decisions":\(try json(found.decisions)),\
            "shares_mailbox_with":\(try json(found.sharesMailboxWith)),"ban":\(try json(found.ban))}
            """)
    }

    private static let explanation = Schema.named(
        "LeadExplanation",
        .object([
            .init(name: "lead", schema: .lead),
            .init(name: "fields", schema: .of([ExplainLead.Response.Field].self)),
            .init(name: "unsure", schema: .of([LeadFold.Claim].self)),
            .init(name: "records", schema: .of([LeadRecord].self)),
            .init(name: "decisions", schema: .of([LeadDecision].self)),
            .init(name: "shares_mailbox_with", schema: .list(.integer)),
            .init(name: "ban", schema: Schema.string.nullable.saying("Why no message is written to the person.")),
        ]))

    // MARK: Entity tags

    /// Strong: of the version, by which changes are guarded, and of every byte.
    static func etag(_ view: LeadView) -> String {
        var hash = RequestHash()
        hash.add(view.representation)
        return "\"\(view.version)-\(hash.text.prefix(16))\""
    }
}

import HTTPTypes
import Leads
import Operations
import Values

/// Who a lead is: brought back, made one with another, parted, found by what identifies it.
enum LeadIdentityRoutes {
    static let all = [restore, merge, unmerge, apart, upsert]

    static let leadIDs = Schema.of(RestoreLeads.Response.self, called: "Leads")

    static let restore = Route(
        method: .post, path: "/api/leads/{id}/restore", tag: "Leads", summary: "Brings a deleted lead back.",
        scope: .write, parameters: [.leadID, .dryRun],
        outcomes: [.json(200, "It is back.", leadIDs)], errors: [409], isRepeatable: true
    ) { call in
        let lead = try call.lead()
        return try await call.change { try await RestoreLeads.perform(.init([lead]), in: $0) }
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
        let lead = try call.lead()
        return try await call.change(answering: answer) { try await MergeLeads.perform(.init(lead, other), in: $0) }
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
        let asked = request
        return try await call.change { try await UnmergeLead.perform(asked, in: $0) }
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
        let lead = try call.lead()
        return try await call.change { try await KeepLeadsApart.perform(.init(lead, other), in: $0) }
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
        text: """
            What is said of a lead that has the value now is said as with PATCH; otherwise as with POST, which also finds who had it before.
            """, scope: .write,
        parameters: [.dryRun],
        body: .json(
            .object(
                [
                    .init(name: "by", schema: .words(["email", "linkedin_url", "uuid"])),
                    .init(name: "uuid", schema: Schema.string(limit: 40).nullable, isRequired: false),
                ]
                    + LeadRoutes.members + LeadRoutes.standing),
            example: #"{"by": "email", "email": "ada@engines.example", "title": "CEO"}"#),
        outcomes: [
            .json(201, "It is new.", upserted, headers: ["Location", "ETag"]),
            .json(
                200, "It is known, and as it was said now; or what would become of it.", upserted,
                headers: ["Location", "ETag"]),
        ], errors: [404, 409], isRepeatable: true
    ) { call in
        var members = try call.members()
        let key = members.choice("by", UpsertLead.Key.self)
        let uuid = members.text("uuid", limit: 40)
        let fields = members.leadFields()
        let (status, optsOut): (LeadStatus?, Bool?) = (members.choice("status"), members.flag("opted_out"))
        if key == nil { members.refuse("by", "is required: email, linkedin_url or uuid") }
        try members.end()
        guard let key else { throw APIProblem.field("by", "is required") }
        let isDryRun = call.isDryRun
        @Sendable func answer(_ upserted: UpsertLead.Response) throws -> Answer {
            let notes = try PrintedJSON.line(upserted.notes)
            let answer = Answer.raw(
                "{\"result\":\"\(upserted.result)\",\"lead\":\(upserted.view.representation),\"notes\":\(notes),\"dry_run\":\(isDryRun)}",
                status: upserted.result == "new" && !isDryRun ? 201 : 200)
            guard !isDryRun else { return answer }
            return answer.with("Location", "/api/leads/\(upserted.view.lead.id)")
                .with("ETag", LeadRoutes.etag(upserted.view))
        }
        var request = UpsertLead.Request(by: key, uuid: uuid, fields)
        (request.status, request.optsOut) = (status, optsOut)
        let asked = request
        return try await call.change(answering: answer) { try await UpsertLead.perform(asked, in: $0) }
    }

    private static let upserted = Schema.named(
        "UpsertedLead",
        .object([
            .init(name: "result", schema: .words(["new", "changed", "known"])), .init(name: "lead", schema: .lead),
            .init(name: "notes", schema: LeadRoutes.notes), .init(name: "dry_run", schema: .flag),
        ]))
}

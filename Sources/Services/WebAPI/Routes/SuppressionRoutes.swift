import HTTPTypes
import Leads
import Operations
import Values

/// Addresses and domains that nobody is written to at.
enum SuppressionRoutes {
    static let all = [list, add, remove]

    private static let suppression = Schema.named(
        "Suppression",
        .object([
            .init(name: "kind", schema: .words(["address", "domain"])), .init(name: "value", schema: .string),
            .init(name: "author", schema: .string), .init(name: "at", schema: .moment),
            .init(name: "reason", schema: Schema.string.nullable),
        ]))

    private struct Entry: Encodable {
        let kind: String
        let value: String
        let author: String
        let at: Timestamp
        let reason: String?

        init(_ suppression: Suppression) {
            kind = suppression.target.kind.rawValue
            value = suppression.target.written
            author = suppression.author.rawValue
            at = suppression.at
            reason = suppression.reason
        }
    }

    static let list = Route(
        method: .get, path: "/api/suppressions", tag: "Suppressions", summary: "Lists suppressions.", scope: .read,
        parameters: [.limit, .cursor],
        outcomes: [.json(200, "A page of suppressions.", .page("suppressions", of: suppression), headers: ["Link"])]
    ) { call in
        var request = ListSuppressions.Request(limit: call.limit + 1)
        if let cursor = try Cursor.read(call.query["cursor"], of: "suppressions") {
            request.after = cursor.text.flatMap { Suppression.Target(parsing: $0) }
        }
        let found = try await ListSuppressions.perform(request, in: call.context).suppressions
        return try .page(
            "suppressions", found: found, of: call, json: { try PrintedJSON.line(Entry($0)) },
            cursor: { Cursor(list: "suppressions", text: $0.target.written) })
    }

    static let add = Route(
        method: .post, path: "/api/suppressions", tag: "Suppressions",
        summary: "Suppresses addresses and domains: nobody is written to there.", scope: .write, parameters: [.dryRun],
        body: .json(
            .object([
                .init(name: "targets", schema: .list(.string(limit: 400))),
                .init(name: "reason", schema: Schema.string(limit: 500).nullable, isRequired: false),
            ]), example: #"{"targets": ["ada@engines.example", "rival.example"], "reason": "asked by mail"}"#),
        outcomes: [.json(200, "They are suppressed.", .of(AddSuppressions.Response.self, called: "Suppressed"))],
        isRepeatable: true
    ) { call in
        var members = try call.members()
        let targets = members.texts("targets", limit: 500) ?? []
        let reason = members.text("reason", limit: 500)
        if targets.isEmpty { members.refuse("targets", "names nothing") }
        try members.end()
        do {
            return try await call.change { try await AddSuppressions.perform(.init(targets, reason: reason), in: $0) }
        } catch let problem as OperationProblem where problem.errorKind == .usage {
            throw APIProblem(400, problem.message, fields: problem.lines.map { .init(field: "targets", message: $0) })
        }
    }

    static let remove = Route(
        method: .delete, path: "/api/suppressions/{target}", tag: "Suppressions", summary: "Lifts a suppression.",
        text: "Only a person can, with a token that was made --person.", scope: .write,
        parameters: [.path("target", .string(limit: 400), "The address or domain."), .dryRun],
        outcomes: [
            .empty(204, "It is lifted."),
            .json(200, "What would be lifted.", .of(RemoveSuppressions.Response.self, called: "Lifted")),
        ]
    ) { call in
        let (target, isDryRun) = (call.path["target"] ?? "", call.isDryRun)
        return try await call.change(answering: { isDryRun ? try .json($0) : .nothing }) {
            try await RemoveSuppressions.perform(.init([target]), in: $0)
        }
    }
}

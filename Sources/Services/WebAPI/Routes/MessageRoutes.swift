import HTTPTypes
import Leads
import Operations
import Values

/// Messages to leads.
enum MessageRoutes {
    static let all = [list, show, edit, release]

    private static let message = Schema.of(Message.self, called: "Message")
    private static let id = Route.Parameter.path("id", .integer(in: 1...Int.max), "The message's number.")

    static let list = Route(
        method: .get, path: "/api/messages", tag: "Messages", summary: "Lists messages, newest first.", scope: .read,
        parameters: [
            .query("status", .words(Message.statuses), "Only messages in this status."),
            .query("lead", .integer(in: 1...Int.max), "Only messages to this lead."),
            .query("held", .flag, "Whether they are held back until a person has looked at them."), .limit, .cursor,
        ],
        outcomes: [.json(200, "A page of messages.", .page("messages", of: message), headers: ["Link"])]
    ) { call in
        var request = ListMessages.Request()
        (request.status, request.lead) = (call.query["status"], call.query["lead"].flatMap { Int64($0) })
        (request.isHeld, request.limit) = (call.query.flag("held"), call.limit + 1)
        request.before = try Cursor.read(call.query["cursor"], of: "messages")?.number
        let found = try await ListMessages.perform(request, in: call.context).messages
        return try .page(
            "messages", found: found, of: call, json: { try PrintedJSON.line($0) },
            cursor: { Cursor(list: "messages", number: $0.id) })
    }

    static let show = Route(
        method: .get, path: "/api/messages/{id}", tag: "Messages", summary: "Shows a message.", scope: .read,
        parameters: [id],
        outcomes: [
            .json(200, "The message.", message, headers: ["ETag"]),
            .empty(304, "It is as it was, by If-None-Match.", headers: ["ETag"]),
        ], headers: [.ifNoneMatch]
    ) { call in
        let found = try await ShowMessage.perform(.init(try call.number("id", "message")), in: call.context)
        return try call.answer(tagged: etag(found)) { try .json(found) }
    }

    /// Strong: of the whole message.
    private static func etag(_ message: Message) -> String { "\"\(message.version)\"" }

    static let edit = Route(
        method: .patch, path: "/api/messages/{id}", tag: "Messages", summary: "Changes the text of a draft.",
        text: "What a person may have approved is changed by a person only: with a token that was made --person.",
        scope: .write, parameters: [id, .dryRun],
        body: .patch(
            .named(
                "MessagePatch",
                .object([
                    .init(name: "subject", schema: .string(limit: 200), isRequired: false),
                    .init(name: "body", schema: .string(limit: 10_000), isRequired: false),
                ])), example: #"{"subject": "Ten minutes about dispatching?"}"#),
        outcomes: [.json(200, "The message as it is now.", message, headers: ["ETag"])], errors: [409],
        needsRevision: true
    ) { call in
        var request = EditMessage.Request(try call.number("id", "message"))
        request.versions = try call.entityTags()
        var members = try call.members()
        members.refuseNull("subject", "body")
        request.subject = members.text("subject", limit: 200)
        request.body = members.text("body")
        if request.subject?.tidied().isEmpty == true { members.refuse("subject", "must not be empty") }
        try members.end()
        let asked = request
        let isDryRun = call.isDryRun
        return try await call.change(answering: { try .json($0).with("ETag", isDryRun ? nil : etag($0)) }) {
            try await EditMessage.perform(asked, in: $0)
        }
    }

    static let release = Route(
        method: .post, path: "/api/messages/{id}/release", tag: "Messages",
        summary: "Lets a message go on that was held back.",
        text: "Only a person can, with a token that was made --person, and only the text that this person has seen.",
        scope: .write, parameters: [id, .dryRun],
        outcomes: [
            .json(
                200, "It is ready.",
                .object([.init(name: "lead", schema: .lead), .init(name: "reason", schema: .string)]))
        ], errors: [409], isRepeatable: true, needsRevision: true
    ) { call in
        var request = ReleaseMessage.Request(message: try call.number("id", "message"))
        request.versions = try call.entityTags()
        let asked = request
        @Sendable func answer(_ released: ReleaseMessage.Response) throws -> Answer {
            .raw("{\"lead\":\(released.view.representation),\"reason\":\(try PrintedJSON.line(released.reason))}")
        }
        return try await call.change(answering: answer) {
            try await ReleaseMessage.perform(asked, in: $0)
        }
    }
}

import HTTPTypes
import Leads
import Operations
import Values

/// What changes, for programs that keep up.
enum ChangeRoutes {
    static let all = [changes, events]

    static let changes = Route(
        method: .get, path: "/api/changes", tag: "Changes",
        summary: "Every lead that changed or was deleted, in the order of the changes.",
        text: """
            Without `after`, all leads. Each lead is there once, with its last change. `after` of the answer goes on where it \
            ends. After a backup was restored an old `after` is answered with 412: begin again without it.
            """,
        scope: .read,
        parameters: [.query("after", .string(limit: 60), "`after` of the answer before."), .limit],
        outcomes: [
            .json(
                200, "The changes.",
                .object([
                    .init(
                        name: "changes",
                        schema: .list(
                            .object([
                                .init(name: "change", schema: .integer), .init(name: "deleted", schema: .flag),
                                .init(name: "lead", schema: .lead),
                            ]))),
                    .init(name: "after", schema: .string), .init(name: "has_more", schema: .flag),
                ]))
        ], errors: [412]
    ) { call in
        var request = ListChanges.Request()
        request.limit = call.limit
        if let text = call.query["after"] {
            let parts = text.split(separator: "-").map { Int64($0) }
            guard parts.count == 2, let epoch = parts[0], let number = parts[1] else {
                throw APIProblem.field("after", "is not one that this list has given; begin again without it")
            }
            request.after = .init(epoch: epoch, number: number)
        }
        let found = try await ListChanges.perform(request, in: call.context)
        let changes = found.changes.map {
            "{\"change\":\($0.number),\"deleted\":\($0.isDeleted),\"lead\":\($0.view.representation)}"
        }
        return .raw(
            "{\"changes\":[\(changes.joined(separator: ","))],\"after\":\"\(found.next.epoch)-\(found.next.number)\",\"has_more\":\(found.hasMore)}"
        )
    }

    static let events = Route(
        method: .get, path: "/api/events", tag: "Changes",
        summary: "Changes of leads and runs as they are stored, as server-sent events.",
        text: """
            Events are `lead` and `run`, whose data are a lead and a run, and `replaced` when a backup was restored. With \
            `Last-Event-ID`, an event's id or `after` of the list of changes, the stream goes on behind that; without it, it begins now.
            """,
        scope: .read,
        outcomes: [
            Route.Outcome(
                status: 200, text: "The stream, until either side ends it.", schema: .string, type: "text/event-stream")
        ],
        headers: [
            .init(
                name: "Last-Event-ID",
                text: "The id of the last event that the caller has; the stream goes on behind it.")
        ]
    ) { call in
        let context = call.context
        let place: FollowChanges.Place
        if let name = HTTPField.Name("Last-Event-ID"), let text = call.head.headerFields[name] {
            let parts = text.split(separator: "-").map { Int64($0) }
            // `after` of the list of changes, without the place among the runs, is one, too.
            guard parts.count == 2 || parts.count == 3, let epoch = parts[0], let lead = parts[1],
                parts.allSatisfy({ $0 != nil })
            else { throw APIProblem.field("Last-Event-ID", "is not the id of an event") }
            place = try await FollowChanges.place(
                epoch: epoch, lead: lead, run: parts.count == 3 ? parts[2] : nil, in: context)
        } else {
            place = try await FollowChanges.now(in: context)
        }
        guard let words = call.server.hub.follow() else {
            throw APIProblem(
                503, "\(EventHub.limit) programs follow the events already", headers: [("Retry-After", "30")])
        }
        return Answer(
            status: 200,
            body: .stream(type: "text/event-stream", isEndless: true) { write in
                var place = place
                // So that who loses the connection before the first event knows where to go on.
                try await write("retry: 2000\n\(identity(of: place))\n\n")
                for await word in words {
                    var isIdle = true
                    while true {
                        // It ends with its token.
                        guard try await call.isStillAllowed() else { return }
                        let changes = try await FollowChanges.after(place, limit: 100, in: context)
                        guard !changes.isEmpty else { break }
                        isIdle = false
                        for (change, next) in changes {
                            try await write(try event(change, next))
                            place = next
                        }
                    }
                    if isIdle, word == .nothing { try await write(": nothing new\n\n") }
                }
            })
    }

    private static func event(_ change: FollowChanges.Change, _ place: FollowChanges.Place) throws -> String {
        let (name, data): (String, String) =
            switch change {
            case .lead(let view): ("lead", view.representation)
            case .run(let run): ("run", try PrintedJSON.line(RunView(run)))
            case .replaced: ("replaced", "{}")
            }
        return "\(identity(of: place))\nevent: \(name)\ndata: \(data)\n\n"
    }

    private static func identity(of place: FollowChanges.Place) -> String {
        "id: \(place.epoch)-\(place.lead)-\(place.run)"
    }
}

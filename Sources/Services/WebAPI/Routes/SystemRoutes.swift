import HTTPTypes
import Leads
import Operations
import Values

/// The daemon itself: whether it is well, what it works with, and what it serves.
enum SystemRoutes {
    static let all = [alive, ready, document, page, calls, configuration]

    private struct Alive: Codable { let status: String }

    static let alive = Route(
        method: .get, path: "/healthz", tag: "System", summary: "Whether the process answers.", scope: nil,
        outcomes: [.json(200, "It does.", .of(Alive.self, called: "Alive"))]
    ) { _ in try .json(Alive(status: "ok")) }

    static let ready = Route(
        method: .get, path: "/readyz", tag: "System", summary: "Whether everything works, and what does not.",
        text: "As `4runr health` says it.", scope: .read,
        outcomes: [
            .json(200, "Nothing fails.", health), .json(503, "Something fails.", health),
        ]
    ) { call in
        let found = try await CheckHealth.perform(.init(), in: call.context)
        return try .json(found, status: found.isFailing ? 503 : 200)
    }

    private static let health = Schema.of(CheckHealth.Response.self, called: "Health")

    static let document = Route(
        method: .get, path: "/openapi.json", tag: "System", summary: "This description, as OpenAPI 3.1.", scope: nil,
        outcomes: [.json(200, "The description.", .any)]
    ) { call in .raw(call.server.openAPI) }

    static let page = Route(
        method: .get, path: "/docs", tag: "System", summary: "This description, as a page.", scope: nil,
        outcomes: [Route.Outcome(status: 200, text: "The page.", schema: .string, type: "text/html")]
    ) { call in
        Answer(
            status: 200, headers: [("Content-Security-Policy", DocumentationPage.policy)],
            body: .text(
                DocumentationPage.html(of: call.server.table.routes, version: call.server.version),
                type: "text/html; charset=utf-8"))
    }

    static let calls = Route(
        method: .get, path: "/api/calls", tag: "System", summary: "How often each outside service was called.",
        scope: .read,
        outcomes: [.json(200, "By day and month, in UTC.", .of(CountCalls.Response.self, called: "Calls"))]
    ) { call in try .json(try await CountCalls.perform(.init(until: call.context.runtime.now), in: call.context)) }

    static let configuration = Route(
        method: .get, path: "/api/config", tag: "System", summary: "Every setting in force, and where it is from.",
        text: "Secrets are not settings, so they are not here.", scope: .admin,
        outcomes: [.json(200, "The settings.", .of(ShowSettings.Response.self, called: "Settings"))]
    ) { call in try .json(try await ShowSettings.perform(.init(), in: call.context)) }
}

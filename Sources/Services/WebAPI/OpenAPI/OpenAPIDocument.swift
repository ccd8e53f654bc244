import HTTPTypes
import Leads
import Values

/// The routes as OpenAPI 3.1 has them.
enum OpenAPIDocument {
    /// - Parameter version: the program's version.
    static func text(of routes: [Route], version: String) -> String {
        var components: [String: JSONValue] = [:]
        var paths: [String: [String: JSONValue]] = [:]
        for route in routes {
            paths[route.path, default: [:]][route.method.rawValue.lowercased()] = operation(route, &components)
        }
        _ = Schema.problem.json(&components, isClosed: false)
        let document = JSONValue.object([
            "openapi": .text("3.1.0"),
            "info": .object([
                "title": .text("4Runr"), "version": .text(version),
                "description": .text(
                    "What the 4runr command does with leads, jobs, runs, the sync and backups, for programs. "
                        + "Members and parameters may be added at any time, and so may values of enumerations; what is "
                        + "there is not removed or changed in meaning without a new version of the path."),
            ]),
            "servers": .list([.object(["url": .text("/")])]),
            "security": .list([.object(["token": .list([])])]),
            "paths": .object(paths.mapValues { .object($0) }),
            "components": .object([
                "schemas": .object(components),
                "headers": .object(
                    headerTexts.mapValues {
                        .object(["description": .text($0), "schema": .object(["type": .text("string")])])
                    }),
                "securitySchemes": .object([
                    "token": .object([
                        "type": .text("http"), "scheme": .text("bearer"),
                        "description": .text("A token of: 4runr token create NAME --scope read|write|run|admin"),
                    ])
                ]),
            ]),
        ])
        return (try? PrintedJSON.text(of: document)) ?? "{}"
    }

    private static func operation(_ route: Route, _ components: inout [String: JSONValue]) -> JSONValue {
        var operation: [String: JSONValue] = [
            "operationId": .text(route.name), "summary": .text(route.summary), "tags": .list([.text(route.tag)]),
        ]
        let scope = route.scope.map { "Needs the scope `\($0.rawValue)`." }
        let text = [route.text, scope].compactMap(\.self).joined(separator: " ")
        if !text.isEmpty { operation["description"] = .text(text) }
        if route.scope == nil { operation["security"] = .list([]) }
        var parameters = route.parameters.map { parameter -> JSONValue in
            let object: [String: JSONValue] = [
                "name": .text(parameter.name), "in": .text(parameter.isInPath ? "path" : "query"),
                "required": .bool(parameter.isRequired), "description": .text(parameter.text),
                "schema": parameter.schema.json(&components, isClosed: true),
            ]
            return .object(object)
        }
        if route.isRepeatable {
            parameters.append(
                header(
                    "Idempotency-Key", required: false,
                    "Of the caller's choice, up to 255 characters. Within 24 hours, the same key with the same request gets the same answer, and nothing is done twice."
                ))
        }
        if route.needsRevision {
            parameters.append(
                header(
                    "If-Match", required: true, "The ETag that came with it, or `*` for any state of it.", example: "*")
            )
        }
        for one in route.headers { parameters.append(header(one.name, required: false, one.text)) }
        if !parameters.isEmpty { operation["parameters"] = .list(parameters) }
        if let body = body(route.body, &components) { operation["requestBody"] = body }
        var responses: [String: JSONValue] = [:]
        for outcome in route.outcomes {
            var response: [String: JSONValue] = ["description": .text(outcome.text)]
            if let schema = outcome.schema {
                let content = JSONValue.object(["schema": schema.json(&components, isClosed: false)])
                var contents = Dictionary(
                    uniqueKeysWithValues: ([outcome.type] + outcome.otherTypes).map { ($0, content) })
                // It may be answered for another reason, too.
                if outcome.status >= 400 {
                    contents[Answer.problem] = .object(["schema": Schema.problem.json(&components, isClosed: false)])
                }
                response["content"] = .object(contents)
            }
            response["headers"] = headers(outcome.headers, route)
            responses["\(outcome.status)"] = .object(response)
        }
        for status in route.errorStatuses {
            let own =
                [
                    401: ["WWW-Authenticate"], 409: ["Retry-After"], 415: ["Accept"], 429: ["Retry-After"],
                    503: ["Retry-After"],
                ][status] ?? []
            var response: [String: JSONValue] = [
                "description": .text(APIProblem.titles[status] ?? "Error"),
                "content": .object([
                    Answer.problem: .object(["schema": Schema.problem.json(&components, isClosed: false)])
                ]),
            ]
            response["headers"] = headers(own, route)
            responses["\(status)"] = .object(response)
        }
        operation["responses"] = .object(responses)
        return .object(operation)
    }

    /// Headers of an answer: its own, and those that all answers of the route may have. Nil for none.
    private static func headers(_ own: [String], _ route: Route) -> JSONValue? {
        var names = own
        if route.scope != nil { names += ["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"] }
        if route.isRepeatable { names.append("Idempotent-Replayed") }
        guard !names.isEmpty else { return nil }
        let references = names.map { ($0, JSONValue.object(["$ref": .text("#/components/headers/\($0)")])) }
        return .object(Dictionary(uniqueKeysWithValues: references))
    }

    /// What the headers of answers say.
    private static let headerTexts = [
        "Accept": "The types that the body can have.",
        "ETag": "Names this state of what is answered, for If-Match and If-None-Match.",
        "Idempotent-Replayed": "`true` if this is the answer to an earlier request with the same Idempotency-Key.",
        "Link": "The next page, with rel=\"next\"; absent on the last.",
        "Location": "Where the lead is, or the run can be followed.",
        "RateLimit-Limit": "How many requests a minute the token may make.",
        "RateLimit-Remaining": "How many it may make now.",
        "RateLimit-Reset": "In how many seconds it may make as many as it can, or the next one.",
        "Retry-After": "In how many seconds to try again.",
        "WWW-Authenticate": "That a token is needed, RFC 6750.",
    ]

    private static func header(_ name: String, required: Bool, _ text: String, example: String? = nil) -> JSONValue {
        var object: [String: JSONValue] = [
            "name": .text(name), "in": .text("header"), "required": .bool(required), "description": .text(text),
            "schema": .object(["type": .text("string"), "maxLength": .number(255), "minLength": .number(1)]),
        ]
        if let example { object["example"] = .text(example) }
        return .object(object)
    }

    private static func body(_ body: Route.Body, _ components: inout [String: JSONValue]) -> JSONValue? {
        func content(_ types: [String], _ schema: JSONValue, _ example: String?) -> JSONValue {
            var entry: [String: JSONValue] = ["schema": schema]
            if let example, let value = StableJSON.decode(JSONValue.self, example) { entry["example"] = value }
            return .object(Dictionary(uniqueKeysWithValues: types.map { ($0, .object(entry)) }))
        }
        let file = JSONValue.object(["type": .text("string"), "format": .text("binary")])
        switch body {
        case .none: return nil
        case .json(let schema, let example):
            return .object([
                "required": .bool(true),
                "content": content([Answer.json], schema.json(&components, isClosed: true), example),
            ])
        case .optionalJSON(let schema, let example):
            return .object([
                "required": .bool(false),
                "content": content([Answer.json], schema.json(&components, isClosed: true), example),
            ])
        case .patch(let schema, let example):
            return .object([
                "required": .bool(true),
                "content": content(
                    ["application/merge-patch+json", Answer.json], schema.json(&components, isClosed: true), example),
            ])
        case .file(let types):
            return .object([
                "required": .bool(true), "content": content(types, file, nil),
            ])
        case .text:
            return .object([
                "required": .bool(true),
                "content": content(Route.textTypes, file, nil),
            ])
        }
    }
}

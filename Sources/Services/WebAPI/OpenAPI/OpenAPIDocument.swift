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
        _ = Schema.problem.json(&components)
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
                "schema": parameter.schema.json(&components),
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
                    "If-Match", required: true, "The ETag that came with the lead, or `*` for any state of it.",
                    example: "*"))
        }
        if !parameters.isEmpty { operation["parameters"] = .list(parameters) }
        if let body = body(route.body, &components) { operation["requestBody"] = body }
        var responses: [String: JSONValue] = [:]
        for outcome in route.outcomes {
            var response: [String: JSONValue] = ["description": .text(outcome.text)]
            if let schema = outcome.schema {
                let content = JSONValue.object(["schema": schema.json(&components)])
                response["content"] = .object(
                    Dictionary(uniqueKeysWithValues: ([outcome.type] + outcome.otherTypes).map { ($0, content) }))
            }
            if !outcome.headers.isEmpty {
                var headers: [String: JSONValue] = [:]
                for name in outcome.headers { headers[name] = .object(["schema": .object(["type": .text("string")])]) }
                response["headers"] = .object(headers)
            }
            responses["\(outcome.status)"] = .object(response)
        }
        for status in route.errorStatuses {
            responses["\(status)"] = .object([
                "description": .text(APIProblem.titles[status] ?? "Error"),
                "content": .object([Answer.problem: .object(["schema": Schema.problem.json(&components)])]),
            ])
        }
        operation["responses"] = .object(responses)
        return .object(operation)
    }

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
                "required": .bool(true), "content": content([Answer.json], schema.json(&components), example),
            ])
        case .optionalJSON(let schema, let example):
            return .object([
                "required": .bool(false), "content": content([Answer.json], schema.json(&components), example),
            ])
        case .patch(let schema, let example):
            return .object([
                "required": .bool(true),
                "content": content(
                    ["application/merge-patch+json", Answer.json], schema.json(&components), example),
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

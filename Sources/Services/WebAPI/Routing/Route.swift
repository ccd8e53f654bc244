import HTTPTypes
import Leads

/// A route: what it is for, what it takes, and what it answers. The same description is served and published.
struct Route: Sendable {
    /// A parameter of the path or the query.
    struct Parameter: Sendable {
        let name: String
        let schema: Schema
        let text: String
        var isInPath = false
        var isRequired = false

        static func query(
            _ name: String, _ schema: Schema, _ text: String, isRequired: Bool = false
        ) -> Parameter {
            Parameter(name: name, schema: schema, text: text, isRequired: isRequired)
        }

        static func path(_ name: String, _ schema: Schema, _ text: String) -> Parameter {
            Parameter(name: name, schema: schema, text: text, isInPath: true, isRequired: true)
        }
    }

    /// A header of the request that may be sent.
    struct Header: Sendable {
        let name: String
        let text: String

        static let ifNoneMatch = Header(
            name: "If-None-Match", text: "ETags that the caller has; 304 if it still is one of these.")
    }

    /// What is sent along.
    enum Body: Sendable {
        case none
        /// JSON; `example` is JSON, too.
        case json(Schema, example: String)
        /// JSON that may be left out.
        case optionalJSON(Schema, example: String)
        /// A merge patch, RFC 7396.
        case patch(Schema, example: String)
        /// A file of one of these types, as it comes.
        case file([String])
        case text
    }

    /// A possible answer.
    struct Outcome: Sendable {
        let status: Int
        let text: String
        /// Nil for an answer without a body.
        var schema: Schema?
        var type = Answer.json
        /// Further types that the answer may have.
        var otherTypes: [String] = []
        /// Names of headers that come with it.
        var headers: [String] = []

        static func json(_ status: Int = 200, _ text: String, _ schema: Schema, headers: [String] = []) -> Outcome {
            Outcome(status: status, text: text, schema: schema, headers: headers)
        }

        static func empty(_ status: Int, _ text: String, headers: [String] = []) -> Outcome {
            Outcome(status: status, text: text, headers: headers)
        }
    }

    /// The types of a text.
    static let textTypes = [
        "application/octet-stream", "application/yaml", "application/x-yaml", "text/yaml", "text/plain",
    ]

    let method: HTTPRequest.Method
    /// `/api/leads/{id}`
    let path: String
    /// The group in the page.
    let tag: String
    /// One line.
    let summary: String
    var text: String?
    /// What a token must allow; nil for a route without a token.
    let scope: AccessScope?
    var parameters: [Parameter] = []
    var body = Body.none
    let outcomes: [Outcome]
    /// Statuses of errors beside those that every route has.
    var errors: [Int] = []
    /// Whether it takes `Idempotency-Key`, so that a repetition does nothing twice.
    var isRepeatable = false
    /// Whether it takes `If-Match`.
    var needsRevision = false
    /// Headers that it takes beside those.
    var headers: [Header] = []
    let handle: @Sendable (Call) async throws -> Answer

    /// A name that is unique among all routes, for clients that are generated.
    var name: String {
        let words = path.split(separator: "/").filter { $0 != "api" }.map {
            $0.hasPrefix("{")
                ? "by_" + $0.dropFirst().dropLast() : $0.replacing("-", with: "_").replacing(".", with: "_")
        }
        return ([method.rawValue.lowercased()] + words.map(String.init)).joined(separator: "_")
    }

    /// The statuses of errors that the route can answer with.
    var errorStatuses: [Int] {
        var all = Set(errors)
        all.formUnion([400, 406, 421, 429, 500, 503])
        if scope != nil { all.formUnion([401, 403]) }
        if path.contains("{") { all.insert(404) }
        switch body {
        case .none where method == .get: break
        case .none: all.formUnion([408, 413])
        case .json, .optionalJSON, .patch, .file, .text: all.formUnion([408, 413, 415, 501])
        }
        if isRepeatable { all.formUnion([409, 422]) }
        if needsRevision { all.formUnion([412, 428]) }
        return all.subtracting(outcomes.map(\.status)).sorted()
    }
}

/// Finds the route of a request.
struct RouteTable: Sendable {
    enum Match {
        case route(Route, path: [String: String])
        /// The path has other methods.
        case methods([HTTPRequest.Method])
        case none
    }

    let routes: [Route]
    private let bySegments: [Int: [(segments: [String], route: Route)]]

    init(_ routes: [Route]) {
        self.routes = routes
        bySegments = Dictionary(
            grouping: routes.map { ($0.path.split(separator: "/").map(String.init), $0) }, by: { $0.0.count })
    }

    /// - Parameter segments: of the path, decoded.
    func match(_ method: HTTPRequest.Method, _ segments: [String]) -> Match {
        var found: (route: Route, path: [String: String])?
        // `/leads/search` comes before `/leads/{id}`, also for methods that only the latter has.
        var (methods, most): ([HTTPRequest.Method], Int) = ([], 0)
        for (pattern, route) in bySegments[segments.count] ?? [] {
            var (path, literals): ([String: String], Int) = ([:], 0)
            let fits = zip(pattern, segments).allSatisfy { part, segment in
                if part.hasPrefix("{") {
                    path[String(part.dropFirst().dropLast())] = segment
                    return !segment.isEmpty
                }
                literals += 1
                return part == segment
            }
            guard fits else { continue }
            if literals > most { (methods, most, found) = ([], literals, nil) }
            guard literals == most else { continue }
            methods.append(route.method)
            if route.method == method || method == .head && route.method == .get { found = (route, path) }
        }
        if let found { return .route(found.route, path: found.path) }
        return methods.isEmpty ? .none : .methods(methods)
    }
}

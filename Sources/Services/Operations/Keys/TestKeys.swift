import AppConfiguration
import Storage
import Transport
import Values

/// Asks each service once whether it accepts its key. The webhook is sent a message that says that it is a test.
public enum TestKeys: Operation {
    public struct Request: Sendable, Codable, Equatable { public init() {} }

    /// A service's response to a key.
    public struct Line: Sendable, Codable, Equatable {
        public let name: String
        /// `works`, `refused`, `unreachable` or `not set`.
        public let result: String
        public let detail: String
    }

    public struct Response: Sendable, Codable, Equatable {
        public let keys: [Line]

        /// Whether every key that is set works.
        public var isFine: Bool { keys.allSatisfy { ["works", "not set"].contains($0.result) } }
    }

    /// Throws a `ConfigurationProblem`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let data = context.data
        return try await context.files.reachingServices { files in
            let (ring, keys, client) = try await Blocking.run {
                let store = try? Store(path: data.folder.database, access: .existing)
                // Throws all errors of the files, those of the keys too.
                let client = try files.client(countingIn: store)
                let ring = files.keys
                return (ring, try ring.services.map { try ring.store.find($0.name) }, client)
            }
            var lines: [Line] = []
            for (service, key) in zip(ring.services, keys) {
                if let key {
                    lines.append(await ask(service, key, by: client))
                } else {
                    let advice = ring.store.advice(for: service.name)
                    lines.append(Line(name: service.name, result: "not set", detail: advice))
                }
            }
            return Response(keys: lines)
        }
    }

    private static func ask(_ service: ServiceKey, _ key: Secret, by client: HTTPClient) async -> Line {
        var request = service.question(key)
        request.timeout = .seconds(20)
        request.retry.attempts = 1
        do {
            let response = try await client.send(request)
            guard response.isSuccess else {
                return Line(
                    name: service.name,
                    result: [400, 401, 403].contains(response.status) ? "refused" : "unreachable",
                    detail: "answered with status \(response.status)\(said(response))")
            }
            return Line(name: service.name, result: "works", detail: service.reading(response))
        } catch { return Line(name: service.name, result: "unreachable", detail: "\(error)") }
    }

    /// The reason that the service gives, in one line.
    private static func said(_ response: HTTPResponse) -> String {
        let text = response.text.tidied(limit: 4_000).withoutSecrets.tidied(limit: 160)
        return text.isEmpty || text.hasPrefix("<") ? "" : ": \(text)"
    }
}

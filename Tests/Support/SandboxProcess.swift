import Foundation
import Glibc
public import Sandbox
public import Transport
import Values

/// An HTTP client for tests, on the machine's clock.
public enum TestClient {
    public static func make(
        hosts: [String: String] = [:], counter: any CallCounter = NoCounter(),
        uptime: (@Sendable () -> Duration)? = nil,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) -> HTTPClient {
        let clock = ContinuousClock()
        let begin = clock.now
        return HTTPClient(
            connections: HTTPConnections(),
            runtime: .test(
                now: { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)) },
                uptime: uptime ?? { clock.now - begin }, sleep: sleep),
            counter: counter, userAgent: "4runr-tests", hostMap: hosts)
    }

    public struct NoCounter: CallCounter {
        public init() {}
        public func count(_ service: String) async {}
        public func takeBack(_ service: String) async {}
    }
}

/// `4runr sandbox` as its own process, which outlives the daemons that use it.
public final class SandboxProcess: Sendable {
    public let port: Int
    /// The environment that a daemon needs to use the stand-ins.
    public let environment: [String: String]
    private let folder = TemporaryFolder()
    private let program: BackgroundProgram
    private let client = TestClient.make()

    public struct Failure: Error { public let message: String }

    /// Starts the process and waits until it listens.
    public init(_ arguments: [String] = []) throws {
        // Not Foundation's Process, which reads environment variables while other tests set them.
        program = try BackgroundProgram(["sandbox"] + arguments, in: folder)
        let deadline = ContinuousClock().now + .seconds(60)
        var text = ""
        while !text.contains("SERPAPI_API_KEY=") || !text.hasSuffix("\n") {
            guard ContinuousClock().now < deadline else {
                throw Failure(message: "the sandbox does not listen: \(text)")
            }
            usleep(10_000)
            text = program.outputSoFar
        }
        var environment: [String: String] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            guard let mark = line.firstIndex(of: "=") else { continue }
            environment[String(line[..<mark])] = String(line[line.index(after: mark)...])
        }
        self.environment = environment
        port = Int(text.split(separator: "\n")[0].split(separator: ":").last ?? "") ?? 0
    }

    public func state() async throws -> Sandbox.Tally {
        let response = try await client.send(
            HTTPRequest(.get, "http://127.0.0.1:\(port)/sandbox/state", service: "test"))
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Sandbox.Tally.self, from: Data(response.body))
    }

    /// The requests that the services have received since the last call, one line each, ordered by service, address and
    /// body.
    public func requests() async throws -> [String] {
        struct Entry: Decodable {
            let service: String
            let method: String
            let path: String
            let query: [String]
            let body: String
        }
        let address = "http://127.0.0.1:\(port)/sandbox/requests"
        let response = try await client.send(HTTPRequest(.get, address, service: "test"))
        _ = try await client.send(HTTPRequest(.delete, address, service: "test"))
        return try JSONDecoder().decode([Entry].self, from: Data(response.body)).map { entry in
            let query = entry.query.isEmpty ? "" : "?\(entry.query.joined(separator: "&"))"
            return "\(entry.service) \(entry.method) \(entry.path)\(query) \(entry.body)"
        }.sorted()
    }

    /// The values of a field in all of Airtable's records.
    public func airtable(_ field: String) async throws -> [String] {
        struct Record: Decodable { let fields: [String: AnyText] }
        let response = try await client.send(
            HTTPRequest(.get, "http://127.0.0.1:\(port)/sandbox/records", service: "test"))
        return try JSONDecoder().decode([Record].self, from: Data(response.body)).compactMap { $0.fields[field]?.text }
    }

    public func fail(_ service: StandInService, _ fault: Fault) async throws {
        var request = HTTPRequest(.post, "http://127.0.0.1:\(port)/sandbox/faults/\(service.rawValue)", service: "test")
        request.body = Array(try JSONEncoder().encode(fault))
        let response = try await client.send(request)
        guard response.isSuccess else { throw Failure(message: response.text) }
    }

    /// Edits the data as a person would in Airtable's own interface.
    public func edit(_ json: String) async throws {
        var request = HTTPRequest(.post, "http://127.0.0.1:\(port)/sandbox/airtable", service: "test")
        request.body = Array(json.utf8)
        let response = try await client.send(request)
        guard response.isSuccess else { throw Failure(message: response.text) }
    }

    public func mend() async throws {
        _ = try await client.send(HTTPRequest(.delete, "http://127.0.0.1:\(port)/sandbox/faults", service: "test"))
    }
}

private struct AnyText: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(String.self) {
            text = value
        } else {
            text = "\(try container.decode(Bool.self))"
        }
    }
}

import FoundationEssentials
import HTTPTypes
import Synchronization

/// The latest requests that the stand-ins received, for tests that check what a service is sent.
final class RequestLog: Sendable {
    /// One request. Keys that would open a real service are left out.
    struct Entry: Sendable, Encodable {
        let service: String
        let method: String
        let path: String
        /// Names and values in the order of the address, without the key.
        let query: [String]
        let body: String
    }

    /// Older requests are dropped.
    private static let limit = 10_000
    private let entries = Mutex<[Entry]>([])

    var all: [Entry] { entries.withLock { $0 } }

    func add(_ service: StandInService, _ request: StandInRequest) {
        let query = request.query.filter { $0.name != "api_key" }.map { "\($0.name)=\($0.value)" }
        let entry = Entry(
            service: service.rawValue, method: request.method,
            path: service == .sites ? "\(request.host)\(request.path)" : request.path, query: query,
            body: String(decoding: request.body, as: UTF8.self))
        entries.withLock { entries in
            entries.append(entry)
            if entries.count > Self.limit { entries.removeFirst(entries.count - Self.limit) }
        }
    }

    func forget() { entries.withLock { $0 = [] } }
}

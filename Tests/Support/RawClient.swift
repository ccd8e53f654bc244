import Foundation
import Glibc

/// A connection on which a test sends what it likes, and reads what comes.
public final class RawClient: Sendable {
    private let socket: Int32

    public struct Failure: Error { public let message: String }

    /// - Parameter path: a Unix socket; nil for a port on loopback.
    public init(port: Int = 0, path: String? = nil) throws {
        let family = path == nil ? AF_INET : AF_UNIX
        socket = Glibc.socket(family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var patience = timeval(tv_sec: 120, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let code: Int32
        if let path {
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
            code = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
        } else {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            address.sin_port = in_port_t(port).bigEndian
            code = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
        guard code == 0 else { throw Failure(message: String(cString: strerror(errno))) }
    }

    deinit { close(socket) }

    public func send(_ text: String) { send(Array(text.utf8)) }

    public func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// What has come next; empty when the other side has closed, or nothing came in time.
    public func receive(_ limit: Int = 65_536) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: limit)
        while true {
            let count = recv(socket, &buffer, limit, 0)
            // A socket with a time-out is interrupted by every signal.
            if count < 0, errno == EINTR { continue }
            return Array(buffer.prefix(max(0, count)))
        }
    }

    /// Everything until the other side closes.
    public func receiveAll() -> String {
        var bytes: [UInt8] = []
        while true {
            let more = receive()
            guard !more.isEmpty else { return String(decoding: bytes, as: UTF8.self) }
            bytes += more
        }
    }

    /// Everything until a text has come, or nothing comes any more.
    public func receive(until text: String) -> String {
        var bytes: [UInt8] = []
        while true {
            let soFar = String(decoding: bytes, as: UTF8.self)
            if soFar.contains(text) { return soFar }
            let more = receive()
            guard !more.isEmpty else { return soFar }
            bytes += more
        }
    }
}

/// A client of the API of one daemon.
public struct APIClient: Sendable {
    public let port: Int
    public var token: String?

    public init(port: Int, token: String? = nil) {
        self.port = port
        self.token = token
    }

    public struct Answer: Sendable {
        public let status: Int
        /// Names in lower case.
        public let headers: [String: String]
        public let body: String

        /// The body as JSON; null if it is none.
        public var json: ParsedJSON { ParsedJSON(body) }
    }

    /// Sends a request and reads its answer. Throws when there is none.
    public func send(
        _ method: String, _ target: String, _ body: String? = nil, type: String = "application/json",
        headers: [String: String] = [:]
    ) throws -> Answer {
        let client = try RawClient(port: port)
        var text = "\(method) \(target) HTTP/1.1\r\n"
        var all = ["Host": "127.0.0.1:\(port)", "Connection": "close"]
        if let token { all["Authorization"] = "Bearer \(token)" }
        if let body {
            all["Content-Type"] = type
            all["Content-Length"] = "\(body.utf8.count)"
        }
        for (name, value) in all.merging(headers, uniquingKeysWith: { $1 }).sorted(by: { $0.key < $1.key })
        where !value.isEmpty { text += "\(name): \(value)\r\n" }
        client.send(text + "\r\n" + (body ?? ""))
        return try Self.answer(client.receiveAll())
    }

    public static func answer(_ text: String) throws -> Answer {
        let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let lines = (parts.first ?? "").split(separator: "\r\n").map(String.init)
        guard let first = lines.first, let status = Int(first.split(separator: " ").dropFirst().first ?? "") else {
            throw RawClient.Failure(message: "no answer: \(text.prefix(200))")
        }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let pair = line.split(separator: ":", maxSplits: 1)
            headers[pair[0].lowercased()] = pair.count > 1 ? pair[1].trimmingCharacters(in: .whitespaces) : ""
        }
        var body = parts.count > 1 ? parts[1] : ""
        if headers["transfer-encoding"] == "chunked" { body = dechunked(body) }
        return Answer(status: status, headers: headers, body: body)
    }

    private static func dechunked(_ text: String) -> String {
        var (rest, result) = (Array(text.utf8)[...], [UInt8]())
        while let end = rest.firstIndex(of: 0x0D) {
            guard let size = Int(String(decoding: rest[..<end], as: UTF8.self), radix: 16), size > 0 else { break }
            let start = end + 2
            guard start + size <= rest.endIndex else { break }
            result += rest[start..<start + size]
            rest = rest[(start + size + 2)...]
        }
        return String(decoding: result, as: UTF8.self)
    }
}

/// A JSON value, to look into.
public struct ParsedJSON: @unchecked Sendable, CustomStringConvertible {
    // Never changed after it was read.
    private let value: Any?

    public init(_ text: String) {
        value = try? JSONSerialization.jsonObject(with: Data(text.utf8), options: [.fragmentsAllowed])
    }

    private init(value: Any?) { self.value = value }

    public subscript(name: String) -> ParsedJSON { ParsedJSON(value: (value as? [String: Any])?[name]) }
    public subscript(place: Int) -> ParsedJSON {
        let list = value as? [Any] ?? []
        return ParsedJSON(value: list.indices.contains(place) ? list[place] : nil)
    }
    public var text: String? { value as? String }
    public var int: Int? { (value as? NSNumber)?.intValue }
    public var flag: Bool? { value as? Bool }
    public var list: [ParsedJSON] { (value as? [Any] ?? []).map { ParsedJSON(value: $0) } }
    public var keys: [String] { (value as? [String: Any]).map { $0.keys.sorted() } ?? [] }
    public var isNull: Bool { value == nil || value is NSNull }
    public var description: String { value.map { "\($0)" } ?? "nothing" }
}

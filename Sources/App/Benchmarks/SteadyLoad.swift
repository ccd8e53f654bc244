import Foundation
import Glibc
import Synchronization

/// Requests at a fixed rate, however long the answers take: each connection sends its next request at its time, or at once
/// when the last answer came later than that.
final class SteadyLoad: Sendable {
    struct Result {
        var answered = 0
        /// Answers other than 200, and connections that broke.
        var failed = 0
        /// From the time at which a request was due to the end of its answer, in milliseconds.
        var latencies: [Double] = []
    }

    private struct State {
        var result = Result()
        var isOver = false
        var working = 0
    }

    private let state = Mutex(State())
    private let port: Int
    private let token: String

    /// - Parameters:
    ///   - rate: requests a second, of all connections together.
    ///   - paths: one after the other.
    init(port: Int, token: String, rate: Double, connections: Int, paths: [String]) {
        (self.port, self.token) = (port, token)
        state.withLock { $0.working = connections }
        for number in 0..<connections {
            Thread.detachNewThread {
                self.send(paths, every: Double(connections) / rate, first: Double(number) / rate, number)
                self.state.withLock { $0.working -= 1 }
            }
        }
    }

    /// Ends the load and returns what became of it.
    func end() -> Result {
        state.withLock { $0.isOver = true }
        while state.withLock({ $0.working > 0 }) { usleep(10_000) }
        return state.withLock { $0.result }
    }

    private func send(_ paths: [String], every interval: Double, first: Double, _ number: Int) {
        let connection = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(connection) }
        var (address, patience, one) = (sockaddr_in(), timeval(tv_sec: 30, tv_usec: 0), Int32(1))
        setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = in_port_t(port).bigEndian
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { return state.withLock { $0.result.failed += 1 } }
        let begin = Self.now + first
        var count = 0
        while !state.withLock({ $0.isOver }) {
            let due = begin + Double(count) * interval
            let wait = due - Self.now
            if wait > 0 { usleep(UInt32(wait * 1e6)) }
            let path = paths[(count + number) % paths.count]
            let text = "GET \(path) HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(token)\r\n\r\n"
            guard Glibc.send(connection, text, text.utf8.count, Int32(MSG_NOSIGNAL)) == text.utf8.count,
                let status = Self.answer(connection)
            else { return state.withLock { $0.result.failed += 1 } }
            let latency = (Self.now - due) * 1_000
            state.withLock {
                $0.result.answered += 1
                if status != 200 { $0.result.failed += 1 }
                $0.result.latencies.append(latency)
            }
            count += 1
        }
    }

    /// Reads one answer to its end. Nil if the connection broke.
    private static func answer(_ connection: Int32) -> Int? {
        var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 65_536))
        var head: (status: Int, end: Int)?
        while true {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer.prefix(count)
            if head == nil, let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
                let text = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
                guard let status = text.firstMatch(of: /^HTTP\/1.1 (\d+)/).flatMap({ Int($0.1) }),
                    let length = text.firstMatch(of: /(?i)content-length: *(\d+)/).flatMap({ Int($0.1) })
                else { return nil }
                head = (status, end.upperBound + length)
            }
            if let head, bytes.count >= head.end { return head.status }
        }
    }

    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

import Foundation
import Glibc
import Synchronization

/// A server that answers each connection with the bytes that a test provides, on its own loopback port.
public final class RawServer: Sendable {
    public let port: Int
    private let socket: Int32
    /// - Parameter answer: returns the bytes for a request and its number, counted from 0; empty to close the
    ///   connection.
    public init(_ answer: @escaping @Sendable (String, Int) -> [UInt8]) {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = bind(socket, $0, length)
                listen(socket, 16)
                getsockname(socket, $0, &length)
            }
        }
        self.socket = socket
        port = Int(UInt16(bigEndian: address.sin_port))
        let seen = Box()
        self.box = seen
        Thread.detachNewThread {
            while true {
                let connection = accept(socket, nil, nil)
                guard connection >= 0 else { return }
                Thread.detachNewThread {
                    defer { close(connection) }
                    let request = RawServer.read(connection)
                    guard !request.isEmpty else { return }
                    let number = seen.add(request)
                    let bytes = answer(request, number)
                    var rest = bytes[...]
                    while !rest.isEmpty {
                        let count = rest.withUnsafeBytes {
                            send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                        }
                        guard count > 0 else { return }
                        rest = rest.dropFirst(count)
                    }
                }
            }
        }
    }

    private let box: Box

    /// The requests so far: request lines, headers and bodies.
    public var requests: [String] { box.all }

    private final class Box: Sendable {
        private let list = Mutex<[String]>([])
        var all: [String] { list.withLock { $0 } }
        func add(_ text: String) -> Int {
            list.withLock {
                $0.append(text)
                return $0.count - 1
            }
        }
    }

    deinit {
        shutdown(socket, Int32(SHUT_RDWR))
        close(socket)
    }

    private static func read(_ connection: Int32) -> String {
        var text = ""
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return text }
            text += String(decoding: buffer[..<count], as: UTF8.self)
            guard let end = text.range(of: "\r\n\r\n") else { continue }
            let length =
                text.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
                .flatMap { Int($0.split(separator: ":")[1].filter(\.isNumber)) } ?? 0
            if text[end.upperBound...].utf8.count >= length { return text }
        }
    }

    /// A complete HTTP response.
    public static func answer(_ status: Int, _ headers: [String] = [], _ body: String = "") -> [UInt8] {
        let lines = ["HTTP/1.1 \(status) X", "Content-Length: \(body.utf8.count)", "Connection: close"] + headers
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8)
    }
}

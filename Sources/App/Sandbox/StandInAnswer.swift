import HTTPTypes
import Hummingbird
import NIOCore

/// A request as the stand-ins see it.
struct StandInRequest: Sendable {
    let method: String
    let path: String
    let host: String
    /// The length of path and query as received.
    let addressLength: Int
    let query: [(name: String, value: String)]
    let headers: HTTPFields
    let body: [UInt8]

    func value(_ name: String) -> String? { query.last { $0.name == name }?.value }
    var bearer: String? {
        guard let header = headers[.authorization], header.lowercased().hasPrefix("bearer ") else { return nil }
        return String(header.dropFirst(7))
    }
}

/// A stand-in's response.
struct StandInAnswer: Sendable {
    var status: Int
    var type = "application/json; charset=utf-8"
    var headers: [String: String] = [:]
    var body: String
    /// The body in another encoding than UTF-8; nil to send `body`.
    var bytes: [UInt8]?
    /// Whether it is sent one byte per second.
    var isSlow = false

    init(_ status: Int, _ body: String) {
        self.status = status
        self.body = body
    }

    init(html: String) {
        status = 200
        type = "text/html; charset=utf-8"
        body = html
    }

    func response(cutOff: Bool) -> Response {
        var fields = HTTPFields()
        fields[.contentType] = type
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        if isSlow { return drippingResponse }
        let buffer = bytes.map { ByteBuffer(bytes: $0) } ?? ByteBuffer(string: body)
        guard cutOff else {
            return Response(status: .init(code: status), headers: fields, body: .init(byteBuffer: buffer))
        }
        let half = ByteBuffer(string: String(body.prefix(body.count / 2)))
        return Response(
            status: .init(code: status), headers: fields,
            body: .init(contentLength: buffer.readableBytes + 100) { writer in
                try await writer.write(half)
                throw CutOff()
            })
    }

    /// The whole response, sent one byte per second.
    var drippingResponse: Response {
        var fields = HTTPFields()
        fields[.contentType] = type
        let bytes = Array(body.utf8)
        return Response(
            status: .init(code: status), headers: fields,
            body: .init(contentLength: bytes.count) { writer in
                for byte in bytes {
                    try await writer.write(ByteBuffer(bytes: [byte]))
                    try await Task.sleep(for: .seconds(1))
                }
                try await writer.finish(nil)
            })
    }

    struct CutOff: Error {}
}

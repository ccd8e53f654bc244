import HTTPTypes
import HummingbirdCore
import Leads
import NIOCore
import Operations
import Values

/// How an answer goes out.
extension Dispatcher {
    func withCommon(_ answer: Answer, _ head: HTTPRequest, _ settings: APISettings) -> Answer {
        var answer = answer
        func add(_ name: String, _ value: String) {
            guard !answer.headers.contains(where: { $0.name == name }) else { return }
            answer.headers.append((name, value))
        }
        add("Date", state.context.runtime.now.httpDate)
        add("Cache-Control", "no-store")
        add("X-Content-Type-Options", "nosniff")
        add("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        add("Referrer-Policy", "no-referrer")
        add("Cross-Origin-Resource-Policy", "same-origin")
        if !settings.origins.isEmpty {
            add("Vary", "Origin")
            if let origin = allowedOrigin(head, settings) {
                add("Access-Control-Allow-Origin", origin)
                add(
                    "Access-Control-Expose-Headers",
                    "ETag, Idempotent-Replayed, Link, Location, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"
                )
            }
        }
        return answer
    }

    func write(_ answer: Answer, _ writer: consuming ResponseWriter, to request: Request) async throws {
        let (isHead, inbound) = (request.head.method == .head, request.body)
        var fields = HTTPFields()
        for (name, value) in answer.headers {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value.singleLine)) }
        }
        let status = HTTPResponse.Status(code: answer.status)
        switch answer.body {
        case .none:
            if answer.status != 204, answer.status != 304 { fields[.contentLength] = "0" }
            try await writer.writeResponse(HTTPResponse(status: status, headerFields: fields))
        case .text(let text, let type):
            let buffer = ByteBuffer(string: text)
            fields[.contentType] = type
            fields[.contentLength] = "\(buffer.readableBytes)"
            let head = HTTPResponse(status: status, headerFields: fields)
            guard !isHead else { return try await writer.writeResponse(head) }
            try await writer.write(response: head, body: ResponseBody(byteBuffer: buffer))
        case .stream(let type, let isEndless, let produce):
            fields[.contentType] = type
            // How long it would be is not known, so the end of the connection has to say that nothing comes.
            if isHead { fields[.connection] = "close" }
            let head = HTTPResponse(status: status, headerFields: fields)
            guard !isHead else { return try await writer.writeResponse(head) }
            let body = ResponseBody { writer in
                let sink = Sink(writer: writer)
                if isEndless {
                    try await inbound.consumeWithCancellationOnInboundClose { _ in
                        try await produce { try await sink.write($0) }
                    }
                } else {
                    try await produce { try await sink.write($0) }
                }
                try await writer.finish(nil)
            }
            try await writer.write(response: head, body: body)
        }
    }

    /// The path's parts. Nil if the path is not valid.
    static func segments(of target: String) -> [String]? {
        let path = target.prefix { $0 != "?" }
        guard path.hasPrefix("/") else { return nil }
        var segments: [String] = []
        for part in path.split(separator: "/", omittingEmptySubsequences: true) {
            guard let text = Query.decoded(Substring(part.replacing("+", with: "%2B"))) else { return nil }
            segments.append(text)
        }
        return segments
    }
}

/// Writes one piece after the other.
private final class Sink: @unchecked Sendable {
    // Only one task writes at a time: the one that produces the body.
    private var writer: any ResponseBodyWriter

    init(writer: any ResponseBodyWriter) { self.writer = writer }

    func write(_ text: String) async throws { try await writer.write(ByteBuffer(string: text)) }
}

extension RateLimiter.Standing {
    var headers: [(name: String, value: String)] {
        [
            ("RateLimit-Limit", "\(limit)"), ("RateLimit-Remaining", "\(remaining)"),
            ("RateLimit-Reset", "\(seconds)"),
        ]
    }
}

extension Answer {
    func with(_ standing: RateLimiter.Standing) -> Answer {
        var answer = self
        for (name, value) in standing.headers where !answer.headers.contains(where: { $0.name == name }) {
            answer.headers.append((name, value))
        }
        return answer
    }
}

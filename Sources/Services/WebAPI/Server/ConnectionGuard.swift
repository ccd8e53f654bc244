import HTTPTypes
import NIOCore
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import Synchronization

/// How many connections there are.
final class ConnectionCount: Sendable {
    private let count = Mutex(0)

    /// Returns false when there are too many.
    func enter(limit: Int) -> Bool {
        count.withLock { count in
            count += 1
            return count <= limit
        }
    }

    func leave() { count.withLock { $0 -= 1 } }
}

/// Keeps connections from being held for nothing: too many are refused with a word, and who sends or reads too slowly is cut
/// off. Confined to its channel's event loop.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// A request's body must bring this many bytes in a `period`, or else in the next one.
    private static let leastBytes = 2_048
    private static let period = TimeAmount.seconds(10)
    /// How long the caller may leave an answer unread.
    static let patience = TimeAmount.seconds(60)

    private let count: ConnectionCount
    private let limit: Int
    private var isEntered = false
    private var bytes = 0
    private var bodyTimer: Scheduled<Void>?
    private var writeTimer: Scheduled<Void>?
    private var endsAfterAnswer = false
    /// Whether the server has asked for more of the body, and nothing has come.
    private var isAsking = false
    /// How many looks in a row found that.
    private var starved = 0
    /// Whether the head of an answer went out, and not yet its end.
    private var isAnswering = false
    /// Requests that have come, and not yet all of their answer gone.
    private var unanswered = 0
    private var context: ChannelHandlerContext?

    init(_ count: ConnectionCount, limit: Int) {
        self.count = count
        self.limit = limit
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        let pipeline = context.pipeline.syncOperations
        guard let codec = try? pipeline.handler(type: HTTP1ToHTTPServerCodec.self) else { return }
        try? pipeline.addHandler(OlderForms(), position: .before(codec))
    }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    /// Answers without asking anybody, and ends the connection.
    private func end(_ context: ChannelHandlerContext, with problem: APIProblem) {
        write(problem, context, promise: nil)
        context.endConnection(after: wrapOutboundOut(.end(nil)), nil)
    }

    /// Writes an answer but for its end.
    private func write(_ problem: APIProblem, _ context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
        let answer = problem.answer
        guard case .text(let text, let type) = answer.body else { return }
        let buffer = context.channel.allocator.buffer(string: text)
        var fields: HTTPFields = [
            .connection: "close", .contentType: type, .contentLength: "\(buffer.readableBytes)",
            .cacheControl: "no-store",
        ]
        for (name, value) in answer.headers {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        let head = HTTPResponse(status: .init(code: answer.status), headerFields: fields)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(buffer)), promise: promise)
    }

    func channelActive(context: ChannelHandlerContext) {
        isEntered = true
        guard count.enter(limit: limit) else {
            end(context, with: APIProblem(503, "there are too many connections", headers: [("Retry-After", "5")]))
            return
        }
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        bodyTimer?.cancel()
        writeTimer?.cancel()
        if isEntered { count.leave() }
        isEntered = false
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            (bytes, starved) = (0, 0)
            unanswered += 1
            watchBody(context.channel)
        case .body(let buffer):
            bytes += buffer.readableBytes
            isAsking = false
        case .end:
            bodyTimer?.cancel()
            bodyTimer = nil
        }
        context.fireChannelRead(data)
    }

    private func watchBody(_ channel: any Channel) {
        let box = NIOLoopBound(self, eventLoop: channel.eventLoop)
        bodyTimer = channel.eventLoop.scheduleTask(in: Self.period) {
            let guardian = box.value
            guard channel.isActive, guardian.bodyTimer != nil else { return }
            // Bytes that were asked for and did not come. If none were asked for, the server was not ready for more; and what it
            // asked for a moment ago may still come.
            guardian.starved = guardian.bytes < Self.leastBytes && guardian.isAsking ? guardian.starved + 1 : 0
            guard guardian.starved < 2 else {
                // An answer would be taken for that of an earlier request.
                guard let context = guardian.context, !guardian.isAnswering, guardian.unanswered == 1 else {
                    return channel.close(mode: .all, promise: nil)
                }
                return guardian.end(context, with: APIProblem(408, "the body comes too slowly"))
            }
            guardian.bytes = 0
            guardian.watchBody(channel)
        }
    }

    func read(context: ChannelHandlerContext) {
        isAsking = true
        context.read()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        writeTimer?.cancel()
        writeTimer = nil
        if !context.channel.isWritable {
            let channel = context.channel
            writeTimer = context.eventLoop.scheduleTask(in: Self.patience) {
                channel.close(mode: .all, promise: nil)
            }
        }
        context.fireChannelWritabilityChanged()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head) where head.status == .badRequest && head.headerFields[.contentType] == nil:
            // What could not be read as HTTP is answered before any route.
            endsAfterAnswer = true
            write(
                APIProblem(400, "this is not an HTTP request that can be read, or its head is too large"), context,
                promise: promise)
        case .head(let head) where head.status.kind != .informational:
            endsAfterAnswer = head.headerFields[.connection] == "close"
            isAnswering = true
            context.write(data, promise: promise)
        case .end where endsAfterAnswer:
            // What is left of the request is not waited for.
            context.endConnection(after: data, promise)
        case .end:
            isAnswering = false
            unanswered -= 1
            context.write(data, promise: promise)
        default: context.write(data, promise: promise)
        }
    }
}

extension ChannelHandlerContext {
    /// Writes the end of an answer, and ends the connection once all of it is out, or the caller has left it unread for long.
    func endConnection(after end: NIOAny, _ promise: EventLoopPromise<Void>?) {
        let written = promise ?? eventLoop.makePromise(of: Void.self)
        let channel = channel
        let limit = eventLoop.scheduleTask(in: ConnectionGuard.patience) { channel.close(promise: nil) }
        written.futureResult.whenComplete { _ in
            limit.cancel()
            channel.close(promise: nil)
        }
        writeAndFlush(end, promise: written)
    }
}

import NIOCore
import NIOHTTP1

/// What HTTP/1 has and the types above it do not: clients of HTTP/1.0, and targets that name their host. Confined to its channel's
/// event loop.
final class OlderForms: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// Whether the client knows neither chunks nor interim answers, and takes the end of the connection for that of the answer.
    private var isOld = false
    /// Of each request that is not answered yet, whether its answer has no body, whatever its head says.
    private var areHeads: [Bool] = []

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
        if head.version == .http1_0 || head.version == .http0_9 {
            isOld = true
            // It need not say which host it means, and no browser speaks it.
            if head.headers["Host"].isEmpty { head.headers.add(name: "Host", value: "127.0.0.1") }
        }
        areHeads.append(head.method == .HEAD)
        // RFC 9112, 3.2.2: the target's host goes before the field. More than one field is wrong in any case.
        if let (authority, path) = Self.parts(of: head.uri), head.headers["Host"].count < 2 {
            head.headers.replaceOrAdd(name: "Host", value: authority)
            head.uri = path
        }
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    /// Host and path of a target in absolute form; nil for others.
    private static func parts(of target: String) -> (authority: String, path: String)? {
        guard let scheme = ["http://", "https://"].first(where: { target.lowercased().hasPrefix($0) }) else {
            return nil
        }
        let rest = target.dropFirst(scheme.count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let path = rest.dropFirst(authority.count)
        return (String(authority), path.hasPrefix("/") ? String(path) : "/\(path)")
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if areHeads.first == true, case .head(let head) = unwrapOutboundIn(data), head.status.code >= 200,
            head.headers["Content-Length"].isEmpty, head.status != .notModified
        {
            // Only so is no last chunk sent.
            isOld = true
        }
        if case .end = unwrapOutboundIn(data), !areHeads.isEmpty { areHeads.removeFirst() }
        guard isOld else { return context.write(data, promise: promise) }
        switch unwrapOutboundIn(data) {
        case .head(let head) where head.status.code < 200: promise?.succeed()
        case .head(var head):
            head.version = .http1_0
            head.headers.replaceOrAdd(name: "Connection", value: "close")
            head.headers.remove(name: "Transfer-Encoding")
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body: context.write(data, promise: promise)
        case .end:
            context.endConnection(after: data, promise)
        }
    }
}

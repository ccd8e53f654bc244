import HummingbirdCore
public import Logging
import NIOCore
import NIOPosix
public import Operations
public import ServiceLifecycle
import Synchronization
import Values

/// Serves the interface until it is told to stop. An address that is taken does not stop the daemon: it is tried again, and
/// the daemon says so meanwhile.
public final class APIServer: Service {
    private let state: APIState
    private let settings: APISettings
    private let port = Mutex<Int?>(nil)
    private let trouble = Mutex<String?>(nil)
    private let onChange: @Sendable () -> Void
    private let connections = ConnectionCount()

    /// How long it waits before it tries an address again.
    private static let pause = Duration.seconds(5)
    /// How long a connection may be idle, or take to send the head of a request.
    private static let idleTime = TimeAmount.seconds(30)

    /// - Parameters:
    ///   - settings: the settings in force. Where it listens is taken from them once.
    ///   - context: carries out what is asked for; each token acts as itself.
    ///   - onChange: called when `problem` may have changed.
    public init(
        settings: @escaping @Sendable () -> APISettings, context: OperationContext, version: String, logger: Logger,
        onChange: @escaping @Sendable () -> Void
    ) {
        self.settings = settings()
        self.onChange = onChange
        state = APIState(settings: settings, context: context, version: version, logger: logger)
    }

    /// Why it does not serve; nil when it does, or is not there yet.
    public var problem: String? { trouble.withLock { $0 } }

    /// The port that it listens on; nil before, and for a socket.
    public var listeningPort: Int? { port.withLock { $0 } }

    public func run() async throws {
        guard settings.isEnabled else {
            // Ends with the others.
            try? await gracefulShutdown()
            return
        }
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                group.addTask { await self.state.run() }
                group.addTask { await self.state.hub.run() }
                await self.serve()
                self.state.stop()
            }
        } onGracefulShutdown: {
            self.state.stop()
        }
    }

    private func serve() async {
        // It ends with the process: what is on its way when the server stops may still come to it.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        while !state.isStopping {
            if let why = await reasonAgainst() {
                say(why)
            } else {
                do { try await listen(group) } catch {
                    if !state.isStopping { say("\(settings.address): \(Self.words(for: error))") }
                }
            }
            port.withLock { $0 = nil }
            guard !state.isStopping else { return }
            try? await cancelWhenGracefulShutdown { try await self.state.context.runtime.sleep(for: Self.pause) }
        }
    }

    /// Why it must not listen now; nil when it may.
    private func reasonAgainst() async -> String? {
        guard !settings.address.isLocal else { return nil }
        do {
            guard try await !TokenAccess.hasAny(in: state.context) else { return nil }
            return
                "\(settings.address): others could reach it, and there is no token; make one: 4runr token create NAME --scope read"
        } catch { return "\(settings.address): \(error)" }
    }

    private func listen(_ group: MultiThreadedEventLoopGroup) async throws {
        let dispatcher = Dispatcher(state: state, isSocket: settings.address.port == nil)
        let (count, limit) = (connections, settings.connections)
        let channel = HTTP1Channel(
            responder: { request, writer, channel in
                try await dispatcher.respond(to: request, writer, peer: channel.remoteAddress?.ipAddress)
            },
            configuration: .init(
                additionalChannelHandlers: [ConnectionGuard(count, limit: limit)], idleTimeout: Self.idleTime,
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 80 << 10, maxHeaderListSize: 80 << 10, maxHeaderFieldCount: 100)))
        let quiet = Logger(label: "http", factory: { _ in SwiftLogNoOpLogHandler() })
        let address: BindAddress =
            switch settings.address {
            case .port(let host, let port): .hostname(host, port: port)
            case .socket(let path): .unixDomainSocket(path: path)
            }
        let server = Server(
            childChannelSetup: channel, configuration: ServerConfiguration(address: address, backlog: 1_024),
            onServerRunning: { [self] channel in
                port.withLock { $0 = channel.localAddress?.port }
                say(nil)
                var address = settings.address
                if case .port(let host, _) = address, let port = listeningPort { address = .port(host: host, port) }
                state.logger.info("the API listens on \(address)", metadata: ["event": "api-ready"])
            }, eventLoopGroup: group, logger: quiet)
        try await server.run()
    }

    private func say(_ problem: String?) {
        let isNew = trouble.withLock { known in
            defer { known = problem }
            return known != problem
        }
        guard isNew else { return }
        if let problem { state.logger.warning("the API does not serve: \(problem)", metadata: ["event": "api-failed"]) }
        onChange()
    }

    private static func words(for error: any Error) -> String {
        guard let error = error as? IOError else { return "\(error)" }
        return switch error.errnoCode {
        case EADDRINUSE: "is taken by another program"
        case EACCES, EPERM: "may not be used by this user"
        case EADDRNOTAVAIL: "is not an address of this machine"
        default: String(cString: strerror(error.errnoCode))
        }
    }
}

extension APISettings.Address {
    /// Nil for a socket.
    var port: Int? {
        guard case .port(_, let port) = self else { return nil }
        return port
    }
}

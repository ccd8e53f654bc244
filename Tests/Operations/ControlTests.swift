import Glibc
import Leads
import Logging
import Scheduling
import Synchronization
import Testing
import TestSupport
import Values

@testable import Operations

/// Answers what a test says.
private struct StubExecutor: Executor {
    func perform(
        _ request: ExecutorRequest, onEvent: @escaping @Sendable (ExecutorEvent) -> Void
    ) async throws(OperationProblem) -> ExecutorAnswer {
        switch request {
        case .run(let name, _):
            onEvent(.runStarted(id: 7))
            for step in 1...1_000 { onEvent(.progress(text: "step \(step)", share: Double(step) / 1_000)) }
            return .ran(RunResult(id: 7, job: name, status: .success, seconds: 1, output: "{}", error: nil))
        default: throw OperationProblem(.tryAgain, "not now", "nor then")
        }
    }
}

struct ControlTests {
    let folder = TemporaryFolder()

    private func serving(at path: String, _ body: () async throws -> Void) async throws {
        let server = try ControlServer(
            path: path, logger: Logger(label: "", factory: { _ in SwiftLogNoOpLogHandler() }))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await server.run(StubExecutor()) }
            try await body()
            server.stop()
        }
        #expect(access(path, F_OK) != 0)
    }

    @Test func `a request is answered, with its events before it and in order`() async throws {
        let path = "\(folder.path)/control.sock"
        try await serving(at: path) {
            let events = Mutex<[ExecutorEvent]>([])
            let answer = try await ControlClient(path: path).perform(.run(name: "a \"b\"\n")) { event in
                events.withLock { $0.append(event) }
            }
            guard case .ran(let result) = answer else { return }
            #expect(result.job == "a \"b\"\n" && result.id == 7)
            #expect(events.withLock(\.count) == 1_001)
            #expect(events.withLock(\.last) == .progress(text: "step 1000", share: 1))
        }
    }

    @Test func `a problem keeps its code and its lines`() async throws {
        let path = "\(folder.path)/control.sock"
        try await serving(at: path) {
            await #expect(throws: OperationProblem(.tryAgain, "not now", "nor then")) {
                try await ControlClient(path: path).perform(.reload) { _ in }
            }
        }
    }

    @Test func `a path longer than an address holds works as well`() async throws {
        let long = "\(folder.path)/\(String(repeating: "d", count: 200))"
        mkdir(long, 0o700)
        try await serving(at: "\(long)/control.sock") {
            _ = try await ControlClient(path: "\(long)/control.sock").perform(.run(name: "a")) { _ in }
        }
    }

    @Test func `nonsense, silence and a hasty client harm nobody`() async throws {
        let path = "\(folder.path)/control.sock"
        try await serving(at: path) {
            for text in [
                "nonsense\n", "{}\n", "\n", String(repeating: "x", count: 100_000) + "\n",
                "{\"run\":{\"name\":\"a\"}}\n", "half",
            ] {
                let socket = try UnixSocket.connect(to: path)
                _ = socket.send(Array(text.utf8))
                socket.close()
            }
            _ = try await ControlClient(path: path).perform(.run(name: "a")) { _ in }
        }
    }

    @Test func `only the owner may connect, and a dead socket is replaced`() async throws {
        let path = "\(folder.path)/control.sock"
        folder.write("control.sock", "left behind")
        try await serving(at: path) {
            var status = stat()
            stat(path, &status)
            #expect(status.st_mode & 0o777 == 0o600)
        }
    }

    @Test func `nobody there is a clear error`() async throws {
        await #expect(throws: OperationProblem.self) {
            try await ControlClient(path: "\(folder.path)/none").perform(.reload) { _ in }
        }
    }
}

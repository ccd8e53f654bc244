import Foundation
import Glibc
import Leads
import Logging
import Scheduling
import Synchronization
import TestSupport
import Testing
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
        default: throw OperationProblem(.temporary, "not now", "nor then")
        }
    }

    func daemonStatus() async throws(OperationProblem) -> DaemonStatus? { nil }
}

struct ControlTests {
    let folder = TemporaryFolder()

    private func client(_ path: String) -> ControlClient { ControlClient(path: path, version: "1.2.3") }

    /// Sends a line as another program would, and answers the line that comes back.
    private func ask(_ line: String, at path: String) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            // What blocks has a thread of its own.
            Thread.detachNewThread {
                continuation.resume(
                    with: Result {
                        let socket = try UnixSocket.connect(to: path)
                        defer { socket.close() }
                        // Other tests may have all threads for a while.
                        socket.setTimeouts(read: 180, write: 180)
                        _ = socket.send(Array(line.utf8))
                        var reader = LineReader(socket, longest: UnixSocket.longestAnswer)
                        return String(decoding: reader.next() ?? [], as: UTF8.self)
                    })
            }
        }
    }

    private func serving(at path: String, _ body: () async throws -> Void) async throws {
        let server = try ControlServer(
            path: path, version: "1.2.3", logger: .silent)
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
            let answer = try await client(path).perform(.run(name: "a \"b\"\n")) { event in
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
            await #expect(throws: OperationProblem(.temporary, "not now", "nor then")) {
                try await client(path).perform(.reload) { _ in }
            }
        }
    }

    @Test func `a path longer than an address holds works as well`() async throws {
        let long = "\(folder.path)/\(String(repeating: "d", count: 200))"
        mkdir(long, 0o700)
        try await serving(at: "\(long)/control.sock") {
            _ = try await client("\(long)/control.sock").perform(.run(name: "a")) { _ in }
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
            _ = try await client(path).perform(.run(name: "a")) { _ in }
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
            try await client("\(folder.path)/none").perform(.reload) { _ in }
        }
    }

    @Test func `a message says which version speaks, and who speaks another is told so`() async throws {
        let path = "\(folder.path)/control.sock"
        try await serving(at: path) {
            let right = try await ask(#"{"run":{"name":"a","options":{}},"protocol":7,"version":"1.2.3"}"#, at: path)
            #expect(right.contains(#""protocol":7"#), "\(right)")
            #expect(right.contains(#""version":"1.2.3""#))
            // As it was before messages had a version, and as it may be one day.
            for (line, other) in [
                (#"{"reload":{}}"#, "an older version"), (#"{"reload":{"x":1},"protocol":9,"version":"9.0"}"#, "9.0"),
            ] {
                let answer = try await ask(line, at: path)
                #expect(answer.contains("this command line is 4runr \(other), the daemon 1.2.3"), "\(answer)")
                // Which the older program can read.
                #expect(answer.contains(#""problem":{"_0":{"code":69"#) || answer.contains(#""lines":["#))
            }
        }
    }

    @Test func `a daemon of another version is named as such`() async throws {
        let path = "\(folder.path)/control.sock"
        let listening = try UnixSocket.listen(at: path)
        defer { listening.close() }
        Thread.detachNewThread {
            var waiting = pollfd(fd: listening.descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, 10_000) > 0 else { return }
            let connection = UnixSocket(descriptor: accept(listening.descriptor, nil, nil))
            _ = connection.send(Array(#"{"answer":{"_0":{"reloaded":{}}}}"#.utf8))
            usleep(100_000)
            connection.close()
        }
        do {
            _ = try await client(path).perform(.reload) { _ in }
            Issue.record("it was taken")
        } catch {
            #expect(error.errorKind == .unavailable)
            #expect(error.description.contains("the daemon is 4runr an older version, this command line 1.2.3"))
        }
    }

    @Test func `a line without an end is given up, and costs what its length costs`() async throws {
        var ends: [Int32] = [0, 0]
        socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends)
        let writing = UnixSocket(descriptor: ends[1])
        Thread.detachNewThread {
            _ = writing.send([UInt8](repeating: 0x78, count: 32 << 20))
            writing.close()
        }
        let reading = UnixSocket(descriptor: ends[0])
        var reader = LineReader(reading, longest: UnixSocket.longestAnswer)
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let before = usage.ru_utime.tv_sec
        #expect(reader.next()?.count == 32 << 20)
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        // It was looked through from its beginning for each piece, which took minutes.
        #expect(usage.ru_utime.tv_sec - before < 30)
        reading.close()
        var small = LineReader(reading, longest: UnixSocket.longestRequest)
        #expect(small.next() == nil)
    }

    @Test func `no secret leaves the daemon by the socket`() {
        KnownSecrets.add("control-secret-4711")
        let problem = ControlMessage.problem(OperationProblem(.internal, "said: control-secret-4711"))
        let line = String(decoding: ControlLine.bytes(problem, by: ControlSpeaker(version: "1")), as: UTF8.self)
        #expect(!line.contains("4711") && line.contains("said: <secret>"))
    }
}

import Foundation
import Glibc
import Synchronization

/// The built `4runr` at work, with its input provided by a test, which can also interrupt it.
public final class BackgroundProgram: Sendable {
    public let pid: Int32
    /// The writing end of the program's standard input. No other process has it.
    private let input: Mutex<Int32>
    private let output: String
    private let errors: String

    /// - Parameter folder: where its output is kept.
    public init(_ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:]) throws {
        // The program may end before it has read everything.
        signal(SIGPIPE, SIG_IGN)
        let number = UInt32.random(in: 0 ... .max)
        (output, errors) = ("\(folder.path)/out-\(number)", "\(folder.path)/err-\(number)")
        var ends: [Int32] = [0, 0]
        pipe(&ends)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        let variables = environment.merging(Program.passedOn) { own, _ in own }
            .merging(["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root"]) { own, _ in own
            }
        let argv = ([Program.path] + arguments).map { strdup($0) } + [nil]
        let envp = variables.map { strdup("\($0)=\($1)") } + [nil]
        defer { (argv + envp).forEach { free($0) } }
        var child: pid_t = 0
        let code = posix_spawn(&child, Program.path, &actions, nil, argv, envp)
        guard code == 0 else { throw DaemonProcess.Failure(message: String(cString: strerror(code))) }
        pid = child
        input = Mutex(ends[1])
    }

    public func write(_ text: String) {
        var rest = Array(text.utf8)[...]
        input.withLock { end in
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Glibc.write(end, $0.baseAddress, $0.count) }
                guard count > 0 else { return }
                rest = rest.dropFirst(count)
            }
        }
    }

    public func endInput() {
        input.withLock { end in
            if end >= 0 { close(end) }
            end = -1
        }
    }

    public func send(_ signal: Int32) { kill(pid, signal) }

    /// Waits until the program ends. Kills it after this many seconds.
    public func outcome(within seconds: Int = 60) async -> Program.Outcome {
        let (pid, deadline) = (pid, ContinuousClock().now + .seconds(seconds))
        var status: Int32 = 0
        while waitpid(pid, &status, WNOHANG) == 0 {
            if ContinuousClock().now > deadline { kill(pid, SIGKILL) }
            try? await Task.sleep(for: .milliseconds(10))
        }
        let code = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
        return Program.Outcome(code: code, output: text(output), errors: text(errors))
    }

    /// The output so far.
    public var outputSoFar: String { text(output) }

    private func text(_ path: String) -> String {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    deinit {
        kill(pid, SIGKILL)
        endInput()
    }
}

/// Repeats the check until it is true. Returns false when it is still false after this many seconds.
public func eventually(within seconds: Double = 20, _ isSo: () async throws -> Bool) async throws -> Bool {
    let deadline = ContinuousClock().now + .seconds(seconds)
    repeat {
        if try await isSo() { return true }
        try? await Task.sleep(for: .milliseconds(20))
    } while ContinuousClock().now < deadline
    // Beside many other tests, the last sleep may have taken longer than it should.
    return try await isSo()
}

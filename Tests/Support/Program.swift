import Foundation
import Glibc
import Subprocess
import SystemPackage

/// The built `4runr`, run as a user runs it.
public struct Program: Sendable {
    /// The exit code and the output of a run.
    public struct Outcome: Sendable {
        public let code: Int32
        public let output: String
        public let errors: String
    }

    /// The static release build, which is the one that is installed.
    public static let path: String = {
        if let named = ProcessInfo.processInfo.environment["FOURRUNR_TEST_PROGRAM"] { return named }
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/\(root)/.build/release/4runr"
    }()

    /// Environment variables for every run: where to log its statements, if requested.
    public static let passedOn: [String: String] = {
        let name = "FOURRUNR_STATEMENT_LOG"
        return ProcessInfo.processInfo.environment[name].map { [name: $0] } ?? [:]
    }()

    /// Whether long tests are to be run.
    public static var isLong: Bool { ProcessInfo.processInfo.environment["FOURRUNR_TEST_LONG"] == "1" }

    /// The path of the repository.
    public static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

    public static func run(
        _ arguments: [String], environment: [String: String] = [:], directory: String = "/"
    ) async throws -> Outcome {
        try await run(path, arguments, environment: environment, directory: directory)
    }

    public static func run(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], directory: String = "/"
    ) async throws -> Outcome {
        let result = try await Subprocess.run(
            .path(FilePath(program)), arguments: Arguments(arguments),
            environment: .custom(
                Dictionary(
                    uniqueKeysWithValues: environment.merging(Program.passedOn) { own, _ in own }.merging([
                        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root",
                    ]) { own, _ in own }
                    .compactMap { key, value in Environment.Key(rawValue: key).map { ($0, value) } })),
            workingDirectory: FilePath(directory), output: .string(limit: 8 << 20), error: .string(limit: 8 << 20))
        let code: Int32 =
            switch result.terminationStatus {
            case .exited(let code): code
            case .signaled(let signal): 128 + signal
            }
        return Outcome(code: code, output: result.standardOutput, errors: result.standardError)
    }
}

/// A daemon of the built program, with a notify socket that belongs to the test.
public final class DaemonProcess: Sendable {
    public let pid: Int32
    private let socket: Int32
    private let log: String
    /// How long the log was before.
    private let logStart: Int

    /// Starts `serve` and returns at once.
    public init(
        _ arguments: [String], folder: TemporaryFolder, environment: [String: String] = [:], directory: String = "/"
    ) throws {
        let path = "\(folder.path)/notify-\(UInt32.random(in: 0 ... .max))"
        let listening = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        withUnsafePointer(to: &address) {
            _ = $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listening, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        socket = listening
        let log = "\(folder.path)/daemon.log"
        self.log = log
        logStart = (try? Data(contentsOf: URL(filePath: log)))?.count ?? 0
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        let variables = environment.merging(Program.passedOn) { own, _ in own }
            .merging(["NOTIFY_SOCKET": path, "PATH": "/usr/bin:/bin", "FOURRUNR_API_LISTEN": "127.0.0.1:0"]) {
                own, _ in own
            }
        // `env` changes the directory and then executes the program, so that the process stays the same.
        let argv = (["env", "-C", directory, Program.path, "serve"] + arguments).map { strdup($0) } + [nil]
        let envp = variables.map { strdup("\($0)=\($1)") } + [nil]
        defer { (argv + envp).forEach { free($0) } }
        var child: pid_t = 0
        let code = posix_spawn(&child, "/usr/bin/env", &actions, &attributes, argv, envp)
        guard code == 0 else { throw Failure(message: "\(Program.path): \(String(cString: strerror(code)))") }
        pid = child
    }

    public struct Failure: Error { public let message: String }

    deinit {
        kill(pid, SIGKILL)
        waitpid(pid, nil, 0)
        close(socket)
    }

    /// Returns the next notification with a line that begins with the prefix. Throws after `seconds`. Blocks.
    @discardableResult
    public func notification(_ prefix: String, within seconds: Int = 20) throws -> String {
        let deadline = time(nil) + seconds
        var buffer = [UInt8](repeating: 0, count: 8_192)
        while time(nil) < deadline {
            var descriptor = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            guard poll(&descriptor, 1, 200) > 0 else { continue }
            let count = recv(socket, &buffer, buffer.count, 0)
            let text = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
            if text.split(separator: "\n").contains(where: { $0.hasPrefix(prefix) }) { return text }
        }
        throw Failure(message: "no \(prefix) within \(seconds) s; the daemon said:\n\(output)")
    }

    /// The port on which its API listens. Waits for it. Blocks.
    public func apiPort(within seconds: Int = 20) throws -> Int {
        let deadline = time(nil) + seconds
        while time(nil) < deadline {
            let own = ((try? Data(contentsOf: URL(filePath: log))) ?? Data()).dropFirst(logStart)
            if let match = String(decoding: own, as: UTF8.self).matches(of: /the API listens on \S+:(\d+)/).last,
                let port = Int(match.1)
            {
                return port
            }
            usleep(20_000)
        }
        throw Failure(message: "no API within \(seconds) s; the daemon said:\n\(output)")
    }

    public func send(_ signal: Int32) { kill(pid, signal) }

    /// Waits until the process ends. Returns its exit code, 128 + n for a signal, or nil after `seconds`. Blocks.
    public func end(within seconds: Int = 30) -> Int32? {
        let deadline = time(nil) + seconds
        var status: Int32 = 0
        while time(nil) <= deadline {
            if waitpid(pid, &status, WNOHANG) == pid {
                return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
            }
            usleep(5_000)
        }
        return nil
    }

    /// The output so far.
    public var output: String {
        guard let file = fopen(log, "r") else { return "" }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 4 << 20)
        return String(decoding: bytes[..<fread(&bytes, 1, bytes.count, file)], as: UTF8.self)
    }
}

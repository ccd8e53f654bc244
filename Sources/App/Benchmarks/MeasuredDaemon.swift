import Foundation
import Glibc

/// A daemon that is started for a measurement in the same way as by systemd: with a socket on which it reports READY.
struct MeasuredDaemon {
    let program: String

    /// The program that was built beside this one.
    static var sibling: String {
        URL(fileURLWithPath: ProcessInfo.processInfo.arguments[0]).resolvingSymlinksInPath()
            .deletingLastPathComponent().appendingPathComponent("4runr").path
    }

    struct Failure: Error, CustomStringConvertible { let description: String }

    /// A running daemon.
    final class Instance {
        let process: Process
        let folder: String
        /// The time from the start of the process to its READY.
        let readyAfter: Duration

        init(process: Process, folder: String, readyAfter: Duration) {
            self.process = process
            self.folder = folder
            self.readyAfter = readyAfter
        }

        func stop() {
            process.terminate()
            process.waitUntilExit()
        }
    }

    /// Creates a folder with a schedule and minimal settings.
    func prepare(schedule: String) throws -> String {
        let folder = "/tmp/4runr-benchmark-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try "log: { level: warning }\n".write(toFile: "\(folder)/4runr.yaml", atomically: true, encoding: .utf8)
        try schedule.write(toFile: "\(folder)/schedule.yaml", atomically: true, encoding: .utf8)
        return folder
    }

    /// Starts a daemon and waits for its READY.
    func start(in folder: String, environment: [String: String] = [:]) throws -> Instance {
        let path = "\(folder)/notify"
        unlink(path)
        let socket = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0 else { throw Failure(description: "\(path): \(String(cString: strerror(errno)))") }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["serve", "--config", "\(folder)/4runr.yaml", "--data", "\(folder)/data"]
        process.environment = environment.merging(["NOTIFY_SOCKET": path, "PATH": "/usr/bin:/bin"]) { $1 }
        let clock = ContinuousClock()
        let begin = clock.now
        try process.run()
        var buffer = [UInt8](repeating: 0, count: 8_192)
        while true {
            var descriptor = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            guard poll(&descriptor, 1, 30_000) > 0 else {
                throw Failure(description: "\(program) did not become ready")
            }
            let count = recv(socket, &buffer, buffer.count, 0)
            if String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).hasPrefix("READY=1") { break }
        }
        return Instance(process: process, folder: folder, readyAfter: clock.now - begin)
    }

    func remove(_ folder: String) { try? FileManager.default.removeItem(atPath: folder) }
}

extension Duration {
    var inMilliseconds: Double { self / .milliseconds(1) }
}

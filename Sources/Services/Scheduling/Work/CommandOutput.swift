import Dispatch
import Glibc
import Logging
import Subprocess
import Synchronization
import SystemPackage
import Values

/// The pipe that a command writes to: its lines go to the log, and the last are kept.
final class CommandOutput: Sendable {
    let writeEnd: FileDescriptor
    private let readEnd: FileDescriptor
    /// Closing the one is seen on the other.
    private let stopReadEnd: FileDescriptor
    private let stopWriteEnd: FileDescriptor
    private let job: String
    private let runtime: Runtime
    private let logger: Logger
    private let secrets: [String]
    private let lineLimit: Int
    private let characterLimit: Int
    private let state = Mutex(State())

    private struct State {
        /// Lines that may be logged now, and when that was so.
        var allowance = Double(burst)
        var allowedAt: Duration?
        /// Lines that were not logged since one last was.
        var leftOut = 0
        var lines: [String] = []
        var unfinished: [UInt8] = []
        var isClosed = false
    }

    /// So many lines are logged at once, and one a second beyond: a program that prints without end would keep the journal
    /// from taking what the daemon itself has to say. The last lines are logged whatever came before.
    private static let burst = 500

    /// A longer line is cut into pieces of this many bytes, so that a program without newlines takes no memory.
    private static let longestLine = 8_192

    /// - Parameters:
    ///   - job: named in each line, so that it is clear whose it is.
    ///   - secrets: what is replaced by `<secret>` wherever a line holds it, beside the secrets that the process knows.
    init(
        job: String, logger: Logger, keeping lines: Int, characters: Int, hiding secrets: [String],
        runtime: Runtime
    ) throws {
        self.job = job
        self.runtime = runtime
        // Lines are looked at one by one, so those of a longer secret, such as a key in PEM, are hidden each.
        self.secrets = secrets.flatMap { secret in
            [secret] + secret.split(whereSeparator: \.isNewline).map(String.init).filter { $0.count >= 6 }
        }.filter { !$0.isEmpty }
        let ends = try FileDescriptor.pipe()
        (readEnd, writeEnd) = (ends.readEnd, ends.writeEnd)
        let stop = try FileDescriptor.pipe()
        (stopReadEnd, stopWriteEnd) = (stop.readEnd, stop.writeEnd)
        for end in [readEnd, writeEnd, stopReadEnd, stopWriteEnd] { _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC) }
        self.logger = logger
        lineLimit = lines
        characterLimit = characters
    }

    /// Ours, so that the pipe ends when the last child has closed its own.
    func closeWriteEnd() {
        state.withLock { state in
            guard !state.isClosed else { return }
            state.isClosed = true
            try? writeEnd.close()
        }
    }

    /// Reads until every writer is gone, or until `stopCollecting`.
    ///
    /// On a thread of its own: Dispatch's sources and channels are not made for descriptors that come and go this fast
    /// (its event loop crashed on them), and a thread is there only as long as a command runs.
    func collect() async {
        await withCheckedContinuation { continuation in
            DispatchQueue(label: "4runr.command-output").async {
                self.readAll()
                continuation.resume()
            }
        }
    }

    /// Gives up on writers that live on, such as a daemon that a command has started.
    func stopCollecting() { try? stopWriteEnd.close() }

    private func readAll() {
        defer {
            try? readEnd.close()
            try? stopReadEnd.close()
        }
        var chunk = [UInt8](repeating: 0, count: 16 << 10)
        // What was written before the stop is still read: as much as a pipe holds, and somewhat more.
        var allowance = 256 << 10
        while allowance > 0 {
            var watched = [
                pollfd(fd: readEnd.rawValue, events: Int16(POLLIN), revents: 0),
                pollfd(fd: stopReadEnd.rawValue, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&watched, 2, -1) > 0 || errno == EINTR else { break }
            guard watched[0].revents != 0 else {
                if watched[1].revents != 0 { break }
                continue
            }
            let count = read(readEnd.rawValue, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            if watched[1].revents != 0 { allowance -= count }
            take(chunk[..<count])
        }
        let rest = state.withLock { state in
            defer { state.unfinished = [] }
            return state.unfinished
        }
        if !rest.isEmpty { emit([rest]) }
        logEnd()
    }

    private func take(_ chunk: ArraySlice<UInt8>) {
        let lines = state.withLock { state in
            var lines: [[UInt8]] = []
            for byte in chunk {
                if byte == 0x0A || state.unfinished.count >= Self.longestLine {
                    lines.append(state.unfinished)
                    state.unfinished.removeAll(keepingCapacity: true)
                }
                if byte != 0x0A { state.unfinished.append(byte) }
            }
            return lines
        }
        emit(lines)
    }

    private func emit(_ lines: [[UInt8]]) {
        let texts = lines.map { line in
            secrets.reduce(String(decoding: line, as: UTF8.self)) { $0.replacing($1, with: KnownSecrets.mark) }
                .withoutSecrets.singleLine
        }
        for text in texts where !text.isEmpty { log(text) }
        state.withLock { $0.lines = ($0.lines + texts).suffix(lineLimit) }
    }

    private func log(_ text: String) {
        let now = runtime.uptime
        let leftOut = state.withLock { state -> Int? in
            let passed = (now - (state.allowedAt ?? now)).inSeconds
            state.allowance = min(Double(Self.burst), state.allowance + max(0, passed))
            state.allowedAt = now
            guard state.allowance >= 1 else {
                state.leftOut += 1
                return nil
            }
            state.allowance -= 1
            defer { state.leftOut = 0 }
            return state.leftOut
        }
        guard let leftOut else { return }
        if leftOut > 0 { logger.notice("\(job): \(leftOut) lines were left out") }
        logger.info("\(job): \(text)")
    }

    /// What was left out at the end is said, and the last lines are logged after all.
    private func logEnd() {
        let (leftOut, last) = state.withLock { state in
            defer { state.leftOut = 0 }
            return (state.leftOut, state.lines.suffix(min(state.leftOut, lineLimit)))
        }
        guard leftOut > 0 else { return }
        if leftOut > last.count { logger.notice("\(job): \(leftOut - last.count) lines were left out") }
        for text in last where !text.isEmpty { logger.info("\(job): \(text)") }
    }

    /// `: …` with the last line that says something, for an error message; else nothing.
    var lastLine: String {
        guard let line = state.withLock({ $0.lines.last { !$0.allSatisfy(\.isWhitespace) } }) else { return "" }
        return ": \(line.shortened(to: 200))"
    }

    /// What the row keeps: the exit status or signal, and the last lines.
    func json(_ status: TerminationStatus) -> String? {
        struct Output: Encodable {
            var exit_status: Int32?
            var signal: Int32?
            var output: String
        }
        let text = state.withLock { $0.lines.joined(separator: "\n") }
        var report = Output(output: String(text.suffix(characterLimit)))
        switch status {
        case .exited(let code): report.exit_status = code
        case .signaled(let signal): report.signal = signal
        }
        return TaskResult.json(report)
    }
}

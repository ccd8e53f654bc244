import Dispatch
import Glibc
import Logging
import Subprocess
import Synchronization
import SystemPackage
import Values

/// The pipe that a command writes to. Its lines go to the log, and the last of them are kept.
final class CommandOutput: Sendable {
    let writeEnd: FileDescriptor
    private let readEnd: FileDescriptor
    /// Closing `stopWriteEnd` makes this one readable, which stops the reading.
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
        /// How many lines may be logged now, and the uptime at which that was computed.
        var allowance = Double(burst)
        var allowedAt: Duration?
        /// Lines left out since the last one that was logged.
        var leftOut = 0
        var lines: [String] = []
        var unfinished: [UInt8] = []
        var isClosed = false
    }

    /// How many lines are logged at once; beyond that, one per second. Otherwise a program that prints without end
    /// would crowd the daemon's own messages out of the journal. The last lines are always logged.
    private static let burst = 500

    /// A longer line is cut into pieces of this many bytes, so that a program that prints no newlines does not use up
    /// memory.
    private static let longestLine = 8_192

    /// - Parameters:
    ///   - job: named in each line, so that it is clear which job printed it.
    ///   - secrets: replaced by `<secret>` wherever a line contains one, in addition to the secrets known to the
    ///     process.
    init(
        job: String, logger: Logger, keeping lines: Int, characters: Int, hiding secrets: [String],
        runtime: Runtime
    ) throws {
        self.job = job
        self.runtime = runtime
        // Lines are checked one at a time, so each line of a longer secret, such as a PEM key, is hidden by itself.
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

    /// Closes this process's write end, so that the pipe ends when the last child has closed its own.
    func closeWriteEnd() {
        state.withLock { state in
            guard !state.isClosed else { return }
            state.isClosed = true
            try? writeEnd.close()
        }
    }

    /// Reads until every writer has closed the pipe, or until `stopCollecting`.
    ///
    /// It uses its own thread: Dispatch's sources and channels are not made for descriptors that come and go this fast
    /// (its event loop crashed on them), and the thread exists only while a command runs.
    func collect() async {
        await withCheckedContinuation { continuation in
            DispatchQueue(label: "4runr.command-output").async {
                self.readAll()
                continuation.resume()
            }
        }
    }

    /// Stops reading although writers are still alive, such as a daemon that the command has started.
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

    /// Logs how many lines were left out at the end, and then the last lines after all.
    private func logEnd() {
        let (leftOut, last) = state.withLock { state in
            defer { state.leftOut = 0 }
            return (state.leftOut, state.lines.suffix(min(state.leftOut, lineLimit)))
        }
        guard leftOut > 0 else { return }
        if leftOut > last.count { logger.notice("\(job): \(leftOut - last.count) lines were left out") }
        for text in last where !text.isEmpty { logger.info("\(job): \(text)") }
    }

    /// `: …` with the last line that is not blank, for an error message; otherwise empty.
    var lastLine: String {
        guard let line = state.withLock({ $0.lines.last { !$0.allSatisfy(\.isWhitespace) } }) else { return "" }
        return ": \(line.shortened(to: 200))"
    }

    /// The JSON for the row: the exit status or signal, and the last lines.
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

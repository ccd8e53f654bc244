import Configuration
import Dispatch
import FoundationEssentials
import Glibc
import Logging
import Subprocess
import Synchronization
import SystemPackage

/// The pipe that a command writes to: its lines go to the log, and the last are kept.
final class CommandOutput: Sendable {
    let writeEnd: FileDescriptor
    private let readEnd: FileDescriptor
    private let logger: Logger
    private let lineLimit: Int
    private let characterLimit: Int
    private let state = Mutex(State())

    private struct State {
        var lines: [String] = []
        var unfinished: [UInt8] = []
        var isClosed = false
    }

    /// A longer line is cut into pieces of this many bytes, so that a program without newlines takes no memory.
    private static let longestLine = 8_192

    init(logger: Logger, keeping lines: Int, characters: Int) throws {
        let ends = try FileDescriptor.pipe()
        (readEnd, writeEnd) = (ends.readEnd, ends.writeEnd)
        for end in [readEnd, writeEnd] { _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC) }
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

    /// Reads until every writer is gone.
    func collect() async {
        let descriptor = readEnd.rawValue
        let queue = DispatchQueue(label: "4runr.command-output")
        let chunks = AsyncStream<[UInt8]> { continuation in
            let channel = DispatchIO(type: .stream, fileDescriptor: descriptor, queue: queue) { _ in close(descriptor) }
            channel.setLimit(lowWater: 1)
            channel.read(offset: 0, length: .max, queue: queue) { isDone, data, _ in
                if let data, !data.isEmpty { continuation.yield(Array(data)) }
                if isDone { continuation.finish() }
            }
            continuation.onTermination = { _ in channel.close() }
        }
        for await chunk in chunks { take(chunk) }
        let rest = state.withLock { state in
            defer { state.unfinished = [] }
            return state.unfinished
        }
        if !rest.isEmpty { emit([rest]) }
    }

    private func take(_ chunk: [UInt8]) {
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
        let texts = lines.map { String(decoding: $0, as: UTF8.self).singleLine }
        for text in texts where !text.isEmpty { logger.info("\(text)") }
        state.withLock { $0.lines = ($0.lines + texts).suffix(lineLimit) }
    }

    /// `: …` with the last line that says something, for an error message; else nothing.
    var lastLine: String {
        guard let line = state.withLock({ $0.lines.last { !$0.allSatisfy(\.isWhitespace) } }) else { return "" }
        return ": \(line.shortened(to: 200))"
    }

    /// What the row keeps: the exit status or signal, and the last lines.
    func json(_ status: TerminationStatus) -> String? {
        struct Report: Encodable {
            var exit_status: Int32?
            var signal: Int32?
            var output: String
        }
        let text = state.withLock { $0.lines.joined(separator: "\n") }
        var report = Report(output: String(text.suffix(characterLimit)))
        switch status {
        case .exited(let code): report.exit_status = code
        case .signaled(let signal): report.signal = signal
        }
        return (try? JSONEncoder().encode(report)).map { String(decoding: $0, as: UTF8.self) }
    }
}

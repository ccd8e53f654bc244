import FoundationEssentials
import Glibc
import Logging
import Scheduling
import Synchronization
import Values

/// Writes each message as a line of JSON, to standard error or to a daily file.
struct JSONLogHandler: LogHandler {
    var logLevel: Logger.Level = .info
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    let label: String
    let runtime: Runtime
    let sink: @Sendable ([UInt8]) -> Void

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = event.metadata.map { metadata.merging($0) { $1 } } ?? metadata
        var fields = all.mapValues { "\($0)" }
        fields["time"] = runtime.now.description
        fields["level"] = event.level.rawValue
        fields["component"] = label
        fields["message"] = "\(event.message)"
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(fields) else { return }
        sink(Array(data) + [0x0A])
    }

    static func standardError(_ bytes: [UInt8]) { _ = write(STDERR_FILENO, bytes, bytes.count) }
}

/// Appends to the day's file, `4runr-YYYY-MM-DD.jsonl` (UTC), and removes old files.
final class DailyLogFile: Sendable {
    private let folder: String
    private let keepDays: Int
    private let runtime: Runtime
    private let state = Mutex<(day: String, descriptor: Int32)>(("", -1))

    init(folder: String, keepDays: Int, runtime: Runtime) {
        self.folder = folder
        self.keepDays = keepDays
        self.runtime = runtime
    }

    /// Why nothing can be written into the folder; nil when it can.
    var problem: String? {
        mkdir(folder, 0o750)
        guard access(folder, W_OK | X_OK) != 0 else { return nil }
        return "log.directory \(folder) cannot be used, so no JSON lines are kept: \(String(cString: strerror(errno)))"
    }

    /// Appends the bytes. When the disk is full or the folder is gone, lines are lost and nothing else.
    func append(_ bytes: [UInt8]) {
        let now = runtime.now
        let day = now.day
        state.withLock { state in
            if state.day != day || state.descriptor < 0 {
                if state.descriptor >= 0 { close(state.descriptor) }
                mkdir(folder, 0o750)
                state = (day, open("\(folder)/4runr-\(day).jsonl", O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o640))
                removeOld(before: (now - .seconds(Int64(keepDays) * 86_400)).day)
            }
            if state.descriptor >= 0 { _ = write(state.descriptor, bytes, bytes.count) }
        }
    }

    private func removeOld(before day: String) {
        for name in (try? FolderReader.names(in: folder)) ?? [] {
            guard name.hasPrefix("4runr-"), name.hasSuffix(".jsonl"), name.count == 22,
                name.dropFirst(6).prefix(10) < day
            else { continue }
            unlink("\(folder)/\(name)")
        }
    }
}

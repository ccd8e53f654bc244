import Glibc
import Logging
import Scheduling
import Values

/// Writes lines for people to standard error: the time, the level where it matters, the message, and the id of the run.
struct TextLogHandler: LogHandler {
    var logLevel: Logger.Level = .info
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    let isColoured: Bool
    let runtime: Runtime

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = event.metadata.map { metadata.merging($0) { $1 } } ?? metadata
        var line = paint("\(runtime.now.description.dropFirst(11).prefix(8))Z ", "2")
        switch event.level {
        case .trace, .debug: line += paint("debug   ", "2")
        case .info, .notice: break
        case .warning: line += paint("warning ", "33")
        case .error, .critical: line += paint("error   ", "31;1")
        }
        line += "\(event.message)"
        // Under systemd the journal has every field; a person only needs the run's id.
        if let run = all["run_id"] { line += paint("  run=\(run)", "2") }
        let bytes = Array((line + "\n").utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }

    private func paint(_ text: String, _ code: String) -> String {
        isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}

import Glibc
import Logging
import Synchronization
import Systemd
import Values

extension DaemonSettings {
    private static let isQuietLoggingSetUp = Mutex(false)

    /// Sets up logging for a command that does one thing: messages that deserve attention go to standard error. Does
    /// nothing when called again.
    static func bootstrapQuietLogging(_ installation: Installation) {
        let isFirst = isQuietLoggingSetUp.withLock { isSetUp in
            defer { isSetUp = true }
            return !isSetUp
        }
        guard isFirst else { return }
        let isColoured = isatty(STDERR_FILENO) == 1 && installation.environment["NO_COLOR"] == nil
        let runtime = installation.runtime
        LoggingSystem.bootstrap { _ in
            RewritingLogHandler.harmless(
                TextLogHandler(logLevel: .warning, isColoured: isColoured, runtime: runtime))
        }
    }

    /// Sets up where the daemon's log messages go. Called once per process. Returns what is wrong with the folder for
    /// JSON lines, if anything.
    func bootstrapLogging(environment: [String: String], runtime: Runtime, isSandbox: Bool) -> String? {
        let level = Logger.Level(rawValue: logLevel.rawValue) ?? .info
        var format = logFormat
        if format == .auto { format = JournalLogHandler.isConnected(environment: environment) ? .journal : .text }
        let isColoured = isatty(STDERR_FILENO) == 1 && environment["NO_COLOR"] == nil
        let file = logFolder.isEmpty ? nil : DailyLogFile(folder: logFolder, keepDays: logKeepDays, runtime: runtime)
        LoggingSystem.bootstrap { [format] label in
            var handler: any LogHandler =
                switch format {
                case .journal: JournalLogHandler(label: label)
                case .json: JSONLogHandler(label: label, runtime: runtime, sink: JSONLogHandler.standardError)
                case .text, .auto: TextLogHandler(isColoured: isColoured, runtime: runtime)
                }
            if let file {
                handler = MultiplexLogHandler([
                    handler, JSONLogHandler(label: label, runtime: runtime, sink: { file.append($0) }),
                ])
            }
            handler = RewritingLogHandler.harmless(handler)
            if isSandbox { handler = RewritingLogHandler.sandbox(handler) }
            handler.logLevel = level
            return handler
        }
        return file?.problem
    }
}

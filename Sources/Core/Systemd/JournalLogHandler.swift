internal import CSystemd
import Glibc
public import Logging

/// Writes log messages to systemd's journal as structured records, in journald's native protocol.
///
/// Metadata become fields with upper-case names, so that `journalctl -u 4runr JOB=backup` can filter them. The key
/// `event` becomes the MESSAGE_ID of its `JournalEvent`.
public struct JournalLogHandler: LogHandler {
    public var logLevel: Logger.Level = .info
    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?
    private let label: String

    public init(label: String) { self.label = label }

    /// Whether standard error is connected to the journal. `JOURNAL_STREAM` holds the journal's device and inode,
    /// systemd.exec(5).
    public static func isConnected(environment: [String: String]) -> Bool {
        guard let stream = environment["JOURNAL_STREAM"] else { return false }
        var status = stat()
        guard fstat(STDERR_FILENO, &status) == 0 else { return false }
        return stream == "\(status.st_dev):\(status.st_ino)"
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
        if let own = event.metadata { all.merge(own) { $1 } }
        var fields = [
            "MESSAGE=\(event.message)", "PRIORITY=\(Self.priority(event.level))", "SYSLOG_IDENTIFIER=4runr",
            "COMPONENT=\(label)",
        ]
        for (key, value) in all {
            if key == "event" {
                if let event = JournalEvent(rawValue: "\(value)") { fields.append("MESSAGE_ID=\(event.messageID)") }
            } else if let name = Self.fieldName(key) {
                fields.append("\(name)=\(value)")
            }
        }
        Self.send(fields)
    }

    /// Converts a key to upper-case letters, digits and underscores, not beginning with an underscore or a digit.
    /// journald drops other names.
    static func fieldName(_ key: String) -> String? {
        let name = String(
            key.uppercased().unicodeScalars.map { scalar -> Character in
                scalar.isASCII && scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    ? Character(scalar) : "_"
            })
        guard let first = name.first, first.isLetter, name.utf8.count <= 64 else { return nil }
        return name
    }

    /// syslog(3) levels.
    static func priority(_ level: Logger.Level) -> Int {
        switch level {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }

    private static func send(_ fields: [String]) {
        let copies = fields.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        let vectors = copies.compactMap { copy in copy.map { iovec(iov_base: $0, iov_len: strlen($0)) } }
        // If the journal does not respond, there is nowhere else to report it.
        _ = vectors.withUnsafeBufferPointer { fourrunr_journal_send($0.baseAddress, Int32($0.count)) }
    }
}

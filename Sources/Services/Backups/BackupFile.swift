public import Values

/// A backup in the backups folder, as described by its name and size.
public struct BackupFile: Sendable, Codable, Equatable {
    /// `leads-2026-11-21T02-30-00.000Z-scheduled.db`
    public let name: String
    public let createdAt: Timestamp
    public let reason: Reason
    /// In bytes.
    public let size: Int

    /// Why a backup was made.
    public enum Reason: String, Sendable, Codable, CaseIterable {
        case scheduled
        case manual
        case beforeMigration = "before-migration"
        /// The data that a restore replaced.
        case beforeRestore = "before-restore"
    }

    /// The name of a backup made at this moment. Names sort by time.
    static func name(at moment: Timestamp, _ reason: Reason) -> String {
        let time = moment.description.map { character -> Character in
            switch character {
            case " ": "T"
            case ":": "-"
            default: character
            }
        }
        return "leads-\(String(time))Z-\(reason.rawValue).db"
    }

    /// Returns nil if this program does not give backups such a name.
    init?(name: String, size: Int) {
        guard name.hasPrefix("leads-"), name.hasSuffix(".db") else { return nil }
        let middle = name.dropFirst("leads-".count).dropLast(".db".count)
        guard middle.count > 25, middle.dropFirst(23).hasPrefix("Z-"),
            let reason = Reason(rawValue: String(middle.dropFirst(25)))
        else { return nil }
        var time = Array(middle.prefix(23))
        for index in [13, 16] { time[index] = ":" }
        guard let moment = Timestamp(parsing: String(time)) else { return nil }
        self.name = name
        self.createdAt = moment
        self.reason = reason
        self.size = size
    }
}

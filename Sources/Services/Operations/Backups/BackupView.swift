import Backups
public import Values

/// A backup as shown in lists.
public struct BackupView: Sendable, Codable, Equatable {
    /// `leads-2026-11-21T02-30-00.000Z-scheduled.db`
    public let name: String
    public let createdAt: Timestamp
    /// `scheduled`, `manual`, `before-migration` or `before-restore`.
    public let reason: String
    /// In bytes.
    public let size: Int

    init(_ file: BackupFile) {
        (name, createdAt, reason, size) = (file.name, file.createdAt, file.reason.rawValue, file.size)
    }
}

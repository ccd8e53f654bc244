import Storage

/// A migration, and whether it has been applied.
public struct MigrationView: Sendable, Codable, Equatable {
    public let number: Int
    public let name: String
    public let applied: Bool

    init(_ status: MigrationStatus) { (number, name, applied) = (status.number, status.name, status.applied) }

    /// The number of the last migration that the program knows.
    public static var latest: Int { Migration.latest }
}

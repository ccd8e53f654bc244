import Storage

/// A migration, and whether the database has it.
public struct MigrationView: Sendable, Codable, Equatable {
    public let number: Int
    public let name: String
    public let applied: Bool

    init(_ status: MigrationStatus) { (number, name, applied) = (status.number, status.name, status.applied) }

    /// The number of the last one that the program knows.
    public static var latest: Int { Migration.latest }
}

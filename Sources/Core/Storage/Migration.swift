/// One step of the schema. Frozen once released: a change to the schema is a new one.
public struct Migration: Sendable {
    /// From 1, without holes.
    public let number: Int
    public let name: String
    let up: String
    let down: String

    /// All of them in order.
    static let all: [Migration] = [
        .leads, .campaigns, .airtableSync, .runs, .leadSearch, .pipeline, .jobFailures, .twoWaySync, .leadStages,
    ]

    /// What a database looks like that all of them were applied to, see `Store.fingerprint`. A test says what it has to be.
    static let latestFingerprint: UInt64 = 0x3EA3_EAF9_4056_373B

    /// The schema's number that this program works with.
    public static var latest: Int { all.last?.number ?? 0 }
}

/// A migration and whether the database has it.
public struct MigrationStatus: Sendable, Codable, Equatable {
    public let number: Int
    public let name: String
    public let applied: Bool

    /// Every migration that the program knows, for a database that is not there yet.
    public static var none: [MigrationStatus] {
        Migration.all.map { MigrationStatus(number: $0.number, name: $0.name, applied: false) }
    }
}

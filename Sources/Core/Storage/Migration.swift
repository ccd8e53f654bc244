/// One step of the schema. It must not change once released: a change to the schema is a new migration.
public struct Migration: Sendable {
    /// From 1, without gaps.
    public let number: Int
    public let name: String
    let up: String
    let down: String

    /// All migrations, in order.
    static let all: [Migration] = [
        .leads, .campaigns, .airtableSync, .runs, .leadSearch, .pipeline, .jobFailures, .twoWaySync, .leadStages,
    ]

    /// The fingerprint of a database with all migrations applied, see `Store.fingerprint`. A test checks it.
    static let latestFingerprint: UInt64 = 0x3EA3_EAF9_4056_373B

    /// The schema number that this program works with.
    public static var latest: Int { all.last?.number ?? 0 }
}

/// A migration and whether the database has it.
public struct MigrationStatus: Sendable, Codable, Equatable {
    public let number: Int
    public let name: String
    public let applied: Bool

    /// The status of every migration when there is no database yet.
    public static var none: [MigrationStatus] {
        Migration.all.map { MigrationStatus(number: $0.number, name: $0.name, applied: false) }
    }
}

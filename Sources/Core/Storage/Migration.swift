internal import GRDB

/// One step of the schema. It must not change once released: a change to the schema is a new migration.
public struct Migration: Sendable {
    /// From 1, without gaps.
    public let number: Int
    public let name: String
    let up: String
    let down: String
    /// What `up` cannot say in SQL, done after it in the same transaction.
    var afterUp: (@Sendable (Database) throws -> Void)?
    /// What `down` cannot say in SQL, done before it in the same transaction. Throws when going back would lose what must
    /// not be lost.
    var beforeDown: (@Sendable (Database) throws -> Void)?

    init(
        number: Int, name: String, up: String, down: String, afterUp: (@Sendable (Database) throws -> Void)? = nil,
        beforeDown: (@Sendable (Database) throws -> Void)? = nil
    ) {
        self.number = number
        self.name = name
        self.up = up
        self.down = down
        self.afterUp = afterUp
        self.beforeDown = beforeDown
    }

    /// All migrations, in order.
    static let all: [Migration] = [
        .leads, .campaigns, .airtableSync, .runs, .leadSearch, .pipeline, .jobFailures, .twoWaySync, .leadStages,
        .leadRecords, .companies, .interface, .domainNames,
    ]

    /// The fingerprint of a database with all migrations applied, see `Store.fingerprint`. A test checks it.
    static let latestFingerprint: UInt64 = 0x8740_7A3E_4A03_1783

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

internal import GRDB

/// Moves the schema up and down. The number it stands at is the file's `user_version`, which is part of the same
/// transaction as the change itself.
public struct MigrationQueries: Sendable {
    let store: Store

    /// The schema's number; 0 for a new file.
    public func current() throws(StorageError) -> Int {
        try store.reading { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
    }

    /// Every migration that the program knows, in order.
    public func status() throws(StorageError) -> [MigrationStatus] {
        let current = try current()
        return Migration.all.map { MigrationStatus(number: $0.number, name: $0.name, applied: $0.number <= current) }
    }

    /// Applies what is missing up to `target`, each in a transaction of its own; answers what was applied.
    ///
    /// - Parameters:
    ///   - target: the schema's number to stop at; nil for the latest.
    ///   - snapshot: called once, before anything changes, when the file holds data.
    public func up(
        to target: Int? = nil, snapshot: () throws -> Void
    ) throws(StorageError) -> [MigrationStatus] {
        let current = try current()
        let wanted = Migration.all.filter { $0.number > current && $0.number <= target ?? Migration.latest }
        guard !wanted.isEmpty else { return [] }
        if current > 0 { try store.perform(snapshot) }
        for migration in wanted { try apply(migration.up, leaving: migration.number) }
        return wanted.map { MigrationStatus(number: $0.number, name: $0.name, applied: true) }
    }

    /// Takes back what is above `target`, the latest first; the data of the tables that go is gone with them, so a
    /// snapshot is made first. Answers what was taken back.
    public func down(to target: Int, snapshot: () throws -> Void) throws(StorageError) -> [MigrationStatus] {
        let current = try current()
        let unwanted = Migration.all.filter { $0.number > max(0, target) && $0.number <= current }.reversed()
        guard !unwanted.isEmpty else { return [] }
        try store.perform(snapshot)
        for migration in unwanted { try apply(migration.down, leaving: migration.number - 1) }
        return unwanted.map { MigrationStatus(number: $0.number, name: $0.name, applied: false) }
    }

    private func apply(_ statements: String, leaving number: Int) throws(StorageError) {
        try store.writing { database in
            try database.execute(sql: statements)
            try database.execute(
                sql: "PRAGMA application_id = \(Store.applicationID); PRAGMA user_version = \(number)")
        }
    }
}

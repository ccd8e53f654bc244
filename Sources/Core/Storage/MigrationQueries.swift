internal import GRDB
import Values

/// Migrates the schema up and down. Its number is the file's `user_version`, which is set in the same transaction as
/// the change itself.
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

    /// Applies the missing migrations up to `target`, each in its own transaction. Returns those that were applied.
    ///
    /// - Parameters:
    ///   - target: the schema number to stop at; nil for the latest.
    ///   - snapshot: called once, before anything changes, when the file holds data.
    public func up(
        to target: Int? = nil, snapshot: () throws -> Void
    ) throws(StorageError) -> [MigrationStatus] {
        let current = try current()
        let wanted = Migration.all.filter { $0.number > current && $0.number <= target ?? Migration.latest }
        guard !wanted.isEmpty else { return [] }
        if current > 0 { try store.perform(snapshot) }
        for migration in wanted {
            try apply(leaving: migration.number) { database in
                try database.execute(sql: migration.up)
                try migration.afterUp?(database)
                // What is ready may be forbidden by what is known now. There is no clock here; the last change is moment enough.
                guard migration.number == Migration.latest, current > 0,
                    let last = try String.fetchOne(database, sql: "SELECT max(updated_at) FROM leads"),
                    let now = Timestamp(parsing: last)
                else { return }
                try LeadQueries.withdrawForbidden(at: now, database)
            }
        }
        return wanted.map { MigrationStatus(number: $0.number, name: $0.name, applied: true) }
    }

    /// Reverts the migrations above `target`, latest first. The data in removed tables is lost, so a snapshot is made
    /// first. Returns those that were reverted.
    public func down(to target: Int, snapshot: () throws -> Void) throws(StorageError) -> [MigrationStatus] {
        let current = try current()
        let unwanted = Migration.all.filter { $0.number > max(0, target) && $0.number <= current }.reversed()
        guard !unwanted.isEmpty else { return [] }
        try store.perform(snapshot)
        for migration in unwanted {
            try apply(leaving: migration.number - 1) { database in
                try migration.beforeDown?(database)
                try database.execute(sql: migration.down)
            }
        }
        return unwanted.map { MigrationStatus(number: $0.number, name: $0.name, applied: false) }
    }

    private func apply(leaving number: Int, _ change: (Database) throws -> Void) throws(StorageError) {
        try store.writing { database in
            try change(database)
            try database.execute(
                sql: "PRAGMA application_id = \(Store.applicationID); PRAGMA user_version = \(number)")
        }
    }
}

internal import GRDB

extension Store {
    /// Checks that a file has the parts that its schema number promises. The number can be set by hand, and a query for
    /// a missing column ends the program, so the schema itself is checked before the number is trusted.
    ///
    /// Throws `corrupt` with what is missing.
    static func examineSchema(_ database: Database, version: Int, path: String) throws {
        guard (1...Migration.latest).contains(version) else { return }
        if version == Migration.latest, try fingerprint(of: database) == Migration.latestFingerprint { return }
        let wanted = try parts(of: version)
        let missing = wanted.subtracting(try parts(database)).sorted()
        guard let first = missing.first else { return }
        throw StorageError(
            .corrupt, path,
            "says that it has schema \(version), but lacks \(first)\(missing.count > 1 ? " and \(missing.count - 1) more" : "")",
            hint: "restore a backup: 4runr backup list, then 4runr backup restore NAME")
    }

    /// A hash (FNV-1a) of the statements that created the schema's parts. It is equal for all databases made by the
    /// same migrations.
    static func fingerprint(of database: Database) throws -> UInt64 {
        let texts = try String.fetchAll(
            database,
            sql: """
                SELECT type || char(10) || name || char(10) || coalesce(sql, '') FROM sqlite_schema
                WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name
                """)
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for text in texts {
            for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        }
        return hash
    }

    /// The names of tables, their columns, indexes and triggers.
    private static func parts(_ database: Database) throws -> Set<String> {
        Set(
            try String.fetchAll(
                database,
                sql: """
                    SELECT 'the column ' || m.name || '.' || p.name FROM sqlite_schema m, pragma_table_info(m.name) p
                    WHERE m.type = 'table'
                    UNION ALL SELECT 'the ' || type || ' ' || name FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
                    """))
    }

    /// The parts that the migrations up to a number create.
    private static func parts(of version: Int) throws -> Set<String> {
        try DatabaseQueue().write { database in
            for migration in Migration.all where migration.number <= version { try database.execute(sql: migration.up) }
            return try parts(database)
        }
    }
}

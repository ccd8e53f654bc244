internal import GRDB
import Glibc
import Synchronization

/// The database of a data folder: one SQLite file in WAL mode, opened once per process.
///
/// Calls are synchronous and may block on the disk, and on locks for up to the busy timeout. Make them only from
/// threads that may block, never from Swift's cooperative ones. Only the asynchronous `write` and `read` may be called
/// anywhere.
public final class Store: Sendable {
    /// How a store is opened.
    public enum Access: Sendable {
        /// Creates the file if it is missing. The schema is left as it is.
        case readWrite
        /// The file must exist.
        case existing
        /// The file must exist. Nothing is written.
        case readOnly
    }

    public let path: String
    let database: any DatabaseWriter
    /// The identity of the opened file, to notice when another file has taken its place.
    private let identity: FileIdentity?

    private struct FileIdentity: Equatable {
        let device: dev_t
        let number: ino_t

        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            device = status.st_dev
            number = status.st_ino
        }
    }

    /// The identities of the write-ahead log and its index when they were first seen. They do not change while the
    /// store is open.
    private let logs = Mutex<[String: FileIdentity]>([:])
    /// Whether the file was empty when it was opened, without even a schema.
    public let isBlank: Bool

    /// Whether the files at the path are still the ones that were opened. If not, anything written would be lost.
    public var isInPlace: Bool {
        guard FileIdentity(path) == identity else { return false }
        return logs.withLock { logs in
            ["-wal", "-shm"].allSatisfy { suffix in
                let now = FileIdentity(path + suffix)
                guard let known = logs[suffix] else {
                    logs[suffix] = now
                    return true
                }
                return now == known
            }
        }
    }

    /// `"4rnr"` in the file's header distinguishes our files from those of other programs.
    static let applicationID: Int32 = 0x34_72_6E_72

    private var session: Session { Session(store: self, database: nil) }
    /// Runs of jobs, their steps, and what is owed. Each call on this and the following properties is a transaction of
    /// its own.
    public var runs: RunQueries { RunQueries(session: session) }
    /// Leads.
    public var leads: LeadQueries { LeadQueries(session: session) }
    /// What was found out about leads beyond their own records.
    public var enrichment: EnrichmentQueries { EnrichmentQueries(session: session) }
    /// Messages, and the paid calls made for them.
    public var messages: MessageQueries { MessageQueries(session: session) }
    /// Which leads wait for which stage.
    public var due: DueQueries { DueQueries(session: session) }
    /// Companies and their pages.
    public var companies: CompanyQueries { CompanyQueries(session: session) }
    /// What each strategy of a search brought.
    public var yields: YieldQueries { YieldQueries(session: session) }
    /// Results of paid searches.
    public var searches: SearchQueries { SearchQueries(session: session) }
    /// Addresses and domains that nobody is written to at.
    public var suppressions: SuppressionQueries { SuppressionQueries(session: session) }
    /// What waits until a person has looked at something.
    public var holds: HoldQueries { HoldQueries(session: session) }
    /// Counts that are kept as rows change.
    public var counters: CounterQueries { CounterQueries(session: session) }
    /// Tokens, and the answers that were given to requests with a key of their own.
    public var tokens: TokenQueries { TokenQueries(session: session) }
    /// How often each external service was called.
    public var calls: CallQueries { CallQueries(session: session) }
    /// What Airtable has to be sent, and what it was sent.
    public var sync: SyncQueries { SyncQueries(session: session) }
    /// The schema's number, and migrations between schemas.
    public var migrations: MigrationQueries { MigrationQueries(store: self) }

    /// Opens the file at `path`.
    ///
    /// Throws a `StorageError` if the file is missing (and `access` does not create it), is not a database, belongs to
    /// another program, is damaged, was written by a newer version, is locked, or may not be opened. If it throws,
    /// nothing has been changed.
    ///
    /// - Parameters:
    ///   - busyTimeout: how long to wait for a lock of another process.
    ///   - log: where to record the statements that are prepared.
    public init(
        path: String, access: Access = .readWrite, busyTimeout: Duration = .seconds(5),
        log: StatementLog? = StatementLog.process
    ) throws(StorageError) {
        self.path = path
        try Store.examineFile(path, access)
        var configuration = GRDB.Configuration()
        configuration.busyMode = Store.patience(busyTimeout)
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = 3
        configuration.prepareDatabase { database in
            if let log { database.trace { if case .statement(let statement) = $0 { log.note(statement.sql) } } }
            // A long read lets the log grow. Once it is over, the log shrinks to this many bytes.
            try database.execute(
                sql: "PRAGMA cache_size = -1024; PRAGMA temp_store = FILE; PRAGMA journal_size_limit = 4194304")
        }
        do {
            switch access {
            case .readWrite, .existing:
                database = try DatabasePool(path: path, configuration: configuration)
            case .readOnly:
                configuration.readonly = true
                database = try DatabaseQueue(path: path, configuration: configuration)
            }
            isBlank = try database.read { database in
                let header = (
                    application: try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0,
                    version: try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0,
                    tables: try Int.fetchOne(
                        database,
                        sql: "SELECT count(*) FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'") ?? 0
                )
                try Store.examineHeader(
                    path, application: header.application, version: header.version, tables: header.tables)
                try Store.examineSchema(database, version: header.version, path: path)
                return header == (0, 0, 0)
            }
            identity = FileIdentity(path)
        } catch { throw StorageError(error, path: path) }
    }

    /// Waits for a lock of another process in short and uneven steps. SQLite's own waiting looks ten times a second, and comes
    /// away empty from others that write without a pause.
    private static func patience(_ limit: Duration) -> Database.BusyMode {
        let step = Duration.milliseconds(5)
        return .callback { tries in
            guard step * tries < limit else { return false }
            usleep(tries < 5 ? 1_000 : .random(in: 2_000...8_000))
            return true
        }
    }

    /// Checks whether the file may be ours before SQLite opens it. If it may be missing, creates it with mode 0600.
    ///
    /// An existing file is not opened here: closing any descriptor of it would release the locks that SQLite holds on
    /// it in this process, see fcntl(2).
    private static func examineFile(_ path: String, _ wanted: Access) throws(StorageError) {
        let mustExist = wanted != .readWrite
        let isRead = wanted == .readOnly
        if !mustExist {
            let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            if descriptor >= 0 {
                Glibc.close(descriptor)
            } else if errno != EEXIST {
                throw StorageError(system: errno, path, "cannot be made")
            }
        }
        var status = stat()
        guard stat(path, &status) == 0 else {
            guard errno == ENOENT || errno == ENOTDIR else {
                throw StorageError(system: errno, path, "cannot be examined")
            }
            throw StorageError(.missing, path, "no database here yet", hint: "it is made when the daemon first starts")
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw StorageError(.foreign, path, "is not a regular file", hint: "a database file is expected here")
        }
        guard access(path, isRead ? R_OK : R_OK | W_OK) == 0 else {
            throw StorageError(
                system: errno, path, "cannot be opened", hint: "check the owner and mode of the file and its folder")
        }
        if mustExist, status.st_size == 0 { throw StorageError(.missing, path, "the database is still empty") }
        if !isRead, status.st_mode & 0o077 != 0, status.st_uid == geteuid() { chmod(path, 0o600) }
    }

    static func examineHeader(_ path: String, application: Int32, version: Int, tables: Int) throws(StorageError) {
        // An empty file becomes ours.
        guard version != 0 || application != 0 || tables != 0 else { return }
        guard application == applicationID else {
            throw StorageError(
                .foreign, path, "is a database of another program", hint: "name another folder with --data DIR")
        }
        guard version > 0 || version == 0 && tables == 0 else {
            throw StorageError(
                .corrupt, path, "holds data, but says that it has schema \(version)",
                hint: "restore a backup: 4runr backup list, then 4runr backup restore NAME")
        }
        guard version <= Migration.latest else {
            throw StorageError(
                .newer, path,
                "was written by a newer version of 4runr (schema \(version); this one knows \(Migration.latest))",
                hint:
                    "install that version, or go back with its own: 4runr migrate down --to \(Migration.latest); or restore a backup"
            )
        }
    }

    /// The findings of `PRAGMA quick_check`, one per element; empty if the file is sound. Reads the whole file.
    public func integrityProblems() throws(StorageError) -> [String] {
        try reading { database in
            try String.fetchAll(database, sql: "PRAGMA quick_check(20)").filter { $0 != "ok" }
        }
    }

    /// Checks that the database can be written, by taking the write lock and releasing it. Throws what prevents it.
    public func proveWritable() throws(StorageError) {
        try perform { try self.database.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE; ROLLBACK") } }
    }

    /// Gives the writing connection more cache, for work on many rows. Pages that do not fit are written out and read
    /// again within each transaction.
    public func widenCache(megabytes: Int) throws(StorageError) {
        try perform {
            try self.database.writeWithoutTransaction {
                try $0.execute(sql: "PRAGMA cache_size = \(-1_024 * max(1, min(1_024, megabytes)))")
            }
        }
    }

    /// Runs `work` while no other connection can write.
    public func holdingWriteLock(_ work: () throws -> Void) throws(StorageError) { try writing { _ in try work() } }

    /// Checks that the database can be read. Throws what prevents it.
    public func proveReadable() throws(StorageError) { _ = try migrations.current() }

    /// Moves the write-ahead log into the file and closes the store. Every later call throws.
    public func close() throws(StorageError) {
        try perform {
            // Closing alone would not move it, because the last connection to be closed is a read-only one.
            try self.database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
            try self.database.close()
        }
    }
}

extension Store {
    func reading<Value>(_ work: (Database) throws -> Value) throws(StorageError) -> Value {
        try perform { try self.database.read(work) }
    }

    /// Runs `work` in one transaction: all of it is written, or nothing.
    ///
    /// Throws `removed` when the file is no longer in its place, because anything written would be lost.
    func writing<Value>(_ work: (Database) throws -> Value) throws(StorageError) -> Value {
        try requireInPlace()
        return try perform { try self.database.write(work) }
    }

    func requireInPlace() throws(StorageError) {
        guard isInPlace else {
            throw StorageError(
                .removed, path, "was removed or replaced while it was open, so nothing is written to it",
                hint: "rescue what it holds with 4runr backup create, then restart: systemctl restart 4runr")
        }
    }

    func perform<Value>(_ work: () throws -> Value) throws(StorageError) -> Value {
        do { return try work() } catch { throw StorageError(error, path: path) }
    }
}

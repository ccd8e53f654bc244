internal import GRDB
import Values

/// One transaction: all that is done with it is written, or nothing.
///
/// Handed to the work of `Store.write` and `Store.read`, and of no use after it.
public struct Transaction {
    let session: Session

    /// Leads.
    public var leads: LeadQueries { LeadQueries(session: session) }
    /// What was found out about leads beyond their own records.
    public var enrichment: EnrichmentQueries { EnrichmentQueries(session: session) }
    /// Messages, and the paid calls that they cost.
    public var messages: MessageQueries { MessageQueries(session: session) }
    /// Which leads wait for which stage.
    public var due: DueQueries { DueQueries(session: session) }
    /// Answers to paid searches.
    public var searches: SearchQueries { SearchQueries(session: session) }
    /// How often each service outside was called.
    public var calls: CallQueries { CallQueries(session: session) }
    /// Runs of jobs, their steps, and what is owed.
    public var runs: RunQueries { RunQueries(session: session) }
    /// What Airtable is to be told, and what it was told.
    public var sync: SyncQueries { SyncQueries(session: session) }

    /// Does a part of the transaction, and undoes that part alone when a row breaks a rule of the schema or cannot be read.
    /// Other errors are thrown, and end the transaction.
    public func attempting<Value>(_ work: () throws -> Value) throws -> Result<Value, StorageError> {
        try session.attempting(work)
    }
}

/// A store that opens a transaction for each call, or a transaction that is open.
struct Session {
    let store: Store
    /// Nil where each call has a transaction of its own.
    let database: Database?

    func read<Value>(_ work: (Database) throws -> Value) throws(StorageError) -> Value {
        guard let database else { return try store.reading(work) }
        return try store.perform { try work(database) }
    }

    func write<Value>(_ work: (Database) throws -> Value) throws(StorageError) -> Value {
        guard let database else { return try store.writing(work) }
        return try store.perform { try work(database) }
    }

    func attempting<Value>(_ work: () throws -> Value) throws -> Result<Value, StorageError> {
        guard let database else { return .success(try work()) }
        var outcome: Result<Value, StorageError>?
        do {
            try database.inSavepoint {
                outcome = .success(try work())
                return .commit
            }
        } catch {
            let failure =
                (error as? StorageError) ?? (error as? DatabaseError).map { StorageError($0, path: store.path) }
            guard let failure, [.constraint, .unreadable].contains(failure.kind) else { throw error }
            outcome = .failure(failure)
        }
        guard let outcome else { throw StorageError(.other, store.path, "a part of a transaction came to nothing") }
        return outcome
    }
}

extension Store {
    /// Runs the work in one transaction that writes, on a thread that may block.
    ///
    /// Not cancelled once it has begun, so that what was paid for is written down whatever becomes of the task. Throws a
    /// `StorageError`, or what the work throws; then nothing is written.
    public func write<Value: Sendable>(
        _ work: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await Blocking.run { try self.transaction(work) }
    }

    /// Runs the work on one state of the database, on a thread that may block.
    public func read<Value: Sendable>(
        _ work: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await Blocking.run { try self.snapshot(work) }
    }

    /// As `write`, for callers that may block.
    public func transaction<Value>(_ work: (Transaction) throws -> Value) throws -> Value {
        try requireInPlace()
        return try translating { try self.database.write { try work(Transaction(session: self.session($0))) } }
    }

    /// As `read`, for callers that may block.
    public func snapshot<Value>(_ work: (Transaction) throws -> Value) throws -> Value {
        try translating { try self.database.read { try work(Transaction(session: self.session($0))) } }
    }

    private func session(_ database: Database) -> Session { Session(store: self, database: database) }

    /// What the work itself throws is passed on as it is.
    private func translating<Value>(_ work: () throws -> Value) throws -> Value {
        do { return try work() } catch let error as DatabaseError { throw StorageError(error, path: path) } catch let
            error as RowDecodingError
        { throw StorageError(error, path: path) }
    }
}

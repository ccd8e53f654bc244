internal import GRDB
import Values

/// One transaction: everything done with it is written, or nothing.
///
/// It is passed to the closures of `Store.write` and `Store.read`, and must not be used after they return.
public struct Transaction {
    let session: Session

    /// Leads.
    public var leads: LeadQueries { LeadQueries(session: session) }
    /// What was found out about leads beyond their own records.
    public var enrichment: EnrichmentQueries { EnrichmentQueries(session: session) }
    /// Companies and their pages.
    public var companies: CompanyQueries { CompanyQueries(session: session) }
    /// What each strategy of a search brought.
    public var yields: YieldQueries { YieldQueries(session: session) }
    /// Messages, and the paid calls made for them.
    public var messages: MessageQueries { MessageQueries(session: session) }
    /// Which leads wait for which stage.
    public var due: DueQueries { DueQueries(session: session) }
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
    /// Runs of jobs, their steps, and what is owed.
    public var runs: RunQueries { RunQueries(session: session) }
    /// What Airtable has to be sent, and what it was sent.
    public var sync: SyncQueries { SyncQueries(session: session) }

    /// Runs a part of the transaction. If a row violates the schema or cannot be read, only that part is undone. Other
    /// errors are thrown and end the transaction.
    public func attempting<Value>(_ work: () throws -> Value) throws -> Result<Value, StorageError> {
        try session.attempting(work)
    }
}

/// Either a store, which opens a transaction for each call, or an open transaction.
struct Session {
    let store: Store
    /// Nil if each call has a transaction of its own.
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
        guard let outcome else { throw StorageError(.other, store.path, "part of a transaction returned no result") }
        return outcome
    }
}

extension Store {
    /// Runs `work` in one writing transaction, on a thread that may block.
    ///
    /// Once begun, it is not cancelled with the task, so that what was paid for is stored. Throws a `StorageError`, or
    /// what `work` throws; nothing is written then.
    public func write<Value: Sendable>(
        _ work: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await Blocking.run { try self.transaction(work) }
    }

    /// Runs `work` on one consistent state of the database, on a thread that may block.
    public func read<Value: Sendable>(
        _ work: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await Blocking.run { try self.snapshot(work) }
    }

    /// Like `write`, for callers that may block.
    public func transaction<Value>(_ work: (Transaction) throws -> Value) throws -> Value {
        try requireInPlace()
        return try translating { try self.database.write { try work(Transaction(session: self.session($0))) } }
    }

    /// Like `read`, for callers that may block.
    public func snapshot<Value>(_ work: (Transaction) throws -> Value) throws -> Value {
        try translating { try self.database.read { try work(Transaction(session: self.session($0))) } }
    }

    private func session(_ database: Database) -> Session { Session(store: self, database: database) }

    /// Errors that `work` itself throws are passed on unchanged.
    private func translating<Value>(_ work: () throws -> Value) throws -> Value {
        do { return try work() } catch let error as DatabaseError { throw StorageError(error, path: path) } catch let
            error as RowDecodingError
        { throw StorageError(error, path: path) }
    }
}

public import Leads
public import Values

/// Where the scheduler records what it owes and what it did. The program implements it with Storage.
///
/// Both calls are synchronous: the scheduler makes them on its own queue, and changes its state in memory only after
/// they have succeeded. A commit has three outcomes: it returns when the changes were written; it throws when they were
/// not, a `LedgerRejection` for changes that can never be written and any other error for a temporary problem; and it
/// throws `LedgerUncertainty` when the outcome is unknown.
public protocol RunLedger: Sendable {
    /// The runs that are pending or running, and each job's remembered state.
    func open() throws -> (active: [Activity], states: [JobState])
    /// The slots of a job within a range, both ends included, that ran, are running, or wait to run.
    func slots(of job: String, from first: Timestamp, through last: Timestamp) throws -> Set<Timestamp>
    /// Writes all of the changes or none. Returns, for each, the id of the row it created, if any.
    func commit(_ changes: [RunChange]) throws -> [Int64?]
}

/// A change contradicts the database, for example because rows were removed by hand. Trying again does not help.
public struct LedgerRejection: PresentableError {
    public let message: String
    public var errorKind: ErrorKind { .internal }

    public init(_ message: String) { self.message = message }
}

/// It is unknown whether the changes were written, for example because the connection to the database broke during the
/// commit. The scheduler reads the rows again, as after a crash.
public struct LedgerUncertainty: PresentableError {
    public let message: String
    public var errorKind: ErrorKind { .temporary }

    public init(_ message: String) { self.message = message }
}

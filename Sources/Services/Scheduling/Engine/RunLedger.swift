public import Leads
public import Values

/// Where the scheduler writes down what it owes and what it did. In the program it stands over Storage.
///
/// Both calls are synchronous: they are made on the scheduler's own queue, and what it holds in memory is changed only
/// after they have succeeded. A commit has three outcomes: done, when it returns; not done, when it throws, a
/// `LedgerRejection` for changes that can never be written and any other error for what may pass; and unknown, when it
/// throws `LedgerUncertainty`.
public protocol RunLedger: Sendable {
    /// Runs that are pending or running, and since when each job is armed.
    func open() throws -> (active: [Activity], states: [JobState])
    /// All of the changes, or none. Returns, for each, the id of the row it made.
    func commit(_ changes: [RunChange]) throws -> [Int64?]
}

/// A change contradicts what is recorded, as when somebody has removed rows by hand. Trying again would not help.
public struct LedgerRejection: PresentableError {
    public let message: String
    public var errorKind: ErrorKind { .internal }

    public init(_ message: String) { self.message = message }
}

/// Nobody knows whether the changes were written, as when the way to the database broke while it committed. The scheduler
/// reads what there is, as after a crash.
public struct LedgerUncertainty: PresentableError {
    public let message: String
    public var errorKind: ErrorKind { .temporary }

    public init(_ message: String) { self.message = message }
}

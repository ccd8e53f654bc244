import Leads
import Pipeline
import Storage
import Values

/// What a use case needs to change leads by hand, either alongside a running daemon or while holding the folder's lock.
/// Blocking.
struct HandWork: Sendable {
    let store: Store
    let intake: Intake
    let configuration: any Configuration
    /// The name under which this process is registered as a writer; empty when it works on a copy.
    let writer: String
    /// The person who asks.
    let author: LeadAuthor
    let runtime: Runtime
    /// Whether what is done is undone at the end.
    var isDryRun = false
    /// Keeps the answer to the request.
    var receipt: Receipt?
}

extension HandWork {
    /// Does what the request asks for in one transaction, in which its answer is kept, too.
    ///
    /// - Parameter keepsAnswer: false if more transactions follow, of which the last keeps it.
    func transaction<Value: Sendable>(
        keepsAnswer: Bool = true, _ work: (Transaction) throws -> Value
    ) throws -> Value {
        do {
            return try store.transaction { transaction in
                let value = try work(transaction)
                guard !isDryRun else { throw Undone(value: value) }
                if keepsAnswer { try receipt?.keep(value, in: transaction) }
                return value
            }
        } catch let undone as Undone<Value> { return undone.value }
    }

    /// Like `transaction`, but what was written stays where a problem is returned, such as that the person said no.
    func transaction<Value: Sendable>(
        keepingRefusals work: (Transaction) throws -> Result<Value, OperationProblem>
    ) throws -> Value {
        try transaction(keepsAnswer: false) { transaction in
            let result = try work(transaction)
            if !isDryRun, case .success(let value) = result { try receipt?.keep(value, in: transaction) }
            return result
        }.get()
    }

    /// Ends the transaction of a dry run.
    private struct Undone<Value: Sendable>: Error { let value: Value }

    /// Throws when a person decided something and a program would undo it.
    func requirePerson(over authors: [LeadAuthor], _ what: String) throws(OperationProblem) {
        guard !author.isPerson, let person = authors.first(where: \.isPerson) else { return }
        throw OperationProblem(
            .forbidden, "\(person) \(what), and only a person undoes that: with a token that was made --person")
    }

    /// Changes all leads that a person names, or none of them if one cannot be changed, and records a step for each. Returns
    /// their numbers, in the order in which they were first named.
    func changeEach(
        of names: [String], step: String, in transaction: Transaction, _ change: (Lead, Timestamp) throws -> Void
    ) throws -> [Int64] {
        let moment = runtime.now
        // All are looked up first: after its deletion a lead has no email to be named by.
        var leads: [Lead] = []
        for name in names {
            let lead = try transaction.lead(named: name)
            if !leads.contains(where: { $0.id == lead.id }) { leads.append(lead) }
        }
        for lead in leads {
            try change(lead, moment)
            try transaction.runs.add([Step(byHand: step, of: lead.id, by: author, at: moment)])
        }
        return leads.map(\.id)
    }
}

extension OperationContext {
    /// Does blocking work with the folder's leads, on a thread that may block. Throws an `OperationProblem`, a
    /// `StorageError`, or what the work throws.
    ///
    /// - Parameters:
    ///   - onCopy: whether to work on a copy of the database, which is then discarded.
    ///   - what: what is being done, for a person who has to wait for it.
    func workByHand<Value: Sendable>(
        onCopy: Bool = false, _ what: String = "leads by hand", _ work: @escaping @Sendable (HandWork) throws -> Value
    ) async throws -> Value {
        let (loaded, runtime, author) = (try await configuration(), runtime, author)
        let (isDryRun, receipt) = (isDryRun, receipt)
        @Sendable func hand(_ store: Store, _ writer: String) -> HandWork {
            HandWork(
                store: store, intake: loaded.intake(over: store), configuration: loaded, writer: writer, author: author,
                runtime: runtime, isDryRun: isDryRun, receipt: receipt)
        }
        guard !onCopy else { return try await data.writeOnCopy { try work(hand($0, "")) } }
        return try await data.write(what, logger: logger) { try work(hand($0, $1)) }
    }
}

extension Transaction {
    /// The lead that a person names by its number, uuid or email. Throws an `OperationProblem` when there is none.
    func lead(named name: String) throws -> Lead {
        guard let lead = try leads.find(named: name) else { throw OperationProblem.noLead(name) }
        return lead
    }
}

extension Lead {
    /// What `LeadView.version` is.
    ///
    /// - Parameter epoch: the database's epoch of change numbers.
    func version(in epoch: Int64) -> String { Self.version(revision, of: id, in: epoch) }

    static func version(_ revision: Int64, of id: Int64, in epoch: Int64) -> String { "\(revision)-\(id)-\(epoch)" }

    /// Throws an `OperationProblem` unless the lead is in one of these versions; nil is any.
    func require(_ wanted: [String]?, in transaction: Transaction) throws {
        guard let wanted, try !wanted.contains(version(in: transaction.counters.epoch())) else { return }
        throw OperationProblem(
            .stale, "lead \(id) has changed since: it has revision \(revision) now; look at it again")
    }
}

extension OperationProblem {
    /// The lead was deleted, or is part of another.
    static func isGone(_ lead: Lead) -> OperationProblem {
        OperationProblem(
            .conflict, lead.mergedInto.map { "lead \(lead.id) is part of lead \($0)" } ?? "lead \(lead.id) was deleted")
    }

    /// No lead has this number, UUID or email.
    static func noLead(_ name: String) -> OperationProblem {
        OperationProblem(.notFound, "there is no lead \"\(name)\"; see: 4runr leads search")
    }
}

import AirtableSync
import Cleaning
public import Leads
public import Pipeline
import Scheduling
public import Storage
public import Values

/// What people do with leads by hand. Blocking: each call is made from a thread that may wait for the disk.
public struct LeadOperations: Sendable {
    let store: Store
    let intake: Intake
    /// The name that this process is registered as a writer by.
    let writer: String
    let version: String
    let runtime: Runtime

    public init(
        store: Store, intake: Intake, writer: String, version: String, runtime: Runtime
    ) {
        self.store = store
        self.intake = intake
        self.writer = writer
        self.version = version
        self.runtime = runtime
    }

    /// The lead that a person names by its number, uuid or email. Throws an `OperationProblem` when there is none.
    private func find(_ name: String) throws -> Lead {
        guard let lead = try store.leads.find(named: name) else { throw OperationProblem.noLead(name) }
        return lead
    }

    /// A lead with the subject of its message.
    public func view(of lead: Lead) throws -> LeadView {
        LeadView(lead, subject: try store.messages.subjects(of: [lead.id])[lead.id])
    }

    /// What became of a lead that a person brought.
    public struct Added: Sendable, Codable, Equatable {
        /// `new`, `merged` or `known`.
        public let result: String
        public let id: Int64
        /// What was left out and why.
        public let notes: [String]
    }

    /// Takes a lead in that a person typed. Throws an `OperationProblem` that says why it is none.
    public func add(_ fields: LeadFields) throws -> Added {
        let draft = LeadDraft(fields: fields, source: "manual")
        let notes = (try? intake.notes(of: draft)) ?? []
        switch try intake.take([draft])[0] {
        case .inserted(let id): return Added(result: "new", id: id, notes: notes)
        case .merged(let id, _): return Added(result: "merged", id: id, notes: notes)
        case .unchanged(let id): return Added(result: "known", id: id, notes: notes)
        case .removed(let id):
            throw OperationProblem(.usage, "this is lead \(id), which was deleted; it does not come back by itself")
        case .refused(let reason): throw OperationProblem(.usage, "not a lead: \(reason)")
        }
    }

    /// Changes fields as a person says; nil empties one. What is written is cleaned as everything is. Throws an
    /// `OperationProblem` when a value is not valid or too little would be left.
    public func edit(_ name: String, _ changes: [LeadField: String?]) throws -> Lead {
        let lead = try find(name)
        let moment = runtime.now
        var step = manualStep("edit", lead: lead.id, at: moment)
        step.input = RunReport.json(
            Dictionary(uniqueKeysWithValues: changes.map { ($0.key.rawValue, $0.value ?? "") }))
        try store.transaction { transaction in
            guard let current = try transaction.leads.find(lead.id), current.deletedAt == nil else {
                throw OperationProblem(.usage, "lead \(lead.id) was deleted")
            }
            let clean = try cleaned(current, changes)
            guard clean.fields != current.fields else { return }
            var change = LeadChange()
            change.identity = (clean.fields, clean.keys)
            try transaction.leads.change(current, change, because: .person, at: moment)
            try transaction.runs.add([step])
        }
        guard let edited = try store.leads.find(lead.id) else {
            throw OperationProblem(.usage, "there is no lead \(lead.id) any more")
        }
        return edited
    }

    /// The lead with these changes. Throws an `OperationProblem` when a value is not valid, or too little would be left.
    private func cleaned(_ lead: Lead, _ changes: [LeadField: String?]) throws(OperationProblem) -> CleanLead {
        var fields = lead.fields
        for (field, value) in changes { fields[field] = value }
        if changes.keys.contains(.fullName) { (fields[.firstName], fields[.lastName]) = (nil, nil) }
        if changes.keys.contains(.firstName) || changes.keys.contains(.lastName) { fields[.fullName] = nil }
        let clean: CleanLead
        do throws(Cleaner.Refusal) { clean = try intake.clean(LeadDraft(fields: fields, source: "manual")) } catch {
            throw OperationProblem(.usage, "it would be no lead any more: \(error)")
        }
        guard clean.notes.isEmpty else { throw OperationProblem(.usage, clean.notes.joined(separator: "; ")) }
        return clean
    }

    /// Throws an `OperationProblem` for the first name that is nobody's, before anything is done with the others.
    public func require(_ names: [String]) throws { for name in names { _ = try find(name) } }

    /// Removes a lead from lists and stages. Throws an `OperationProblem` when there is none.
    public func remove(_ name: String) throws -> Lead {
        let lead = try find(name)
        let moment = runtime.now
        let step = manualStep("delete", lead: lead.id, at: moment)
        try store.transaction { transaction in
            guard let current = try transaction.leads.find(lead.id), current.deletedAt == nil else {
                throw OperationProblem(.usage, "lead \(lead.id) was deleted before")
            }
            var change = LeadChange()
            change.deletedAt = .some(moment)
            try transaction.leads.change(current, change, because: .person, at: moment)
            try transaction.runs.add([step])
        }
        return lead
    }

    /// Brings a removed lead back. Throws an `OperationProblem` when there is none, or when it was not removed.
    public func restore(_ name: String) throws -> Lead {
        let lead = try find(name)
        let moment = runtime.now
        let step = manualStep("restore", lead: lead.id, at: moment)
        try store.transaction { transaction in
            guard let current = try transaction.leads.find(lead.id),
                try RecordRules.restore(current, in: transaction, at: moment)
            else { throw OperationProblem(.usage, "lead \(lead.id) is not deleted") }
            try transaction.runs.add([step])
        }
        return lead
    }

    /// A row of its own: no run stands above what a person does by hand.
    private func manualStep(_ type: String, lead: Int64, at moment: Timestamp) -> Step {
        Step(run: nil, job: "leads", type: type, leadID: lead, startedAt: moment, endedAt: moment, duration: .zero)
    }
}

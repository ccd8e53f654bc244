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
    public static func find(_ name: String, in store: Store?) throws -> Lead {
        guard let lead = try store?.leads.find(named: name) else {
            throw OperationProblem(.usage, "there is no lead \"\(name)\"; see: 4runr leads search")
        }
        return lead
    }

    /// The subject of a lead's message; nil when it has none.
    public func subject(of lead: Lead) throws -> String? { try store.stages.subjects(of: [lead.id])[lead.id] }

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
        let lead = try LeadOperations.find(name, in: store)
        let moment = runtime.now
        var step = manualStep("edit", lead: lead.id, at: moment)
        step.input = RunReport.json(
            Dictionary(uniqueKeysWithValues: changes.map { ($0.key.rawValue, $0.value ?? "") }))
        let intake = intake
        var problem: OperationProblem?
        let edited = try store.leads.edit(lead.id, at: moment, step: step) { current in
            var fields = current.fields
            for (field, value) in changes { fields[field] = value }
            if changes.keys.contains(.fullName) { (fields[.firstName], fields[.lastName]) = (nil, nil) }
            if changes.keys.contains(.firstName) || changes.keys.contains(.lastName) { fields[.fullName] = nil }
            do throws(Cleaner.Refusal) {
                let clean = try intake.clean(LeadDraft(fields: fields, source: "manual"))
                if clean.notes.isEmpty { return (clean.fields, clean.keys) }
                problem = OperationProblem(.usage, clean.notes.joined(separator: "; "))
            } catch { problem = OperationProblem(.usage, "it would be no lead any more: \(error)") }
            return nil
        }
        if let problem { throw problem }
        guard let edited else { throw OperationProblem(.usage, "lead \(lead.id) was deleted") }
        return edited
    }

    /// Throws an `OperationProblem` for the first name that is nobody's, before anything is done with the others.
    public func require(_ names: [String]) throws { for name in names { _ = try LeadOperations.find(name, in: store) } }

    /// Removes a lead from lists and stages. Throws an `OperationProblem` when there is none.
    public func remove(_ name: String) throws -> Lead {
        let lead = try LeadOperations.find(name, in: store)
        let moment = runtime.now
        guard try store.leads.remove(lead.id, at: moment, step: manualStep("delete", lead: lead.id, at: moment)) else {
            throw OperationProblem(.usage, "lead \(lead.id) was deleted before")
        }
        return lead
    }

    /// Brings a removed lead back. Throws an `OperationProblem` when there is none, or when it was not removed.
    public func restore(_ name: String) throws -> Lead {
        let lead = try LeadOperations.find(name, in: store)
        let moment = runtime.now
        guard try store.leads.restore(lead.id, at: moment, step: manualStep("restore", lead: lead.id, at: moment))
        else { throw OperationProblem(.usage, "lead \(lead.id) is not deleted") }
        return lead
    }

    /// A row of its own: no run stands above what a person does by hand.
    private func manualStep(_ type: String, lead: Int64, at moment: Timestamp) -> Step {
        Step(run: nil, job: "leads", type: type, leadID: lead, startedAt: moment, endedAt: moment, duration: .zero)
    }
}

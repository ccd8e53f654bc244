import Leads
import Storage
import Values

/// What became of a record that was pulled.
enum PullResult: Sendable, Equatable {
    /// The lead says the same.
    case unchanged(Int64)
    case updated(Int64, changed: [String])
    case inserted(Int64)
    /// Of somebody whom we know and who had no record.
    case linked(Int64, changed: [String])
    /// Of somebody who has another record.
    case duplicate(Int64)
    /// Of somebody whom a person has removed.
    case removed(Int64)
    /// Nobody whom we know, and archived.
    case archived
    case notALead(String)
}

/// A record of Airtable's on its way into the database: one that is linked is merged with its lead; another goes the way of
/// every new record, and is linked at once, so that no crash makes one person twice.
struct RecordIntake {
    let transaction: Transaction
    let merge: LeadMerge
    let intake: any PulledLeadIntake
    let now: Timestamp

    struct Record: Sendable {
        let id: String
        let cells: [SyncColumn: Cell]
        let modified: Timestamp?

        /// What its key field says; nil when it says nothing.
        var uuid: String? { if case .text(let text)? = cells[.uuid] { text } else { nil } }
    }

    /// What became of a record, and what the merge found; nil where there was nothing to bring together.
    typealias Taken = (result: PullResult, outcome: LeadMerge.Outcome?)

    func take(_ record: Record) throws -> Taken {
        switch try transaction.attempting({ try takeIn(record) }) {
        case .success(let taken): return taken
        case .failure(let error): return (.notALead(error.description), nil)
        }
    }

    private var sync: SyncQueries { transaction.sync }

    private func takeIn(_ record: Record) throws -> Taken {
        var duplicate: Lead?
        if let link = try sync.link(of: record.id), let lead = try transaction.leads.find(link.lead) {
            guard link.state == .duplicate else {
                if link.state != .linked { try sync.link(record.id, to: lead.id, .linked) }
                // It is there after all.
                if link.state == .missing { try sync.settle("record", of: lead.id, as: .settled, at: now) }
                return try bringTogether(record, lead, wasGone: link.state == .gone, isKnown: true)
            }
            duplicate = lead
        } else if let uuid = record.uuid, let lead = try transaction.leads.find(uuid: uuid), lead.airtableID == nil {
            try sync.link(record.id, to: lead.id, .linked)
            // We have deleted it, and somebody has brought it back.
            let status = try sync.status(of: lead.id)
            if lead.deletedAt != nil, status?.operation == .delete, status?.isDone == true {
                return try bringTogether(record, lead, wasGone: true, isKnown: true)
            }
            // Made by us, and the answer was lost; or the database is an older one than Airtable knows.
            return try bringTogether(record, lead, wasGone: false, isKnown: false)
        }
        // Whom somebody has archived before we met is nobody to take in.
        guard record.cells[.archived] == nil else { return (.archived, nil) }
        let clean: CleanLead
        do { clean = try intake.canonical(merge.draft(record.cells)) } catch { return (.notALead("\(error)"), nil) }
        // What a second record says is taken over once: it does not fill again what somebody has emptied since.
        if let lead = duplicate, lead.airtableID != nil, try transaction.leads.isMade(lead, of: clean) {
            return (lead.deletedAt == nil ? .duplicate(lead.id) : .removed(lead.id), nil)
        }
        switch try intake.take(clean, in: transaction, at: now) {
        case .refused(let reason): return (.notALead(reason), nil)
        case .removed(let id):
            try sync.link(record.id, to: id, .duplicate)
            return (.removed(id), nil)
        case .inserted(let id): return try meet(record, id, isNew: true)
        case .merged(let id, _), .unchanged(let id): return try meet(record, id, isNew: false)
        }
    }

    /// The first time that a record and a lead are found to be one person.
    private func meet(_ record: Record, _ id: Int64, isNew: Bool) throws -> Taken {
        guard let lead = try transaction.leads.find(id) else { return (.notALead("the lead is gone"), nil) }
        if let known = lead.airtableID, known != record.id {
            try sync.link(record.id, to: id, .duplicate)
            return (.duplicate(id), nil)
        }
        try sync.link(record.id, to: id, .linked)
        let outcome = try outcome(record, lead, isNew: isNew)
        guard let merged = outcome.merged else { return (.unchanged(id), outcome) }
        let changed = try transaction.apply(merged, to: lead, record: record.id, at: now)
        return (isNew ? .inserted(id) : .linked(id, changed: changed), outcome)
    }

    /// - Parameters:
    ///   - wasGone: the lead was deleted because its record was, and is back with it.
    ///   - isKnown: the two have met before.
    private func bringTogether(_ record: Record, _ found: Lead, wasGone: Bool, isKnown: Bool) throws -> Taken {
        var lead = found
        var changed: [String] = []
        if wasGone, let back = try transaction.restore(lead, because: .airtable(isPending: true), at: now) {
            lead = back
            changed = ["restored"]
        }
        let outcome = try outcome(record, lead, isNew: false)
        if let merged = outcome.merged {
            changed += try transaction.apply(merged, to: lead, record: record.id, at: now)
        }
        if !isKnown { return (.linked(lead.id, changed: changed), outcome) }
        return (changed.isEmpty ? .unchanged(lead.id) : .updated(lead.id, changed: changed), outcome)
    }

    private func outcome(_ record: Record, _ lead: Lead, isNew: Bool) throws -> LeadMerge.Outcome {
        var outcome = try merge.merge(
            record.cells, modified: record.modified, with: try sync.known(lead), isNew: isNew)
        outcome.name = lead.displayName
        outcome.lead = lead.id
        return outcome
    }
}

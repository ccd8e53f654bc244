import Leads
import Storage
import Values

/// What became of a pulled record.
enum PullResult: Sendable, Equatable {
    /// The lead already has the same values.
    case unchanged(Int64)
    case updated(Int64, changed: [String])
    case inserted(Int64)
    /// A lead that had no record got this one.
    case linked(Int64, changed: [String])
    /// The lead already has another record.
    case duplicate(Int64)
    /// A person has removed the lead.
    case removed(Int64)
    /// The record is archived and matches no known lead.
    case archived
    case notALead(String)
}

/// Takes a pulled record into the database. A linked record is merged with its lead. Any other goes through the same
/// intake as every new lead and is linked in the same transaction, so that no crash creates the same person twice.
struct RecordIntake {
    let transaction: Transaction
    let merge: LeadMerge
    let intake: any PulledLeadIntake
    let now: Timestamp

    struct Record: Sendable {
        let id: String
        let cells: [SyncColumn: Cell]
        let modified: Timestamp?

        /// The content of the key field; nil if it is empty.
        var uuid: String? { if case .text(let text)? = cells[.uuid] { text } else { nil } }
    }

    /// What became of a record, and the outcome of the merge; nil if nothing was merged.
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
                // The record was considered missing, but exists.
                if link.state == .missing { try sync.settle("record", of: lead.id, as: .settled, at: now) }
                return try bringTogether(record, lead, wasGone: link.state == .gone, isKnown: true)
            }
            duplicate = lead
        } else if let uuid = record.uuid, let lead = try transaction.leads.find(uuid: uuid), lead.airtableID == nil,
            lead.mergedInto == nil
        {
            try sync.link(record.id, to: lead.id, .linked)
            // We deleted the record, and someone has restored it.
            let status = try sync.status(of: lead.id)
            if lead.deletedAt != nil, status?.operation == .delete, status?.isDone == true {
                return try bringTogether(record, lead, wasGone: true, isKnown: true)
            }
            // We created the record and the response was lost, or the database was restored from an older backup.
            return try bringTogether(record, lead, wasGone: false, isKnown: false)
        }
        // A record that is archived before we ever saw it is not taken in.
        guard record.cells[.archived] == nil else { return (.archived, nil) }
        let clean: CleanLead
        do { clean = try intake.canonical(merge.draft(record.cells, of: record.id)) } catch {
            return (.notALead("\(error)"), nil)
        }
        // The data of a duplicate record is taken over only once, so it does not refill what someone has emptied since.
        if let lead = duplicate, lead.airtableID != nil,
            try transaction.leads.holder(of: clean)?.id == lead.id
        {
            return (lead.deletedAt == nil ? .duplicate(lead.id) : .removed(lead.id), nil)
        }
        switch try intake.take(clean, in: transaction, at: now) {
        case .refused(let reason), .suppressed(let reason): return (.notALead(reason), nil)
        case .removed(let id):
            try sync.link(record.id, to: id, .duplicate)
            return (.removed(id), nil)
        case .inserted(let id): return try meet(record, id, isNew: true)
        case .merged(let id, _), .unchanged(let id): return try meet(record, id, isNew: false)
        }
    }

    /// Links a record and a lead that were found to be the same person for the first time.
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
    ///   - wasGone: the lead was deleted because its record was gone, and is restored with it.
    ///   - isKnown: whether the record and the lead were linked before.
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
            record.cells, modified: record.modified, with: try sync.state(of: lead), isNew: isNew)
        outcome.name = lead.displayName
        outcome.lead = lead.id
        return outcome
    }
}

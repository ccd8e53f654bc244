import Leads
import Storage
import Values

/// What Airtable refused, and when it is tried again.
struct Refusal: Sendable {
    let error: String
    /// From how often it was refused by then; nil when a person is to look at it.
    let again: @Sendable (Int) -> Timestamp?

    init(_ error: String, again: @escaping @Sendable (Int) -> Timestamp?) {
        self.error = error.withoutSecrets
        self.again = again
    }
}

/// A lead that Airtable took.
struct AcceptedLead: Sendable {
    let lead: Lead
    let recordID: String
    /// What was left out of it because Airtable refused it.
    let refused: Refusal?
    /// What is agreed on now, from what was agreed on before.
    let shadow: @Sendable (SyncQueries.Shadow?) throws -> SyncQueries.Shadow
}

extension Transaction {
    /// Writes down what Airtable took. A lead that changed since it was read stays pending.
    func accept(_ accepted: AcceptedLead, at now: Timestamp) throws {
        let id = accepted.lead.id
        // Somebody moved the key in Airtable: the record is this lead's now, and the other one gets a new record.
        for other in try sync.others(with: accepted.recordID, than: id) {
            var standing = SyncQueries.Standing()
            standing.record = .some(nil)
            try sync.note(standing, of: other.id)
            try leads.change(other, LeadChange(), because: .recordLost, at: now)
        }
        var standing = SyncQueries.Standing()
        standing.record = .some(accepted.recordID)
        (standing.syncedAt, standing.attemptedAt) = (now, now)
        try sync.note(standing, of: id)
        try sync.link(accepted.recordID, to: id, .linked)
        let before = try sync.known(accepted.lead).shadow
        try sync.agree(try accepted.shadow(before), on: id, record: accepted.recordID, at: now)
        if let refusal = accepted.refused {
            try refuse(accepted.lead, refusal, at: now)
        } else {
            try sync.settle(id, revision: accepted.lead.revision, at: now)
        }
    }

    /// Writes down that Airtable refused a lead; it stays pending.
    func refuse(_ sent: Lead, _ refusal: Refusal, at now: Timestamp) throws {
        // What was refused is not what it says now, which is tried at once.
        guard let lead = try leads.find(sent.id), lead.revision == sent.revision else {
            return try sync.forgive(sent.id, isUnderWay: true)
        }
        var standing = SyncQueries.Standing()
        standing.error = .some(refusal.error)
        standing.attemptedAt = now
        standing.isPending = true
        try sync.note(standing, of: lead.id)
        // Its count is of refusals; what is under way has counted the first attempt already.
        let before = try sync.status(of: lead.id)
        let count = before?.error != nil ? (before?.attempts ?? 0) + 1 : 1
        try sync.fail(
            lead.id, lead.airtableID == nil ? .create : .update, error: refusal.error, count: count,
            again: refusal.again(count), at: now)
    }

    /// Ends a conflict as a person decided. False when it was over already.
    ///
    /// - Parameter merge: what the decision makes of the lead, from the cell that Airtable had.
    func resolve(
        _ id: Int64, keeping side: SyncQueries.Side, at now: Timestamp,
        merge: (SyncQueries.Known, SyncQueries.Conflict) throws -> MergedLead?
    ) throws -> SyncQueries.Conflict? {
        guard let conflict = try sync.conflict(id), conflict.resolvedAt == nil,
            let lead = try leads.find(conflict.lead)
        else { return nil }
        try sync.settle(conflict.column, of: lead.id, as: SyncQueries.Resolution(side), at: now)
        let known = try sync.known(lead)
        if conflict.column == "record" {
            if known.link == .missing {
                try endRecord(of: lead, isRemoved: side == .airtable, at: now)
            } else if lead.deletedAt != nil, side == .airtable {
                _ = try restore(lead, because: .person, at: now)
            } else if lead.deletedAt != nil {
                try leads.change(lead, LeadChange(), because: .person, at: now)
            }
        } else if let record = lead.airtableID, let merged = try merge(known, conflict) {
            // A push that is under way does not know of it; and what was given up is tried again.
            _ = try apply(merged, to: lead, record: record, at: now, isDecided: true)
            try sync.forgive(lead.id, isUnderWay: false)
        }
        return conflict
    }
}

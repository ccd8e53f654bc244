import Leads
import Storage
import Values

/// What Airtable refused, and when to try again.
struct Refusal: Sendable {
    let error: String
    /// Maps the number of refusals so far to the time of the next attempt; nil when a person has to look at it.
    let again: @Sendable (Int) -> Timestamp?

    init(_ error: String, again: @escaping @Sendable (Int) -> Timestamp?) {
        self.error = error.withoutSecrets
        self.again = again
    }
}

/// A lead that Airtable accepted.
struct AcceptedLead: Sendable {
    let lead: Lead
    let recordID: String
    /// The parts that were left out because Airtable refused them.
    let refused: Refusal?
    /// Computes the new shadow from the stored one.
    let shadow: @Sendable (SyncQueries.Shadow?) throws -> SyncQueries.Shadow
}

extension Transaction {
    /// Records that Airtable accepted a lead. If the lead has changed since it was read, it stays pending.
    func accept(_ accepted: AcceptedLead, at now: Timestamp) throws {
        let id = accepted.lead.id
        // While it was sent, the lead became part of another: the record is another one of that person.
        if try leads.find(id)?.mergedInto != nil {
            let target = try leads.final(id)
            if try sync.link(of: accepted.recordID) == nil { try sync.link(accepted.recordID, to: target, .duplicate) }
            return
        }
        // If another lead has this record, someone moved the key in Airtable. The record now belongs to this lead, and
        // the other one gets a new record.
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
        let before = try sync.state(of: accepted.lead).shadow
        try sync.agree(try accepted.shadow(before), on: id, record: accepted.recordID, at: now)
        if let refusal = accepted.refused {
            try refuse(accepted.lead, refusal, at: now)
        } else {
            try sync.settle(id, revision: accepted.lead.revision, at: now)
        }
    }

    /// Records that Airtable refused a lead. It stays pending.
    func refuse(_ sent: Lead, _ refusal: Refusal, at now: Timestamp) throws {
        // If the lead has changed since, the refusal does not apply to its new values, which are tried at once.
        guard let lead = try leads.find(sent.id), lead.revision == sent.revision else {
            return try sync.forgive(sent.id, isUnderWay: true)
        }
        var standing = SyncQueries.Standing()
        standing.error = .some(refusal.error)
        standing.attemptedAt = now
        standing.isPending = true
        try sync.note(standing, of: lead.id)
        // Only refusals count. For a first attempt, `begin` has already set the count to 1.
        let before = try sync.status(of: lead.id)
        let count = before?.error != nil ? (before?.attempts ?? 0) + 1 : 1
        try sync.fail(
            lead.id, lead.airtableID == nil ? .create : .update, error: refusal.error, count: count,
            again: refusal.again(count), at: now)
    }

    /// Resolves a conflict as a person decided. Returns nil if there is no such conflict or it was already resolved.
    ///
    /// - Parameter merge: computes the lead that results from the decision, from the cell that Airtable had.
    func resolve(
        _ id: Int64, keeping side: SyncQueries.Side, at now: Timestamp,
        merge: (SyncQueries.LeadState, SyncQueries.Conflict) throws -> MergedLead?
    ) throws -> SyncQueries.Conflict? {
        guard let conflict = try sync.conflict(id), conflict.resolvedAt == nil,
            let lead = try leads.find(conflict.lead)
        else { return nil }
        try sync.settle(conflict.column, of: lead.id, as: SyncQueries.Resolution(side), at: now)
        let known = try sync.state(of: lead)
        if conflict.column == "record" {
            if known.link == .missing {
                try endRecord(of: lead, isRemoved: side == .airtable, at: now)
            } else if lead.deletedAt != nil, side == .airtable {
                _ = try restore(lead, because: .person, at: now)
            } else if lead.deletedAt != nil {
                try leads.change(lead, LeadChange(), because: .person, at: now)
            }
        } else if let record = lead.airtableID, let merged = try merge(known, conflict) {
            // A push that is under way does not know about the decision. A lead that was given up is tried again.
            _ = try apply(merged, to: lead, record: record, at: now, isDecided: true)
            try sync.forgive(lead.id, isUnderWay: false)
        }
        return conflict
    }
}

public import Leads
public import Storage
public import Values

/// What a merge makes of a lead.
struct MergedLead: Sendable {
    var fields: LeadFields
    var keys: MatchKeys
    /// Nil leaves it.
    var status: LeadStatus?
    /// Nil leaves it; an inner nil removes it.
    var message: String??
    var isVerified: Bool?
    var needsEnrichment: Bool?
    /// The lead was removed here or there, and is there again.
    var isRestored = false
    var shadow: SyncQueries.Shadow
    /// Whether Airtable lacks something that is here.
    var isPending: Bool
    var conflicts: [SyncQueries.NewConflict] = []
    /// Columns whose conflict is over, since both sides say the same or one of them took its change back.
    var settled: [String] = []

    init(fields: LeadFields, keys: MatchKeys, shadow: SyncQueries.Shadow, isPending: Bool) {
        self.fields = fields
        self.keys = keys
        self.shadow = shadow
        self.isPending = isPending
    }
}

extension Transaction {
    /// Writes a merge down, with what is agreed on from now on. Returns the columns of the lead that it changed.
    ///
    /// - Parameter isDecided: a person has decided about a conflict, so that what waits goes out at once.
    func apply(
        _ merged: MergedLead, to lead: Lead, record: String, at now: Timestamp, isDecided: Bool = false
    ) throws -> [String] {
        var lead = lead
        var restored: [String] = []
        if merged.isRestored, lead.deletedAt != nil {
            lead = try restore(lead, because: .airtable(isPending: true), at: now) ?? lead
            restored = ["restored"]
        }
        for conflict in merged.conflicts { try sync.add(conflict, to: lead.id, at: now) }
        for column in merged.settled { try sync.settle(column, of: lead.id, as: .settled, at: now) }

        var change = LeadChange()
        var changed = LeadField.allCases.filter { lead.fields[$0] != merged.fields[$0] }.map(\.rawValue)
        if !changed.isEmpty { change.identity = (merged.fields, merged.keys) }
        changed += restored
        if let status = merged.status, status != lead.status {
            change.status = status
            changed.append("status")
        }
        if let flag = merged.isVerified, flag != lead.isVerified {
            change.isVerified = flag
            changed.append("verified")
        }
        // Other fields have settled by themselves whether more is to be found out.
        let needed = change.identity == nil ? lead.needsEnrichment : !merged.fields.missing.isEmpty
        if let flag = merged.needsEnrichment, flag != needed {
            change.needsEnrichment = flag
            changed.append("needs_enrichment")
        }
        if let message = merged.message, message != lead.message {
            change.message = .some(message)
            try messages.rewriteDraft(of: lead.id, message, at: now)
            changed.append("ai_message")
        }
        var cause = ChangeCause.airtable(isPending: merged.isPending)
        if isDecided, merged.isPending { cause = .person }
        if change != LeadChange() || cause == .person { try leads.change(lead, change, because: cause, at: now) }
        if merged.needsEnrichment == true, !lead.needsEnrichment { try due.make(lead.id, .enrich, at: now) }

        var standing = SyncQueries.Standing()
        standing.record = .some(record)
        standing.syncedAt = now
        standing.isPending = merged.isPending
        if !merged.isPending { standing.error = .some(nil) }
        try sync.note(standing, of: lead.id)
        try sync.agree(merged.shadow, on: lead.id, record: record, at: now)
        // A write whose answer was lost has come to its end, and what was refused is not wanted any more.
        try sync.finish(lead.id, alsoRefused: !merged.isPending)
        return changed
    }

    /// Brings a removed lead back, with what it had. Returns it as it is then; nil when it was not removed.
    func restore(_ lead: Lead, because cause: ChangeCause, at now: Timestamp) throws -> Lead? {
        guard lead.deletedAt != nil else { return nil }
        var change = LeadChange()
        change.deletedAt = .some(nil)
        try leads.change(lead, change, because: cause, at: now)
        try sync.forgive(lead.id, isUnderWay: false)
        try sync.settle("record", of: lead.id, as: .settled, at: now)
        // It is nobody's deletion any more; a record that is gone is made anew.
        try sync.forgetGone(lead.id)
        if let current = try leads.find(lead.id), current.airtableID == nil {
            _ = try promoteDuplicate(of: current, at: now)
        }
        return try leads.find(lead.id)
    }

    /// Removes a lead because its record is gone or archived: Airtable need not be told.
    func removeWithRecord(_ lead: Lead, at now: Timestamp) throws {
        var change = LeadChange()
        change.deletedAt = .some(lead.deletedAt ?? now)
        try leads.change(lead, change, because: .airtable(isPending: false), at: now)
        var standing = SyncQueries.Standing()
        standing.error = .some(nil)
        try sync.note(standing, of: lead.id)
        try sync.close(lead.id)
    }

    /// Another record of the same person takes the place of one that is gone; it is read before anything is sent to it.
    /// Returns whether there was such a record.
    func promoteDuplicate(of lead: Lead, at now: Timestamp) throws -> Bool {
        guard let other = try sync.duplicate(of: lead.id) else { return false }
        try sync.unlink(lead.id)
        try sync.link(other, to: lead.id, .linked)
        var standing = SyncQueries.Standing()
        standing.record = .some(other)
        try sync.note(standing, of: lead.id)
        try leads.change(lead, LeadChange(), because: .recordLost, at: now)
        // Nothing is left to ask a person.
        try sync.settle("record", of: lead.id, as: .settled, at: now)
        return true
    }
}

/// What a person's removing and restoring of leads means for their records.
public enum RecordRules {
    /// Brings a removed lead back as a person says. False when it was not removed.
    public static func restore(_ lead: Lead, in transaction: Transaction, at now: Timestamp) throws -> Bool {
        try transaction.restore(lead, because: .person, at: now) != nil
    }
}

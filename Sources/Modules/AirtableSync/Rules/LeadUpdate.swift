public import Leads
public import Storage
public import Values

/// The result of merging a record into a lead.
struct MergedLead: Sendable {
    var fields: LeadFields
    /// Nil leaves the status as it is.
    var status: LeadStatus?
    /// Nil leaves the message as it is; an inner nil removes it.
    var message: String??
    var isVerified: Bool?
    var needsEnrichment: Bool?
    /// Whether somebody said in Airtable that the person does not want to be written to.
    var isOptOut = false
    /// Whether a lead that was removed, here or in Airtable, is brought back.
    var isRestored = false
    var shadow: SyncQueries.Shadow
    /// Whether something here still has to be sent to Airtable.
    var isPending: Bool
    var conflicts: [SyncQueries.NewConflict] = []
    /// Columns whose conflict is over, because both sides agree or one of them undid its change.
    var settled: [String] = []

    init(fields: LeadFields, shadow: SyncQueries.Shadow, isPending: Bool) {
        self.fields = fields
        self.shadow = shadow
        self.isPending = isPending
    }
}

extension Transaction {
    /// Stores a merge and the new shadow. Returns the lead's columns that changed.
    ///
    /// - Parameter isDecided: a person decided about a conflict, so pending changes are sent at once.
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
        let differing = LeadField.allCases.filter { lead.fields[$0] != merged.fields[$0] }
        var changed = differing.map(\.rawValue) + restored
        // The parts of a name are said together, since those of the full name hold.
        let names: [LeadField] = [.fullName, .firstName, .lastName]
        let isNamed = differing.contains { names.contains($0) }
        let said = isNamed ? names + differing.filter { !names.contains($0) } : differing
        if merged.isOptOut, lead.optOut == nil {
            change.optOut = .some(OptOut(at: now, by: .airtable(record), how: "in Airtable"))
            changed.append("opted_out")
        }
        if let status = merged.status, status != lead.status {
            change.status = status
            changed.append("status")
        }
        if let flag = merged.isVerified, flag != lead.isVerified {
            change.isVerified = flag
            changed.append("verified")
        }
        // A change of the other fields has already set whether enrichment is needed.
        let needed = said.isEmpty ? lead.needsEnrichment : !merged.fields.missing.isEmpty
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
        if !said.isEmpty {
            let values = said.map {
                LeadValue($0, merged.fields[$0], method: "Airtable", author: .airtable(record), at: now)
            }
            try leads.say(values, of: lead, with: change, because: cause, at: now)
        } else if change != LeadChange() || cause == .person {
            try leads.change(lead, change, because: cause, at: now)
        }
        if merged.needsEnrichment == true, !lead.needsEnrichment { try due.make(lead.id, .enrich, at: now) }

        var standing = SyncQueries.Standing()
        standing.record = .some(record)
        standing.syncedAt = now
        standing.isPending = merged.isPending
        if !merged.isPending { standing.error = .some(nil) }
        try sync.note(standing, of: lead.id)
        try sync.agree(merged.shadow, on: lead.id, record: record, at: now)
        // The merge ends a write whose response was lost. If nothing is pending, it also drops what was refused.
        try sync.finish(lead.id, alsoRefused: !merged.isPending)
        return changed
    }

    /// Restores a removed lead with its data. Returns the restored lead; nil if it was not removed.
    func restore(_ lead: Lead, because cause: ChangeCause, at now: Timestamp) throws -> Lead? {
        // A lead that became part of another lives on in that one.
        guard lead.deletedAt != nil, lead.mergedInto == nil else { return nil }
        var change = LeadChange()
        change.deletedAt = .some(nil)
        try leads.change(lead, change, because: cause, at: now)
        try sync.forgive(lead.id, isUnderWay: false)
        try sync.settle("record", of: lead.id, as: .settled, at: now)
        // Links to deleted records are dropped; such a record is created again.
        try sync.forgetGone(lead.id)
        if let current = try leads.find(lead.id), current.airtableID == nil {
            _ = try promoteDuplicate(of: current, at: now)
        }
        return try leads.find(lead.id)
    }

    /// Removes a lead because its record is gone or archived. Nothing has to be sent to Airtable.
    func removeWithRecord(_ lead: Lead, at now: Timestamp) throws {
        var change = LeadChange()
        change.deletedAt = .some(lead.deletedAt ?? now)
        try leads.change(lead, change, because: .airtable(isPending: false), at: now)
        var standing = SyncQueries.Standing()
        standing.error = .some(nil)
        try sync.note(standing, of: lead.id)
        try sync.close(lead.id)
    }

    /// Lets another record of the same person replace one that is gone. It is read before anything is sent to it.
    /// Returns whether there was such a record.
    func promoteDuplicate(of lead: Lead, at now: Timestamp) throws -> Bool {
        guard let other = try sync.duplicate(of: lead.id) else { return false }
        try sync.unlink(lead.id)
        try sync.link(other, to: lead.id, .linked)
        var standing = SyncQueries.Standing()
        standing.record = .some(other)
        try sync.note(standing, of: lead.id)
        try leads.change(lead, LeadChange(), because: .recordLost, at: now)
        // The question about the missing record no longer needs a person's answer.
        try sync.settle("record", of: lead.id, as: .settled, at: now)
        return true
    }
}

/// What it means for a lead's record when a person removes or restores the lead.
public enum RecordRules {
    /// Restores a removed lead on a person's request. Returns false if it was not removed.
    public static func restore(_ lead: Lead, in transaction: Transaction, at now: Timestamp) throws -> Bool {
        try transaction.restore(lead, because: .person, at: now) != nil
    }
}

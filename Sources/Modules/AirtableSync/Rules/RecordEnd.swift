import Leads
import Storage
import Values

/// What to do about a lead whose record is gone.
enum RecordEnd: Sendable {
    /// The lead is removed as well.
    case remove
    /// The record is created again.
    case recreate
    /// The lead stays, without a record.
    case keep
    /// The lead was already removed here. Only the link to the record is dropped.
    case unlink
    /// A person has to decide.
    case wait(SyncQueries.NewConflict)
}

extension Transaction {
    /// Handles a record that is gone in Airtable. Returns what was decided for its lead. Returns nil if the record is
    /// no lead's own, if another record replaced it, or if a person has already been asked.
    func end(
        of record: String, at now: Timestamp,
        decide: (SyncQueries.LeadState) throws -> (RecordEnd, SyncQueries.NewConflict?)
    ) throws -> (known: SyncQueries.LeadState, decision: RecordEnd)? {
        guard let lead = try sync.owner(of: record) else { return nil }
        let known = try sync.state(of: lead)
        if lead.deletedAt == nil, try promoteDuplicate(of: lead, at: now) { return nil }
        // A person has already been asked.
        if known.link == .missing, known.conflicts.contains("record") { return nil }
        let (decision, conflict) = try decide(known)
        if let conflict { try sync.add(conflict, to: lead.id, at: now) }
        switch decision {
        case .remove: try endRecord(of: lead, isRemoved: true, at: now)
        case .recreate: try endRecord(of: lead, isRemoved: false, at: now)
        case .unlink: try part(lead, at: now)
        case .keep:
            try part(lead, at: now)
            // The record is not created again when the lead changes.
            try sync.link(record, to: lead.id, .kept)
            var standing = SyncQueries.Standing()
            standing.record = .some(record)
            try sync.note(standing, of: lead.id)
        case .wait(let conflict):
            try sync.add(conflict, to: lead.id, at: now)
            try sync.link(record, to: lead.id, .missing)
        }
        return (known, decision)
    }

    /// Ends a lead's link to a record that is gone: the lead is either removed or gets a new record.
    func endRecord(of lead: Lead, isRemoved: Bool, at now: Timestamp) throws {
        guard isRemoved else {
            try sync.unlink(lead.id)
            try sync.settle(nil, of: lead.id, as: .local, at: now)
            return try leads.change(lead, LeadChange(), because: .recordLost, at: now)
        }
        try removeWithRecord(lead, at: now)
        try sync.settle(nil, of: lead.id, as: .airtable, at: now)
        try sync.markGone(lead.id)
    }

    /// Keeps the lead as it is, without a record.
    private func part(_ lead: Lead, at now: Timestamp) throws {
        try sync.unlink(lead.id)
        var standing = SyncQueries.Standing()
        standing.isPending = false
        standing.error = .some(nil)
        try sync.note(standing, of: lead.id)
        try sync.close(lead.id)
        try sync.settle(nil, of: lead.id, as: .local, at: now)
    }

    /// Removes a lead because a person archived its record in Airtable. The record stays, and open conflicts stay open
    /// in case someone restores the lead. Returns the lead as it was; nil if it was already removed or has no record.
    func archive(
        _ id: Int64, at now: Timestamp, agreeing shadow: (SyncQueries.Shadow?) throws -> SyncQueries.Shadow
    ) throws -> SyncQueries.LeadState? {
        guard let lead = try leads.find(id), lead.deletedAt == nil, let record = lead.airtableID else { return nil }
        let known = try sync.state(of: lead)
        try removeWithRecord(lead, at: now)
        try sync.agree(try shadow(known.shadow), on: id, record: record, at: now)
        return known
    }

    /// Records that the record of a lead deleted here was deleted in Airtable.
    ///
    /// - Parameter revision: the lead's revision when it was read. A lead that changed since stays pending.
    func finishDelete(_ id: Int64, revision: Int64, at now: Timestamp) throws {
        guard let lead = try leads.find(id) else { return }
        try sync.unlink(id)
        var standing = SyncQueries.Standing()
        standing.isPending = lead.revision != revision
        standing.error = .some(nil)
        standing.syncedAt = now
        try sync.note(standing, of: id)
        try sync.finishDelete(id, at: now)
    }
}

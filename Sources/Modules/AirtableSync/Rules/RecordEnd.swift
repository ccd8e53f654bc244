import Leads
import Storage
import Values

/// What is done about a lead whose record is gone.
enum RecordEnd: Sendable {
    /// The lead is removed with it.
    case remove
    /// It is made anew.
    case recreate
    /// The lead stays, without a record.
    case keep
    /// The lead was removed here before: nothing is left of the record.
    case unlink
    /// A person decides.
    case wait(SyncQueries.NewConflict)
}

extension Transaction {
    /// A record is gone in Airtable. Returns what was decided for its lead; nil for a record that is nobody's own any more,
    /// or whose place another record took.
    func end(
        of record: String, at now: Timestamp,
        decide: (SyncQueries.Known) throws -> (RecordEnd, SyncQueries.NewConflict?)
    ) throws -> (known: SyncQueries.Known, decision: RecordEnd)? {
        guard let lead = try sync.owner(of: record) else { return nil }
        let known = try sync.known(lead)
        if lead.deletedAt == nil, try promoteDuplicate(of: lead, at: now) { return nil }
        // Somebody has been asked already.
        if known.link == .missing, known.conflicts.contains("record") { return nil }
        let (decision, conflict) = try decide(known)
        if let conflict { try sync.add(conflict, to: lead.id, at: now) }
        switch decision {
        case .remove: try endRecord(of: lead, isRemoved: true, at: now)
        case .recreate: try endRecord(of: lead, isRemoved: false, at: now)
        case .unlink: try part(lead, at: now)
        case .keep:
            try part(lead, at: now)
            // It is not made anew when the lead changes.
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

    /// A record is gone: the lead goes with it, or gets a new one.
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

    /// The lead stays as it is, without a record.
    private func part(_ lead: Lead, at now: Timestamp) throws {
        try sync.unlink(lead.id)
        var standing = SyncQueries.Standing()
        standing.isPending = false
        standing.error = .some(nil)
        try sync.note(standing, of: lead.id)
        try sync.close(lead.id)
        try sync.settle(nil, of: lead.id, as: .local, at: now)
    }

    /// A person has archived a lead's record in Airtable: the lead is removed, the record stays. Conflicts wait on, for when
    /// somebody brings the lead back. Returns the lead as it was, or nil when it has already been removed.
    func archive(
        _ id: Int64, at now: Timestamp, agreeing shadow: (SyncQueries.Shadow?) throws -> SyncQueries.Shadow
    ) throws -> SyncQueries.Known? {
        guard let lead = try leads.find(id), lead.deletedAt == nil, let record = lead.airtableID else { return nil }
        let known = try sync.known(lead)
        try removeWithRecord(lead, at: now)
        try sync.agree(try shadow(known.shadow), on: id, record: record, at: now)
        return known
    }

    /// A lead's record was deleted in Airtable because the lead was here.
    ///
    /// - Parameter revision: of the lead as it was read; one that changed since stays pending.
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

import Leads
import Storage
import Values

/// Records that were deleted or archived in Airtable: their leads are soft-deleted here. If there are too many at once,
/// a person has to confirm it first.
extension SyncRun {
    /// Handles linked records that a complete scan did not find.
    func removeUnseen(archived: Set<Int64>) async throws {
        let count = try await store.write { try $0.sync.countUnseen() }
        guard try await mayRemove(count, archived) else {
            return try await store.write { try $0.sync.holdUnseen() }
        }
        var after = ""
        while true {
            let position = after
            let unseen = try await store.read { try $0.sync.unseen(after: position, limit: Self.batch) }
            guard let last = unseen.last else { break }
            after = last
            try await end(unseen)
        }
        try await remove(archived)
    }

    /// Handles archived records from a list of changes. Such a list does not show deleted records.
    func removeArchived(_ leads: Set<Int64>) async throws { try await removeGone([], archived: leads) }

    /// Handles records that Airtable says no longer exist, and leads whose records someone has archived.
    func removeGone(_ named: [String], archived: Set<Int64> = []) async throws {
        guard !named.isEmpty || !archived.isEmpty else { return }
        let (records, deletable) = try await store.write { try $0.sync.linked(among: named) }
        guard try await mayRemove(deletable, archived) else {
            return try await store.write { try $0.sync.hold(records) }
        }
        try await end(records)
        try await remove(archived)
    }

    /// How many leads are written in one transaction.
    private static let batch = 200

    /// The brake: whether the deletions are few enough to go ahead without a person's confirmation.
    ///
    /// - Parameter gone: the number of deleted records whose leads would be deleted here.
    private func mayRemove(_ gone: Int, _ archived: Set<Int64>) async throws -> Bool {
        let linked = try await store.read { try $0.sync.linkedCount() }
        // All deletions of the run count, whichever lists and pages report them.
        let total = removedHere + (settings.deletesThere == .keep ? 0 : gone) + archived.count
        guard !isBraked else { return false }
        guard !request.allowsDeletes, total > settings.mostDeletes(of: linked) else {
            removedHere = total
            return true
        }
        isBraked = true
        report.holds.append(
            "\(total) of \(linked) linked leads would be deleted here, because their records are gone or archived in Airtable; that is more than airtable.delete_brake_percent allows, so these leads were kept. To list them: 4runr sync pull --full --allow-deletes --dry-run. To go ahead, leave out --dry-run"
        )
        return false
    }

    /// A list can omit a record that exists, so each record is requested by its id before anything is done about it.
    private func end(_ records: [String]) async throws {
        let read = try await fetch(records)
        try await removeArchived(read.archived)
        let gone = records.filter { !read.found.contains($0) }
        guard !gone.isEmpty else { return }
        let (merge, policy, rule, now) = (merge, settings.deletesThere, sync.mapping.rule, now)
        let steps = steps
        let ended = try await store.write { transaction in
            try gone.compactMap { record in
                let end = try transaction.end(of: record, at: now) { try SyncRun.decide($0, merge, policy, rule) }
                if let end, case .remove = end.decision {
                    try transaction.runs.add([steps.step(.delete, of: [end.known.lead.id], from: now, to: now)])
                }
                return end
            }
        }
        for (known, decision) in ended {
            let action: SyncPlanItem.Action
            switch decision {
            case .remove:
                action = .deleteHere
                if known.lead.deletedAt == nil { report.deletedHere += 1 }
            case .wait:
                action = .conflict
                report.conflicts += 1
            case .recreate: action = .create
            case .keep, .unlink: continue
            }
            planEnd(action, known)
        }
    }

    private func planEnd(_ action: SyncPlanItem.Action, _ known: SyncQueries.LeadState) {
        guard request.isDryRun else { return }
        report.plan(
            SyncPlanItem(
                action: action, lead: known.lead.id, record: known.recordID, name: known.lead.displayName, changes: []))
    }

    /// If the lead has not changed since, it is deleted with its record. If it has, that is a conflict of the whole
    /// record.
    private static func decide(
        _ known: SyncQueries.LeadState, _ merge: LeadMerge, _ policy: AirtableSettings.IncomingDeletes,
        _ rule: ConflictRule
    ) throws(StorageError) -> (RecordEnd, SyncQueries.NewConflict?) {
        if known.lead.deletedAt != nil { return (.unlink, nil) }
        if policy == .keep { return (.keep, nil) }
        // This record took the place of another one before it was read, and is gone as well.
        if known.shadow == nil { return (.remove, nil) }
        let outgoing = merge.outgoing(known.lead, try SyncShadow(known.shadow), waiting: [])
        guard outgoing != .nothing || !known.conflicts.isEmpty else { return (.remove, nil) }
        func conflict(_ resolution: SyncQueries.Side?) -> SyncQueries.NewConflict {
            SyncQueries.NewConflict(
                column: "record", base: nil, local: "changed", airtable: "deleted", cell: nil, resolution: resolution)
        }
        switch rule {
        // Airtable does not say when a record was deleted, so there is no time to compare.
        case .airtableWins, .lastModifiedWins: return (.remove, conflict(.airtable))
        case .localWins: return (.recreate, conflict(.local))
        case .manual: return (.wait(conflict(nil)), nil)
        }
    }

    private func remove(_ archived: Set<Int64>) async throws {
        guard let field = active.compared.first(where: { $0.column == .archived }) else { return }
        let (leads, now, steps) = (archived.sorted(), now, steps)
        for start in stride(from: 0, to: leads.count, by: Self.batch) {
            let batch = leads[start..<min(leads.count, start + Self.batch)]
            let removed = try await store.write { transaction in
                try batch.compactMap { id in
                    let known = try transaction.archive(id, at: now) { stored in
                        var shadow = try SyncShadow(stored)
                        shadow.agree(field, cell: try? field.cell("true"), value: "true")
                        return shadow.stored
                    }
                    if let known {
                        try transaction.runs.add([steps.step(.delete, of: [known.lead.id], from: now, to: now)])
                    }
                    return known
                }
            }
            report.deletedHere += removed.count
            for known in removed { planEnd(.deleteHere, known) }
        }
    }
}

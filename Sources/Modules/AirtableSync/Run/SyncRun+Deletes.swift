import Leads
import Storage
import Values

/// What is gone in Airtable, or archived there, goes here too: softly, and never many at once without a person's word.
extension SyncRun {
    /// After a scan that was complete.
    func removeUnseen(archived: [Int64]) async throws {
        let batch = 200
        let first = try await onBlockingThread { try $0.sync.unseen(after: "", limit: 1) }
        let total = (settings.deletesThere == .keep ? 0 : first.count) + archived.count
        let most = request.allowsDeletes ? Int.max : settings.mostDeletes(of: first.linked)
        if total > most {
            hold(total, of: first.linked)
            // A dry run goes on, to show whom it is about.
            guard request.isDryRun else { return try await onBlockingThread { try $0.sync.holdUnseen() } }
        }
        var after = ""
        while true {
            let position = after
            let unseen = try await onBlockingThread { try $0.sync.unseen(after: position, limit: batch) }.records
            guard let last = unseen.last else { break }
            after = last
            try await end(unseen)
        }
        try await remove(archived)
    }

    /// Of a list of changes: nothing else of what is gone is seen in it.
    func removeArchived(_ leads: [Int64]) async throws { try await removeGone([], archived: leads) }

    /// Records that Airtable says are not there, and leads whose records somebody has archived.
    func removeGone(_ named: [String], archived: [Int64] = []) async throws {
        guard !named.isEmpty || !archived.isEmpty else { return }
        let (records, deletable) = try await onBlockingThread { try $0.sync.linked(among: named) }
        let linked = try await onBlockingThread { try $0.sync.linkedCount() }
        let total = (settings.deletesThere == .keep ? 0 : deletable) + archived.count
        if !request.allowsDeletes, total > settings.mostDeletes(of: linked) {
            hold(total, of: linked)
            guard request.isDryRun else { return try await onBlockingThread { try $0.sync.hold(records) } }
        }
        try await end(records)
        try await remove(archived)
    }

    private func hold(_ count: Int, of linked: Int) {
        report.held =
            "\(count) of \(linked) linked leads would be deleted here, since their records are gone or archived in Airtable; that is more than airtable.delete_brake_percent allows, and nothing was deleted. If it is right: 4runr sync pull --full --allow-deletes"
    }

    /// A list can lack a record that is there, so each is asked for by its id before anything is done about it.
    private func end(_ records: [String]) async throws {
        let read = try await fetch(records)
        try await remove(read.archived)
        let gone = records.filter { !read.found.contains($0) }
        guard !gone.isEmpty else { return }
        let (merge, policy, rule, now) = (merge, settings.deletesThere, sync.mapping.rule, now)
        let step = makeStep
        let ended = try await onBlockingThread { store in
            try store.sync.records(
                gone: gone, at: now,
                decide: { SyncRun.decide($0, merge, policy, rule) },
                step: { known, _ in
                    step(
                        SyncStep(
                            leads: [known.lead.id], type: "delete", changes: [], error: nil, begun: now, ended: now))
                }
            ).map { (lead: $0.known.lead, record: $0.known.recordID, decision: SyncRun.word($0.decision)) }
        }
        for end in ended {
            if end.decision == "conflict" { report.conflicts += 1 }
            if end.decision == "remove", end.lead.deletedAt == nil { report.deletedHere += 1 }
            guard request.isDryRun, end.decision != "keep" else { continue }
            report.plan(
                SyncPlanItem(
                    action: end.decision == "remove"
                        ? .deleteHere : end.decision == "conflict" ? .conflict : .create,
                    lead: end.lead.id, record: end.record, name: end.lead.fields[.fullName] ?? "lead \(end.lead.id)",
                    changes: []))
        }
    }

    private static func word(_ decision: SyncQueries.EndDecision) -> String {
        switch decision {
        case .remove: "remove"
        case .recreate: "recreate"
        case .keep, .unlink, .replaced: "keep"
        case .wait: "conflict"
        }
    }

    /// Deleted there and not changed here since: it goes. Changed here: a conflict of the whole record.
    private static func decide(
        _ known: SyncQueries.Known, _ merge: LeadMerge, _ policy: AirtableSettings.IncomingDeletes, _ rule: ConflictRule
    ) -> (SyncQueries.EndDecision, SyncQueries.NewConflict?) {
        if known.lead.deletedAt != nil { return (.unlink, nil) }
        if policy == .keep { return (.keep, nil) }
        // One that took the place of another, and is gone as well.
        if known.shadow == nil { return (.remove, nil) }
        let outgoing = merge.outgoing(known.lead, SyncShadow(known.shadow), waiting: [])
        guard outgoing != .nothing || !known.conflicts.isEmpty else { return (.remove, nil) }
        func conflict(_ resolution: String?) -> SyncQueries.NewConflict {
            SyncQueries.NewConflict(
                column: "record", base: nil, local: "changed", airtable: "deleted", cell: nil, resolution: resolution)
        }
        switch rule {
        // When a record was deleted nobody tells.
        case .airtableWins, .lastModifiedWins: return (.remove, conflict("airtable"))
        case .localWins: return (.recreate, conflict("local"))
        case .manual: return (.wait(conflict(nil)), nil)
        }
    }

    private func remove(_ leads: [Int64]) async throws {
        guard let field = active.compared.first(where: { $0.column == .archived }), !leads.isEmpty else { return }
        let (now, step) = (now, makeStep)
        try await onBlockingThread { store in
            for start in stride(from: 0, to: leads.count, by: 200) {
                try store.sync.archived(
                    Array(leads[start..<min(leads.count, start + 200)]), at: now,
                    shadow: { stored in
                        var shadow = SyncShadow(stored)
                        shadow.agree(field, cell: try? field.cell("true"), value: "true")
                        return shadow.stored
                    },
                    step: { known in
                        step(
                            SyncStep(
                                leads: [known.lead.id], type: "delete", changes: [], error: nil, begun: now, ended: now)
                        )
                    })
            }
        }
        report.deletedHere += leads.count
        guard request.isDryRun else { return }
        for known in try await onBlockingThread({ try $0.sync.known(leads) }) {
            report.plan(
                SyncPlanItem(
                    action: .deleteHere, lead: known.lead.id, record: known.recordID,
                    name: known.lead.fields[.fullName] ?? "lead \(known.lead.id)", changes: []))
        }
    }
}

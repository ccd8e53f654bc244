import Leads
import Storage
import Values

/// Our changes go to Airtable.
extension SyncRun {
    /// So many writes are under way at once, so that an answer that takes longer than its place in the pace does not slow
    /// the next one.
    private static let atOnce = 3
    /// So many refusals without a single success, and it is the table.
    private static let refusalsOfATable = 20

    func push() async throws {
        try requireKey()
        // The moment is one for the whole push, so that what fails in it is not met again.
        var queue = PushQueue(moment: now)
        queue.canDelete = try await deletesAreFew()
        if let leads = request.leads {
            queue.total = leads.count
        } else {
            (queue.last, queue.total) = try await store.read {
                (try $0.sync.lastPending(), try $0.sync.pendingCount())
            }
        }
        var allowance = PushAllowance()
        var failure: (any Error)?
        await withTaskGroup(of: PushOutcome.self) { group in
            var inFlight = 0
            while true {
                while inFlight < Self.atOnce, failure == nil {
                    let batch: PushBatch
                    do {
                        guard let found = try await next(from: &queue) else { break }
                        batch = found
                    } catch {
                        failure = error
                        break
                    }
                    let sender = PushSender(
                        store: store, client: client, active: active, known: allowance, attempts: settings.attempts,
                        runtime: sync.runtime, delay: sync.delay, steps: steps)
                    group.addTask { await sender.send(batch) }
                    inFlight += 1
                }
                // Those that are under way come to their end also when one fails, so that what Airtable did is written down.
                guard let outcome = await group.next() else { return }
                inFlight -= 1
                allowance.formUnion(outcome.learnt)
                count(outcome)
                failure = failure ?? outcome.failure ?? tableProblem(outcome)
                let done = report.created + report.updated + report.deleted
                progress("push: \(done) of \(queue.total)", Double(done) / Double(max(1, queue.total)))
            }
        }
        try await lose(allowance)
        if let failure { throw failure }
        try Task.checkCancellation()
        try await removeGone(gone)
        if !request.isDryRun, request.leads == nil {
            state.pushedAt = now
            try await saveState()
        }
    }

    private func tableProblem(_ outcome: PushOutcome) -> AirtableProblem? {
        guard report.refused >= Self.refusalsOfATable, report.created + report.updated == 0,
            let last = outcome.refused.last
        else { return nil }
        return AirtableProblem(.configuration, "every record is refused, so it is the table: \(last.error)")
    }

    private func count(_ outcome: PushOutcome) {
        report.created += outcome.created
        report.updated += outcome.updated
        report.deleted += outcome.deleted
        report.refused += outcome.refused.count
        for refusal in outcome.refused { report.note("lead \(refusal.lead) (\(refusal.name)): \(refusal.error)") }
        gone += outcome.gone
    }

    /// Fields that turned out to be missing or computed.
    private func lose(_ allowance: PushAllowance) async throws {
        for column in allowance.missing where active.keys[column] != nil {
            try await loseField(active.name(of: column))
        }
        guard !allowance.computed.isEmpty, var known = state.fields else { return }
        for column in allowance.computed where !known.computed.contains(column) {
            known.computed.append(column)
            let what =
                column.isStamp
                ? "takes nothing of ours, so it is left out" : "is computed by Airtable or locked, so it is only read"
            report.note("the field \"\(active.name(of: column))\" \(what)")
        }
        state.fields = known
        try await saveState()
    }

    private func deletesAreFew() async throws -> Bool {
        guard merge.deletes != .keep, !request.allowsDeletes else { return true }
        let (pending, linked) = try await store.read {
            (try $0.sync.pendingDeletes(), try $0.sync.linkedCount())
        }
        guard pending > settings.mostDeletes(of: linked) else { return true }
        report.holds.append(
            "\(pending) of \(linked) linked leads were deleted here and would be \(merge.deletes == .delete ? "deleted" : "archived") in Airtable; that is more than airtable.delete_brake_percent allows, so their records stay. Whom it is about: 4runr sync push --allow-deletes --dry-run; if it is right: without --dry-run"
        )
        return false
    }

    /// Records that became a lead's own without being read, such as one that took the place of another.
    func meet() async throws {
        let unmet = try await store.read { try $0.sync.unmet(limit: 10_000) }
        try await takeOver(unmet)
    }

    // MARK: what is sent

    /// The next ten that have something to tell; nil when there are no more.
    private func next(from queue: inout PushQueue) async throws -> PushBatch? {
        while true {
            if let batch = queue.batch(isLast: queue.isDrained) {
                guard request.isDryRun else { return batch }
                plan(batch)
                continue
            }
            guard !queue.isDrained else { return nil }
            try Task.checkCancellation()
            try await fill(&queue)
        }
    }

    private func fill(_ queue: inout PushQueue) async throws {
        let size = min(200, (request.limit ?? .max) - queue.taken)
        guard size > 0 else { return queue.isDrained = true }
        var leads: [SyncQueries.Known]
        if let ids = request.leads {
            let page = Array(ids.dropFirst(queue.taken).prefix(size))
            guard !page.isEmpty else { return queue.isDrained = true }
            leads = try await store.read { try $0.sync.known(page) }
            queue.taken += page.count
        } else {
            let (moment, after, last) = (queue.moment, queue.after, queue.last)
            leads = try await store.read {
                try $0.sync.pending(at: moment, after: after, through: last, limit: size)
            }
            guard let end = leads.last else { return queue.isDrained = true }
            queue.after = (end.lead.updatedAt, end.lead.id)
            queue.taken += leads.count
        }
        // What changed there would be overwritten unseen.
        if !hasRead { leads = try await read(leads) }
        let merge = merge
        var settled: [(id: Int64, revision: Int64)] = []
        for known in leads where known.link != .missing && known.link != .gone {
            if known.link == .kept {
                settled.append((known.lead.id, known.lead.revision))
                continue
            }
            let shadow: SyncShadow
            do throws(StorageError) { shadow = try SyncShadow(known.shadow) } catch {
                // It holds up none behind it.
                report.note("lead \(known.lead.id) (\(known.lead.displayName)) was left out: \(error)")
                continue
            }
            switch merge.outgoing(known.lead, shadow, waiting: known.conflicts) {
            case .nothing: settled.append((known.lead.id, known.lead.revision))
            case .delete: if queue.canDelete { queue.deletes.append(known) }
            case .write(let cells, let refusals):
                if known.lead.deletedAt != nil, !queue.canDelete { continue }
                queue.changes.append(PushChange(known, cells, refusals, shadow, active))
            }
        }
        report.unchanged += settled.count
        guard !request.isDryRun, !settled.isEmpty else { return }
        let (done, now) = (settled, now)
        try await store.write { transaction in
            for lead in done { try transaction.sync.settle(lead.id, revision: lead.revision, at: now) }
        }
    }

    /// These leads, as they are once their records were read.
    private func read(_ leads: [SyncQueries.Known]) async throws -> [SyncQueries.Known] {
        let records = leads.filter { $0.link == .linked }.compactMap(\.recordID)
        guard !records.isEmpty else { return leads }
        try await takeOver(records)
        let ids = leads.map(\.lead.id)
        return try await store.read { try $0.sync.known(ids) }
    }

    private func plan(_ batch: PushBatch) {
        report.calls += 1
        for change in batch.changes {
            let isNew = change.known.recordID == nil
            let isArchived = change.known.lead.deletedAt != nil
            if isArchived { report.deleted += 1 } else if isNew { report.created += 1 } else { report.updated += 1 }
            report.plan(
                SyncPlanItem(
                    action: isArchived ? .archive : isNew ? .create : .update,
                    lead: change.known.lead.id, record: change.known.recordID, name: change.name,
                    changes: change.differences))
        }
        for known in batch.deletes {
            report.deleted += 1
            report.plan(
                SyncPlanItem(
                    action: .delete, lead: known.lead.id, record: known.recordID,
                    name: known.lead.displayName, changes: []))
        }
    }
}

/// What waits to be sent, read in pages.
struct PushQueue {
    let moment: Timestamp
    var after: (Timestamp, Int64)?
    /// What changes after this is for the next push, so that no lead is under way twice.
    var last: (Timestamp, Int64)?
    var taken = 0
    var total = 0
    var isDrained = false
    var canDelete = true
    var changes: [PushChange] = []
    var deletes: [SyncQueries.Known] = []

    init(moment: Timestamp) { self.moment = moment }

    /// Ten of a kind; fewer only of the last.
    mutating func batch(isLast: Bool) -> PushBatch? {
        if let ten = PushQueue.take(from: &changes, isLast) { return PushBatch(changes: ten, deletes: []) }
        return PushQueue.take(from: &deletes, isLast).map { PushBatch(changes: [], deletes: $0) }
    }

    private static func take<Item>(from waiting: inout [Item], _ isLast: Bool) -> [Item]? {
        let size = AirtableClient.batchSize
        guard waiting.count >= size || (isLast && !waiting.isEmpty) else { return nil }
        defer { waiting.removeFirst(min(size, waiting.count)) }
        return Array(waiting.prefix(size))
    }
}

/// What one request says: writes or deletes.
struct PushBatch: Sendable {
    let changes: [PushChange]
    let deletes: [SyncQueries.Known]
}

/// What one lead's record is told.
struct PushChange: Sendable {
    let known: SyncQueries.Known
    /// By column; nil empties a cell.
    var cells: [SyncColumn: Cell?]
    /// What of it could not be said, or was refused.
    var refusals: [String]
    /// Our values that go with the cells.
    let values: [SyncColumn: String?]
    let differences: [SyncChange]

    init(
        _ known: SyncQueries.Known, _ cells: [SyncColumn: Cell?], _ refusals: [String], _ shadow: SyncShadow,
        _ active: ActiveFields
    ) {
        self.known = known
        self.cells = cells
        self.refusals = refusals
        let lead = known.lead
        var values: [SyncColumn: String?] = [:]
        for column in cells.keys { values.updateValue(column.value(of: lead), forKey: column) }
        self.values = values
        differences = active.compared.filter { cells.keys.contains($0.column) && $0.column != .uuid }.map { field in
            let old = shadow.value(field)
            return SyncChange(
                column: field.column.rawValue, from: old?.hasPrefix("\u{0}") == true ? "?" : old,
                to: field.column.value(of: lead))
        }
    }

    var name: String { known.lead.displayName }
    /// Fields that ride along, and that Airtable does not take.
    var withoutStamps: Set<SyncColumn> = []
    var hasData: Bool { cells.contains { !$0.key.isStamp } }
}

/// What Airtable was found not to take, so that it is not offered again in this run.
struct PushAllowance: Sendable {
    var missing: Set<SyncColumn> = []
    /// Those that are only read: Airtable computes them, or the token may not write them.
    var computed: Set<SyncColumn> = []
    /// How often a value was refused, with Airtable's last words; and what was taken at least once.
    var refusals: [SyncColumn: (count: Int, said: String)] = [:]
    var accepted: Set<SyncColumn> = []
    /// Select options that do not exist, by column.
    var options: [SyncColumn: Set<String>] = [:]

    mutating func formUnion(_ other: PushAllowance) {
        missing.formUnion(other.missing)
        computed.formUnion(other.computed)
        refusals.merge(other.refusals) { $0.count > $1.count ? $0 : $1 }
        accepted.formUnion(other.accepted)
        options.merge(other.options) { $0.union($1) }
    }
}

/// What became of a batch.
struct PushOutcome: Sendable {
    struct Refused: Sendable {
        let lead: Int64
        let name: String
        let error: String
    }

    var created = 0
    var updated = 0
    var deleted = 0
    var refused: [Refused] = []
    /// Records that Airtable does not have any more.
    var gone: [String] = []
    var learnt = PushAllowance()
    /// Why not all of it was sent.
    var failure: (any Error)?
}

import Leads
import Storage
import Values

/// The push: sends our changes to Airtable.
extension SyncRun {
    /// How many writes run at once, so that a slow response does not delay the next request that the rate limit allows.
    private static let atOnce = 3
    /// After this long, what was read is read again before it is overwritten.
    private static let freshness = Duration.seconds(5)
    /// How many leads are read, and then sent, at a time: as many as one call can read again.
    private static let window = AirtableClient.pageSize
    /// How often a lead is read and sent again, because its record was changed while a write waited.
    private static let mostRechecks = 5
    /// After this many refusals without a single success, the table itself is considered the problem.
    private static let refusalsOfATable = 20

    func push() async throws {
        try requireKey()
        // The whole push uses one moment, so that a lead that fails is not tried again in the same push.
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
                        createsOptions: state.createsOptions, runtime: sync.runtime, delay: sync.delay, steps: steps)
                    group.addTask { await sender.send(batch) }
                    inFlight += 1
                }
                // If one write fails, those already under way are still finished, so that what Airtable did is
                // recorded.
                guard let outcome = await group.next() else { return }
                inFlight -= 1
                allowance.formUnion(outcome.learnt)
                count(outcome)
                queue.again(outcome.changed, atMost: Self.mostRechecks)
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
        return AirtableProblem(
            .configuration, "Airtable refuses every record, so the problem is with the table: \(last.error)")
    }

    private func count(_ outcome: PushOutcome) {
        report.created += outcome.created
        report.updated += outcome.updated
        report.deleted += outcome.deleted
        report.refused += outcome.refused.count
        for refusal in outcome.refused { report.note(refusal.error, of: "lead \(refusal.lead) (\(refusal.name))") }
        gone += outcome.gone
    }

    /// Records that fields turned out to be missing or computed.
    private func lose(_ allowance: PushAllowance) async throws {
        for column in allowance.missing where active.keys[column] != nil {
            try await loseField(active.name(of: column))
        }
        guard !allowance.computed.isEmpty, var known = state.fields else { return }
        for column in allowance.computed where !known.computed.contains(column) {
            known.computed.append(column)
            let what =
                column.isStamp
                ? "does not accept our values, so it is skipped"
                : "is computed by Airtable or locked, so it is only read"
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
            "\(pending) of \(linked) linked leads were deleted here and would be \(merge.deletes == .delete ? "deleted" : "archived") in Airtable; that is more than airtable.delete_brake_percent allows, so nothing was deleted there. To list these leads: 4runr sync push --allow-deletes --dry-run. To go ahead, leave out --dry-run"
        )
        return false
    }

    /// Reads records that were assigned to a lead without having been read, such as one that replaced another.
    func meet() async throws {
        let unmet = try await store.read { try $0.sync.unmet(limit: 10_000) }
        try await takeOver(unmet)
    }

    // MARK: building batches

    /// The next batch of up to ten leads that have something to send; nil when there are no more.
    private func next(from queue: inout PushQueue) async throws -> PushBatch? {
        while true {
            if !request.isDryRun, !queue.changes.isEmpty, readAt.map({ now.since($0) > Self.freshness }) ?? true {
                try await refresh(&queue)
            }
            if let batch = queue.batch(isLast: queue.isDrained) {
                guard request.isDryRun else { return batch }
                plan(batch)
                continue
            }
            guard queue.repeats.isEmpty else {
                try await repeatChanged(&queue)
                continue
            }
            guard !queue.isDrained else { return nil }
            try Task.checkCancellation()
            try await fill(&queue)
        }
    }

    /// Reads the records of what waits in the queue once more: somebody may have typed since they were read.
    private func refresh(_ queue: inout PushQueue) async throws {
        let waiting = queue.changes
        queue.changes = []
        let ids = waiting.map(\.known.lead.id)
        let leads = try await read(try await store.read { try $0.sync.states(of: ids) })
        // New records have nothing that could be overwritten, so that nothing was read for them.
        readAt = now
        try await queueUp(leads, &queue)
    }

    /// Reads leads again whose records were changed while a write waited, and queues what is left to send.
    private func repeatChanged(_ queue: inout PushQueue) async throws {
        let ids = Array(queue.repeats.prefix(Self.window))
        queue.repeats.removeFirst(ids.count)
        let leads = try await read(try await store.read { try $0.sync.states(of: ids) })
        try await queueUp(leads, &queue)
    }

    private func fill(_ queue: inout PushQueue) async throws {
        let size = min(Self.window, (request.limit ?? .max) - queue.taken)
        guard size > 0 else { return queue.isDrained = true }
        var leads: [SyncQueries.LeadState]
        if let ids = request.leads {
            let page = Array(ids.dropFirst(queue.taken).prefix(size))
            guard !page.isEmpty else { return queue.isDrained = true }
            leads = try await store.read { try $0.sync.states(of: page) }
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
        // Without reading first, changes made in Airtable would be overwritten unseen.
        if !hasRead { leads = try await read(leads) }
        try await queueUp(leads, &queue)
    }

    /// Queues what leads have to send, and settles those that have nothing.
    private func queueUp(_ leads: [SyncQueries.LeadState], _ queue: inout PushQueue) async throws {
        let merge = merge
        var settled: [(id: Int64, revision: Int64)] = []
        for known in leads where known.link != .missing && known.link != .gone {
            if known.link == .kept {
                settled.append((known.lead.id, known.lead.revision))
                continue
            }
            let shadow: SyncShadow
            do throws(StorageError) { shadow = try SyncShadow(known.shadow) } catch {
                // One unreadable lead does not hold up those behind it.
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

    /// The leads as they are after their records have been read.
    private func read(_ leads: [SyncQueries.LeadState]) async throws -> [SyncQueries.LeadState] {
        let records = leads.filter { $0.link == .linked }.compactMap(\.recordID)
        guard !records.isEmpty else { return leads }
        readAt = now
        try await takeOver(records)
        let ids = leads.map(\.lead.id)
        return try await store.read { try $0.sync.states(of: ids) }
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

/// The leads that wait to be sent, read in pages.
struct PushQueue {
    let moment: Timestamp
    var after: (Timestamp, Int64)?
    /// The last lead of this push. Later changes are left for the next push, so that no lead is sent twice at once.
    var last: (Timestamp, Int64)?
    var taken = 0
    var total = 0
    var isDrained = false
    var canDelete = true
    var changes: [PushChange] = []
    var deletes: [SyncQueries.LeadState] = []
    /// Leads that are read and sent again, because their records were changed while a write waited.
    fileprivate(set) var repeats: [Int64] = []
    private var counts: [Int64: Int] = [:]

    /// - Parameter most: how often a lead is sent again at most in one push.
    mutating func again(_ leads: [Int64], atMost most: Int) {
        for lead in leads where counts[lead, default: 0] < most {
            counts[lead, default: 0] += 1
            repeats.append(lead)
        }
    }

    init(moment: Timestamp) { self.moment = moment }

    /// Up to ten of one kind. A batch of fewer than ten is returned only when `isLast` is set.
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

/// The content of one request: either writes or deletes.
struct PushBatch: Sendable {
    let changes: [PushChange]
    let deletes: [SyncQueries.LeadState]
}

/// What is sent for one lead.
struct PushChange: Sendable {
    let known: SyncQueries.LeadState
    /// The cells by column; nil empties a cell.
    var cells: [SyncColumn: Cell?]
    /// Values that could not be converted or that Airtable refused, with the reason.
    var refusals: [String]
    /// Our values that correspond to the cells.
    let values: [SyncColumn: String?]
    let differences: [SyncChange]

    init(
        _ known: SyncQueries.LeadState, _ cells: [SyncColumn: Cell?], _ refusals: [String], _ shadow: SyncShadow,
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
    /// Stamp fields that are left out, because Airtable does not accept them.
    var withoutStamps: Set<SyncColumn> = []
    var hasData: Bool { cells.contains { !$0.key.isStamp } }
}

/// What Airtable turned out not to accept, so that it is not sent again in this run.
struct PushAllowance: Sendable {
    var missing: Set<SyncColumn> = []
    /// Fields that can only be read, because Airtable computes them or the token may not write them.
    var computed: Set<SyncColumn> = []
    /// How often a field's values were refused, with Airtable's last message.
    var refusals: [SyncColumn: (count: Int, said: String)] = [:]
    var accepted: Set<SyncColumn> = []
    /// Select options that do not exist in Airtable, by column.
    var options: [SyncColumn: Set<String>] = [:]
    /// Select options that were added, or that Airtable would not add.
    var added: Set<String> = []
    /// Leads whose record came into being by the write that added an option.
    var madeByOption: Set<Int64> = []
    /// How often single records were refused in these words.
    var general: [String: Int] = [:]
    /// Why no record can be created; nil when one can.
    var cannotCreate: String?

    mutating func formUnion(_ other: PushAllowance) {
        missing.formUnion(other.missing)
        computed.formUnion(other.computed)
        refusals.merge(other.refusals) { $0.count > $1.count ? $0 : $1 }
        accepted.formUnion(other.accepted)
        options.merge(other.options) { $0.union($1) }
        added.formUnion(other.added)
        general.merge(other.general) { max($0, $1) }
        cannotCreate = cannotCreate ?? other.cannotCreate
    }
}

/// The result of sending a batch.
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
    /// Records that no longer exist in Airtable.
    var gone: [String] = []
    /// Leads whose records were changed while the write waited. Nothing was written to them.
    var changed: [Int64] = []
    var learnt = PushAllowance()
    /// Why part of the batch was not sent.
    var failure: (any Error)?
}

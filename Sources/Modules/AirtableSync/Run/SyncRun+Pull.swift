import Leads
import Storage
import Values

/// The pull: takes Airtable's changes into the database.
extension SyncRun {
    /// Reads the changes and applies them.
    ///
    /// - Parameter isWhole: reads everything that changed, even if the request names only some leads.
    func pull(isWhole: Bool) async throws {
        try requireKey()
        readAt = now
        if let leads = request.leads, !isWhole {
            let known = try await store.read { try $0.sync.states(of: leads) }
            try await takeOver(known.compactMap(\.recordID))
            hasRead = true
            return
        }
        let limit = isWhole ? nil : request.limit
        // The webhook lists changes from its creation on. Earlier changes are pulled by time.
        if settings.usesWebhooks, state.webhook == nil, !state.isWebhookRefused || request.isFull || isFullDue {
            try await subscribe()
        }
        if request.isFull || isFullDue || state.watermark == nil {
            try await pullAll(limit)
        } else if settings.usesWebhooks, state.webhook != nil, state.isCaughtUp {
            guard try await pullPayloads() else { return try await pullChanges(limit) }
        } else {
            try await pullChanges(limit)
        }
    }

    /// Pulls what changed since the last time, with some overlap, because times are in whole seconds.
    private func pullChanges(_ limit: Int?) async throws {
        guard let watermark = state.watermark else { return try await pullAll(limit) }
        var query = active.query
        query.formula = AirtableFormula.changed(after: watermark - settings.overlap)
        let read = try await list(query, isScan: false, limit: limit)
        guard read.isComplete else { return }
        try await removeArchived(read.archived)
        try await moveWatermark(to: read.date)
    }

    /// Reads all records. Linked records that are not among them are gone.
    private func pullAll(_ limit: Int?) async throws {
        let read = try await list(active.query, isScan: true, limit: limit)
        guard read.isComplete else {
            return report.note("not all records were read, so it was not checked which are gone")
        }
        try await removeUnseen(archived: read.archived)
        state.fullAt = now
        try await moveWatermark(to: read.date)
        try await store.write { try $0.sync.forgetScan() }
    }

    /// Called only once everything that was read has been applied. The earlier of the two clocks is used: that may read
    /// some records again, but misses none.
    func moveWatermark(to date: Timestamp?) async throws {
        hasRead = true
        state.watermark = min(date ?? now, now)
        state.pulledAt = now
        state.isCaughtUp = state.webhook != nil
        guard !request.isDryRun else { return }
        try await saveState()
    }

    /// The result of reading a list.
    struct Read {
        /// Whether all of it was read and applied.
        var isComplete = false
        /// When the reading began, by Airtable's clock if it is known.
        var date: Timestamp?
        /// Leads whose records someone has archived.
        var archived: Set<Int64> = []
    }

    /// How often a list is started in a row before giving up, when Airtable lets it expire.
    private static let restarts = 3

    /// Reads a list page by page. Each page is applied before the next one is requested.
    ///
    /// - Parameters:
    ///   - limit: the largest number of records to read. If there are more, the result is not complete.
    ///   - onPage: called with the ids of the records of each page.
    private func list(
        _ query: AirtableClient.Query, isScan: Bool, limit: Int?, onPage: ([String]) -> Void = { _ in }
    ) async throws -> Read {
        var begun = 0
        while true {
            do {
                return try await listOnce(query, isScan: isScan, limit: limit, onPage: onPage)
            } catch let problem as AirtableProblem {
                switch problem.kind {
                case .listExpired:
                    begun += 1
                    guard begun < Self.restarts else {
                        throw AirtableProblem(.unavailable, "\(problem.description); \(begun) times in a row")
                    }
                case .noSuchField(let name):
                    try await loseField(name)
                    var rest = active.query
                    rest.formula = query.formula
                    return try await list(rest, isScan: isScan, limit: limit, onPage: onPage)
                default: throw problem
                }
            }
        }
    }

    private func listOnce(
        _ query: AirtableClient.Query, isScan: Bool, limit: Int?, onPage: ([String]) -> Void
    ) async throws -> Read {
        var read = Read()
        var offset: String?
        var seen = 0
        let total = isScan ? try await store.read { try $0.sync.linkedCount() } : 0
        if isScan { try await store.write { try $0.sync.forgetScan() } }
        while true {
            try Task.checkCancellation()
            let moment = now
            let page = try await client.page(query, offset: offset)
            settleOnBase()
            onPage(page.records.map(\.id))
            if offset == nil {
                read.date = page.date ?? moment
                skew = page.date.map { $0.since(now) } ?? .zero
            }
            let rest = limit.map { max(0, $0 - seen) } ?? .max
            try await apply(Array(page.records.prefix(rest)), isScan: isScan, &read.archived)
            seen += page.records.count
            progress("pull: \(seen) records", total > 0 ? min(1, Double(seen) / Double(total)) : nil)
            guard let next = page.offset else {
                read.isComplete = page.records.count <= rest
                return read
            }
            guard next != offset else {
                throw AirtableProblem(.unavailable, "Airtable returned the same page of the list again")
            }
            guard seen < limit ?? .max else { return read }
            offset = next
        }
    }

    /// Reads these records and applies their changes.
    func takeOver(_ records: [String]) async throws { try await removeArchived(try await fetch(records).archived) }

    /// Reads and applies these records. Returns the ids of those that exist, and the leads whose records someone has
    /// archived.
    func fetch(_ records: [String]) async throws -> (found: Set<String>, archived: Set<Int64>) {
        var found: Set<String> = []
        var archived: Set<Int64> = []
        for start in stride(from: 0, to: records.count, by: AirtableClient.pageSize) {
            var query = active.query
            query.formula = AirtableFormula.ids(
                Array(records[start..<min(records.count, start + AirtableClient.pageSize)]))
            let read = try await list(query, isScan: false, limit: nil) { found.formUnion($0) }
            archived.formUnion(read.archived)
        }
        return (found, archived)
    }

    /// Applies one page in one transaction.
    private func apply(
        _ records: [AirtableClient.Record], isScan: Bool, _ archived: inout Set<Int64>
    ) async throws {
        guard !records.isEmpty else { return }
        let page = records.map {
            RecordIntake.Record(id: $0.id, cells: active.cells(of: $0), modified: active.modified($0))
        }
        let (merge, intake, now, steps) = (merge, sync.intake, now, steps)
        let taken = try await store.write { transaction in
            let records = RecordIntake(transaction: transaction, merge: merge, intake: intake, now: now)
            return try page.map { record in
                if isScan { try transaction.sync.noteSeen(record.id) }
                let taken = try records.take(record)
                if let step = SyncRun.step(for: taken, steps, at: now) { try transaction.runs.add([step]) }
                return taken
            }
        }
        report.read += records.count
        for (record, (result, outcome)) in zip(records, taken) {
            count(result, outcome, of: record.id)
            if let outcome, outcome.isArchivedThere, let lead = outcome.lead { archived.insert(lead) }
        }
    }

    /// The activity row for what became of a record; nil if nothing has to be recorded.
    private static func step(for taken: RecordIntake.Taken, _ steps: SyncSteps, at now: Timestamp) -> Step? {
        switch taken.result {
        case .inserted(let id), .linked(let id, _), .updated(let id, _):
            guard let changes = taken.outcome?.changes, !changes.isEmpty || taken.result == .inserted(id) else {
                return nil
            }
            return steps.step(.pull, of: [id], changes: changes, from: now, to: now)
        default: return nil
        }
    }

    private func count(_ result: PullResult, _ outcome: LeadMerge.Outcome?, of record: String) {
        func plan(_ action: SyncPlanItem.Action, _ lead: Int64?) {
            guard request.isDryRun else { return }
            report.plan(
                SyncPlanItem(
                    action: action, lead: lead, record: record, name: outcome?.name ?? record,
                    changes: outcome?.changes ?? []))
        }
        switch result {
        case .inserted:
            report.createdHere += 1
            plan(.createHere, nil)
        case .updated(let id, let changed), .linked(let id, let changed):
            if !changed.isEmpty {
                report.updatedHere += 1
                plan(.updateHere, id)
            }
        case .duplicate(let id):
            report.duplicates += 1
            report.note(
                "another record of a lead that has one already; it is left as it is",
                of: "record \(record) (lead \(id))")
        case .removed(let id):
            report.duplicates += 1
            report.note(
                "a record of a lead that was deleted; 4runr leads restore LEAD brings it back",
                of: "record \(record) (lead \(id))")
        case .notALead(let why):
            report.notLeads += 1
            report.note("not a lead: \(why)", of: "record \(record)")
        case .unchanged, .archived: break
        }
        for note in outcome?.notes ?? [] { report.note("record \(record), \(note); ours stays as it is") }
        report.conflicts += outcome?.found ?? 0
        guard request.isDryRun else { return }
        for conflict in outcome?.merged?.conflicts ?? [] {
            report.plan(
                SyncPlanItem(
                    action: .conflict, lead: outcome?.lead, record: record, name: outcome?.name ?? record,
                    changes: [SyncChange(column: conflict.column, from: conflict.local, to: conflict.airtable)]))
        }
    }
}

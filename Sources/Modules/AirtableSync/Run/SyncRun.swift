import Leads
import Storage
import Values

/// A single run of the sync. It holds mutable state, so only one task may use it.
final class SyncRun {
    let sync: AirtableSync
    let request: SyncRequest
    /// The sync's store or, in a dry run, a copy of it.
    let store: Store
    let client: AirtableClient
    let budget: CallBudget
    let steps: SyncSteps
    let progress: @Sendable (String, Double?) -> Void
    var state: SyncState
    var report = SyncResult()
    private(set) var active: ActiveFields
    /// Airtable's clock minus ours.
    var skew = Duration.zero
    private var hasLearnt = false
    /// Whether this run has read everything that changed in Airtable or, if the request names leads, their changes.
    var hasRead = false
    /// When the records that are about to be written were read.
    var readAt: Timestamp?
    /// How many leads this run has removed here. The brake on mass deletion counts them.
    var removedHere = 0
    /// Whether the brake has stopped deletions. If so, this run removes no more leads here.
    var isBraked = false
    /// Records that no longer existed when we tried to write them.
    var gone: [String] = []

    var settings: AirtableSettings { sync.settings }
    var now: Timestamp { sync.runtime.now }
    var merge: LeadMerge {
        LeadMerge(
            fields: active.compared, deletes: deletes, rule: sync.mapping.rule, intake: sync.intake, skew: skew)
    }
    /// What happens in Airtable to leads that are deleted here. Archiving needs the archive field; without it, their
    /// records are kept.
    private var deletes: OutgoingDeletes {
        settings.deletesHere == .archive && active.keys[.archived] == nil ? .keep : settings.deletesHere
    }

    init(
        _ sync: AirtableSync, _ request: SyncRequest, _ store: Store,
        _ progress: @escaping @Sendable (String, Double?) -> Void
    ) async throws {
        self.sync = sync
        self.request = request
        self.store = store
        steps = SyncSteps(run: request.run, job: request.job)
        self.progress = progress
        state = SyncState(try await store.read { try $0.sync.state() })
        budget = CallBudget(
            store: sync.store, limit: sync.settings.monthlyCalls, reserve: sync.settings.reserve,
            isManual: request.isManual, blockedUntil: state.blockedUntil, runtime: sync.runtime)
        client = sync.client(budget)
        active = ActiveFields(sync.mapping, TableFields(trusting: sync.mapping), archives: false)
    }

    func perform() async throws -> SyncResult {
        try await checkBase()
        let isIdle = try await isIdle()
        guard !isIdle else {
            report.note("skipped: nothing changed here, and the last pull was less than airtable.idle_skip ago")
            return report
        }
        // A person who asks for a sync has mended something, or wants to know what is still refused.
        if request.isManual, request.leads == nil, request.direction != .pull, !request.isDryRun {
            _ = try await store.write { try $0.sync.forgiveAll() }
        }
        // Before records are created, new ones in Airtable are read. The record may already be there: someone may have
        // entered it by hand, or we created it and the response was lost.
        let (leads, moment) = (request.leads, now)
        let pullsFirst = try await store.read { try $0.sync.hasCreates(among: leads, at: moment) }
        if request.direction != .push || pullsFirst || request.isFull {
            try await logged("pull") {
                try await self.learnFields()
                // If no push follows, only what the request asks for is read.
                try await self.pull(
                    isWhole: self.request.direction == .push || (pullsFirst && self.request.direction != .pull))
            }
        }
        if request.direction != .pull {
            try await logged("push") {
                try await self.learnFields()
                try await self.meet()
                try await self.push()
            }
        }
        report.calls += client.calls
        report.noteGroups()
        if report.conflicts > 0 { report.waiting = try await store.read { try $0.sync.counts().conflicts } }
        noteFindings()
        if let warning = try await budget.warning() { report.note(warning) }
        return report
    }

    /// The shadows belong to one table. If the settings name another one, that is treated as a mistake until someone
    /// confirms the switch.
    func checkBase() async throws {
        guard let base = state.base else { return }
        if base == settings.baseID {
            if state.table == settings.table || state.fields?.tableID == settings.table { return }
            if try await isRenamed() { return state.table = settings.table }
        }
        throw AirtableProblem(
            .configuration,
            "the database is synced with table \"\(state.table ?? "")\" of base \"\(base)\", and the settings name table \"\(settings.table)\" of base \"\(settings.baseID)\"; nothing was sent to either. To switch to the one in the settings: 4runr sync setup --switch-base"
        )
    }

    /// Whether the settings name the same table, which has been renamed.
    private func isRenamed() async throws -> Bool {
        guard let id = state.fields?.tableID else { return false }
        do {
            return try await client.tables().contains { $0.id == id && $0.name == settings.table }
        } catch let problem as AirtableProblem where problem.kind == .configuration { return false }
    }

    private func isIdle() async throws -> Bool {
        guard settings.idleSkip > .zero, request.direction == .both, !request.isManual, !request.isFull,
            !request.isDryRun, request.leads == nil, let pulledAt = state.pulledAt
        else { return false }
        let moment = now
        guard pulledAt <= moment, moment.since(pulledAt) < settings.idleSkip else { return false }
        return try await store.read { try $0.sync.pending(at: moment, limit: 1).isEmpty }
    }

    // MARK: fields

    /// Reads which fields the table has, unless that is known. It is read again when the mapping has changed, in a full
    /// sync, and when the schema is due.
    private func learnFields() async throws {
        guard !hasLearnt else { return }
        if !knowsMapping || request.isFull || isSchemaDue { try await readSchema() }
        hasLearnt = true
        use(state.fields ?? TableFields(trusting: sync.mapping))
    }

    private var knowsMapping: Bool { state.fields?.isOf(sync.mapping) ?? false }

    /// All records are read again from time to time.
    var isFullDue: Bool { state.watermark == nil || isDue(state.fullAt) }

    private var isSchemaDue: Bool { state.base == nil || isDue(state.schemaAt) }

    /// A last time in the future, from a clock that was ahead, counts as due.
    private func isDue(_ last: Timestamp?) -> Bool {
        let moment = now
        guard let last, last <= moment else { return true }
        return moment.since(last) >= settings.fullEvery
    }

    private func readSchema() async throws {
        let previous = state.fields
        do {
            let tables = try await client.tables()
            guard let table = tables.first(where: { $0.id == settings.table || $0.name == settings.table }) else {
                throw noTable(among: tables.map(\.name))
            }
            try await learn(TableFields(sync.mapping, table, previous: previous))
            settleOnBase()
        } catch let problem as AirtableProblem
            where problem.kind == .configuration && problem.type.hasPrefix("INVALID_PERMISSIONS")
        {
            // The token may not read the schema. If something else is wrong, requests to the table will show it.
            report.note(
                "the token may not read the base's schema (scope schema.bases:read), so a field that is renamed in Airtable is not found"
            )
            // What was learnt while the token could read the schema still holds.
            if previous?.usesIDs != true || !knowsMapping {
                try await learn(TableFields(trusting: sync.mapping))
            }
        }
        state.schemaAt = now
        try await saveState()
    }

    /// The table has responded, so it becomes the one that the database is in sync with.
    func settleOnBase() {
        guard state.base == nil else { return }
        state.base = settings.baseID
        state.table = settings.table
    }

    /// If a different field takes the place of a mapped one, what was agreed on for the old field no longer applies.
    func learn(_ known: TableFields) async throws {
        let others = known.replaced(since: state.fields).map(\.rawValue)
        if !others.isEmpty {
            try await store.write { try $0.sync.forgetColumns(others) }
            // The new field's values were never read, not even in records that have not changed since.
            state.fullAt = nil
        }
        // What the table refused before, it may accept now.
        if let before = state.fields, before != known { _ = try await store.write { try $0.sync.forgiveAll() } }
        // A webhook belongs to one table.
        if let old = state.fields?.tableID, old != known.tableID { state.webhook = nil }
        state.fields = known
    }

    func noTable(among names: [String]) -> AirtableProblem {
        let known = names.isEmpty ? "none" : names.map { "\"\($0)\"" }.joined(separator: ", ")
        return AirtableProblem(
            .configuration,
            "there is no table \"\(settings.table)\" in base \"\(settings.baseID)\" (airtable.table); its tables: \(known)"
        )
    }

    func use(_ known: TableFields) {
        active = ActiveFields(sync.mapping, known, archives: settings.deletesHere == .archive)
    }

    /// Handles a field that Airtable does not know. The sync continues without it, unless records are matched on it.
    func loseField(_ text: String) async throws {
        if var known = state.fields, let lastModified = known.lastModified, text == lastModified {
            known.lastModified = nil
            state.fields = known
            try await saveState()
            use(known)
            return report.note(
                "the field \"\(sync.mapping.lastModified ?? text)\" is not in the table, so where both sides changed, Airtable's value is kept"
            )
        }
        guard var known = state.fields, let column = active.column(named: text), column != .uuid else {
            throw AirtableProblem(
                .configuration,
                "Airtable has no field \"\(sync.mapping.key)\" in table \"\(settings.table)\", which is needed to match records; create it as single line text, or run: 4runr sync setup --create-fields"
            )
        }
        let name = active.name(of: column)
        known.lose(column)
        state.fields = known
        try await saveState()
        use(known)
        report.note("the field \"\(name)\" is not in the table; the others are kept in step")
    }

    private func noteFindings() {
        for finding in state.fields?.findings ?? [] where finding.state != .ok && finding.state != .renamed {
            if finding.state == .lacksOptions, state.createsOptions { continue }
            if finding.column == SyncColumn.archived.rawValue, settings.deletesHere != .archive { continue }
            report.note(
                "field \"\(finding.name)\": \(finding.state.rawValue)\(finding.hint.map { "; \($0)" } ?? "") (4runr sync setup)"
            )
        }
    }

    /// Throws if the key field cannot be used, because records are matched on it.
    func requireKey() throws(AirtableProblem) {
        guard active.keys[.uuid] == nil else { return }
        let finding = state.fields?.findings.first { $0.column == SyncColumn.uuid.rawValue }
        throw AirtableProblem(
            .configuration,
            "the table \"\(settings.table)\" has no field \"\(sync.mapping.key)\" that can be used to match records\(finding?.hint.map { ": \($0)" } ?? ""); create it as single line text, or run: 4runr sync setup --create-fields"
        )
    }

    // MARK: log and state

    /// Runs one direction of the sync and records it as a row of `sync_log`.
    private func logged(_ type: String, _ work: () async throws -> Void) async throws {
        var entry = SyncQueries.Entry(type, startedAt: now)
        let (before, calls) = (report, client.calls)
        let opened = entry
        let row = request.isDryRun ? 0 : try await store.write { try $0.sync.begin(opened) }
        var failure: (any Error)?
        do { try await work() } catch { failure = error }
        if let problem = failure as? AirtableProblem, problem.kind == .quota, problem.type.hasPrefix("PUBLIC_API") {
            state.blockedUntil = CallBudget.nextQuestion(after: now)
        } else if client.calls > calls {
            state.blockedUntil = nil
        }
        guard !request.isDryRun else {
            if let failure { throw failure }
            return
        }
        if failure is CancellationError || failure == nil || failure is AirtableProblem { try? await saveState() }
        let isPull = type == "pull"
        entry.created = isPull ? report.createdHere - before.createdHere : report.created - before.created
        entry.updated = isPull ? report.updatedHere - before.updatedHere : report.updated - before.updated
        entry.failed = isPull ? 0 : report.refused - before.refused
        entry.processed =
            isPull
            ? report.read - before.read
            : entry.created + entry.updated + entry.failed + report.unchanged - before.unchanged + report.deleted
                - before.deleted
        entry.calls = client.calls - calls
        entry.completedAt = now
        entry.seconds = now.since(entry.startedAt).inSeconds
        let holds = report.holds.dropFirst(before.holds.count)
        switch failure {
        case nil: entry.status = !holds.isEmpty ? "held" : entry.failed > 0 ? "partial" : "success"
        case let problem as AirtableProblem where problem.kind == .quota: entry.status = "skipped"
        case is CancellationError: entry.status = "interrupted"
        default: entry.status = "failed"
        }
        entry.error = failure.map { "\($0)" } ?? holds.joined(separator: ". ").nonEmpty
        entry.details = Array(report.notes.dropFirst(before.notes.count))
        let ended = entry
        try await store.write { try $0.sync.end(row, ended) }
        if let failure { throw failure }
    }

    func saveState() async throws {
        let changes = state.take()
        guard !changes.isEmpty else { return }
        try await store.write { try $0.sync.setState(changes) }
    }
}

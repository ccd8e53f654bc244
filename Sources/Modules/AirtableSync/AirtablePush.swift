import FoundationEssentials
public import Leads
import Logging
public import Storage
public import Values

/// Tells Airtable what changed here: the fields that differ from what it last said, ten leads a call.
public struct AirtablePush: Sendable {
    private let store: Store
    private let client: AirtableClient
    private let mapping: FieldMapping
    private let attempts: Int
    private let now: @Sendable () -> Timestamp
    private let delay: @Sendable (Int) -> Duration

    /// - Parameter delay: how long a lead waits after so many failures.
    public init(
        store: Store, client: AirtableClient, mapping: FieldMapping, attempts: Int,
        now: @escaping @Sendable () -> Timestamp, delay: @escaping @Sendable (Int) -> Duration
    ) {
        self.store = store
        self.client = client
        self.mapping = mapping
        self.attempts = attempts
        self.now = now
        self.delay = delay
    }

    /// What a push did.
    public struct Report: Sendable, Equatable {
        public var created = 0
        public var updated = 0
        /// They were pending, and Airtable has all of it.
        public var unchanged = 0
        public var failed = 0
        public var calls = 0
        /// Set when it ended early.
        public var problem: String?

        public init() {}
    }

    private struct Change {
        let lead: Lead
        let fields: [String: Cell?]
        let shadow: [String: Cell]
    }

    /// Sends what is pending.
    ///
    /// - Parameters:
    ///   - ids: only these leads, also those that were given up; nil for all that are due.
    ///   - limit: at most so many.
    ///   - isDryRun: counts what would be sent, and sends nothing.
    ///   - step: makes the row that tells of a batch, from what was sent and an error.
    /// Throws an `AirtableProblem` when nothing more can be sent, a `StorageError`, or a `CancellationError`.
    public func run(
        ids: [Int64]? = nil, limit: Int = .max, isDryRun: Bool = false,
        progress: @Sendable (Int, Int) -> Void = { _, _ in },
        step: @escaping @Sendable ([Lead], String?, Timestamp) -> Step
    ) async throws -> Report {
        var report = Report()
        var entry = SyncQueries.Entry(startedAt: now())
        let before = client.calls
        var failure: (any Error)?
        do {
            try await push(ids, limit, isDryRun, &report, progress, step)
        } catch { failure = error }
        guard !isDryRun else { return report }
        report.calls = client.calls - before
        entry.processed = report.created + report.updated + report.unchanged + report.failed
        (entry.created, entry.updated, entry.failed) = (report.created, report.updated, report.failed)
        entry.calls = report.calls
        entry.completedAt = now()
        entry.seconds = entry.completedAt.since(entry.startedAt).inSeconds
        entry.status = failure != nil ? "failed" : report.failed > 0 ? "partial" : "success"
        entry.error = failure.map { "\($0)" }
        if entry.processed > 0 || failure != nil {
            let line = entry
            try await onBlockingThread { try $0.sync.log(line) }
        }
        if let failure { throw failure }
        return report
    }

    private func push(
        _ ids: [Int64]?, _ limit: Int, _ isDryRun: Bool, _ report: inout Report,
        _ progress: @Sendable (Int, Int) -> Void, _ step: @escaping @Sendable ([Lead], String?, Timestamp) -> Step
    ) async throws {
        let ids = ids.map { Array(Set($0)).sorted() }
        var after: (Timestamp, Int64)?
        var taken = 0
        let total = try await onBlockingThread { try ids?.count ?? $0.sync.pendingCount() }
        // The moment is one for the whole push, so that what fails in it is not met again.
        let moment = now()
        while taken < limit {
            let (position, size) = (after, min(200, limit - taken))
            let leads: [Lead]
            if let ids {
                guard taken == 0 else { break }
                leads = try await onBlockingThread { store in
                    try ids.prefix(limit).compactMap { try store.leads.find($0) }.filter { $0.deletedAt == nil }
                }
            } else {
                leads = try await onBlockingThread { try $0.sync.pending(at: moment, after: position, limit: size) }
            }
            guard let last = leads.last else { break }
            after = (last.updatedAt, last.id)
            taken += leads.count
            let changes = try await changes(of: leads)
            let same = changes.filter { $0.fields.isEmpty && $0.lead.airtableID != nil }
            report.unchanged += same.count
            let rest = changes.filter { !$0.fields.isEmpty || $0.lead.airtableID == nil }
            if isDryRun {
                report.created += rest.filter { $0.lead.airtableID == nil }.count
                report.updated += rest.filter { $0.lead.airtableID != nil }.count
                report.calls += (rest.count + AirtableClient.batchSize - 1) / AirtableClient.batchSize
                continue
            }
            if !same.isEmpty {
                let accepted = try same.map { change in
                    SyncQueries.Accepted(
                        lead: change.lead, recordID: change.lead.airtableID ?? "", fields: try json(change.shadow))
                }
                try await onBlockingThread { try $0.sync.accept(accepted, at: moment, step: nil) }
            }
            for start in stride(from: 0, to: rest.count, by: AirtableClient.batchSize) {
                try Task.checkCancellation()
                let batch = Array(rest[start..<min(rest.count, start + AirtableClient.batchSize)])
                try await send(batch, &report, step)
                progress(report.created + report.updated + report.unchanged + report.failed, total)
            }
        }
    }

    /// The fields of each lead that Airtable does not have as they are here.
    private func changes(of leads: [Lead]) async throws -> [Change] {
        let shadows = try await onBlockingThread { store in try store.sync.shadows(of: leads.map(\.id)) }
        return leads.map { lead in
            let shadow =
                shadows[lead.id].flatMap {
                    try? JSONDecoder().decode([String: Cell].self, from: Data($0.utf8))
                } ?? [:]
            var fields: [String: Cell?] = [:]
            for (name, cell) in mapping.cells(of: lead) where shadow[name] != cell {
                fields.updateValue(cell, forKey: name)
            }
            return Change(lead: lead, fields: fields, shadow: shadow)
        }
    }

    /// Sends a batch. One record that is refused refuses all, so the batch is halved until it stands alone.
    private func send(
        _ batch: [Change], _ report: inout Report, _ step: @escaping @Sendable ([Lead], String?, Timestamp) -> Step
    ) async throws {
        let begun = now()
        let leads = batch.map(\.lead)
        do {
            let answer = try await client.upsert(
                batch.map { change in
                    var fields = change.fields
                    fields.updateValue(.text(change.lead.uuid), forKey: mapping.key)
                    return fields
                }, key: mapping.key)
            let byKey = Dictionary(
                answer.records.compactMap { record -> (String, AirtableClient.Record)? in
                    guard case .text(let uuid)? = record.fields[mapping.key] else { return nil }
                    return (uuid, record)
                }
            ) { $1 }
            var accepted: [SyncQueries.Accepted] = []
            let created = Set(answer.createdRecords ?? [])
            for change in batch {
                var lead = change.lead
                guard let record = byKey[lead.uuid] else {
                    throw AirtableProblem(.unavailable, "Airtable's answer lacks a record that was sent")
                }
                if created.contains(record.id) { report.created += 1 } else { report.updated += 1 }
                // Made anew although it was there before: it has only what changed, and is owed the rest.
                if created.contains(record.id), !change.shadow.isEmpty { lead.revision = -1 }
                accepted.append(.init(lead: lead, recordID: record.id, fields: try json(record.fields)))
            }
            let (done, row) = (accepted, step(leads, nil, begun))
            let moment = now()
            try await onBlockingThread { try $0.sync.accept(done, at: moment, step: row) }
        } catch let problem as AirtableProblem where problem.kind == .badRecord {
            if batch.count > 1 {
                try await send(Array(batch[..<(batch.count / 2)]), &report, step)
                try await send(Array(batch[(batch.count / 2)...]), &report, step)
                return
            }
            report.failed += 1
            if report.failed >= 20, report.created + report.updated == 0 {
                throw AirtableProblem(
                    .configuration, "every record is refused, so it is the table: \(problem.description)")
            }
            let moment = now()
            for lead in leads {
                let failures = try await onBlockingThread { try $0.sync.failures(of: lead.id) } + 1
                let again = failures < attempts ? moment + delay(failures) : nil
                let row = step([lead], problem.description, begun)
                try await onBlockingThread {
                    try $0.sync.refuse(lead, error: problem.description, again: again, at: moment, step: row)
                }
            }
        }
    }

    private func json(_ fields: [String: Cell]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(fields), as: UTF8.self)
    }

    private func onBlockingThread<Value: Sendable>(_ work: @escaping @Sendable (Store) throws -> Value) async throws
        -> Value
    {
        let store = store
        return try await Store.onBlockingThread { try work(store) }
    }
}

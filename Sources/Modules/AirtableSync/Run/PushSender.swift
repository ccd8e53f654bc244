import Leads
import Storage
import Values

/// Sends one batch. If Airtable refuses it, sends it again without the part that Airtable names, or in halves, until it
/// is accepted or the refused record is found.
struct PushSender: Sendable {
    let store: Store
    let client: AirtableClient
    let active: ActiveFields
    /// What earlier batches found out.
    let known: PushAllowance
    let attempts: Int
    /// Whether Airtable may add options that a select field lacks, as setup was told.
    let createsOptions: Bool
    let runtime: Runtime
    let delay: @Sendable (Int) -> Duration
    let steps: SyncSteps

    /// After this many refused values of a field, and none accepted, the field is considered the problem and is left
    /// out for the rest of this run.
    static let refusalsOfAField = 3

    func send(_ batch: PushBatch) async -> PushOutcome {
        var outcome = PushOutcome()
        outcome.learnt = known
        do {
            if !batch.deletes.isEmpty { try await delete(batch.deletes, &outcome) }
            if !batch.changes.isEmpty {
                try await begin(batch.changes)
                try await write(batch.changes, &outcome)
            }
        } catch { outcome.failure = error }
        return outcome
    }

    private func begin(_ changes: [PushChange]) async throws {
        let operations = changes.map { change in
            (lead: change.known.lead.id, operation: change.operation, sent: SentCells(change).stored)
        }
        let now = runtime.now
        try await store.write { try $0.sync.begin(operations, at: now) }
    }

    func write(_ changes: [PushChange], _ outcome: inout PushOutcome) async throws {
        let begun = runtime.now
        var ready: [PushChange] = []
        for change in changes {
            var change = change
            leaveOut(&change, outcome.learnt)
            if change.known.recordID == nil, let why = outcome.learnt.cannotCreate {
                change.refusals.append(why)
                try await refuse(change, begun, &outcome)
            } else if change.hasData {
                ready.append(change)
            } else {
                try await refuse(change, begun, &outcome)
            }
        }
        guard !ready.isEmpty else { return }
        do {
            let answer = try await client.write(
                ready.map { record(of: $0, at: begun) }, key: active.keys[.uuid] ?? "", byID: active.usesIDs,
                recheck: recheck(ready))
            try await accept(answer, ready, begun, &outcome)
        } catch let problem as AirtableProblem {
            try await mend(ready, problem, begun, &outcome)
        }
    }

    /// Throws when a record shows something else than what was read before, or what we sent ourselves, in a cell that is
    /// about to be written.
    func recheck(_ changes: [PushChange]) -> (@Sendable () async throws -> Void)? {
        let known = changes.filter { $0.known.recordID != nil }
        guard !known.isEmpty else { return nil }
        let (client, active) = (client, active)
        return {
            var query = active.query
            query.formula = AirtableFormula.ids(known.compactMap(\.known.recordID))
            let page = try await client.page(query, offset: nil)
            let records = Dictionary(page.records.map { ($0.id, $0) }) { first, _ in first }
            for change in known {
                // One that is gone is found out by the write.
                guard let record = change.known.recordID.flatMap({ records[$0] }) else { continue }
                let (cells, shadow) = (active.cells(of: record), try SyncShadow(change.known.shadow))
                let sent = SentCells(change)
                for field in active.compared where change.cells.keys.contains(field.column) {
                    let cell = cells[field.column]?.nonEmpty
                    guard cell != shadow.cell(field), sent.value(of: field, if: cell) == nil else { continue }
                    throw AirtableProblem(.changedMeanwhile, "a record was changed while a write to it waited")
                }
            }
        }
    }

    /// Adds the stamp fields: the time, the sync status, and what could not be sent.
    private func record(of change: PushChange, at now: Timestamp) -> AirtableClient.Write {
        var fields: [String: Cell?] = [:]
        for (column, cell) in change.cells {
            if let key = active.keys[column] { fields.updateValue(cell, forKey: key) }
        }
        // A record whose id is not yet known is found by its key.
        if change.known.recordID == nil, let key = active.keys[.uuid] {
            fields.updateValue(.text(change.known.lead.uuid), forKey: key)
        }
        for stamp in active.stamps where !change.withoutStamps.contains(stamp.column) {
            guard let key = active.keys[stamp.column] else { continue }
            let value: String? =
                switch stamp.column {
                case .lastSync: now.wholeSecondText
                case .syncStatus: change.refusals.isEmpty ? "synced" : "error"
                default: change.refusals.isEmpty ? nil : change.refusals.joined(separator: "; ")
                }
            if let cell = try? stamp.cell(value) {
                fields.updateValue(cell, forKey: key)
            } else {
                fields.updateValue(nil, forKey: key)
            }
        }
        return AirtableClient.Write(id: change.known.recordID, fields: fields)
    }

    // MARK: accepted records

    private func accept(
        _ answer: AirtableClient.Written, _ changes: [PushChange], _ begun: Timestamp, _ outcome: inout PushOutcome
    ) async throws {
        let created = Set(answer.createdRecords ?? [])
        let byID = Dictionary(answer.records.map { ($0.id, $0) }) { first, _ in first }
        var byKey: [String: AirtableClient.Record] = [:]
        for record in answer.records {
            if let key = active.keys[.uuid], case .text(let uuid)? = record.fields[key] {
                byKey[uuid.lowercased()] = record
            }
        }
        var accepted: [AcceptedLead] = []
        for change in changes {
            let lead = change.known.lead
            // A record that is missing from the response was not written, whatever the status says.
            guard let record = change.known.recordID.map({ byID[$0] }) ?? byKey[lead.uuid.lowercased()] else {
                throw AirtableProblem(.unavailable, "Airtable's answer lacks a record that was sent")
            }
            if lead.deletedAt != nil {
                outcome.deleted += 1
            } else if created.contains(record.id) || outcome.learnt.madeByOption.contains(lead.id) {
                outcome.created += 1
            } else {
                outcome.updated += 1
            }
            var values = change.values
            if change.known.recordID == nil { values.updateValue(lead.uuid, forKey: .uuid) }
            outcome.learnt.accepted.formUnion(change.cells.filter { $0.value != nil }.map(\.key))
            let cells = active.cells(of: record)
            let fields = active.compared.filter { field in
                change.cells.keys.contains(field.column) || (field.column == .uuid && change.known.recordID == nil)
            }
            let refused = change.refusals.isEmpty ? nil : refusal(change.refusals.joined(separator: "; "))
            if refused != nil {
                outcome.refused.append(
                    .init(lead: lead.id, name: change.name, error: change.refusals.joined(separator: "; ")))
            }
            let sent = values
            accepted.append(
                AcceptedLead(lead: lead, recordID: record.id, refused: refused) { stored in
                    // Only the cells that were sent are agreed on. Changes that someone made to other cells meanwhile
                    // are read by the next pull.
                    var shadow = try SyncShadow(stored)
                    for field in fields {
                        shadow.agree(field, cell: cells[field.column], value: sent[field.column] ?? nil)
                    }
                    return shadow.stored
                })
        }
        let (done, now) = (accepted, runtime.now)
        let refused = outcome.refused.isEmpty ? nil : outcome.refused.last?.error
        let row = steps.step(
            .push, of: changes.map(\.known.lead.id), changes: changes.count == 1 ? changes[0].differences : [],
            error: changes.count == 1 && !changes[0].refusals.isEmpty ? refused : nil, from: begun, to: now)
        try await store.write { transaction in
            for lead in done { try transaction.accept(lead, at: now) }
            try transaction.runs.add([row])
        }
    }

    private func delete(_ leads: [SyncQueries.LeadState], _ outcome: inout PushOutcome) async throws {
        let begun = runtime.now
        var rest = leads
        let operations = leads.map { (lead: $0.lead.id, operation: SyncQueries.Operation.delete, sent: String?.none) }
        try await store.write { try $0.sync.begin(operations, at: begun) }
        var done: [SyncQueries.LeadState] = []
        var failure: (any Error)?
        while !rest.isEmpty, failure == nil {
            do {
                let deleted = Set(try await client.delete(rest.compactMap(\.recordID)))
                done += rest.filter { known in known.recordID.map { deleted.contains($0) } ?? true }
                if done.count < leads.count {
                    failure = AirtableProblem(.unavailable, "Airtable did not delete what it was asked to")
                }
                rest = []
            } catch let problem as AirtableProblem {
                // A record that is already gone is as good as deleted. It has to be left out, because Airtable refuses
                // the whole request.
                if case .noSuchRecord(let record) = problem.kind,
                    let index = rest.firstIndex(where: { $0.recordID == record })
                {
                    done.append(rest.remove(at: index))
                } else if [.configuration, .badRecord, .forbidden].contains(problem.kind),
                    problem.type != "AUTHENTICATION_REQUIRED"
                {
                    // The token may write but not delete. That must not hold up other leads.
                    for known in rest {
                        try await refuse(known.lead, known.lead.displayName, problem.description, begun, &outcome)
                    }
                    rest = []
                } else {
                    failure = problem
                }
            } catch { failure = error }
        }
        outcome.deleted += done.count
        if !done.isEmpty {
            let (ended, now) = (done.map { (id: $0.lead.id, revision: $0.lead.revision) }, runtime.now)
            let row = steps.step(.push, of: ended.map(\.id), from: begun, to: now)
            try await store.write { transaction in
                for lead in ended { try transaction.finishDelete(lead.id, revision: lead.revision, at: now) }
                try transaction.runs.add([row])
            }
        }
        if let failure { throw failure }
    }
}

extension PushChange {
    var operation: SyncQueries.Operation {
        known.lead.deletedAt != nil ? .delete : known.recordID == nil ? .create : .update
    }
}

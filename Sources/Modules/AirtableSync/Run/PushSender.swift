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
    private static let refusalsOfAField = 3

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

    private func write(_ changes: [PushChange], _ outcome: inout PushOutcome) async throws {
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
    private func recheck(_ changes: [PushChange]) -> (@Sendable () async throws -> Void)? {
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

    // MARK: refusals

    private func mend(
        _ changes: [PushChange], _ problem: AirtableProblem, _ begun: Timestamp, _ outcome: inout PushOutcome
    ) async throws {
        switch problem.kind {
        case .noSuchRecord(let record):
            let rest = changes.filter { $0.known.recordID != record }
            guard rest.count < changes.count else { throw problem }
            outcome.gone.append(record)
            try await write(rest, &outcome)
        case .noSuchField(let name):
            guard let column = active.column(named: name), column != .uuid,
                outcome.learnt.missing.insert(column).inserted
            else { throw AirtableProblem(.configuration, problem.description) }
            try await write(changes, &outcome)
        case .lockedField(let name):
            guard let column = active.column(named: name), column != .uuid,
                outcome.learnt.computed.insert(column).inserted
            else { throw AirtableProblem(.configuration, problem.description) }
            try await write(changes, &outcome)
        case .badRecord: try await mendRecord(changes, problem, begun, &outcome)
        case .changedMeanwhile: outcome.changed += changes.map(\.known.lead.id)
        case .forbidden:
            // A token that may edit but not create must not hold up the edits.
            let (creates, edits) = (
                changes.filter { $0.known.recordID == nil }, changes.filter { $0.known.recordID != nil }
            )
            guard !creates.isEmpty else { throw AirtableProblem(.configuration, problem.description) }
            outcome.learnt.cannotCreate = problem.description
            for var change in creates {
                change.refusals.append(problem.description)
                try await refuse(change, begun, &outcome)
            }
            if !edits.isEmpty { try await write(edits, &outcome) }
        default: throw problem
        }
    }

    private func mendRecord(
        _ changes: [PushChange], _ problem: AirtableProblem, _ begun: Timestamp, _ outcome: inout PushOutcome
    ) async throws {
        let named = AirtableProblem.quoted(problem.said) ?? ""
        if problem.type == "INVALID_MULTIPLE_CHOICE_OPTIONS" {
            if try await addOption(named, changes, begun, &outcome.learnt) { return try await write(changes, &outcome) }
            if refuseOption(named, changes, &outcome.learnt) { return try await write(changes, &outcome) }
        }
        if let column = active.column(named: AirtableProblem.fieldName(in: problem.said)), column != .uuid {
            if problem.said.contains("is computed"), outcome.learnt.computed.insert(column).inserted {
                return try await write(changes, &outcome)
            }
            // A refused stamp never keeps data from being sent.
            if column.isStamp, outcome.learnt.computed.insert(column).inserted {
                return try await write(changes, &outcome)
            }
            let holders = changes.indices.filter { changes[$0].cells[column] != nil }
            if holders.count == 1 {
                let count = (outcome.learnt.refusals[column]?.count ?? 0) + 1
                outcome.learnt.refusals[column] = (count, problem.said)
                var rest = changes
                rest[holders[0]].cells.removeValue(forKey: column)
                rest[holders[0]].refusals.append("\(active.name(of: column)): \(problem.said)")
                return try await write(rest, &outcome)
            }
        }
        guard changes.count > 1 else {
            var change = changes[0]
            change.refusals.append(problem.description)
            outcome.learnt.general[problem.description, default: 0] += 1
            return try await refuse(change, begun, &outcome)
        }
        // What was said of several records in the same words, and of none that was accepted, is said of all: a limit of
        // the base, not a fault of a record. To find that out once more for each of them would cost two calls a lead.
        if outcome.learnt.general[problem.description, default: 0] >= Self.refusalsOfAField {
            for var change in changes {
                change.refusals.append(problem.description)
                try await refuse(change, begun, &outcome)
            }
            return
        }
        // One refused record makes Airtable refuse the whole batch, so the batch is halved until that record is found.
        try await write(Array(changes[..<(changes.count / 2)]), &outcome)
        try await write(Array(changes[(changes.count / 2)...]), &outcome)
    }

    /// Lets Airtable add an option that a select field lacks, by a write of that one cell alone. Returns false if that is
    /// not wanted, was tried before, or is refused.
    private func addOption(
        _ option: String, _ changes: [PushChange], _ begun: Timestamp, _ learnt: inout PushAllowance
    ) async throws -> Bool {
        guard createsOptions, learnt.added.insert(option).inserted else { return false }
        for change in changes {
            guard let (column, _) = change.cells.first(where: { $0.value == .text(option) && $0.key == .status }),
                let key = active.keys[column]
            else { continue }
            var fields: [String: Cell?] = [key: .text(option)]
            if change.known.recordID == nil, let uuid = active.keys[.uuid] {
                fields.updateValue(.text(change.known.lead.uuid), forKey: uuid)
            }
            do {
                _ = try await client.write(
                    [.init(id: change.known.recordID, fields: fields)], key: active.keys[.uuid] ?? "",
                    byID: active.usesIDs, addsOptions: true, recheck: recheck([change]))
                if change.known.recordID == nil { learnt.madeByOption.insert(change.known.lead.id) }
                return true
            } catch let problem as AirtableProblem where [.badRecord, .forbidden].contains(problem.kind) {
                return false
            }
        }
        return false
    }

    /// Airtable's error names the option but not the field, so the option is blocked in every field that holds it.
    private func refuseOption(_ option: String, _ changes: [PushChange], _ learnt: inout PushAllowance) -> Bool {
        var isNew = false
        for change in changes {
            for (column, cell) in change.cells where cell == .text(option) && column != .uuid {
                isNew = learnt.options[column, default: []].insert(option).inserted || isNew
            }
        }
        if !isNew, ["synced", "error"].contains(option) {
            isNew = learnt.options[.syncStatus, default: []].insert(option).inserted
        }
        return isNew
    }

    /// Removes what Airtable does not accept. The rest of the lead is still sent.
    private func leaveOut(_ change: inout PushChange, _ learnt: PushAllowance) {
        for (column, cell) in change.cells {
            if learnt.missing.contains(column) || learnt.computed.contains(column) {
                change.cells.removeValue(forKey: column)
            } else if let refusal = learnt.refusals[column], refusal.count >= Self.refusalsOfAField, cell != nil,
                !learnt.accepted.contains(column)
            {
                change.cells.removeValue(forKey: column)
                change.refusals.append("\(active.name(of: column)): \(refusal.said)")
            } else if case .text(let option)? = cell, learnt.options[column]?.contains(option) == true {
                change.cells.removeValue(forKey: column)
                change.refusals.append(
                    "\(active.name(of: column)): Airtable has no option \"\(option)\"; add it to the field, or give the word another under words in airtable-fields.yaml"
                )
            }
        }
        for stamp in active.stamps {
            if learnt.missing.contains(stamp.column) || learnt.computed.contains(stamp.column)
                || learnt.options[stamp.column] != nil
            {
                change.withoutStamps.insert(stamp.column)
            }
        }
    }

    private func refusal(_ text: String) -> Refusal {
        let (now, attempts, delay) = (runtime.now, attempts, delay)
        return Refusal(text) { count in count < attempts ? now + delay(count) : nil }
    }

    private func refuse(_ change: PushChange, _ begun: Timestamp, _ outcome: inout PushOutcome) async throws {
        let lead = change.known.lead
        guard !change.refusals.isEmpty else {
            // Everything that was to be sent was for fields that do not exist or cannot be written.
            let (now, done) = (runtime.now, (id: lead.id, revision: lead.revision))
            return try await store.write { try $0.sync.settle(done.id, revision: done.revision, at: now) }
        }
        try await refuse(lead, change.name, change.refusals.joined(separator: "; "), begun, &outcome)
    }

    private func refuse(
        _ lead: Lead, _ name: String, _ error: String, _ begun: Timestamp, _ outcome: inout PushOutcome
    ) async throws {
        outcome.refused.append(.init(lead: lead.id, name: name, error: error))
        let (refusal, now) = (refusal(error), runtime.now)
        let row = steps.step(.push, of: [lead.id], error: error, from: begun, to: now)
        try await store.write { transaction in
            try transaction.refuse(lead, refusal, at: now)
            try transaction.runs.add([row])
        }
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

import Leads
import Storage
import Values

/// What becomes of a batch that Airtable refuses, as a whole or for one part.
extension PushSender {
    func mend(
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
    func leaveOut(_ change: inout PushChange, _ learnt: PushAllowance) {
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

    func refusal(_ text: String) -> Refusal {
        let (now, attempts, delay) = (runtime.now, attempts, delay)
        return Refusal(text) { count in count < attempts ? now + delay(count) : nil }
    }

    func refuse(_ change: PushChange, _ begun: Timestamp, _ outcome: inout PushOutcome) async throws {
        let lead = change.known.lead
        guard !change.refusals.isEmpty else {
            // Everything that was to be sent was for fields that do not exist or cannot be written.
            let (now, done) = (runtime.now, (id: lead.id, revision: lead.revision))
            return try await store.write { try $0.sync.settle(done.id, revision: done.revision, at: now) }
        }
        try await refuse(lead, change.name, change.refusals.joined(separator: "; "), begun, &outcome)
    }

    func refuse(
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
}

import Leads
import Storage
import Values

/// Reads changes from the list that Airtable keeps for a webhook. It includes deletions, and reading it costs one call
/// per page.
extension SyncRun {
    /// Creates the webhook. If Airtable refuses, that is reported, and changes are still pulled by time.
    func subscribe() async throws {
        guard !request.isDryRun else { return }
        guard let table = state.fields?.tableID else {
            return report.note("webhooks need a token that may read the base's schema (scope schema.bases:read)")
        }
        do {
            state.webhook = try await client.createWebhook(table: table).id
            state.cursor = 1
            state.isCaughtUp = false
            state.isWebhookRefused = false
            try await saveState()
        } catch let problem as AirtableProblem where problem.kind == .configuration || problem.kind == .badRecord {
            state.isWebhookRefused = true
            report.note("no webhook could be made, so changes are pulled by time: \(problem.description)")
        }
    }

    /// Returns false if there is no usable list: it is gone, or changes are missing from it. The caller then pulls by
    /// time.
    func pullPayloads() async throws -> Bool {
        guard let webhook = state.webhook else { return false }
        var cursor = state.cursor ?? 1
        var date: Timestamp?
        var (archived, destroyed): (Set<Int64>, Set<String>) = ([], [])
        guard state.fields?.tableID != nil else { return false }
        while true {
            try Task.checkCancellation()
            let begun = now
            let page: AirtableClient.Payloads
            do {
                let answer = try await client.payloads(of: webhook, from: cursor)
                page = answer.0
                if date == nil {
                    date = answer.date ?? begun
                    skew = answer.date.map { $0.since(now) } ?? .zero
                }
            } catch let problem as AirtableProblem
                where [.configuration, .badRecord].contains(problem.kind) && !problem.type.isEmpty
            {
                return lose(problem.description)
            }
            let isEnd = !page.mightHaveMore
            let isWhole = !page.payloads.contains { $0.error == true } && (isEnd || page.cursor > cursor)
            guard isWhole else { return lose("Airtable could not record all changes") }
            archived.formUnion(try await apply(page, &destroyed))
            cursor = max(cursor, page.cursor)
            if isEnd { break }
        }
        // Deletions are decided on together, and the cursor moves only once everything has been applied.
        try await removeGone(destroyed.sorted(), archived: archived)
        if !request.isDryRun { state.cursor = cursor }
        try await moveWatermark(to: date)
        return true
    }

    /// Gives up the webhook. The next pull creates a new one.
    private func lose(_ why: String) -> Bool {
        report.note("the webhook's list of changes can no longer be read (\(why)); changes are pulled by time instead")
        state.webhook = nil
        state.cursor = nil
        return false
    }

    /// Returns the leads whose records someone has archived.
    private func apply(_ page: AirtableClient.Payloads, _ destroyed: inout Set<String>) async throws -> Set<Int64> {
        var changed: [String: [String: Cell]] = [:]
        var unknown: Set<String> = []
        let tableID = state.fields?.tableID
        for payload in page.payloads {
            for table in (payload.changedTablesById ?? [:]).filter({ $0.key == tableID }).values {
                // Applied in order, so that a record that was deleted and restored counts as existing.
                for record in (table.createdRecordsById ?? [:]).keys {
                    unknown.insert(record)
                    destroyed.remove(record)
                }
                for (record, change) in table.changedRecordsById ?? [:] {
                    changed[record, default: [:]].merge(change.current?.cellValuesByFieldId ?? [:]) { $1 }
                    destroyed.remove(record)
                }
                for record in table.destroyedRecordIds ?? [] {
                    unknown.remove(record)
                    changed.removeValue(forKey: record)
                    destroyed.insert(record)
                }
            }
        }
        let ids = Array(Set(changed.keys).union(unknown)).sorted()
        let shadows = try await store.read { try $0.sync.shadows(ofRecords: ids) }
        // Our own writes appear in the list as well. They match the shadow and are skipped.
        let news = try ids.filter { record in
            guard let shadow = try shadows[record].map({ try SyncShadow($0) }), let cells = changed[record] else {
                return shadows[record] == nil || !unknown.contains(record)
            }
            return active.compared.contains { field in
                guard let key = active.keys[field.column], let cell = cells[key] else { return false }
                return field.valueOrMark(cell) != field.valueOrMark(shadow.cell(field))
            }
        }
        return try await fetch(news).archived
    }
}

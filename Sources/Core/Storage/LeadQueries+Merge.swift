internal import GRDB
public import Leads
public import Values

/// Two leads become one, and one becomes two again. A merge moves rows and remembers which, so that it can be undone.
extension LeadQueries {
    /// What a merge moved.
    private struct Moved: Codable {
        var records: [Int64] = []
        var values: [Int64] = []
        var activities: [Int64] = []
        var campaigns: [Int64] = []
        /// Airtable's records that were the merged lead's.
        var links: [String] = []
        /// The other lead's standing before.
        var status: LeadStatus?
        var optOut: OptOut?
        /// What the merge gave the other lead.
        var gaveOptOut: OptOut?
        var gaveStatus: LeadStatus?
        var gaveMessage: String?
    }

    /// Tables whose rows belong to a lead and go with it in a merge, and where `Moved` keeps their numbers.
    private static var moving: [(table: String, rows: WritableKeyPath<Moved, [Int64]>)] {
        [
            ("lead_records", \.records), ("lead_values", \.values), ("pipeline_activities", \.activities),
            ("campaigns", \.campaigns),
        ]
    }

    /// Makes two leads one: `lead` becomes part of `target`. Everything that was said about it, its messages and its
    /// history go along; an opt-out of either holds for both.
    ///
    /// Both must be leads that are not deleted. If only `lead` has a record in Airtable, it becomes `target`'s;
    /// otherwise it is kept as another record of the person.
    ///
    /// - Parameter rule: why, for people.
    public func merge(
        _ lead: Lead, into target: Lead, rule: String?, author: LeadAuthor, at now: Timestamp
    ) throws(StorageError) {
        try session.write { database in
            for one in [lead, target] {
                try LeadQueries.requireRecords(of: one, database)
                try LeadQueries.insert(LeadKey.keys(of: one.fields), of: one.id, isFormer: false, database)
            }
            var moved = Moved()
            (moved.status, moved.optOut) = (target.status, target.optOut)
            for (table, rows) in LeadQueries.moving {
                moved[keyPath: rows] = try Int64.fetchAll(
                    database, sql: "SELECT id FROM \(table) WHERE lead_id = ?", arguments: [lead.id])
                try database.execute(
                    sql: "UPDATE \(table) SET lead_id = ? WHERE lead_id = ?", arguments: [target.id, lead.id])
            }
            try LeadQueries.moveKeys(from: lead.id, to: target.id, database)
            moved.links = try SyncQueries.moveRecords(of: lead, to: target, database)

            // The lead that goes keeps what it had, for the day that the merge is undone.
            var gone = LeadChange()
            gone.deletedAt = .some(now)
            gone.mergedInto = .some(target.id)
            try LeadQueries.change(lead, gone, because: .airtable(isPending: false), at: now, database)

            var change = LeadChange()
            if target.optOut == nil, let optOut = lead.optOut { change.optOut = .some(optOut) }
            change.status = LeadLifecycle.status(target.status, afterRecordSaying: lead.status)
            if lead.isVerified { change.isVerified = true }
            if target.message == nil, lead.message != nil, lead.optOut == nil, target.optOut == nil {
                change.message = .some(lead.message)
                change.status = change.status ?? LeadLifecycle.status(target.status, after: .messageWritten)
                if change.status == target.status { change.status = nil }
            }
            // One message is enough: the one that is ready, or else that of the lead that stays.
            let drafts = try MessageQueries.drafts(of: target.id, database)
            let own = drafts.filter { !moved.campaigns.contains($0) }
            try MessageQueries.cancelDrafts(
                among: change.message != nil ? own : own.isEmpty && target.message == nil ? [] : moved.campaigns,
                at: now, database)
            let current = try LeadQueries.require(target.id, database)
            try LeadQueries.refold(current, change, because: .merge, at: now, database)
            if change == LeadChange() {
                try LeadQueries.change(
                    try LeadQueries.require(target.id, database), LeadChange(), because: .merge, at: now, database)
            }
            // The message that it got was written to the other as that one was.
            if change.message != nil,
                try LeadQueries.withdrawOutdated(target.id, writtenTo: lead.fields, at: now, database)
            {
                try LeadQueries.makeDueForMessage(target.id, at: now, database)
            }
            if (change.optOut ?? target.optOut) != nil {
                try LeadQueries.withdrawOthers(than: target.id, at: now, database)
            }
            let after = try LeadQueries.require(target.id, database)
            moved.gaveOptOut = change.optOut ?? nil
            moved.gaveStatus = after.status == target.status ? nil : after.status
            moved.gaveMessage = change.message ?? nil
            try database.execute(
                sql: """
                    INSERT INTO lead_decisions (kind, lead_id, into_lead, rule, author, at, moved)
                    VALUES ('merge', ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    lead.id, target.id, rule, author.rawValue, now.description, StableJSON.text(of: moved) ?? "{}",
                ])
        }
    }

    /// Undoes a merge: the lead is back with what came with it. What was done since stays with the lead that it was done
    /// on. The two are never made one again by themselves.
    ///
    /// Returns what stays although the merge brought it, one clause each; nil if the merge was undone before.
    public func unmerge(
        _ decision: LeadDecision, author: LeadAuthor, at now: Timestamp
    ) throws(StorageError) -> [String]? {
        try session.write { try LeadQueries.unmerge(decision, author: author, at: now, $0) }
    }

    static func unmerge(
        _ decision: LeadDecision, author: LeadAuthor, at now: Timestamp, _ database: Database
    ) throws -> [String]? {
        guard decision.kind == "merge", decision.undoneAt == nil else { return nil }
        let text = try String.fetchOne(
            database, sql: "SELECT moved FROM lead_decisions WHERE id = ?", arguments: [decision.id])
        guard let moved = text.flatMap({ StableJSON.decode(Moved.self, $0) }) else {
            throw StorageError(
                .unreadable, "column moved of row \(decision.id) of lead_decisions", "does not say what was moved",
                hint: "restore a backup: 4runr backup list")
        }
        let lead = try LeadQueries.require(decision.lead, database)
        let holder = try LeadQueries.final(decision.into, database)
        let before = try LeadQueries.require(holder, database)
        for (table, rows) in LeadQueries.moving {
            for some in moved[keyPath: rows].chunks(of: 500) {
                try database.execute(
                    sql: """
                        UPDATE \(table) SET lead_id = ?
                        WHERE lead_id = ? AND id IN (\(some.map { _ in "?" }.joined(separator: ", ")))
                        """, arguments: [lead.id, holder] + StatementArguments(some))
            }
        }
        try database.execute(
            sql: "UPDATE lead_decisions SET undone_at = ?, undone_by = ? WHERE id = ?",
            arguments: [now.description, author.rawValue, decision.id])
        try LeadQueries.keepApart(lead.id, holder, rule: "unmerge", author: author, at: now, database)
        try SyncQueries.returnRecords(moved.links, from: holder, to: lead.id, database)

        var back = LeadChange()
        back.deletedAt = .some(nil)
        back.mergedInto = .some(nil)
        // Nobody knows which of the two said no while they were one.
        if lead.optOut == nil, let optOut = before.optOut, optOut != moved.optOut, optOut.at >= decision.at {
            back.optOut = .some(optOut)
        }
        if [.contacted, .replied, .won, .lost].contains(before.status), before.status != moved.status {
            back.message = .some(nil)
        }
        // Its message may have been cancelled, because one was enough.
        if lead.status == .ready, lead.message != nil, !moved.campaigns.isEmpty,
            try MessageQueries.drafts(of: lead.id, database).isEmpty
        {
            back.message = .some(nil)
        }
        if back.message != nil {
            back.status = LeadLifecycle.statusWithoutMessage(lead.status, isEnriched: lead.isEnriched)
        }
        try LeadQueries.rebuildKeys(of: lead.id, database)
        let left = LeadFold.fold(
            records: try LeadQueries.records(of: lead.id, database),
            values: try LeadQueries.values(of: lead.id, database))
        guard left.fields.isEnough else {
            throw StorageError(
                .refused, "lead \(lead.id)", "has nothing left of its own: its records were taken out before",
                hint: "4runr leads explain \(holder) lists what is there")
        }
        // The other gives the message back first, because a mailbox has one at most.
        let givesBack = moved.gaveMessage != nil && moved.gaveMessage == before.message
        if givesBack {
            var without = LeadChange()
            without.message = .some(nil)
            try LeadQueries.change(before, without, because: .unmerge, at: now, database)
        }
        try LeadQueries.refold(lead, back, because: .unmerge, at: now, database)

        let target = try LeadQueries.require(holder, database)
        var (change, stays) = (LeadChange(), [String]())
        // What one of the two said is that one's again, unless somebody else who is part of the lead said it, too.
        if let optOut = moved.gaveOptOut, target.optOut == optOut, moved.optOut == nil {
            // Only a person lifts an opt-out, also this way.
            if try !author.isPerson || LeadQueries.hasOptedOutPart(holder, otherThan: lead.id, database) {
                stays.append("the opt-out")
            } else {
                change.optOut = .some(nil)
            }
        }
        if let status = moved.gaveStatus, let before = moved.status {
            if target.status == status, status != .unsubscribed || change.optOut != nil {
                change.status =
                    target.message == nil
                    ? LeadLifecycle.statusWithoutMessage(before, isEnriched: target.isEnriched) : before
            } else if target.status != before {
                stays.append("status \(target.status.rawValue)")
            }
        }
        if moved.gaveMessage != nil {
            if givesBack {
                change.status = LeadLifecycle.statusWithoutMessage(
                    change.status ?? target.status, isEnriched: target.isEnriched)
            } else {
                stays.append("the message")
            }
        }
        stays += try LeadQueries.values(of: holder, database).filter { $0.at >= decision.at }
            .map { "\($0.field.rawValue) \"\($0.value ?? "")\" (\($0.author))" }
        try LeadQueries.refold(target, change, because: .unmerge, at: now, database)
        // Its record in Airtable may be another's now.
        try LeadQueries.change(
            try LeadQueries.require(holder, database), LeadChange(), because: .unmerge, at: now, database)
        try LeadQueries.rebuildKeys(of: holder, database)
        for (id, lost) in [(lead.id, back.message != nil), (holder, givesBack)] where lost {
            try LeadQueries.makeDueForMessage(id, at: now, database)
        }
        return stays
    }

    /// Takes a record out of a lead and makes a lead of its own from it. Returns its id; nil if the lead has no such
    /// record, or no other.
    public func split(
        record id: Int64, from lead: Lead, uuid: String, author: LeadAuthor, at now: Timestamp
    ) throws(StorageError) -> Int64? {
        try session.write { try LeadQueries.split(record: id, from: lead, uuid: uuid, author: author, at: now, $0) }
    }

    static func split(
        record id: Int64, from lead: Lead, uuid: String, author: LeadAuthor, at now: Timestamp, _ database: Database
    ) throws -> Int64? {
        let records = try LeadQueries.records(of: lead.id, database)
        guard records.count > 1, let record = records.first(where: { $0.id == id }), record.fields.isEnough,
            LeadFold.fold(
                records: records.filter { $0.id != id }, values: try LeadQueries.values(of: lead.id, database)
            ).fields.isEnough
        else { return nil }
        var row = Assignments()
        row.set("uuid", uuid)
        row.set("status", (lead.optOut == nil ? LeadStatus.cleaned : .unsubscribed).rawValue)
        row.set("needs_enrichment", LeadQueries.flag(!record.fields.missing.isEmpty))
        row.set("source", record.source)
        row.set("created_at", now.description)
        row.set("updated_at", now.description)
        row.set("raw_data", StableJSON.text(of: record.content))
        // Nobody knows which of the two said no.
        row.set("opted_out_at", lead.optOut?.at.description)
        row.set("opted_out_by", lead.optOut?.by.rawValue)
        row.set("opted_out_how", lead.optOut?.how)
        row.set(record.fields)
        row.set("change_number", try LeadQueries.nextChange(database))
        let new = try row.insert(database, row.insertion(into: "leads"))
        try CounterQueries.move(from: [], to: try LeadQueries.require(new, database).counters, database)
        try database.execute(
            sql: "UPDATE lead_records SET lead_id = ?, rule = NULL WHERE id = ?", arguments: [new, id])
        try database.execute(
            sql: "UPDATE lead_values SET lead_id = ? WHERE record_id = ? AND lead_id = ?",
            arguments: [new, id, lead.id])
        try LeadQueries.rebuildKeys(of: new, database)
        if lead.optOut == nil {
            for stage in LeadLifecycle.firstStages { try DueQueries.make(new, stage, at: now, database) }
        }
        try LeadQueries.refold(lead, LeadChange(), because: .unmerge, at: now, database)
        try LeadQueries.rebuildKeys(of: lead.id, database)
        try LeadQueries.keepApart(new, lead.id, rule: "unmerge", author: author, at: now, database)
        return new
    }

    /// Records that two leads are two people.
    public func keepApart(
        _ lead: Int64, _ other: Int64, rule: String?, author: LeadAuthor, at now: Timestamp
    ) throws(StorageError) {
        try session.write { try LeadQueries.keepApart(lead, other, rule: rule, author: author, at: now, $0) }
    }

    private static func keepApart(
        _ lead: Int64, _ other: Int64, rule: String?, author: LeadAuthor, at now: Timestamp, _ database: Database
    ) throws {
        try database.execute(
            sql: """
                INSERT INTO lead_decisions (kind, lead_id, into_lead, rule, author, at, moved)
                VALUES ('apart', ?, ?, ?, ?, ?, '{}')
                """, arguments: [lead, other, rule, author.rawValue, now.description])
    }

    /// The decisions that a lead has a part in, newest first.
    public func decisions(about lead: Int64) throws(StorageError) -> [LeadDecision] {
        try session.read { try LeadQueries.decisions(about: lead, $0) }
    }

    /// The decisions in force that a lead, or one that is part of it, has a part in, newest first.
    public func decisionsInForce(within lead: Int64) throws(StorageError) -> [LeadDecision] {
        try session.read { database in
            var decisions: [Int64: LeadDecision] = [:]
            for part in try LeadQueries.parts(of: lead, database) {
                for one in try LeadQueries.decisions(about: part, database) where one.undoneAt == nil {
                    decisions[one.id] = one
                }
            }
            return decisions.values.sorted { $0.id > $1.id }
        }
    }

    static func decisions(about lead: Int64, _ database: Database) throws -> [LeadDecision] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT * FROM lead_decisions WHERE lead_id = ?
                UNION ALL SELECT * FROM lead_decisions WHERE into_lead = ? AND lead_id <> ?
                """, arguments: [lead, lead, lead]
        ).map { row in
            LeadDecision(
                id: try row.value("id"), kind: try row.value("kind"), lead: try row.value("lead_id"),
                into: try row.value("into_lead"), rule: try row.value("rule"),
                author: LeadAuthor(rawValue: try row.value("author")), at: try row.requiredTimestamp("at"),
                undoneAt: try row.timestamp("undone_at"))
        }.sorted { $0.id > $1.id }
    }

    /// Whether another lead that is part of this one had opted out by itself.
    private static func hasOptedOutPart(_ lead: Int64, otherThan part: Int64, _ database: Database) throws -> Bool {
        try Int.fetchOne(
            database,
            sql: """
                SELECT 1 FROM lead_decisions d JOIN leads l ON l.id = d.lead_id
                WHERE d.into_lead = ? AND d.kind = 'merge' AND d.undone_at IS NULL AND d.lead_id <> ?
                    AND l.opted_out_at IS NOT NULL LIMIT 1
                """, arguments: [lead, part]) != nil
    }

    /// The lead that a lead is part of now, however often it was merged; itself if it is not merged.
    public func final(_ lead: Int64) throws(StorageError) -> Int64 {
        try session.read { try LeadQueries.final(lead, $0) }
    }

    static func final(_ lead: Int64, _ database: Database) throws -> Int64 {
        var id = lead
        for _ in 0..<100 {
            guard let next = try require(id, database).mergedInto else { return id }
            id = next
        }
        return id
    }

    static func require(_ id: Int64, _ database: Database) throws -> Lead {
        guard let lead = try fetch("id = ?", [id], database).first else {
            throw StorageError(.other, "leads", "there is no lead \(id)")
        }
        return lead
    }

    private static func moveKeys(from lead: Int64, to target: Int64, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO lead_keys (kind, value, lead_id, is_former)
                SELECT kind, value, ?, 1 FROM lead_keys WHERE lead_id = ? ON CONFLICT DO NOTHING
                """, arguments: [target, lead])
        try database.execute(sql: "DELETE FROM lead_keys WHERE lead_id = ?", arguments: [lead])
    }

    /// Computes a lead's keys anew from its records and values, after some of them were moved.
    private static func rebuildKeys(of lead: Int64, _ database: Database) throws {
        try database.execute(sql: "DELETE FROM lead_keys WHERE lead_id = ?", arguments: [lead])
        let (records, values) = (try records(of: lead, database), try values(of: lead, database))
        let folded = LeadFold.fold(records: records, values: values).fields
        try insert(LeadKey.keys(of: folded), of: lead, isFormer: false, database)
        for record in records { try insert(LeadKey.keys(of: record.fields), of: lead, isFormer: true, database) }
        for value in values {
            let keys = LeadKey.keys(of: LeadFields([value.field: value.value ?? ""]))
            try insert(keys, of: lead, isFormer: true, database)
        }
    }
}

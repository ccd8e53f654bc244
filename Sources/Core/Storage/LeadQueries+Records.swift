internal import GRDB
public import Leads
public import Values

extension LeadQueries {
    /// Stores a record with its lead. Returns false if the lead already has this very record.
    public func addRecord(_ record: CleanLead, to lead: Lead, at now: Timestamp) throws(StorageError) -> Bool {
        try session.write { database in
            let records = try LeadRecords(lead.rawData, of: lead.id).adding(record, at: now)
            guard records.isChanged else { return false }
            try database.cachedStatement(sql: "UPDATE leads SET raw_data = ? WHERE id = ?")
                .execute(arguments: [records.json, lead.id])
            return true
        }
    }

    /// Whether this very record is already stored with the lead. Throws if the stored records cannot be read.
    public func isMade(_ lead: Lead, of record: CleanLead) throws(StorageError) -> Bool {
        try !LeadRecords(lead.rawData, of: lead.id).adding(record, at: lead.updatedAt).isChanged
    }
}

/// The records that a lead was made from: `[{"source":…, "at":…, "record":{…}}]`, oldest first.
struct LeadRecords {
    private var entries: [Entry] = []
    private(set) var isChanged = false

    private struct Entry: Codable, Equatable {
        let source: String
        let at: Timestamp
        let record: [String: String]
    }

    init() {}

    /// Throws if the column holds something else, which is then not overwritten.
    init(_ json: String?, of lead: Int64) throws(StorageError) {
        guard let json else { return }
        guard let known = StableJSON.decode([Entry].self, json) else {
            throw StorageError(
                .unreadable, "column raw_data of lead \(lead)", "does not hold the records that the lead was made of",
                hint: "another program may have written it; correct it by hand, or restore a backup: 4runr backup list")
        }
        entries = known
    }

    /// Adds a record unless it is already there. At most twenty are kept: the first and the latest.
    func adding(_ lead: CleanLead, at now: Timestamp) -> LeadRecords {
        guard !entries.contains(where: { $0.source == lead.source && $0.record == lead.record }) else { return self }
        var copy = self
        if copy.entries.count >= 20 { copy.entries.remove(at: 1) }
        copy.entries.append(Entry(source: lead.source, at: lead.scrapedAt ?? now, record: lead.record))
        copy.isChanged = true
        return copy
    }

    var json: String? { StableJSON.text(of: entries) }
}

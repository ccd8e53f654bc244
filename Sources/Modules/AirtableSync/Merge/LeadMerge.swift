import Leads
import Storage
import Values

/// Merges a record and a lead field by field, relative to what both last agreed on. Pure: it reads and writes no
/// database.
struct LeadMerge: Sendable {
    /// The fields that are compared, including the key.
    let fields: [MappedField]
    let deletes: OutgoingDeletes
    /// The conflict rule for the record as a whole.
    let rule: ConflictRule
    let intake: any PulledLeadIntake
    /// Airtable's clock minus ours.
    let skew: Duration

    /// The result of a merge.
    struct Outcome: Sendable {
        /// Nil when nothing has to be written.
        var merged: MergedLead?
        /// Someone has archived the record, so the lead has to be removed. That is not part of `merged`.
        var isArchivedThere = false
        /// The old and the new value here, by column.
        var changes: [SyncChange] = []
        /// Values that could not be used, and why.
        var notes: [String] = []
        /// How many conflicts were found, not counting those that were already waiting.
        var found = 0
        /// The lead's id; the name to show is in `name`.
        var lead: Int64?
        var name: String?
    }

    /// Merges a record's cells into a lead. Throws a `StorageError` if the stored shadow cannot be read.
    ///
    /// - Parameters:
    ///   - cells: the record's cells by column, without empty ones.
    ///   - modified: when the record was last modified, if the table has a field for that.
    ///   - isNew: the lead was just created from the record, so it has no changes of its own.
    ///   - forced: a person's decisions, by column. If there are any, only those columns are merged.
    func merge(
        _ cells: [SyncColumn: Cell], modified: Timestamp? = nil, with known: SyncQueries.LeadState, isNew: Bool = false,
        forced: [SyncColumn: SyncQueries.Side] = [:]
    ) throws(StorageError) -> Outcome {
        var work = try MergeWork(self, cells, modified, known, isNew, forced)
        // A person's decision applies only to its own field.
        for field in fields where forced.isEmpty || forced[field.column] != nil { work.look(at: field) }
        work.takeLeadFields()
        work.lookAtDeletion()
        return work.finish()
    }

    /// What has to be sent to Airtable for a lead.
    enum Outgoing: Equatable {
        case nothing
        case write([SyncColumn: Cell?], refusals: [String])
        case delete
    }

    func outgoing(_ lead: Lead, _ shadow: SyncShadow, waiting: Set<String>) -> Outgoing {
        if lead.deletedAt != nil {
            guard lead.airtableID != nil, deletes != .keep else { return .nothing }
            if deletes == .delete { return waiting.contains("record") ? .nothing : .delete }
        }
        var writes: [SyncColumn: Cell?] = [:]
        var refusals: [String] = []
        for field in fields where field.direction != .pull && !waiting.contains(field.column.rawValue) {
            if lead.deletedAt != nil, field.column != .archived { continue }
            let value = field.column.value(of: lead)
            guard value != shadow.value(field) else { continue }
            do {
                writes.updateValue(try field.cell(value), forKey: field.column)
            } catch { refusals.append("\(field.name): \(error)") }
        }
        return writes.isEmpty && refusals.isEmpty ? .nothing : .write(writes, refusals: refusals)
    }

    /// The record as a lead draft, for matching with known leads.
    ///
    /// - Parameter id: the record's id.
    func draft(_ cells: [SyncColumn: Cell], of id: String) -> LeadDraft {
        var values = LeadFields()
        var record: [String: String] = [:]
        for field in fields {
            guard let text = (try? field.value(cells[field.column])) ?? nil else { continue }
            record[field.name] = text
            if let leadField = field.column.leadField, field.direction != .push { values[leadField] = text }
        }
        var draft = LeadDraft(fields: values, source: "airtable", author: .airtable(id), record: record)
        if fields.contains(where: { $0.saysOptOut(cells[$0.column]) }) { draft.optOut = "in Airtable" }
        return draft
    }
}

/// What happens in Airtable when a lead is deleted here.
public enum OutgoingDeletes: String, Sendable, CaseIterable {
    case archive
    case delete
    case keep
}

extension MappedField {
    /// Whether somebody said with this cell that the person does not want to be written to.
    func saysOptOut(_ cell: Cell?) -> Bool {
        guard direction != .push, let text = try? value(cell) else { return false }
        return column == .optedOut || column == .status && text.lowercased() == "unsubscribed"
    }
}

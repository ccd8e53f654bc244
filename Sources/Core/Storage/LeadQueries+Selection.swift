internal import GRDB
public import Leads
import Values

/// Lists by the columns that have an index.
extension LeadQueries {
    /// A page of leads.
    public func list(_ selection: LeadSelection) throws(StorageError) -> [Lead] {
        try session.read { database in
            var leads: [Lead] = []
            for part in LeadQueries.parts(of: selection) where leads.count < selection.limit {
                let (sql, values) = (part.sql + " LIMIT ?", part.values + [selection.limit - leads.count])
                guard !selection.conditions.isEmpty else {
                    leads += try LeadQueries.fetch(sql, values, database)
                    continue
                }
                // Of statements with conditions there is no end, so they are not kept.
                let rows = try Row.fetchAll(
                    database, sql: "SELECT * FROM leads WHERE \(sql)", arguments: StatementArguments(values))
                leads += try LeadRows.leads(rows)
            }
            return leads
        }
    }

    /// Where the page after a lead begins.
    public func position(of lead: Int64, in selection: LeadSelection) throws(StorageError) -> LeadSelection.Position {
        try session.read { database in
            guard selection.sort != .id else { return .init(value: nil, id: lead) }
            let column = selection.sort.rawValue
            let row = try Row.fetchOne(
                database.cachedStatement(sql: "SELECT \(column) AS value FROM leads WHERE id = ?"), arguments: [lead])
            let value: LeadSelection.Value? =
                switch selection.sort.kind {
                case .number, .flag: (try row?.value("value") as Int64?).map { .number($0) }
                case .text, .word, .time: (try row?.value("value") as String?).map { .text($0) }
                }
            return .init(value: value, id: lead)
        }
    }

    /// How many leads a selection has, whatever its limit. Counts them one by one.
    public func count(_ selection: LeadSelection) throws(StorageError) -> Int {
        let (sql, values) = LeadQueries.condition(of: selection)
        return try session.read {
            try Int.fetchOne(
                $0, sql: "SELECT count(*) FROM leads WHERE \(sql)", arguments: StatementArguments(values)) ?? 0
        }
    }

    /// The numbers and revisions of the leads of a selection, in ascending order.
    public func revisions(
        _ selection: LeadSelection, limit: Int
    ) throws(StorageError) -> [(id: Int64, revision: Int64)] {
        let (sql, values) = LeadQueries.condition(of: selection)
        return try session.read {
            try Row.fetchAll(
                $0, sql: "SELECT id, revision FROM leads WHERE \(sql) ORDER BY id LIMIT ?",
                arguments: StatementArguments(values + [limit])
            ).map { (try $0.value("id"), try $0.value("revision")) }
        }
    }

    /// Leads that changed, or were deleted, in the order of their last change.
    ///
    /// - Parameter number: the last change that is known already.
    public func changes(after number: Int64, limit: Int) throws(StorageError) -> [(lead: Lead, number: Int64)] {
        try session.read { database in
            let rows = try Row.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT * FROM leads \(Dialect.using("leads_by_change")) WHERE change_number > ?
                        ORDER BY change_number LIMIT ?
                        """), arguments: [number, limit]
            )
            return try zip(try LeadRows.leads(rows), rows).map { ($0, try $1.value("change_number")) }
        }
    }

    /// The number of the last change of any lead; 0 before the first.
    public func lastChange() throws(StorageError) -> Int64 {
        try session.read {
            try Int64.fetchOne($0.cachedStatement(sql: "SELECT max(change_number) FROM leads")) ?? 0
        }
    }

    private typealias Values = [(any DatabaseValueConvertible)?]

    /// The queries that, one after the other, give a page: leads with a value in the sorted column, then those without.
    private static func parts(of selection: LeadSelection) -> [(sql: String, values: Values)] {
        let (condition, values) = condition(of: selection)
        let (column, order) = (selection.sort.rawValue, selection.isDescending ? "DESC" : "ASC")
        let beyond = selection.isDescending ? "<" : ">"
        guard selection.sort != .id else {
            let limit: (String, Values) = selection.after.map { (" AND id \(beyond) ?", [$0.id]) } ?? ("", [])
            return [("\(condition)\(limit.0) ORDER BY id \(order)", values + limit.1)]
        }
        var parts: [(String, Values)] = []
        let hasPassedValues = selection.after.map { $0.value == nil } ?? false
        if !hasPassedValues {
            let given = selection.sort.isOptional ? " AND \(column) IS NOT NULL" : ""
            var limit: (String, Values) = ("", [])
            if let after = selection.after, let value = after.value {
                limit = (" AND (\(column), id) \(beyond) (?, ?)", [stored(value), after.id])
            }
            parts.append(
                ("\(condition)\(given)\(limit.0) ORDER BY \(column) \(order), id \(order)", values + limit.1))
        }
        if selection.sort.isOptional {
            let limit: (String, Values) =
                hasPassedValues ? (" AND id \(beyond) ?", [selection.after?.id ?? 0]) : ("", [])
            parts.append(("\(condition) AND \(column) IS NULL\(limit.0) ORDER BY id \(order)", values + limit.1))
        }
        return parts
    }

    private static func condition(of selection: LeadSelection) -> (sql: String, values: Values) {
        var (parts, values): ([String], Values) = ([], [])
        switch selection.deleted {
        case .no: parts.append("deleted_at IS NULL")
        case .only: parts.append("deleted_at IS NOT NULL")
        case .yes: break
        }
        for condition in selection.conditions {
            let column = condition.column.rawValue
            switch condition.test {
            case .isAny(let any) where condition.column.kind == .flag && any.count == 1:
                // Written out, so that an index of the rows for which it holds can be used.
                parts.append("\(column) = \(any[0] == .number(1) ? 1 : 0)")
            case .isAny(let any):
                let marks = any.map { _ in "?" }.joined(separator: ", ")
                parts.append(any.count == 1 ? "\(column) = ?" : "\(column) IN (\(marks))")
                values += any.map { stored($0) }
            case .startsWith(let text):
                // Behind every text that begins so, in the order of code points.
                parts.append("\(column) >= ? AND \(column) < ?")
                values += [text, text + "\u{10FFFF}"]
            case .isEmpty(let isEmpty): parts.append("\(column) IS \(isEmpty ? "" : "NOT ")NULL")
            case .atLeast(let value):
                parts.append("\(column) >= ?")
                values.append(stored(value))
            case .below(let value):
                parts.append("\(column) < ?")
                values.append(stored(value))
            }
        }
        return (parts.isEmpty ? "1 = 1" : parts.joined(separator: " AND "), values)
    }

    private static func stored(_ value: LeadSelection.Value) -> any DatabaseValueConvertible {
        switch value {
        case .number(let number): number
        case .text(let text): text
        }
    }
}

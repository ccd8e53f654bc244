internal import GRDB
public import Leads
internal import Values

extension LeadQueries {
    /// Leads that contain all words of `text`, best match first. Words are looked up in name, company, title, location
    /// and industry; parts of words in name, company and email address.
    ///
    /// However common a word is, only the newest leads that contain it are ranked, so that a search takes milliseconds.
    public func search(_ text: String, limit: Int) throws(StorageError) -> [Lead] {
        let words = text.tidied(limit: 200).split {
            !$0.isLetter && !$0.isNumber && $0 != "@" && $0 != "." && $0 != "-"
        }
        .prefix(12).map { String($0) }
        guard let last = words.last else { return [] }
        return try session.read { database in
            if let email = EmailAddress(parsing: text) {
                let found = try LeadQueries.fetch(email: email, limit: limit, database)
                if !found.isEmpty { return found }
            }
            let all = words.map { "\"\($0.replacing("\"", with: ""))\"" }.joined(separator: " AND ")
            var ids = try LeadQueries.newest("leads_fts", all, limit, database)
            if ids.count < limit, last.count > 1 {
                let sampled = try LeadQueries.beginning(words, limit, database).filter { !ids.contains($0) }
                if ids.count + sampled.count >= limit {
                    ids += sampled
                } else {
                    ids += try LeadQueries.newest("leads_fts", all + " *", limit, database).filter { !ids.contains($0) }
                }
            }
            if ids.count < limit, words.allSatisfy({ $0.count >= 3 }) {
                ids += try LeadQueries.newest("leads_trigram", all, limit, database).filter { !ids.contains($0) }
            }
            let best = try LeadQueries.ranked(ids, by: words, database).prefix(limit)
            return try best.compactMap { try LeadQueries.fetch("id = ?", [$0], database).first }
        }
    }

    /// How many leads are ranked, at least. SQLite's own ranking counts all rows of each word, which takes long for words that
    /// many leads have.
    private static let candidates = 100

    /// The newest leads that match and are not deleted.
    private static func newest(
        _ table: String, _ query: String, _ limit: Int, _ database: Database
    ) throws -> [Int64] {
        try Int64.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT \(table).rowid FROM \(table) CROSS JOIN leads ON leads.id = \(table).rowid
                    WHERE \(table) MATCH ? AND leads.deleted_at IS NULL ORDER BY \(table).rowid DESC LIMIT ?
                    """),
            arguments: [query, max(candidates, limit * 2)])
    }

    /// Leads that have a word that begins with the last of `words`, and contain the others, out of the newest that share its first
    /// three letters, which have an index. A longer beginning has none: SQLite reads all rows that have it. That is quick if
    /// they are few, and if they are many, enough of them are found here.
    private static func beginning(_ words: [String], _ limit: Int, _ database: Database) throws -> [Int64] {
        guard let last = words.last, last.count > 3, last.allSatisfy({ $0.isLetter || $0.isNumber }) else { return [] }
        let query = (words.dropLast().map { "\"\($0.replacing("\"", with: ""))\"" } + ["\"\(last.prefix(3))\" *"])
            .joined(separator: " AND ")
        let some = try newest("leads_fts", query, min(max(150, limit), 500), database)
        guard !some.isEmpty else { return [] }
        let marks = some.map { _ in "?" }.joined(separator: ", ")
        let start = last.folded
        return try Row.fetchAll(
            database,
            sql: "SELECT id, full_name, company, title, location, industry FROM leads WHERE id IN (\(marks))",
            arguments: StatementArguments(some)
        ).compactMap { row in
            for place in 1...5 {
                let text = try row.decode(String?.self, atIndex: place)?.folded ?? ""
                if text.split(separator: " ").contains(where: { $0.hasPrefix(start) }) {
                    return try row.decode(Int64.self, atIndex: 0)
                }
            }
            return nil
        }
    }

    /// The leads, best match first, and among equals the newest first.
    private static func ranked(_ ids: [Int64], by words: [String], _ database: Database) throws -> [Int64] {
        let words = words.map(\.folded)
        let columns: [(field: LeadField, weight: Int)] = [
            (.fullName, 4), (.company, 3), (.title, 2), (.location, 1), (.industry, 1),
        ]
        let names = columns.map(\.field.rawValue).joined(separator: ", ")
        var scored: [(id: Int64, score: Int)] = []
        for some in ids.chunks(of: 500) {
            let marks = some.map { _ in "?" }.joined(separator: ", ")
            let rows = try Row.fetchAll(
                database,
                sql: "SELECT id, \(names) FROM leads WHERE id IN (\(marks))",
                arguments: StatementArguments(some))
            for row in rows {
                var score = 0
                let parts = try columns.indices.map { place in
                    (try row.decode(String?.self, atIndex: place + 1))?.folded.split(separator: " ") ?? []
                }
                for word in words {
                    var best = 0
                    for (place, tokens) in parts.enumerated() {
                        let weight = columns[place].weight
                        for token in tokens where token.hasPrefix(word) {
                            best = max(best, token.utf8.count == word.utf8.count ? weight * 2 : weight)
                        }
                    }
                    score += best
                }
                scored.append((try row.decode(Int64.self, atIndex: 0), score))
            }
        }
        return scored.sorted { ($0.score, $0.id) > ($1.score, $1.id) }.map(\.id)
    }
}

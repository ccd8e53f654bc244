internal import GRDB
public import Leads
internal import Values

extension LeadQueries {
    /// Leads that contain all words of `text`, best match first. Words are looked up in name, company, title, location
    /// and industry; parts of words in name, company and email address.
    ///
    /// However common a word is, only the newest thousand leads that contain it are ranked, so that a search takes
    /// milliseconds.
    public func search(_ text: String, limit: Int) throws(StorageError) -> [Lead] {
        let words = text.tidied(limit: 200).split {
            !$0.isLetter && !$0.isNumber && $0 != "@" && $0 != "." && $0 != "-"
        }
        .prefix(12).map { String($0) }
        guard !words.isEmpty else { return [] }
        return try session.read { database in
            if let email = EmailAddress(parsing: text) {
                let found = try LeadQueries.fetch(email: email, limit: limit, database)
                if !found.isEmpty { return found }
            }
            let quoted = words.map { "\"\($0.replacing("\"", with: ""))\"" }
            let byWord = try LeadQueries.match(
                "leads_fts", quoted.joined(separator: " AND ") + " *", limit, database)
            guard byWord.count < limit, words.allSatisfy({ $0.count >= 3 }) else { return byWord }
            let byPart = try LeadQueries.match(
                "leads_trigram", quoted.joined(separator: " AND "), limit, database)
            return Array((byWord + byPart.filter { part in !byWord.contains { $0.id == part.id } }).prefix(limit))
        }
    }

    private static func match(_ table: String, _ query: String, _ limit: Int, _ database: Database) throws -> [Lead] {
        let ids = try Int64.fetchAll(
            database,
            sql: """
                SELECT rowid FROM \(table) WHERE \(table) MATCH ? AND rowid >= (
                    SELECT coalesce(min(rowid), 0) FROM (
                        SELECT rowid FROM \(table) WHERE \(table) MATCH ? ORDER BY rowid DESC LIMIT 1000))
                ORDER BY rank LIMIT ?
                """, arguments: [query, query, limit * 2])
        return try ids.compactMap { try fetch("id = ? AND deleted_at IS NULL", [$0], database).first }
            .prefix(limit).map { $0 }
    }
}

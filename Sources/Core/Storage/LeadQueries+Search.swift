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
        guard !words.isEmpty else { return [] }
        return try session.read { database in
            if let email = EmailAddress(parsing: text) {
                let found = try LeadQueries.fetch(email: email, limit: limit, database)
                if !found.isEmpty { return found }
            }
            let search = LeadSearch(words: words, limit: limit, database: database)
            return try search.best().compactMap { try LeadQueries.fetch("id = ?", [$0], database).first }
        }
    }
}

/// One search. SQLite's own ranking counts all rows of each word, which takes long for words that many leads have; here, only the
/// newest that match are ranked.
private struct LeadSearch {
    let words: [String]
    let limit: Int
    let database: Database

    /// A lead that may be among the best, with the texts that it is ranked by.
    private struct Candidate {
        let id: Int64
        /// Name, company, title, location and industry, each folded and cut into its words.
        let tokens: [[ArraySlice<UInt8>]]
    }

    /// How many leads are ranked, at least.
    private static let candidates = 100
    /// Name, company, title, location, industry.
    private static let weights = [4, 3, 2, 1, 1]

    /// The numbers of the leads, best match first, and among equals the newest first.
    func best() throws -> [Int64] {
        let all = words.map(Self.phrase).joined(separator: " AND ")
        let enough = max(Self.candidates, limit * 2)
        var found = try newest(all, enough)
        func add(_ more: [Candidate]) {
            let known = Set(found.map(\.id))
            found += more.filter { !known.contains($0.id) }
        }
        if found.count < limit, let last = words.last, last.count > 1 {
            let sampled = try beginning(last)
            add(sampled)
            if found.count < limit { add(try newest(all + " *", enough)) }
        }
        var ids = ranked(found).prefix(limit).map(\.id)
        if ids.count < limit {
            let known = Set(ids)
            ids += try parts(enough).filter { !known.contains($0) }.prefix(limit - ids.count)
        }
        return ids
    }

    /// Words have no quotation marks: they end a word.
    private static func phrase(_ word: String) -> String { "\"\(word)\"" }

    /// The newest leads that have words as the query says, and are not deleted.
    private func newest(_ query: String, _ count: Int) throws -> [Candidate] {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT leads.id, leads.full_name, leads.company, leads.title, leads.location, leads.industry
                    FROM leads_fts CROSS JOIN leads ON leads.id = leads_fts.rowid
                    WHERE leads_fts MATCH ? AND leads.deleted_at IS NULL ORDER BY leads_fts.rowid DESC LIMIT ?
                    """),
            arguments: [query, count])
        var result: [Candidate] = []
        while let row = try rows.next() {
            let tokens = try Self.weights.indices.map { place in
                let text = try row.decode(String?.self, atIndex: place + 1) ?? ""
                return Array(text.folded.utf8).split(separator: UInt8(ascii: " "))
            }
            result.append(Candidate(id: try row.decode(Int64.self, atIndex: 0), tokens: tokens))
        }
        return result
    }

    /// Leads that have a word that begins with `last`, and contain the other words, out of the newest that share its first
    /// three letters, which have an index. A longer beginning has none: SQLite reads all rows that have it. That is quick if
    /// they are few, and if they are many, enough of them are found here.
    private func beginning(_ last: String) throws -> [Candidate] {
        guard last.count > 3, last.allSatisfy({ $0.isLetter || $0.isNumber }) else { return [] }
        let query = (words.dropLast().map(Self.phrase) + [Self.phrase(String(last.prefix(3))) + " *"]).joined(
            separator: " AND ")
        let start = Array(last.folded.utf8)
        return try newest(query, min(max(150, limit), 500)).filter { candidate in
            candidate.tokens.contains { $0.contains { $0.starts(with: start) } }
        }
    }

    private func ranked(_ candidates: [Candidate]) -> [(id: Int64, score: Int)] {
        let words = words.map { Array($0.folded.utf8) }
        return candidates.map { candidate in
            let scores = words.map { word in
                zip(candidate.tokens, Self.weights).map { tokens, weight in
                    tokens.reduce(0) { best, token in
                        token.starts(with: word) ? max(best, token.count == word.count ? weight * 2 : weight) : best
                    }
                }.max() ?? 0
            }
            return (candidate.id, scores.reduce(0, +))
        }
        .sorted { ($0.score, $0.id) > ($1.score, $1.id) }
    }

    /// The newest leads that have all words as parts of others, or of the email address.
    ///
    /// The index of three letters reads every lead that has any three letters of a word, which are all of them for letters that
    /// all addresses share. So only the three rarest are looked for, and what they find is compared with the words.
    private func parts(_ count: Int) throws -> [Int64] {
        let words = words.map { $0.lowercased() }
        guard words.allSatisfy({ $0.unicodeScalars.count >= 3 }) else { return [] }
        let triples = Set(
            words.flatMap { word in
                let scalars = Array(word.unicodeScalars)
                return (0...scalars.count - 3).map { start in
                    scalars[start..<start + 3].reduce(into: "") { $0.unicodeScalars.append($1) }
                }
            }
        ).sorted()
        // A dozen, from all over the words, are enough to find rare ones among.
        let some = triples.indices.filter { $0 % (1 + triples.count / 12) == 0 }.map { triples[$0] }
        var spans: [(triple: String, span: Int64)] = []
        for triple in some {
            guard let span = try spread(triple) else { return [] }
            spans.append((triple, span))
        }
        let query = spans.sorted { ($0.span, $0.triple) > ($1.span, $1.triple) }.prefix(3)
            .map { Self.phrase($0.triple) }.joined(separator: " AND ")
        let wanted = words.map { Array($0.utf8) }
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT leads.id, leads.full_name, leads.company, leads.email
                    FROM leads_trigram CROSS JOIN leads ON leads.id = leads_trigram.rowid
                    WHERE leads_trigram MATCH ? AND leads.deleted_at IS NULL ORDER BY leads_trigram.rowid DESC
                    """),
            arguments: [query])
        var (found, looked): ([Int64], Int) = ([], 0)
        while found.count < count, let row = try rows.next() {
            looked += 1
            // Three letters here and there are no word: SQLite compares all of them.
            if looked > 1_000 { return try ids(words.map(Self.phrase).joined(separator: " AND "), count) }
            let texts = try (1...3).map { Array((try row.decode(String?.self, atIndex: $0) ?? "").lowercased().utf8) }
            if wanted.allSatisfy({ word in texts.contains { $0.contains(word) } }) {
                found.append(try row.decode(Int64.self, atIndex: 0))
            }
        }
        return found
    }

    /// The newest leads whose three letters are as the query says.
    private func ids(_ query: String, _ count: Int) throws -> [Int64] {
        try Int64.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT leads.id FROM leads_trigram CROSS JOIN leads ON leads.id = leads_trigram.rowid
                    WHERE leads_trigram MATCH ? AND leads.deleted_at IS NULL ORDER BY leads_trigram.rowid DESC LIMIT ?
                    """),
            arguments: [query, count])
    }

    /// Among how many of the newest leads about fifty have these three letters; nil if none has. The more, the rarer they are.
    private func spread(_ triple: String) throws -> Int64? {
        let newest = try Int64.fetchAll(
            database.cachedStatement(
                sql: "SELECT rowid FROM leads_trigram WHERE leads_trigram MATCH ? ORDER BY rowid DESC LIMIT 50"),
            arguments: [Self.phrase(triple)])
        guard let first = newest.first, let last = newest.last else { return nil }
        return newest.count < 50 ? .max : first - last
    }
}

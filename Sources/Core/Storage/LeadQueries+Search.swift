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
        .filter { $0.contains { $0.isLetter || $0.isNumber } }.prefix(12).map { String($0) }
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
            let (sampled, isAll) = try beginning(last)
            add(sampled)
            if found.count < limit, !isAll { add(try newest(all + " *", enough)) }
        }
        if found.count < limit { add(try parts(enough)) }
        return ranked(found).prefix(limit).map(\.id)
    }

    /// A word as a phrase of a query.
    private static func phrase(_ word: String) -> String {
        // A quotation mark would end it. It can be within a word as a part of what readers see as one letter.
        "\"\(String(String.UnicodeScalarView(word.unicodeScalars.filter { $0 != "\"" })))\""
    }

    private static let columns =
        "leads.id, leads.full_name, leads.company, leads.title, leads.location, leads.industry, leads.email"

    private static func candidate(_ row: Row) throws -> Candidate {
        let tokens = try weights.indices.map { place in
            let text = try row.decode(String?.self, atIndex: place + 1) ?? ""
            return Array(text.folded.utf8).split(separator: UInt8(ascii: " "))
        }
        return Candidate(id: try row.decode(Int64.self, atIndex: 0), tokens: tokens)
    }

    /// The newest leads that have words as the query says, and are not deleted.
    private func newest(_ query: String, _ count: Int, in table: String = "leads_fts") throws -> [Candidate] {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT \(Self.columns) FROM \(table) CROSS JOIN leads ON leads.id = \(table).rowid
                    WHERE \(table) MATCH ? AND leads.deleted_at IS NULL ORDER BY \(table).rowid DESC LIMIT ?
                    """),
            arguments: [query, count])
        var result: [Candidate] = []
        while let row = try rows.next() { result.append(try Self.candidate(row)) }
        return result
    }

    /// Leads that have a word that begins with `last`, and contain the other words, out of the newest that share its first
    /// three letters, which have an index; and whether these are all. A longer beginning has no index: SQLite reads all rows that
    /// have it. That is quick if they are few, and if they are many, enough of them are found here.
    private func beginning(_ last: String) throws -> (found: [Candidate], isAll: Bool) {
        guard last.count > 3, last.allSatisfy({ $0.isLetter || $0.isNumber }) else { return ([], false) }
        let query = (words.dropLast().map(Self.phrase) + [Self.phrase(String(last.prefix(3))) + " *"]).joined(
            separator: " AND ")
        let start = Array(last.folded.utf8)
        let most = min(max(150, limit), 500)
        let some = try newest(query, most)
        let found = some.filter { candidate in
            candidate.tokens.contains { $0.contains { $0.starts(with: start) } }
        }
        return (found, some.count < most)
    }

    private func ranked(_ candidates: [Candidate]) -> [(id: Int64, score: Int)] {
        // A word such as jean-luc is two there, too.
        let words = words.flatMap { Array($0.folded.utf8).split(separator: UInt8(ascii: " ")) }
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
    /// For a word, the index of three letters reads all leads that have any three letters of it, and nearly all have some, such as
    /// `com`. So it is asked for the three rarest only, and what it finds is compared with the words.
    private func parts(_ count: Int) throws -> [Candidate] {
        guard words.allSatisfy({ $0.unicodeScalars.count >= 3 }) else { return [] }
        let triples = Set(
            words.flatMap { word in
                let scalars = Array(word.unicodeScalars)
                return (0...scalars.count - 3).map { start in
                    scalars[start..<start + 3].reduce(into: "") { $0.unicodeScalars.append($1) }
                }
            }
        ).sorted()
        // Up to a dozen are enough to find rare ones among.
        let some = triples.indices.filter { $0 % (1 + triples.count / 12) == 0 }.map { triples[$0] }
        var spans: [(triple: String, span: Int64)] = []
        for triple in some {
            guard let span = try spread(triple) else { return [] }
            spans.append((triple, span))
        }
        let query = spans.sorted { ($0.span, $0.triple) > ($1.span, $1.triple) }.prefix(3)
            .map { Self.phrase($0.triple) }.joined(separator: " AND ")
        let wanted = words.map(Self.lowered)
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT \(Self.columns) FROM leads_trigram CROSS JOIN leads ON leads.id = leads_trigram.rowid
                    WHERE leads_trigram MATCH ? AND leads.deleted_at IS NULL ORDER BY leads_trigram.rowid DESC
                    """),
            arguments: [query])
        var (found, looked): ([Candidate], Int) = ([], 0)
        while found.count < count, let row = try rows.next() {
            looked += 1
            // Too many have these letters without the words: SQLite compares whole words.
            if looked > 1_000 {
                return try newest(words.map(Self.phrase).joined(separator: " AND "), count, in: "leads_trigram")
            }
            // Name, company, email.
            let texts = try [1, 2, 6].map { Self.lowered(try row.decode(String?.self, atIndex: $0) ?? "") }
            if wanted.allSatisfy({ word in texts.contains { $0.contains(word) } }) {
                found.append(try Self.candidate(row))
            }
        }
        return found
    }

    /// How SQLite's index of three letters sees a text: each scalar in its lower case, as far as that is one scalar.
    private static func lowered(_ text: String) -> [UInt8] {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return Array(text.lowercased().utf8) }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let lower = scalar.properties.lowercaseMapping.unicodeScalars
            let one = lower.count == 1 ? lower.first ?? scalar : scalar
            // A sigma at the end of a word is a sigma.
            scalars.append(one == "ς" ? "σ" : one)
        }
        return Array(String(scalars).utf8)
    }

    /// The distance in numbers over which the newest fifty leads with these three letters lie, the greater, the rarer they are;
    /// nil if no lead has them.
    private func spread(_ triple: String) throws -> Int64? {
        let newest = try Int64.fetchAll(
            database.cachedStatement(
                sql: "SELECT rowid FROM leads_trigram WHERE leads_trigram MATCH ? ORDER BY rowid DESC LIMIT 50"),
            arguments: [Self.phrase(triple)])
        guard let first = newest.first, let last = newest.last else { return nil }
        return newest.count < 50 ? .max : first - last
    }
}

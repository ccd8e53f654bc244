import Values

extension ProfileReading {
    mutating func decide() {
        resolveHeadline()
        // Whoever has stopped working, or names nothing but what is over, has no employer now.
        // But a label that names somebody else is about now.
        let isStated = companies.contains { $0.cue == "label" && !isExcluded($0.text) && !isRelated($0.text) }
        let isOver =
            roles.contains { Self.isOver($0.text) } || formerRoles > 0 && roles.isEmpty && !isStated || isBetweenJobs
        let learns = roles.first.map { Self.isLearner($0.text) } ?? false
        if !isOver {
            company = Self.best(
                companies.filter { !isExcluded($0.text) && !(learns && Phrase.isSchool($0.text.folded)) }, key: Self.key
            )
        }
        let works = company.map { Self.key($0.value) }
        var candidates = roles
        // `Accountmanager bij De Ondernemer`: the company's name may be a role's.
        if candidates.contains(where: { Self.key($0.text) != works }) {
            candidates.removeAll { Self.key($0.text) == works }
        }
        if candidates.contains(where: { !Self.isNobody($0.text) }) { candidates.removeAll { Self.isNobody($0.text) } }
        // Of several roles, the one that the company is joined to.
        for index in candidates.indices where candidates[index].employer != nil && candidates[index].employer == works {
            candidates[index].points += 1
        }
        if let company {
            for index in candidates.indices {
                candidates[index].text = Self.withoutEmployer(candidates[index].text, company.value)
            }
        }
        title = Self.best(candidates, key: { $0.folded })
        location = Self.best(places, key: { $0.folded })
    }

    /// `Geschäftsführer bei nordlicht energie` and `Engineer, Acme` without the company that is known from elsewhere.
    private static func withoutEmployer(_ role: String, _ company: String) -> String {
        for end in [" \(company)", ": \(company)"] where role.hasSuffix(end) {
            var words = role.dropLast(end.count).split(separator: " ")
            if let last = words.last, last.hasSuffix(",") || last.hasSuffix("@") {
                words[words.count - 1] = last.dropLast()
            } else if words.count > 1, let last = words.last, joints.contains(last.lowercased()) {
                words.removeLast()
            } else {
                return role
            }
            return words.joined(separator: " ").tidied().nonEmpty ?? role
        }
        return role
    }

    private static let joints: Set<String> = [
        "at", "@", "bei", "chez", "en", "na", "no", "bij", "hos", "w", "presso", "da", "di", "of", "von", "für", "for",
        "i", "på", "à", "a", "–", "-",
    ]

    /// A headline whose words are not known is a role if something else states the company, and a company otherwise only if
    /// something agrees.
    mutating func resolveHeadline() {
        let stated = companies.filter { $0.points >= 2 && !isExcluded($0.text) && $0.cue != "behind a role" }
        let stater = stated.filter { $0.place != "title" || $0.cue == "joined by at" }
        guard let headline, stater.first != nil || isSelfEmployed else { return }
        let key = Self.key(headline.text)
        if stater.contains(where: { Self.key($0.text) == key || headline.isCut && Self.key($0.text).hasPrefix(key) }) {
            return
        }
        // `Enóloga na Quinta do Vale`: the company stands behind a joining word.
        for company in stater {
            guard let range = headline.text.firstRange(of: " \(company.text)") else { continue }
            var role = String(headline.text[..<range.lowerBound]).split(separator: " ")
            while role.count > 1, let last = role.last, last.count <= 4,
                last.first?.isLowercase == true || "@-–,".contains(last)
            { role.removeLast() }
            if !role.isEmpty {
                add(role: role.joined(separator: " "), points: 2, "title", "before a company", employer: company.text)
            }
            companies.removeAll { Self.key($0.text) == key }
            return
        }
        guard headline.text.split(separator: " ").count <= 6, !CompanyName.hasLegalForm(headline.text.folded),
            !Phrase.hasCompanyWord(headline.text.folded)
        else { return }
        // `Jack Ford - Toyota`, where a label names another employer: one word may be either.
        let isOneWord = !headline.text.contains(" ")
        guard !isOneWord || Self.isFormedLikeRole(headline.text) else { return }
        companies.removeAll { Self.key($0.text) == key }
        add(role: headline, points: 2, "title", "beside a company")
    }

    /// Whether a company shares a word with what is over.
    func isRelated(_ company: String) -> Bool {
        let words = company.folded.words.filter { $0.count >= 4 }
        return formerTexts.contains { text in words.contains { text.words.contains($0) } }
    }

    func isExcluded(_ text: String) -> Bool {
        let folded = text.folded
        if excluded.contains(Self.key(text)) || excluded.contains(folded) { return true }
        return formerTexts.contains { " \($0) ".contains(" \(folded) ") }
    }

    /// The value that has most points, of equals the one that stands at the better place. Fewer than two points are not
    /// enough.
    static func best(_ candidates: [Candidate], key: (String) -> String) -> Claim? {
        var groups:
            [(key: String, points: Int, text: String, order: Int, places: Set<String>, cues: [String], isCut: Bool)] =
                []
        for candidate in candidates {
            let own = key(candidate.text)
            guard !own.isEmpty else { continue }
            let order = ["extension": 0, "title": 1, "snippet": 2][candidate.place] ?? 3
            let cue = "\(candidate.place) “\(candidate.text)” (\(candidate.cue))"
            let same = groups.firstIndex { group in
                group.key == own || candidate.isCut && group.key.hasPrefix(own)
                    || group.isCut && own.hasPrefix(group.key)
            }
            guard let same else {
                groups.append((own, candidate.points, candidate.text, order, [candidate.place], [cue], candidate.isCut))
                continue
            }
            // What is said twice in one place is one cue.
            groups[same].points =
                groups[same].places.contains(candidate.place)
                ? max(groups[same].points, candidate.points) : groups[same].points + candidate.points
            groups[same].places.insert(candidate.place)
            groups[same].cues.append(cue)
            if groups[same].isCut, !candidate.isCut {
                (groups[same].key, groups[same].text, groups[same].isCut) = (own, candidate.text, false)
            }
            groups[same].order = min(groups[same].order, order)
        }
        let enough = groups.filter { $0.points >= 2 && !$0.isCut }
        guard let best = enough.max(by: { ($0.points, -$0.order) < ($1.points, -$1.order) }) else { return nil }
        return Claim(
            value: best.text, confidence: min(0.85, 0.6 + 0.05 * Double(best.points - 1)),
            evidence: best.cues.prefix(4).joined(separator: "; "))
    }
}

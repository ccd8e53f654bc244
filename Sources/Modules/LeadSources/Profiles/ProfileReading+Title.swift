import Values

extension ProfileReading {
    /// What the search engine lists under a result: place, role and company, in that order when all are there.
    mutating func readExtensions(_ extensions: [String]) {
        var items: [String] = []
        for item in extensions.flatMap({ $0.split(separator: "·").map { String($0).tidied() } }) where !item.isEmpty {
            let kind = Phrase.kind(of: item)
            if kind == .remark { note("extension", item, .remark, "words") } else { items.append(item) }
        }
        let kinds = items.map { Phrase.kind(of: $0) }
        var companyIndex: Int?
        for (index, item) in items.enumerated() {
            if index == 0, kinds[0] == .place || items.count == 3 && item.contains(",") && kinds[0] != .role {
                add(place: item, points: 2, "extension", "list")
            } else if kinds[index] == .place, places.isEmpty, items.count < 3 {
                add(place: item, points: 2, "extension", "list")
            } else if let split = Employment.split(item), kinds[index] != .former {
                add(role: split.role, points: 2, "extension", "joined by at")
                add(company: split.company, points: 2, "extension", "joined by at")
            } else if items.count == 3, index == 2, kinds[1] == .role, kinds[index] != .place {
                companyIndex = index
            } else if kinds[index] == .role || items.count == 3 && index == 1 {
                add(role: item, points: 2, "extension", "list")
            } else if index == items.count - 1, index > 0 {
                companyIndex = index
            } else {
                add(company: item, points: 1, "extension", "words")
            }
        }
        if let companyIndex { add(company: items[companyIndex], points: 2, "extension", "list") }
    }

    mutating func readTitle(_ parts: [ProfileTitle.Part]) {
        // Dashes separate name, headline and company, or bars if there are no dashes. Other separators divide the headline.
        let main: ProfileTitle.Separator =
            parts.contains { $0.separator == .dash } ? .dash : parts.contains { $0.separator == .bar } ? .bar : .dot
        var groups: [[ProfileTitle.Part]] = []
        for part in parts {
            if part.separator == main || groups.isEmpty { groups.append([]) }
            groups[groups.count - 1].append(part)
        }
        groups = groups.map {
            $0.filter { part in
                let isRemark = Phrase.kind(of: part.text) == .remark
                if isRemark { note("title", part.text, .remark, "words") }
                return !isRemark
            }
        }.filter { !$0.isEmpty }
        var roleGroup: Int?
        for (index, group) in groups.enumerated() {
            for (place, part) in group.enumerated() {
                let isPosition = place == 0 && (index > 0 || main != .dash || group.count == 1)
                if readTitle(part, isPosition: isPosition, behind: roleGroup, of: groups.count, at: index) {
                    roleGroup = roleGroup ?? index
                }
            }
        }
        // `Name - Company - Role`
        if groups.count == 2, groups[0].count == 1, roleGroup == 1,
            companies.allSatisfy({ $0.place != "title" || $0.points < 2 })
        {
            add(company: groups[0][0], points: 1, "title", "before a role")
        }
    }

    /// Returns whether the part names a role.
    mutating func readTitle(
        _ part: ProfileTitle.Part, isPosition: Bool, behind role: Int?, of count: Int, at index: Int
    ) -> Bool {
        var part = part
        let whole = part.text
        if !Phrase.endsInThePast(part.text) { part.text = Phrase.withoutFormer(part.text) }
        if part.text != whole {
            exclude(String(whole.dropFirst(part.text.count)))
            part.isCut = false
        }
        var kind = Phrase.kind(of: part.text)
        if kind == .former {
            exclude(part.text)
            note("title", part.text, .former, "words")
            // `Ehem. Vorstand, jetzt Berater`
            guard let now = Self.now(part.text) else { return false }
            part.text = now
            kind = Phrase.kind(of: now)
        }
        if Self.isNobody(part.text), count > 1 {
            isSelfEmployed = true
            note("title", part.text, .remark, "words")
            return false
        }
        // `Cobalt & Finch: Managing Partner`
        if let colon = part.text.firstRange(of: ": ") {
            let (left, right) = (String(part.text[..<colon.lowerBound]), String(part.text[colon.upperBound...]))
            if RoleWords.begins(right), !RoleWords.has(left), Phrase.couldBeCompany(left) {
                add(role: right, points: 2, "title", "behind a colon")
                add(company: left, points: 1, "title", "before a colon")
                return true
            }
        }
        if let split = Employment.split(part.text),
            !(Self.isLearner(split.role)
                && !Phrase.isSchool(split.company.folded.split(separator: " ").prefix(2).joined(separator: " ")))
        {
            let (roleText, company) = (split.role, Self.firstEmployer(split.company))
            if kind != .slogan || RoleWords.has(roleText) {
                add(role: roleText, points: 2, "title", "joined by at", employer: company.text)
                var joined = part
                joined.text = company.text
                joined.isCut = part.isCut && company.isWhole
                add(company: joined, points: 2, "title", "joined by at", role: roleText)
                return true
            }
        }
        switch kind {
        case .role:
            // A name may be of role words: `Managing Partner - Partner Ventures`.
            if let role, role < index, isPosition, part.text.split(separator: " ").count <= 3, !part.isCut,
                Phrase.isTitleCased(part.text)
            {
                add(company: part, points: Phrase.hasCompanyWord(part.text.folded) ? 2 : 1, "title", "behind a role")
                if Phrase.hasCompanyWord(part.text.folded) { return false }
            }
            // `VP, Sales` is one role; `Head of Sales, Acme` is a role and perhaps a company.
            if !part.isCut, let (roleText, company) = Self.commaEmployer(part.text) {
                var own = part
                own.text = company
                // A founder is one of something.
                let isCompany = CompanyName.hasLegalForm(company.folded) || Self.isHead(roleText)
                add(company: own, points: isCompany ? 2 : 1, "title", "behind a comma", role: roleText)
                if isCompany {
                    add(role: roleText, points: 2, "title", "words", employer: company)
                    return true
                }
            }
            add(role: part, points: role == nil ? 2 : 1, "title", "words")
            return true
        case .place:
            let isLast = index == count - 1 && count >= 3
            add(place: part.text, points: part.text.contains(",") || isLast ? 2 : 1, "title", "words")
            return false
        case .slogan
        where Phrase.isTitleCased(part.text) && role != nil && isPosition && part.text.split(separator: " ").count <= 5:
            // `Helping Hands Home Care`: a slogan would hardly be written so.
            add(company: part, points: part.text.split(separator: " ").count >= 3 ? 2 : 1, "title", "behind a role")
            return false
        case .slogan, .remark, .former:
            note("title", part.text, kind, "words")
            return false
        case .school:
            // A school employs those who teach there.
            if let role, role < index {
                let teaches = roles.last.map { Self.isTeacher($0.text) } ?? false
                add(company: part, points: teaches ? 2 : 1, "title", "behind a role", role: roles.last?.text)
            }
            note("title", part.text, .school, "words")
            return false
        case .company, .unknown, .name:
            if headline == nil, isPosition { headline = part }
            guard Phrase.couldBeCompany(part.text) else { return false }
            var points = 1
            if isPosition, let role, role < index { points = 2 }
            if let known = roles.last,
                Self.isOver(known.text) || Self.isNobody(known.text) || Self.isCertificate(known.text)
            {
                points = 1
            }
            if CompanyName.hasLegalForm(part.text.folded) { points = 2 }
            add(company: part, points: points, "title", points == 2 ? "behind a role" : "words")
            return false
        }
    }
}

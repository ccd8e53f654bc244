import Values

extension ProfileReading {
    mutating func readSnippet(_ snippet: ProfileSnippet) {
        for (label, text, isCut) in snippet.labelled {
            let part = ProfileTitle.Part(text: text, isCut: isCut)
            switch label {
            case .location:
                add(place: Self.firstSentence(text), points: isCut ? 0 : 2, "snippet", "label")
            case .education:
                note("snippet", text, .school, "label")
                excluded.insert(Self.key(text))
            case .role: add(role: part, points: 2, "snippet", "label")
            case .experience: readExperience(part)
            }
        }
        var segments = snippet.segments
        if let first = segments.first, Phrase.kind(of: first.text) == .place, !first.isCut {
            // A list that begins with a place has the network's order: place, role, company.
            let isList = segments.dropFirst().contains { Phrase.kind(of: $0.text) == .role }
            add(place: first.text, points: PlaceWords.isPlainlyPlace(first.text) || isList ? 2 : 1, "snippet", "list")
            segments.removeFirst()
            readList(segments, isBehindPlace: true)
        } else {
            readList(segments, isBehindPlace: false)
        }
    }

    mutating func readExperience(_ part: ProfileTitle.Part) {
        var part = part
        part.text = Self.firstSentence(part.text)
        guard Phrase.kind(of: part.text) != .former else {
            exclude(part.text)
            note("snippet", part.text, .former, "label")
            return
        }
        part.text = Phrase.withoutFormer(part.text)
        if let split = Employment.split(part.text) {
            add(role: split.role, points: 2, "snippet", "label")
            part.text = split.company
            add(company: part, points: 2, "snippet", "label", role: split.role)
        } else if let (role, company) = Self.commaEmployer(part.text),
            !CompanyName.hasLegalForm(part.text.folded) || CompanyName.hasLegalForm(company.folded)
        {
            add(role: role, points: 2, "snippet", "label")
            part.text = company
            add(company: part, points: 2, "snippet", "label", role: role)
        } else if Phrase.kind(of: part.text) == .role,
            RoleWords.begins(part.text) || part.text.split(separator: " ").count <= 2
        {
            add(role: part, points: 1, "snippet", "label")
            add(company: part, points: 1, "snippet", "label")
        } else {
            add(company: part, points: 2, "snippet", "label")
        }
    }

    /// What stands between dots: role, company, school.
    mutating func readList(_ segments: [ProfileTitle.Part], isBehindPlace: Bool) {
        // The network's own order: place, role, company, school.
        if isBehindPlace, segments.count >= 2, !segments[0].isCut, !segments[1].isCut {
            let (first, second) = (segments[0].text, segments[1].text)
            let (one, other) = (Phrase.kind(of: first), Phrase.kind(of: second))
            let isPair =
                [.role, .unknown].contains(one) && Employment.split(first) == nil
                && !CompanyName.hasLegalForm(first.folded)
            if one == .role, other == .role, !CompanyName.hasLegalForm(first.folded) {
                // Which of two is the company, only the title can tell.
                add(role: segments[0], points: 1, "snippet", "list")
                add(company: segments[1], points: 1, "snippet", "list")
                return
            }
            let isEmployer =
                [.company, .unknown].contains(other) || other == .role && one != .role
                || other == .slogan && Phrase.isTitleCased(second)
            let isStudy = segments.count == 2 && other == .school
            if isPair, isEmployer, !isStudy, !Self.isLearner(first), Phrase.couldBeCompany(second) || other != .unknown
            {
                add(role: segments[0], points: 2, "snippet", "list")
                add(company: segments[1], points: 2, "snippet", "list", role: first)
                readList(Array(segments.dropFirst(2)), isBehindPlace: false)
                return
            }
        }
        var hasRole = false
        for (index, segment) in segments.enumerated() {
            var segment = segment
            segment.text = Phrase.withoutFormer(segment.text)
            let kind = Phrase.kind(of: segment.text)
            if kind == .former {
                exclude(segment.text)
                note("snippet", segment.text, .former, "words")
                continue
            }
            if let split = Employment.split(segment.text), kind != .slogan {
                add(role: split.role, points: 2, "snippet", "joined by at")
                segment.text = Self.firstEmployer(split.company).text
                add(company: segment, points: 2, "snippet", "joined by at", role: split.role)
                hasRole = true
                continue
            }
            switch kind {
            case .role:
                add(role: segment, points: isBehindPlace && index == 0 ? 2 : 1, "snippet", "words")
                hasRole = true
            case .place:
                add(
                    place: segment.text, points: segment.text.contains(",") && !segment.isCut ? 2 : 1, "snippet", "list"
                )
            case .school:
                note("snippet", segment.text, .school, "words")
                if index == 0 || !hasRole {
                    excluded.insert(Self.key(segment.text))
                } else {
                    add(company: segment, points: 1, "snippet", "list")
                }
            case .slogan, .remark, .former: note("snippet", segment.text, kind, "words")
            case .company, .unknown, .name:
                guard Phrase.couldBeCompany(segment.text) else { continue }
                // Without a place before it, a text of the title's is its headline once more, and no second cue.
                if !isBehindPlace, !hasRole, headline.map({ $0.text.folded == segment.text.folded }) == true {
                    continue
                }
                add(company: segment, points: isBehindPlace && hasRole && index == 1 ? 2 : 1, "snippet", "list")
            }
        }
    }

    /// A sentence that names a candidate is another cue for it, and a value that stands in full somewhere completes one that
    /// is cut.
    mutating func confirm(by snippet: ProfileSnippet) {
        let prose = " " + snippet.prose.joined(separator: " ").folded + " "
        for index in companies.indices where companies[index].points == 1 && companies[index].text.count > 2 {
            let folded = companies[index].text.folded
            guard !folded.isEmpty, prose.contains(" \(folded) ") else { continue }
            companies[index].points += 1
            companies[index].cue += ", named in a sentence"
        }
    }

    /// Sentences by the person, or by name about the person.
    mutating func readProse(_ prose: [String]) {
        guard let person = name.flatMap({ PersonName(parsing: $0) }) else { return }
        let names = [person.given, person.family].map(\.folded).filter { $0.count > 1 }
        let all = " " + prose.joined(separator: " ").folded + " "
        let isOwn = Sentence.firstPerson.contains { all.contains(" \($0) ") }
        let isNamed = names.contains { all.contains(" \($0) ") }
        for sentence in prose.flatMap(ProfileSnippet.sentences) {
            let folded = " " + sentence.folded + " "
            guard !Sentence.past.contains(where: { folded.contains(" \($0) ") }) else { continue }
            // A sentence that begins with a role is a headline: `Acheteuse senior chez Pôle Emballage.`
            let isHeadline = RoleWords.begins(sentence)
            guard isOwn || isNamed || isHeadline else { continue }
            if let (role, company) = Sentence.employment(sentence) {
                add(role: role, points: isHeadline ? 1 : 2, "snippet", "sentence")
                add(company: company, points: isHeadline ? 1 : 2, "snippet", "sentence")
                if !isHeadline, let place = Sentence.place(behind: company, in: sentence) {
                    add(place: place, points: 2, "snippet", "sentence")
                }
            }
        }
        for sentence in prose.flatMap(ProfileSnippet.sentences) {
            let plain = sentence.trimmingSuffix(".")
            guard let place = Sentence.home(sentence) else {
                let isOfPerson =
                    isOwn || isNamed
                    || roles.contains {
                        RoleWords.begins($0.text) && prose.first?.folded.hasPrefix($0.text.folded) == true
                    }
                if isOfPerson, PlaceWords.isPlainlyPlace(plain) { add(place: plain, points: 2, "snippet", "sentence") }
                continue
            }
            let isHeadline = roles.contains { RoleWords.begins($0.text) }
            guard isOwn || isNamed || isHeadline else { continue }
            add(place: place, points: 2, "snippet", "sentence")
        }
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}

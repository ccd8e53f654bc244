/// How two names compare: whether they speak for one person, for two, or for neither.
extension PersonName {
    /// Whether both names can belong to one person, judged by given names alone: they are equal, one is a known short
    /// form, or one is a nickname of the other. An initial alone proves nothing. Different middle initials or suffixes
    /// mean different people.
    public func canBeSamePerson(as other: PersonName) -> Bool {
        if let mine = suffix, let theirs = other.suffix, mine != theirs { return false }
        let (mine, theirs) = (calledBy, other.calledBy)
        guard !mine.given.isEmpty, !theirs.given.isEmpty else { return false }
        let mineMiddle = middle.folded.first
        let theirMiddle = other.middle.folded.first
        let sameGiven = mine.given == theirs.given
        if sameGiven, let mineMiddle, let theirMiddle, mineMiddle != theirMiddle,
            !nicknames.contains(where: { $0.folded.first == theirMiddle }),
            !other.nicknames.contains(where: { $0.folded.first == mineMiddle })
        {
            return false
        }
        if sameGiven || Nicknames.areOne(mine.given, theirs.given) { return true }
        let mineNicknames = nicknames.map { $0.folded }
        let theirNicknames = other.nicknames.map { $0.folded }
        if mineNicknames.contains(where: { $0 == theirs.given || Nicknames.areOne($0, theirs.given) }) { return true }
        if theirNicknames.contains(where: { $0 == mine.given || Nicknames.areOne($0, mine.given) }) { return true }
        // `J. Luis` and `Luis`: a person who uses the middle name.
        if mine.given.count == 1, mine.others.first == theirs.given { return true }
        return theirs.given.count == 1 && theirs.others.first == mine.given
    }

    /// Whether the names are plainly those of two people, so that no other evidence can make them one.
    ///
    /// An initial, a typing error, another spelling (`Juergen`, `Jürgen`), a short form, a second given name, swapped
    /// parts and a part that is missing do not contradict. Neither does another surname after the same given name,
    /// because people marry; after an initial alone it does.
    public func contradicts(_ other: PersonName) -> Bool {
        if let mine = suffix, let theirs = other.suffix, mine != theirs { return true }
        let (mine, theirs) = (calledBy, other.calledBy)
        guard !mine.given.isEmpty, !theirs.given.isEmpty else { return false }
        if family.isEmpty || other.family.isEmpty {
            // A single word may be a given name or a surname.
            let agree =
                GivenName.agree(mine.given, theirs.given) || PersonName.surnamesAgree(given, other.family)
                || PersonName.surnamesAgree(family, other.given)
            return !agree
        }
        let familiesAgree = PersonName.surnamesAgree(family, other.family)
        let givenAgree =
            GivenName.agree(mine.given, theirs.given) || PersonName.oneIsPart(of: given, other.given)
            || mine.others.contains { $0.count > 1 && GivenName.agree($0, theirs.given) && theirs.given.count > 1 }
            || theirs.others.contains { $0.count > 1 && GivenName.agree($0, mine.given) && mine.given.count > 1 }
        if givenAgree {
            // `R. Sample` and `R. Miller` share nothing but a letter.
            return !familiesAgree && (mine.given.count == 1 || theirs.given.count == 1)
        }
        return !(PersonName.surnamesAgree(given, other.family) && PersonName.surnamesAgree(family, other.given))
    }

    /// Whether one given name may be a short form of the other that no list has, such as `Gurra` of `Gustav`.
    ///
    /// Surname and initial agree, at least one of the two is not known as a given name, and the mailbox is named after the
    /// person: `g.bjornstad`, `gustav`. A family's mailbox, such as `the.millers`, shows nothing.
    ///
    /// - Parameter mailbox: the part before the @ of an address that both have.
    public func isUnlistedForm(of other: PersonName, in mailbox: some StringProtocol) -> Bool {
        let (mine, theirs) = (calledBy.given, other.calledBy.given)
        guard mine.count > 1, theirs.count > 1, let initial = mine.first, initial == theirs.first,
            suffix == nil || other.suffix == nil || suffix == other.suffix,
            PersonName.surnamesAgree(family, other.family), !GivenName.isSexMarked(mine, theirs),
            !GivenNames.isKnown(mine) || !GivenNames.isKnown(theirs)
        else { return false }
        func letters(_ text: String) -> String { GivenName.plain(text.filter(\.isLetter)) }
        let local = letters(String(mailbox).folded)
        // Of two surnames, the first may be taken for a second given name.
        let surnames = [self, other].flatMap { [$0.family, $0.middle + $0.family] }.map { letters($0.folded) }
        let givens = [String(initial), letters(mine), letters(theirs)]
        return givens.dropFirst().contains(local)
            || surnames.contains { surname in givens.contains { local == $0 + surname || local == surname + $0 } }
    }

    /// Whether one given name is the first or a long part of the other, which has several: `Jean` and `Jean-Pierre`.
    private static func oneIsPart(of left: String, _ right: String) -> Bool {
        let (mine, theirs) = (left.folded.split(separator: " "), right.folded.split(separator: " "))
        guard (mine.count == 1) != (theirs.count == 1) else { return false }
        let (one, several) = mine.count == 1 ? (mine[0], theirs) : (theirs[0], mine)
        return several.enumerated().contains { place, part in
            (place == 0 || part.count >= 4) && GivenName.agree(String(one), String(part))
        }
    }

    /// Whether the names may belong to one person who is known only by something that many people share, such as a
    /// telephone number: they do not contradict, and the surnames agree or one is missing.
    public func isCompatible(with other: PersonName) -> Bool {
        guard !contradicts(other) else { return false }
        if family.isEmpty || other.family.isEmpty { return true }
        return PersonName.surnamesAgree(family, other.family)
            || PersonName.surnamesAgree(given, other.family) && PersonName.surnamesAgree(family, other.given)
    }

    /// Whether two surnames may be one: equal but for spelling and a typing error, or one contains the other, as in a
    /// double-barrelled name.
    static func surnamesAgree(_ left: String, _ right: String) -> Bool {
        let (mine, theirs) = (GivenName.plain(left.folded), GivenName.plain(right.folded))
        guard let first = mine.first, let other = theirs.first else { return false }
        if mine.count == 1 || theirs.count == 1 { return first == other }
        if mine == theirs || mine.replacing(" ", with: "") == theirs.replacing(" ", with: "") { return true }
        let (words, others) = (mine.split(separator: " "), theirs.split(separator: " "))
        if words.contains(where: { word in word.count > 2 && others.contains(word) }) { return true }
        return min(mine.count, theirs.count) >= 4 && GivenName.isOneSlip(mine, theirs)
    }
}

/// Given names as people write them.
enum GivenName {
    /// Whether two given names, folded and without spaces, may be one person's.
    static func agree(_ left: String, _ right: String) -> Bool {
        let (mine, theirs) = (plain(left), plain(right))
        if mine == theirs || Nicknames.areOne(left, right) || Nicknames.areOne(mine, theirs) { return true }
        guard let first = mine.first, let other = theirs.first else { return true }
        if mine.count == 1 { return Nicknames.begins(theirs, with: first) }
        if theirs.count == 1 { return Nicknames.begins(mine, with: other) }
        if sound(mine) == sound(theirs) { return true }
        if isSexMarked(mine, theirs) { return false }
        // Two names that are both known, and not as forms of one, are two names.
        let areKnown = GivenNames.isKnown(mine) && GivenNames.isKnown(theirs)
        if !areKnown, min(mine.count, theirs.count) >= 4, first == other, isOneSlip(mine, theirs) { return true }
        if isShortForm(mine, of: theirs) || isShortForm(theirs, of: mine) { return true }
        return !areKnown && (isPart(mine, of: theirs) || isPart(theirs, of: mine))
    }

    /// `basti` of `sebastian`, `mart` of `maarten`: short forms of no list whose letters are all in the long name.
    private static func isPart(_ short: String, of long: String) -> Bool {
        guard short.count >= 4, short.count < long.count else { return false }
        var stem = short[...]
        if let last = stem.last, "iyel".contains(last), stem.count > 4 { stem = stem.dropLast() }
        if stem.count >= 4, long.contains(stem) { return true }
        var rest = short[...]
        for letter in long where letter == rest.first { rest = rest.dropFirst() }
        return rest.isEmpty && short.first == long.first
    }

    /// The spellings of umlauts made equal: `juergen`, `jurgen`.
    static func plain(_ text: String) -> String {
        guard text.contains("e") else { return text }
        return text.replacing("ae", with: "a").replacing("oe", with: "o").replacing("ue", with: "u")
    }

    /// The name with letters that sound alike made equal: `sophia` and `sofia`, `marc` and `mark`, `sarah` and `sara`.
    private static func sound(_ text: String) -> String {
        var result = ""
        let letters = Array(text.replacing("ph", with: "f").replacing("th", with: "t").replacing("chr", with: "kr"))
        for (place, letter) in letters.enumerated() {
            let next = place + 1 < letters.count ? letters[place + 1] : " "
            let plain: Character =
                switch letter {
                case "c" where !"eih".contains(next): "k"
                case "y", "j": "i"
                case "w": "v"
                case "z": "s"
                default: letter
                }
            // Doubled letters count once, and an h at the end is not heard.
            if result.last == plain || letter == "h" && place == letters.count - 1 { continue }
            result.append(plain)
        }
        return result
    }

    /// `martin` and `martina`, `mario` and `maria`: a man's and a woman's form of one name.
    static func isSexMarked(_ left: String, _ right: String) -> Bool {
        let (short, long) = left.count < right.count ? (left, right) : (right, left)
        for ending in ["a", "e", "ine", "ette", "la", "lle", "na", "ia", "ie"] where long == short + ending {
            // `eddie` and `charlie` are short forms.
            return !(ending == "ie" && short.count <= 5) && short.last != "i" && short.last != "y"
        }
        guard left.count == right.count, left.count >= 4, left.dropLast() == right.dropLast() else { return false }
        let ends = Set([left.last, right.last].compactMap(\.self))
        return ends == ["a", "o"] || ends == ["a", "e"] || ends == ["e", "o"] || ends == ["a", "s"]
    }

    /// `tobi` of `tobias`, `steffi` of `stefanie`, `xander` of `alexander`: also those that no list has.
    private static func isShortForm(_ short: String, of long: String) -> Bool {
        guard short.count < long.count || short.count <= 6 else { return false }
        if short.count >= 2, short.count < long.count, long.hasPrefix(short) { return true }
        if short.count >= 4, long.hasSuffix(short) { return true }
        for ending in [
            "ie", "ey", "y", "i", "o", "a", "e", "s", "z", "er", "ko", "ka", "ek", "sia", "erl", "el", "le", "ito",
            "ita",
        ] {
            guard short.hasSuffix(ending) else { continue }
            var stem = short.dropLast(ending.count)
            // `robbo`: the last letter is often doubled.
            if stem.count > 2, stem.last == stem.dropLast().last { stem.removeLast() }
            if stem.count >= 3, stem.count < long.count - 1, long.hasPrefix(stem) { return true }
        }
        return false
    }

    /// Whether the words differ by one slip of the hand: a letter added, dropped, replaced, or swapped with the next;
    /// by two in words of nine letters and more.
    static func isOneSlip(_ left: String, _ right: String) -> Bool {
        let (mine, theirs) = (Array(left.unicodeScalars), Array(right.unicodeScalars))
        let limit = min(mine.count, theirs.count) >= 9 ? 2 : 1
        guard abs(mine.count - theirs.count) <= limit, mine.count <= 60, theirs.count <= 60 else { return false }
        // Optimal string alignment, three rows at a time.
        var (before, last) = ([Int](), Array(0...theirs.count))
        for row in 1...max(1, mine.count) where row <= mine.count {
            var next = [row]
            for column in 1...max(1, theirs.count) where column <= theirs.count {
                let isSame = mine[row - 1] == theirs[column - 1]
                var cost = min(last[column] + 1, next[column - 1] + 1, last[column - 1] + (isSame ? 0 : 1))
                if row > 1, column > 1, mine[row - 1] == theirs[column - 2], mine[row - 2] == theirs[column - 1] {
                    cost = min(cost, before[column - 2] + 1)
                }
                next.append(cost)
            }
            (before, last) = (last, next)
        }
        return (last.last ?? 0) <= limit
    }
}

extension PersonName {
    /// Whether the word, folded, is known as a given name.
    /// A given name, folded, with the short and long forms of it that everybody knows.
    public static func formsOf(_ name: String) -> Set<String> { Nicknames.forms(of: name) }
}

import Leads
import Values

/// Whom the message greets, who signs it, and which other names it has.
enum GateNames {
    private static let greetings = [
        "hi", "hello", "hey", "dear", "morning", "afternoon", "evening", "good morning", "good afternoon",
        "good evening", "good day", "greetings", "hallo",
        "guten tag", "guten morgen", "liebe", "lieber", "sehr geehrte", "sehr geehrter", "moin", "servus", "gruezi",
        "bonjour", "bonsoir", "salut", "cher", "chere", "hola", "buenos dias", "buenas tardes", "buen dia", "estimado",
        "estimada", "querido", "querida", "ciao", "buongiorno", "buonasera", "salve", "gentile", "egregio", "egregia",
        "caro", "cara", "beste", "geachte", "hoi", "goedemorgen", "goedemiddag", "goedendag", "dag", "ola", "oi",
        "bom dia",
        "boa tarde", "prezado", "prezada", "hej", "hejsan", "god morgon", "god dag", "basta", "kara", "tja", "hei",
        "kjaere", "kaere", "gday", "kia ora", "aloha", "respected", "gruss gott", "gruss dich", "spettle", "spett",
        "namaste", "salam", "shalom",
    ]

    private static let titles: Set<String> = [
        "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "madam", "herr", "herrn", "frau", "monsieur",
        "madame", "mme", "m", "senor", "senora", "sr", "sra", "don", "dona", "dott", "dottore", "dottoressa", "dottssa",
        "signor", "signora", "sig", "mevrouw", "meneer", "heer", "de", "senhor", "senhora", "ing", "mag", "rev", "and",
        "und", "san", "sensei", "e", "et", "y", "och", "en", "herre", "fru", "maitre", "docteur", "doctor",
        "professeur", "captain", "direktor", "direktorin", "director",
    ]

    private static let neutral: Set<String> = [
        "there", "team", "all", "everyone", "everybody", "folks", "friend", "friends", "colleague", "reader",
        "zusammen",
        "alle", "damen", "herren", "tous", "toutes", "equipe", "equipo", "todos", "tutti", "allemaal", "alla", "equipa",
        "a", "the", "de", "du", "la", "le", "el", "l", "at", "from", "again",
    ]

    static func greeting(_ text: GateText) -> String? {
        guard let first = text.lines.first else { return nil }
        let head = first.prefix { !",:!—–".contains($0) && $0 != "." || false }
        let line = String(first).folded
        var name: String?
        if let word = greetings.filter({ line == $0 || line.hasPrefix("\($0) ") }).max(by: { $0.count < $1.count }) {
            // A title's full stop is no end: `Dear Ms. Okafor,`.
            let end = first.firstIndex { ",:!—–?".contains($0) } ?? first.endIndex
            let words = String(first[..<end]).folded.split(separator: " ").map(String.init)
            name = words.dropFirst(word.split(separator: " ").count).joined(separator: " ")
        } else if first.split(separator: " ").count <= 4, let sign = first.last, ",:!–—-".contains(sign) {
            name = String(head).folded
        }
        guard let name else {
            // Without a greeting the person has to be named somewhere.
            let words = Set(GateText.words(of: text.body))
            return text.person.isEmpty || !text.person.isDisjoint(with: words) ? nil : "it does not name the person"
        }
        var words = name.split(separator: " ").map(String.init).filter { !titles.contains($0) }
        guard !words.isEmpty else { return nil }
        if let dash = words.firstIndex(of: "i") { words = Array(words[..<dash]) }
        let strange = words.filter { !text.person.contains($0) && !neutral.contains($0) }
        let isTeam = words.contains { ["team", "all", "everyone", "folks", "equipe", "equipo"].contains($0) }
        if isTeam, strange.allSatisfy({ text.company.contains($0) }) { return nil }
        // A title that is not in the list stands before the surname: `Captain Okafor`. A given name is no title.
        let family = Set(GateText.words(of: text.facts["last_name"] ?? ""))
        if let last = words.last, family.contains(last), !strange.contains(where: { GivenNames.isKnown($0) }),
            strange.count < 3
        {
            return nil
        }
        return strange.isEmpty ? nil : "it greets \"\(strange.joined(separator: " "))\", who is somebody else"
    }

    /// Small words in signatures.
    static let joining: Set<String> = [
        "at", "from", "of", "the", "and", "von", "bei", "de", "chez", "team", "your", "di", "da", "do", "della", "pa",
        "fran", "van",
        "der", "fur", "for", "du", "des", "del", "en", "em", "hos", "bij", "af", "och", "und", "et", "y", "e", "la",
        "vom",
    ]

    /// How somebody says the own name.
    private static let introductions: [String: [String]] = [
        "en": ["my name is ", "i am ", "im "], "de": ["mein name ist "], "fr": ["je suis ", "je mappelle "],
        "es": ["soy ", "me llamo "], "it": ["sono ", "mi chiamo "], "nl": ["ik ben ", "mijn naam is "],
        "pt": ["sou ", "meu nome e "], "sv": ["jag heter "],
    ]

    static func signature(_ text: GateText, language: String) -> String? {
        guard !text.sender.isEmpty else { return nil }
        let allowed = text.sender.union(GateText.words(of: text.facts["sender_company"] ?? "")).union(joining)
        for line in text.signature {
            let initials = Set(text.sender.compactMap { $0.first.map(String.init) })
            let strange = GateText.words(of: line).filter { word in
                !allowed.contains(word) && !initials.contains(word) && !GateClaims.isLinkPart(word, text)
            }
            if !strange.isEmpty { return "it is signed \"\(line.shortened(to: 60))\", which is not the sender" }
        }
        if text.hasClosing, let first = text.signature.first {
            let words = Set(GateText.words(of: first))
            let company = Set(GateText.words(of: text.facts["sender_company"] ?? ""))
            if words.isDisjoint(with: text.sender), words.isDisjoint(with: company) {
                return "it is signed \"\(first.shortened(to: 60))\", which is not the sender"
            }
        }
        // `I'm Sarah from Ledgerline` within the text.
        for lead in introductions[language] ?? [] {
            let body = text.body.replacing("’", with: "'")
            for sentence in body.split(whereSeparator: { ".!?\n".contains($0) }) {
                let folded = String(sentence).folded
                guard folded.hasPrefix(lead) || folded.contains(" \(lead)"), let range = folded.firstRange(of: lead)
                else {
                    continue
                }
                let next = folded[range.upperBound...].split(separator: " ").first.map(String.init) ?? ""
                // Only a word that is written like a name is one.
                let isName = sentence.split(whereSeparator: { !$0.isLetter }).contains {
                    $0.first?.isUppercase == true && String($0).folded == next
                }
                if isName, !text.sender.contains(next), !text.known.contains(next), next != "i" {
                    return "it is from \"\(next)\", who is not the sender"
                }
            }
        }
        return nil
    }

    // MARK: other names

    /// Words that are written with a capital and name nothing in particular.
    private static let common: Set<String> = [
        "i", "im", "id", "ill", "ive", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
        "mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "january", "february", "march", "april", "may",
        "june", "july", "august", "september", "october", "november", "december", "ceo", "cto", "cfo", "coo", "cmo",
        "cio", "vp", "hr", "it", "ai", "crm", "erp", "api", "apis", "saas", "b2b", "b2c", "seo", "roi", "kpi", "kpis",
        "pdf",
        "faq", "faqs", "ok", "okay", "ps", "pps", "mr", "mrs", "ms", "dr", "prof", "english", "german", "french",
        "spanish", "italian",
        "dutch", "european", "american", "eu", "uk", "us", "usa", "q1", "q2", "q3", "q4", "smb", "smbs", "sme", "smes",
        "crms",
        "erps", "url", "id", "tv", "pr", "ux", "ui", "qa", "rd", "asap", "fyi", "rsvp", "am", "pm", "gmbh", "best",
        "kind",
        "regards", "warm", "cheers", "thanks", "thank", "sincerely", "yours", "hi", "hello", "dear", "hey", "internet",
        "email",
        "christmas", "easter", "earth", "web", "zoom", "linkedin", "excel", "gdpr", "dsgvo", "rgpd", "ceos", "ctos",
        "cfos",
        "sie", "ihr", "ihre", "ihnen", "ihrem", "ihren", "ihrer", "ihres", "du", "dir", "dich", "u", "uw",
    ]

    static func others(_ text: GateText, language: String) -> String? {
        var strange: [String] = []
        let isGerman = language == "de"
        // Whom it greets is looked at by itself.
        for (place, line) in text.lines.dropLast(text.signature.count).enumerated()
        where place > 0 || line.split(separator: " ").count > 6 {
            strange += names(in: line, text, isGerman: isGerman)
        }
        // In a subject in title case, capitals say nothing.
        let words = text.subject.split { !$0.isLetter }.filter { $0.count > 3 }
        let capitals = words.filter { $0.first?.isUppercase == true }.count
        if capitals * 10 <= words.count * 6 || words.count < 3 {
            strange += names(in: text.subject, text, isGerman: isGerman)
        }
        guard let first = strange.first else { return nil }
        return "it names \"\(first)\", which no fact does"
    }

    private static func names(in line: String, _ text: GateText, isGerman: Bool) -> [String] {
        var (found, run): ([String], [String]) = ([], [])
        // The word before the run.
        var (before, lastWord) = ("", "")
        var isStart = true
        func flush() {
            defer { run = [] }
            guard !run.isEmpty else { return }
            // In German every noun has a capital; only two in a row look like a name.
            let isLoud = run.contains { $0.dropFirst().contains(where: \.isUppercase) }
            if isGerman, !isLoud, run.count < 2 || !["wie", "bei", "von", "mit", "fur", "an"].contains(before) {
                return
            }
            found.append(run.joined(separator: " "))
        }
        for part in line.split(separator: " ", omittingEmptySubsequences: true) {
            let token = part.drop { !($0.isLetter || $0.isNumber) }
            let opens = part.first.map { "\"“„«('‘".contains($0) } ?? false
            var word = String(token)
            while let last = word.last, !(last.isLetter || last.isNumber) { word.removeLast() }
            var isBullet = false
            defer { isStart = isBullet || part.last.map { ".!?:…\"”".contains($0) } ?? false }
            guard !word.isEmpty else {
                // A bullet or a dash begins anew.
                flush()
                isBullet = true
                continue
            }
            if let ending = ["'s", "’s", "s'", "s’"].first(where: { word.hasSuffix($0) }) {
                word = String(word.dropLast(ending.hasPrefix("s") ? 1 : 2))
            }
            let folded = word.folded
            let pieces = folded.split(separator: " ").map(String.init)
            let isKnown =
                pieces.allSatisfy { piece in
                    text.known.contains(piece) || text.person.contains(piece) || common.contains(piece)
                        || titles.contains(piece)
                        || piece.hasSuffix("s") && text.known.contains(String(piece.dropLast()))
                        || text.known.contains(piece + "s")
                } || text.factText.contains(word.lowercased())
            let isCapital = word.first?.isUppercase == true
            let isLoud = word.dropFirst().contains(where: \.isUppercase) && word.filter(\.isLetter).count > 1
            defer { lastWord = folded }
            if isCapital, !isKnown, !isStart || isLoud || !run.isEmpty, !opens || !isStart {
                if run.isEmpty { before = lastWord }
                run.append(word)
            } else if isCapital, !isKnown, isStart, !isCommonStart(folded) {
                // A name at the beginning of a sentence shows only by what follows it.
                flush()
            } else {
                flush()
            }
            if part.last.map({ ".!?,;:".contains($0) }) ?? false { flush() }
        }
        flush()
        return found
    }

    private static func isCommonStart(_ word: String) -> Bool { word.count < 4 }
}

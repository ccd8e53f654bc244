import Leads
import Values

/// The name of the company whose site it is: what several parts of the page agree on.
struct CompanyNames {
    private(set) var best: CompanyFact?
    private(set) var others: [String] = []

    init(_ document: PageDocument, _ lines: [PageLine], _ data: StructuredData, host: String) {
        var candidates: [(text: String, key: String, source: String, points: Int)] = []
        func add(_ text: String?, _ source: String, _ points: Int) {
            guard candidates.count < 200, let text = text?.tidied(limit: 100).nonEmpty, !StructuredData.isDemo(text),
                let name = CompanyName(parsing: text), !Self.isNoName(text)
            else { return }
            candidates.append((name.description, name.matchKey, source, points))
        }
        for name in data.names.prefix(4) { add(name, "structured data", 2) }
        add(document.meta["og:site_name"], "og:site_name", 2)
        add(document.meta["application-name"], "application-name", 1)
        add(document.meta["apple-mobile-web-app-title"], "application-name", 1)
        if let title = document.title {
            // Beside a word such as *Contact* stands the name.
            let parts = Self.parts(of: title)
            let isBesideWord = parts.count == 2 && parts.contains { Self.generic.contains($0.folded) }
            for part in parts {
                let points = isBesideWord ? 2 : 1
                // `About Pinchpoint`, `Gestoría Alarcón, Albacete`
                let head = part.split(separator: ",").first.map { String($0).tidied() } ?? part
                let plain = Self.withoutGreeting(head)
                if plain != part, Self.forms(CompanyName(parsing: plain)?.matchKey ?? "").contains(Self.label(host)) {
                    add(plain, "title", points)
                } else {
                    add(part, "title", points)
                }
            }
        }
        for node in document.nodes.indices where document.nodes[node].name == "a" && !document.nodes[node].isHidden {
            guard let link = document.nodes[node].attributes["href"],
                link == "/" || link == "./" || link == "index.html" || link == "https://\(host)/"
                    || link == "https://\(host)"
            else { continue }
            let text = document.text(of: node, limit: 60)
            if text.count >= 2 { add(text, "home link", 1) }
        }
        for line in lines {
            let lower = line.text.lowercased()
            if lower.contains("©") || lower.contains("(c) ") || lower.contains("copyright") {
                add(Self.rightsHolder(line.text), "rights", 1)
            }
        }
        for line in lines
        where line.text.count <= 80
            && (line.region != .main || document.nodes[line.block].headingLevel != nil || line.text.count < 60)
        {
            // A sentence is no name.
            let words = line.text.split(separator: " ")
            let isSentence = words.count >= 4 && line.text.hasSuffix(".") && words.last?.first?.isLowercase == true
            if (2...7).contains(words.count), CompanyName.hasLegalForm(line.text.folded), !isSentence {
                add(line.text, "line", 1)
            }
        }
        for (index, node) in document.nodes.enumerated() where node.name == "img" && !node.isHidden {
            guard let alt = node.attributes["alt"], alt.count <= 60 else { continue }
            let names =
                (node.attributes["class"] ?? "") + (node.attributes["id"] ?? "") + (node.attributes["src"] ?? "")
            if names.lowercased().contains("logo") || document.isInside(index, ["header"]) {
                add(alt.replacing("Logo", with: "").replacing("logo", with: ""), "logo", 1)
            }
        }
        for line in lines.prefix(12) where line.region == .header && line.text.count <= 50 && line.linkShare > 0.5 {
            add(line.text, "header", 1)
        }
        let label = Self.label(host)
        for index in candidates.indices
        where candidates[index].text.lowercased().contains(where: { "äöü".contains($0) }) {
            let spelled = candidates[index].text.lowercased().umlautsSpelledOut
            if Self.isLike(CompanyName(parsing: spelled)?.matchKey ?? "", label) { candidates[index].points += 2 }
        }
        var groups: [(key: String, points: Int, texts: [String], sources: Set<String>)] = []
        for candidate in candidates {
            let key = candidate.key
            let isExact = Self.forms(key).contains(label)
            if let place = groups.firstIndex(where: { $0.key == key }) {
                if groups[place].sources.insert(candidate.source).inserted { groups[place].points += candidate.points }
                if !groups[place].texts.contains(candidate.text) { groups[place].texts.append(candidate.text) }
            } else {
                groups.append((key, candidate.points + (isExact ? 1 : 0), [candidate.text], [candidate.source]))
            }
        }
        for place in groups.indices where Self.isLike(groups[place].key, label) { groups[place].points += 2 }
        // A name that is the beginning of another is supported by it: `Lanebridge`, `Lanebridge Technologies`.
        let plain = groups
        for place in groups.indices {
            let key = groups[place].key
            if plain.contains(where: { $0.key.hasPrefix(key + " ") || key.hasPrefix($0.key + " ") }) {
                groups[place].points += 1
            }
        }
        let isOfHost = groups.contains { Self.isLike($0.key, label) }
        let fitting = groups.filter {
            ($0.points >= 3 && ($0.sources.count >= 2 || Self.isLike($0.key, label))
                || $0.points == 2 && !$0.key.utf8.allSatisfy { $0 < 0x80 } && !isOfHost)
                && (!isOfHost || Self.isLike($0.key, label) || $0.points >= 6)
        }
        guard let top = fitting.max(by: { ($0.points, -$0.key.count) < ($1.points, -$1.key.count) }),
            let text = top.texts.first
        else { return }
        best = CompanyFact(
            text, evidence: top.sources.sorted().joined(separator: ", "),
            confidence: min(0.95, 0.5 + 0.1 * Double(top.points)))
        others =
            (top.texts.dropFirst()
            + plain.filter { $0.key != top.key && ($0.key.hasPrefix(top.key + " ") || top.key.hasPrefix($0.key + " ")) }
            .flatMap(\.texts)).prefix(6).map(\.self)
    }

    private static func withoutGreeting(_ text: String) -> String {
        for greeting in [
            "About ", "Welcome to ", "Contact ", "Willkommen bei ", "Über ", "Bienvenue chez ", "Bienvenidos a ",
            "Benvenuti da ", "Welkom bij ", "Over ", "Witamy w ",
        ] where text.hasPrefix(greeting) {
            return String(text.dropFirst(greeting.count))
        }
        return text
    }

    private static func parts(of title: String) -> [String] {
        var parts = [""]
        let characters = Array(title.replacing(" -- ", with: " – "))
        for (index, character) in characters.enumerated() {
            let isSpaced =
                index > 0 && characters[index - 1] == " " && index + 1 < characters.count
                && characters[index + 1] == " "
            if "|｜–—·•»›→:\u{96}\u{97}".contains(character) && (isSpaced || "|｜:".contains(character))
                || "-‐".contains(character) && isSpaced
            {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        return parts.map { $0.replacing("--", with: " ").tidied() }.filter { (2...60).contains($0.count) }
    }

    static func rightsHolder(_ text: String) -> String? {
        guard
            let mark = text.firstRange(of: "©") ?? text.lowercased().firstRange(of: "copyright").flatMap({ range in
                text.index(
                    text.startIndex,
                    offsetBy: text.lowercased().distance(from: text.lowercased().startIndex, to: range.upperBound),
                    limitedBy: text.endIndex
                ).map { $0..<$0 }
            }) ?? text.firstRange(of: "(c)")
        else { return nil }
        var rest = Substring(text[mark.upperBound...])
        rest = rest.drop { !($0.isLetter) }
        for word in ["by ", "Copyright ", "copyright ", "c) "] where rest.hasPrefix(word) {
            rest = rest.dropFirst(word.count)
        }
        rest = rest.drop { !($0.isLetter || $0.isNumber) || $0.isNumber && rest.prefix(4).allSatisfy(\.isNumber) }
        var name = ""
        for character in rest {
            if "|·•–—,©".contains(character) { break }
            name.append(character)
            if name.hasSuffix(". ")
                && !["inc. ", "ltd. ", "co. ", "corp. ", "s.a. ", "st. ", "dr. "].contains(where: {
                    name.lowercased().hasSuffix($0)
                })
            {
                break
            }
        }
        for mark in [
            "All rights", "Alle Rechte", "Tous droits", "Todos los", "Todos os", "Tutti i", "Alle rechten", "Wszelkie",
            "Registered", "Company", "Privacy", "Impressum", " - ", "Website", "Proudly", "20", "P.IVA", "P. IVA",
            "KvK", "NIP",
        ] {
            if let range = name.firstRange(of: mark) { name = String(name[..<range.lowerBound]) }
        }
        name = name.tidied()
        while let last = name.last,
            ".,;: ".contains(last)
                && !["inc.", "ltd.", "co.", "s.a.", "s.l.", "b.v.", "s.r.l.", "corp.", "s.p.a."].contains(where: {
                    name.lowercased().hasSuffix($0)
                })
        { name.removeLast() }
        return name.nonEmpty
    }

    static func label(_ host: String) -> String {
        let domain = DomainName.registrable(of: host)
        return String(domain.split(separator: ".").first ?? "").folded.replacing(" ", with: "").filter {
            $0.isLetter || $0.isNumber
        }
    }

    /// Whether a name's key and a host's label are the same name: `hartley quill`, `hartleyquill`; `lane bridge technology`,
    /// `lanebridge`.
    static func isLike(_ key: String, _ label: String) -> Bool {
        if forms(key).contains(label) { return true }
        let words = key.split(separator: " ").map(String.init).filter { $0 != "and" }
        let joined = words.joined()
        guard joined.count >= 2, label.count >= 2 else { return false }
        if words.first == label { return true }
        if joined.count >= 4, label.hasPrefix(joined) || label.hasSuffix(joined) && joined.count * 2 >= label.count {
            return true
        }
        if label.count >= 4, joined.hasPrefix(label) || joined.hasSuffix(label) { return true }
        let initials = words.compactMap(\.first).map(String.init).joined()
        if words.count >= 3, initials == label { return true }
        // `dachdecker-wiesner` for `Dachdeckerei Wiesner`: the words, or how they begin.
        var significant = 0
        for word in words where word.count >= 4 {
            for length in stride(from: word.count, through: max(4, word.count - 3), by: -1)
            where label.contains(word.prefix(length)) {
                significant += length
                break
            }
        }
        return significant * 10 >= label.count * 7 && significant >= 5
    }

    /// A key as a host may spell it: in one word, with or without *and*.
    private static func forms(_ key: String) -> [String] {
        let joined = key.split(separator: " ").filter { $0 != "and" }.joined()
        return [joined, key.replacing(" ", with: "")]
    }

    private static func isNoName(_ text: String) -> Bool {
        let folded = text.folded
        if folded.count < 2 || text.count > 80 { return true }
        if generic.contains(folded) { return true }
        return text.contains("?") || text.contains("!") || folded.split(separator: " ").count > 8
    }

    private static let generic: Set<String> = [
        "home", "homepage", "welcome", "contact", "contact us", "about", "about us", "our team", "team",
        "meet the team", "our people", "services", "products", "news", "blog", "imprint", "impressum", "kontakt",
        "uber uns", "ueber uns", "startseite", "unternehmen", "accueil", "nous contacter", "a propos", "contactez nous",
        "mentions legales", "equipe", "notre equipe", "l equipe", "inicio", "contacto", "quienes somos", "nosotros",
        "equipo", "inizio", "contatti", "chi siamo", "il team", "over ons", "thuis", "contactgegevens", "strona glowna",
        "o nas", "kontakty", "hem", "om oss", "contato", "sobre", "sobre nos", "menu", "logo", "index",
        "untitled document", "leistungen", "prestations", "servicios", "karriere", "careers", "jobs", "faq", "shop",
        "team und kontakt", "ansprechpartner", "datenschutz", "privacy policy", "start", "hauptseite", "aktuelles",
        "who we are", "what we do", "контакты", "о компании", "главная", "会社概要", "お問い合わせ", "アクセス お問い合わせ", "アクセス", "ホーム",
        "联系我们", "关于我们", "首页", "연락처", "회사소개", "επικοινωνια", "αρχικη", "iletisim", "hakkimizda", "anasayfa",
        "professionisti", "leadership", "people", "staff", "our staff", "wie is wie", "ons team", "klantenservice",
        "empresa", "la empresa", "azienda", "l azienda", "ueber mich", "about me", "contact and opening hours",
        "kontakt und anfahrt", "anfahrt", "kontakta oss", "medarbetare", "zespol", "pracownicy", "mitarbeiter",
        "standorte", "locations", "visit us", "find us", "get in touch", "kontaktformular", "contactez", "le cabinet",
        "l entreprise", "la societe", "entreprise", "kontaktdaten", "management", "our story", "history", "geschichte",
        "portfolio", "projects", "projekte", "references", "referenzen", "press", "presse", "official site",
        "official website",
    ]
}

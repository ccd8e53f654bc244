import Values

/// Something that a page says, with the words that say it.
public struct PageFact: Sendable, Equatable, Codable {
    public let value: String
    /// The sentence or the part of the page that shows it.
    public let evidence: String
    /// From 0 to 1.
    public let confidence: Double
}

/// What a page says of the company whose site it is. What is not certain is left out.
public struct CompanyFacts: Sendable, Equatable {
    public var name: PageFact?
    /// Other spellings of the name on the page.
    public var otherNames: [String] = []
    /// A sentence that says what the company does.
    public var description: PageFact?
    /// The number of employees, as a band of LinkedIn's: `11-50`.
    public var size: PageFact?
    public var industry: PageFact?
    public var services: [String] = []
    /// Whom the company works for.
    public var serves: PageFact?
    /// What is new, the newest first.
    public var news: [PageFact] = []
    /// The addresses of its own profiles in social networks.
    public var social: [String] = []
    /// Street, postal code and city.
    public var address: PageFact?
    /// The language of the text, as a code of two letters.
    public var language: String?

    public init() {}
}

extension CompanyFacts {
    init(_ document: PageDocument, _ lines: [PageLine], mainText: String, host: String) {
        let data = StructuredData(document)
        let names = CompanyNames(document, lines, data, host: host)
        name = names.best
        otherNames = names.others
        let known = ([names.best?.value].compactMap(\.self) + names.others)
        let sentences = PageSentences.own(document, lines)
        description = CompanyDescription.find(document, data, sentences, names: known)
        size = CompanySize.find(data, sentences, names: known)
        services = CompanyServices.find(document, lines)
        serves = description.flatMap { CompanyServices.served($0.value) } ?? sentences.lazy.compactMap { CompanyServices.served($0) }.first
        social = SocialLinks.find(document, data)
        address = PostalAddress.find(document, lines, data)
        industry = Industry.find(document, lines, description: description?.value, services: services)
        news = PageNews.find(document, lines)
        language = PageLanguage.of(document, mainText)
    }
}

/// The name of the company whose site it is: what several parts of the page agree on.
struct CompanyNames {
    private(set) var best: PageFact?
    private(set) var others: [String] = []

    init(_ document: PageDocument, _ lines: [PageLine], _ data: StructuredData, host: String) {
        var candidates: [(text: String, source: String, points: Int)] = []
        func add(_ text: String?, _ source: String, _ points: Int) {
            guard let text = text?.tidied(limit: 100).nonEmpty, !StructuredData.isDemo(text), let name = CompanyName(parsing: text), !Self.isNoName(text) else { return }
            candidates.append((name.description, source, points))
        }
        for name in data.names.prefix(4) { add(name, "structured data", 2) }
        add(document.meta["og:site_name"], "og:site_name", 2)
        add(document.meta["application-name"], "application-name", 1)
        add(document.meta["apple-mobile-web-app-title"], "application-name", 1)
        if let title = document.title {
            for part in Self.parts(of: title) { add(part, "title", 1) }
        }
        for line in lines {
            let lower = line.text.lowercased()
            if lower.contains("©") || lower.contains("(c) ") || lower.contains("copyright") { add(Self.rightsHolder(line.text), "rights", 1) }
        }
        for line in lines where line.text.count <= 80 && (line.region != .main || document.nodes[line.block].name.hasPrefix("h") || line.text.count < 60) {
            if Self.hasLegalForm(line.text) { add(line.text, "line", 1) }
        }
        for (index, node) in document.nodes.enumerated() where node.name == "img" && !node.isHidden {
            guard let alt = node.attributes["alt"], alt.count <= 60 else { continue }
            let names = (node.attributes["class"] ?? "") + (node.attributes["id"] ?? "") + (node.attributes["src"] ?? "")
            if names.lowercased().contains("logo") || document.isInside(index, ["header"]) { add(alt.replacing("Logo", with: "").replacing("logo", with: ""), "logo", 1) }
        }
        for line in lines.prefix(12) where line.region == .header && line.text.count <= 50 && line.linkShare > 0.5 { add(line.text, "header", 1) }
        let label = Self.label(host)
        var groups: [(key: String, points: Int, texts: [String], sources: Set<String>)] = []
        for candidate in candidates {
            let key = CompanyName(parsing: candidate.text)?.matchKey ?? ""
            guard !key.isEmpty else { continue }
            if let place = groups.firstIndex(where: { $0.key == key }) {
                if groups[place].sources.insert(candidate.source).inserted { groups[place].points += candidate.points }
                if !groups[place].texts.contains(candidate.text) { groups[place].texts.append(candidate.text) }
            } else {
                groups.append((key, candidate.points, [candidate.text], [candidate.source]))
            }
        }
        for place in groups.indices where Self.isLike(groups[place].key, label) { groups[place].points += 2 }
        // A name that is the beginning of another is supported by it: `Lanebridge`, `Lanebridge Technologies`.
        let plain = groups
        for place in groups.indices {
            let key = groups[place].key
            groups[place].points += plain.filter { $0.key != key && ($0.key.hasPrefix(key + " ") || key.hasPrefix($0.key + " ")) }.isEmpty ? 0 : 1
        }
        let isOfHost = groups.contains { Self.isLike($0.key, label) }
        let fitting = groups.filter { $0.points >= 3 && (!isOfHost || Self.isLike($0.key, label) || $0.points >= 6) }
        guard let top = fitting.max(by: { ($0.points, -$0.key.count) < ($1.points, -$1.key.count) }), let text = top.texts.first else { return }
        best = PageFact(value: text, evidence: top.sources.sorted().joined(separator: ", "), confidence: min(0.95, 0.5 + 0.1 * Double(top.points)))
        others = (top.texts.dropFirst() + plain.filter { $0.key != top.key && ($0.key.hasPrefix(top.key + " ") || top.key.hasPrefix($0.key + " ")) }.flatMap(\.texts)).prefix(6).map(\.self)
    }

    private static func parts(of title: String) -> [String] {
        var parts = [""]
        let characters = Array(title)
        for (index, character) in characters.enumerated() {
            let isSpaced = index > 0 && characters[index - 1] == " " && index + 1 < characters.count && characters[index + 1] == " "
            if "|–—·•»:".contains(character) && (isSpaced || character == "|" || character == ":") || "-‐".contains(character) && isSpaced {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        return parts.map { $0.tidied() }.filter { (2...60).contains($0.count) }
    }

    static func rightsHolder(_ text: String) -> String? {
        guard let mark = text.firstRange(of: "©") ?? text.lowercased().firstRange(of: "copyright").flatMap({ range in text.index(text.startIndex, offsetBy: text.lowercased().distance(from: text.lowercased().startIndex, to: range.upperBound), limitedBy: text.endIndex).map { $0..<$0 } }) ?? text.firstRange(of: "(c)") else { return nil }
        var rest = Substring(text[mark.upperBound...])
        rest = rest.drop { !($0.isLetter) }
        for word in ["by ", "Copyright ", "copyright ", "c) "] where rest.hasPrefix(word) { rest = rest.dropFirst(word.count) }
        rest = rest.drop { !($0.isLetter || $0.isNumber) || $0.isNumber && rest.prefix(4).allSatisfy(\.isNumber) }
        var name = ""
        for character in rest {
            if "|·•–—,©".contains(character) { break }
            name.append(character)
            if name.hasSuffix(". ") && !["inc. ", "ltd. ", "co. ", "corp. ", "s.a. ", "st. ", "dr. "].contains(where: { name.lowercased().hasSuffix($0) }) { break }
        }
        for mark in ["All rights", "Alle Rechte", "Tous droits", "Todos los", "Todos os", "Tutti i", "Alle rechten", "Wszelkie", "Registered", "Company", "Privacy", "Impressum", " - ", "Website", "Proudly", "20", "P.IVA", "P. IVA", "KvK", "NIP"] {
            if let range = name.firstRange(of: mark) { name = String(name[..<range.lowerBound]) }
        }
        name = name.tidied()
        while let last = name.last, ".,;: ".contains(last) && !["inc.", "ltd.", "co.", "s.a.", "s.l.", "b.v.", "s.r.l.", "corp.", "s.p.a."].contains(where: { name.lowercased().hasSuffix($0) }) { name.removeLast() }
        return name.nonEmpty
    }

    private static func hasLegalForm(_ text: String) -> Bool {
        let words = text.folded.split(separator: " ").map(String.init)
        guard (2...7).contains(words.count), let last = words.last else { return false }
        return ["gmbh", "ag", "kg", "ug", "ltd", "limited", "llc", "inc", "llp", "plc", "sarl", "sas", "sa", "srl", "spa", "bv", "nv", "ab", "aps", "as", "oy", "sl", "slu", "lda", "ltda", "kft", "sro"].contains(last) || text.folded.contains("gmbh co kg") || text.folded.contains("sp z oo")
    }

    static func label(_ host: String) -> String {
        let domain = PageContacts.registrable(host)
        return String(domain.split(separator: ".").first ?? "").folded.replacing(" ", with: "").filter { $0.isLetter || $0.isNumber }
    }

    /// Whether a name's key and a host's label are the same name: `hartley quill`, `hartleyquill`; `lane bridge technology`,
    /// `lanebridge`.
    static func isLike(_ key: String, _ label: String) -> Bool {
        let words = key.split(separator: " ").map(String.init).filter { $0 != "and" }
        let joined = words.joined()
        guard joined.count >= 2, label.count >= 2 else { return false }
        if joined == label || words.first == label { return true }
        if joined.count >= 4, label.hasPrefix(joined) || label.hasSuffix(joined) && joined.count * 2 >= label.count { return true }
        if label.count >= 4, joined.hasPrefix(label) || joined.hasSuffix(label) { return true }
        let withAnd = key.replacing(" ", with: "")
        if withAnd == label { return true }
        let initials = words.compactMap(\.first).map(String.init).joined()
        if words.count >= 3, initials == label { return true }
        let significant = words.filter { $0.count >= 4 && label.contains($0) }.joined().count
        return significant * 10 >= label.count * 7 && significant >= 5
    }

    private static func isNoName(_ text: String) -> Bool {
        let folded = text.folded
        if folded.count < 2 || text.count > 80 { return true }
        if generic.contains(folded) { return true }
        return text.contains("?") || text.contains("!") || folded.split(separator: " ").count > 8
    }

    private static let generic: Set<String> = [
        "home", "homepage", "welcome", "contact", "contact us", "about", "about us", "our team", "team", "meet the team", "our people", "services", "products", "news", "blog", "imprint", "impressum", "kontakt", "uber uns", "ueber uns", "startseite", "unternehmen", "accueil", "nous contacter", "a propos", "contactez nous", "mentions legales", "equipe", "notre equipe", "l equipe", "inicio", "contacto", "quienes somos", "nosotros", "equipo", "inizio", "contatti", "chi siamo", "il team", "over ons", "thuis", "contactgegevens", "strona glowna", "o nas", "kontakty", "hem", "om oss", "contato", "sobre", "sobre nos", "menu", "logo", "index", "untitled document", "leistungen", "prestations", "servicios", "karriere", "careers", "jobs", "faq", "shop", "team und kontakt", "ansprechpartner", "datenschutz", "privacy policy", "start", "hauptseite", "aktuelles", "who we are", "what we do", "official site", "official website",
    ]
}

/// Sentences by which the company itself speaks on its page.
enum PageSentences {
    /// The sentences of the main part, without quotations, menus, notices and hidden text.
    static func own(_ document: PageDocument, _ lines: [PageLine]) -> [String] {
        var sentences: [String] = []
        for line in lines where (line.region == .main || line.region == .footer || line.region == .header) && line.linkShare < 0.5 && line.text.count >= 20 {
            guard !MainText.isNotice(line.text), !isQuotation(line, document) else { continue }
            for sentence in split(line.text) where sentence.count >= 20 && sentence.count <= 400 { sentences.append(sentence) }
            if sentences.count > 400 { break }
        }
        return sentences
    }

    /// What somebody else says: a testimonial, or a quotation.
    static func isQuotation(_ line: PageLine, _ document: PageDocument) -> Bool {
        if let first = line.text.first, "“„«\"‚‘»”「『".contains(first) { return true }
        var place = line.block
        while place >= 0 {
            let node = document.nodes[place]
            if node.name == "blockquote" || node.name == "q" { return true }
            let names = ((node.attributes["class"] ?? "") + " " + (node.attributes["id"] ?? "")).lowercased()
            if ["testimonial", "quote", "review", "zitat", "kundenstimme", "temoignage", "témoignage", "referen", "opinion", "recension", "blog", "post-", "article-list", "jobs", "job-", "vacanc", "stellen", "case-stud", "casestud", "customer-stor", "partner"].contains(where: { names.contains($0) }) { return true }
            place = node.parent
        }
        return false
    }

    static func split(_ text: String) -> [String] {
        var sentences: [String] = []
        var current = ""
        let characters = Array(text)
        for (index, character) in characters.enumerated() {
            current.append(character)
            if "。！？".contains(character) {
                sentences.append(current.tidied(limit: 1_000))
                current = ""
                continue
            }
            guard ".!?".contains(character), index + 1 < characters.count, characters[index + 1] == " " else { continue }
            let next = characters[(index + 1)...].first { $0 != " " }
            guard let next, next.isUppercase || next.isNumber || "“„«\"¿¡(".contains(next) else { continue }
            let word = current.dropLast().split(separator: " ").last.map(String.init) ?? ""
            if character == ".", word.count <= 2 || abbreviations.contains(word.lowercased()) || word.contains(".") { continue }
            sentences.append(current.tidied(limit: 1_000))
            current = ""
        }
        if let rest = current.tidied(limit: 1_000).nonEmpty { sentences.append(rest) }
        return sentences
    }

    private static let abbreviations: Set<String> = ["inc", "ltd", "co", "corp", "st", "dr", "mr", "mrs", "ms", "no", "nr", "tel", "str", "prof", "ing", "approx", "ca", "bzw", "z.b", "u.a", "etc", "vs", "jr", "sr", "ave", "av", "sra", "dott", "dipl", "inh", "ul"]
}

/// A sentence about what the company does.
enum CompanyDescription {
    static func find(_ document: PageDocument, _ data: StructuredData, _ sentences: [String], names: [String]) -> PageFact? {
        var best: (text: String, source: String, points: Int)?
        func consider(_ text: String?, _ source: String, _ base: Int) {
            guard let text = text?.tidied(limit: 500), (25...400).contains(text.count), !isForeign(text) else { return }
            let points = base + self.points(text, names)
            guard points >= 3 else { return }
            if points > best?.points ?? 0 { best = (text, source, points) }
        }
        consider(data.description, "structured data", 2)
        consider(document.meta["description"], "meta description", 2)
        consider(document.meta["og:description"], "og:description", 1)
        for (index, sentence) in sentences.prefix(60).enumerated() { consider(sentence, "sentence", index < 8 ? 1 : 0) }
        return best.map { PageFact(value: $0.text, evidence: $0.source, confidence: min(0.9, 0.5 + 0.08 * Double($0.points))) }
    }

    private static func points(_ text: String, _ names: [String]) -> Int {
        let folded = " " + text.folded + " "
        var points = 0
        let isNamed = names.contains { name in
            let words = (CompanyName(parsing: name)?.matchKey ?? "").split(separator: " ")
            guard let first = words.first, first.count >= 2 else { return false }
            return folded.contains(" \(name.folded) ") || folded.contains(" \(first) ") && (words.count == 1 || folded.contains(" \(words[1])"))
        }
        if isNamed { points += 2 }
        if names.contains(where: { text.hasPrefix($0) }) { points += 1 }
        if own.contains(where: { folded.contains(" \($0) ") }) { points += 1 }
        if does.contains(where: { folded.contains($0) }) { points += 1 }
        if calls.contains(where: { folded.hasPrefix(" \($0) ") }) { points -= 2 }
        if text.contains("?") { points -= 1 }
        if text.contains(":") && text.count < 60 || text.contains("http") || text.contains("@") { points -= 2 }
        return points
    }

    private static let own = ["we", "our", "wir", "unser", "unsere", "unserem", "nous", "notre", "nos", "somos", "nuestro", "nuestra", "nuestros", "siamo", "nostro", "nostra", "nostri", "wij", "we zijn", "ons", "onze", "jestesmy", "nasz", "nasza", "nasze", "vi", "var", "vart", "vara", "nosso", "nossa", "мы", "наш", "наша"]

    private static let does = [
        " is a ", " is an ", " is the ", " are a ", " provides ", " provide ", " offers ", " offering ", " builds ", " makes ", " make ", " designs ", " installs ", " repairs ", " runs ", " sells ", " manufactures ", " develops ", " supplies ", " specialis", " specializ", " delivers ", " brews ", " bakes ", " manages ", " advises ", " helps ", " plans ", " prepares ", " represents ", " serves ", " supports ", " transports ", " produces ", " handles ", " imports ", " grows ", " teaches ", " cleans ", " rents ", " operates ", " prints ",
        " ist ein", " ist der ", " ist die ", " sind ein", " bietet ", " bieten ", " entwickel", " fertig", " produzier", " baut ", " bauen ", " liefer", " beraet ", " berat", " vertreibt ", " verkauft ", " spezialisiert", " plant ", " planen ", " betreib", " herstell", " stellt ", " versorg", " vermietet", " druckt", " repariert",
        " est un ", " est une ", " propose ", " proposons ", " concoit ", " concevons ", " fabrique", " realise", " accompagne", " specialis", " vend ", " installe", " developpe", " edite ", " produit ", " transporte", " conseille", " cabinet ", " entreprise ", " societe ",
        " es un ", " es una ", " ofrece", " ofrecemos ", " disena", " fabrica", " desarrolla", " especializ", " instala", " vende", " produce", " somos ", " elabora", " distribu", " asesora", " gestion",
        " e un ", " e una ", " offre ", " offriamo ", " progetta", " realizza", " produce ", " produciamo ", " sviluppa", " specializz", " installa", " siamo ", " vende ", " si occupa ", " fornisce", " e uno studio ",
        " is een ", " biedt ", " bieden ", " ontwikkelt", " ontwikkelen", " maakt ", " maken ", " levert ", " leveren ", " bouwt ", " gespecialiseerd", " verzorgt", " installeert", " adviseert", " verkoopt",
        " e uma ", " oferece", " oferecemos ", " fabrica", " desenvolve", " especializ", " instala", " presta ", " produz", " constro",
        " to firma ", " jest ", " oferuje", " oferujemy ", " produkuje", " produkujemy ", " projektuj", " buduj", " zajmuj", " specjalizuj", " dostarcza",
        " ar ett ", " ar en ", " erbjuder ", " utvecklar ", " tillverkar ", " bygger ", " saljer ", " levererar ", " hjalper ", " занимается ", " производит ", " предлагает ", " разрабатывает ",
    ]
    private static let calls = ["read", "click", "sign", "subscribe", "follow", "learn", "discover", "book", "call", "contact", "please", "lesen", "jetzt", "erfahren", "mehr", "klicken", "kontaktieren", "lire", "decouvrez", "cliquez", "contactez", "inscrivez", "lea", "descubra", "haga", "contacte", "llame", "scopri", "leggi", "clicca", "contattaci", "lees", "bekijk", "klik", "bel", "przeczytaj", "zobacz", "kliknij", "saiba", "clique", "las", "copyright"]

    /// What a theme left, or what is about cookies and other companies.
    private static func isForeign(_ text: String) -> Bool {
        let lower = text.lowercased()
        return MainText.isNotice(text) || ["just another wordpress", "lorem ipsum", "my site", "theme", "wordpress site", "a website created", "site built with", "powered by", "cookie", "newsletter", "javascript", "description of", "your description", "template", "page builder", "this is the description", "enter your"].contains { lower.contains($0) }
    }
}

/// How many people the company says that it has.
public enum CompanySize {
    static func find(_ data: StructuredData, _ sentences: [String], names: [String]) -> PageFact? {
        if let (least, most) = data.employees {
            let middle = (least + most) / 2
            return PageFact(value: band(middle), evidence: "structured data: \(least == most ? "\(least)" : "\(least) to \(most)") employees", confidence: 0.85)
        }
        for sentence in sentences {
            guard let count = count(in: sentence, names: names) else { continue }
            return PageFact(value: band(count), evidence: sentence, confidence: 0.75)
        }
        return nil
    }

    /// The number of employees that a sentence claims of the company itself; nil if it claims none.
    static func count(in sentence: String, names: [String]) -> Int? {
        let text = " " + sentence.lowercased().replacing("’", with: "'").replacing("\u{A0}", with: " ") + " "
        guard text.contains(where: \.isNumber) || text.contains("dozen") || smallNumbers.keys.contains(where: { text.contains(" \($0) ") }) else { return nil }
        // What is said of others, or of what is for sale, is no claim about the company.
        guard !others.contains(where: { text.contains($0) }) else { return nil }
        let isNamed = names.contains { !$0.isEmpty && text.contains($0.lowercased()) }
        let isOwn = own.contains { text.contains($0) } || isNamed
        let words = text.split(whereSeparator: { " ,;:()!?\"“”„«»".contains($0) }).map(String.init)
        for (index, word) in words.enumerated() {
            guard let count = number(word, words, index), (2...500_000).contains(count) else { continue }
            let isYear = (1900...2100).contains(count) && !word.contains(",") && !word.contains(".")
            let after = words[(index + 1)...].prefix(4).map { $0.trimmedPunctuation }
            let before = words[..<index].suffix(4).map { $0.trimmedPunctuation }
            // `30-köpfiges Team`, `45-person team`
            if word.contains("-"), let tail = word.split(separator: "-").last.map(String.init), compound.contains(where: { tail.hasPrefix($0) }) { return isOwn || after.contains(where: { $0.hasPrefix("team") }) ? count : nil }
            if isYear { continue }
            let near = after.prefix(3).enumerated().contains { offset, word in staff.contains(where: { word == $0 || word.hasPrefix($0) && $0.count > 5 }) && (offset == 0 || after.prefix(offset).allSatisfy { !breaks.contains($0) && $0.count > 1 }) }
            if near, isOwn { return count }
            let teamBefore = before.joined(separator: " ")
            if teams.contains(where: { teamBefore.hasSuffix($0) }), isOwn || before.first == "a" || index <= 5 {
                // `a team of 45`, but not `a team of 12 volunteers` of somebody's.
                if let next = after.first, notStaff.contains(where: { next.hasPrefix($0) }) { continue }
                return count
            }
        }
        return nil
    }

    private static func number(_ word: String, _ words: [String], _ index: Int) -> Int? {
        var text = word.trimmedPunctuation
        if let dash = text.firstIndex(where: { "-–".contains($0) }), text[..<dash].allSatisfy(\.isNumber), dash > text.startIndex { text = String(text[..<dash]) }
        while let last = text.last, last == "+" { text.removeLast() }
        if let small = smallNumbers[text] { return small }
        guard text.first?.isNumber == true, text.allSatisfy({ $0.isASCII && ($0.isNumber || ".,'".contains($0)) }) else { return nil }
        let groups = text.split(whereSeparator: { ".,'".contains($0) })
        guard groups.count == 1 || groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
        // `1 200 employees`
        if groups.count == 1, text.count <= 3, index + 1 < words.count, words[index + 1].count == 3, let rest = Int(words[index + 1]), let own = Int(text) { return own * 1_000 + rest }
        return Int(groups.joined())
    }

    private static let smallNumbers: [String: Int] = [
        "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
        "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "zwanzig": 20, "dreißig": 30, "vierzig": 40, "fünfzig": 50,
        "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "quinze": 15, "vingt": 20, "trente": 30, "quarante": 40,
        "cuatro": 4, "cinco": 5, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "doce": 12, "veinte": 20, "treinta": 30, "cinque": 5, "sei": 6, "sette": 7, "otto": 8, "nove": 9, "dieci": 10, "dodici": 12, "venti": 20, "trenta": 30,
        "vijf": 5, "zes": 6, "zeven": 7, "negen": 9, "tien": 10, "twaalf": 12, "twintig": 20, "dertig": 30, "oito": 8, "dez": 10, "doze": 12, "vinte": 20, "trinta": 30, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9, "tio": 10, "tolv": 12, "tjugo": 20,
    ]
    private static let own = [
        " we ", " our ", " we're ", " us ", " wir ", " unser", " nous ", " notre ", " nos ", " on est ", " somos ", " nuestr", " contamos ", " tenemos ", " empleamos ", " siamo ", " nostr", " wij ", " we ", " ons ", " onze ", " jesteśmy ", " nasz", " zatrudniamy ", " vi ", " vår", " våra ", " noss", " temos ", " employ", " beschäftig", " emplea ", " impiega ", " impieghiamo ", " emprega", " compte ", " comptons ", " zatrudnia", " sysselsätter ", " у нас ", " мы ", " наш",
    ]
    private static let others = [
        "trusted by", "used by", "customers", "clients", "for companies", "for businesses", "for firms", "companies with", "businesses with", "firms with", "owners with", "employers with", "teams of", "organisations with", "organizations with", "carriers with", "fleets", "students", "learners", "kunden mit", "für unternehmen", "unternehmen mit", "betriebe mit", "firmen mit", "vertrauen uns", "our client", "unser kunde", "unseres kunden", "notre client", "nuestro cliente", "il nostro cliente", "onze klant", "entreprises de", "pour les entreprises", "pme de", "empresas de", "empresas con", "para empresas", "aziende con", "imprese con", "per aziende", "bedrijven met", "voor bedrijven", "firm zatrudniających", "dla firm", "företag med", "empresas com", "para empresas", "per employee", "pro mitarbeiter", "par employé", "for teams", "up to", "bis zu", "jusqu'à", "hasta", "fino a", "até", "tot wel", "users", "nutzer", "utilisateurs", "usuarios", "utenti", "patients", "patienten", "members", "mitglieder", "competitor", "our partner", "unser partner", "notre partenaire", "nuestro socio", "acquired", "parent company", "muttergesellschaft", "guests", "gäste", "trained", "geschult", "formé", "laid off", "clienti", "klanten", "clientes", "клиент", "our supplier", "in the industry", "world", "weltweit arbeiten bei", "staff of our", "payroll for", "jobs in",
    ]
    private static let staff = [
        "employee", "employees", "staff", "people", "colleagues", "team", "professionals", "specialists", "engineers", "experts", "craftsmen", "craftspeople", "consultants", "developers", "lawyers", "technicians", "coworkers", "co-workers", "full-time", "members", "strong", "workers", "tradespeople", "mitarbeiter", "mitarbeitende", "mitarbeiterinnen", "mitarbeitern", "beschäftigte", "kolleg", "köpfe", "fachleute", "personen", "leute", "angestellte", "salarié", "salariés", "collaborateur", "collaborateurs", "collaboratrices", "employés", "personnes", "compagnons", "empleado", "empleados", "personas", "trabajadores", "profesionales", "colaboradores", "dipendent", "dipendenti", "persone", "collaboratori", "addetti", "professionisti", "medewerker", "medewerkers", "collega", "mensen", "vakmensen", "pracownik", "pracowników", "osób", "specjalistów", "medarbetare", "anställda", "personer", "kollegor", "funcionários", "pessoas", "trabalhadores", "сотрудник", "сотрудников", "человек", "名", "人",
    ]
    private static let breaks: Set<String> = ["and", "und", "et", "y", "e", "en", "och", "i", "of", "for", "years", "jahre", "ans", "años", "anni", "jaar", "lat", "år", "anos", "to", "in", "on", "from", "trucks", "countries", "locations", "sites", "square", "different", "nationalities", "languages", "projects", "happy"]
    private static let compound = ["person", "people", "köpfig", "mann", "strong", "koppig", "osobow", "man", "member"]
    private static let teams = ["team of", "team of over", "team of about", "team of around", "staff of", "crew of", "workforce of", "group of", "team von", "team aus", "équipe de", "equipo de", "squadra di", "team di", "equipe de", "equipa de", "time de", "team van", "zespół", "team på", "gäng på", "employs", "employ", "beschäftigt", "beschäftigen", "emploie", "employons", "emplea", "empleamos", "impiega", "zatrudnia", "zatrudniamy", "sysselsätter", "emprega", "employs over", "employs about", "employs around", "employ over", "gut", "команда из"]
    private static let notStaff = ["year", "jahr", "ans", "año", "anni", "jaar", "lat", "truck", "lkw", "countr", "länder", "pays", "partner", "volunteer", "store", "shop", "custom", "client", "vehicle", "machine", "different", "product", "site", "countries"]

    /// LinkedIn's size bands.
    public static func band(_ employees: Int) -> String {
        switch employees {
        case ...10: "1-10"
        case ...50: "11-50"
        case ...200: "51-200"
        case ...500: "201-500"
        case ...1_000: "501-1000"
        case ...5_000: "1001-5000"
        case ...10_000: "5001-10000"
        default: "10001+"
        }
    }
}

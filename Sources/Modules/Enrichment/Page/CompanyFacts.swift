import Foundation
import Leads
import Values

extension CompanyFacts {
    init(_ document: PageDocument, _ lines: [PageLine], mainText: String, host: String) {
        self.init()
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
    private(set) var best: CompanyFact?
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
            // Beside a word such as *Contact* stands the name.
            let parts = Self.parts(of: title)
            let isBesideWord = parts.count == 2 && parts.contains { Self.generic.contains($0.folded) }
            for part in parts {
                let points = isBesideWord ? 2 : 1
                // `About Pinchpoint`, `Gestoría Alarcón, Albacete`
                let head = part.split(separator: ",").first.map { String($0).tidied() } ?? part
                let plain = Self.withoutGreeting(head)
                if plain != part, Self.forms(CompanyName(parsing: plain)?.matchKey ?? "").contains(Self.label(host)) { add(plain, "title", points) } else { add(part, "title", points) }
            }
        }
        for node in document.nodes.indices where document.nodes[node].name == "a" && !document.nodes[node].isHidden {
            guard let link = document.nodes[node].attributes["href"], link == "/" || link == "./" || link == "index.html" || link == "https://\(host)/" || link == "https://\(host)" else { continue }
            let text = document.text(of: node, limit: 60)
            if text.count >= 2 { add(text, "home link", 1) }
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
        for index in candidates.indices where candidates[index].text.lowercased().contains(where: { "äöü".contains($0) }) {
            let spelled = candidates[index].text.lowercased().replacing("ä", with: "ae").replacing("ö", with: "oe").replacing("ü", with: "ue")
            if Self.isLike(CompanyName(parsing: spelled)?.matchKey ?? "", label) { candidates[index].points += 2 }
        }
        var groups: [(key: String, points: Int, texts: [String], sources: Set<String>)] = []
        for candidate in candidates {
            let key = CompanyName(parsing: candidate.text)?.matchKey ?? ""
            guard !key.isEmpty else { continue }
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
            groups[place].points += plain.filter { $0.key != key && ($0.key.hasPrefix(key + " ") || key.hasPrefix($0.key + " ")) }.isEmpty ? 0 : 1
        }
        let isOfHost = groups.contains { Self.isLike($0.key, label) }
        let fitting = groups.filter { ($0.points >= 3 && ($0.sources.count >= 2 || Self.isLike($0.key, label)) || $0.points == 2 && !$0.key.utf8.allSatisfy { $0 < 0x80 } && !isOfHost) && (!isOfHost || Self.isLike($0.key, label) || $0.points >= 6) }
        guard let top = fitting.max(by: { ($0.points, -$0.key.count) < ($1.points, -$1.key.count) }), let text = top.texts.first else { return }
        best = CompanyFact(text, evidence: top.sources.sorted().joined(separator: ", "), confidence: min(0.95, 0.5 + 0.1 * Double(top.points)))
        others = (top.texts.dropFirst() + plain.filter { $0.key != top.key && ($0.key.hasPrefix(top.key + " ") || top.key.hasPrefix($0.key + " ")) }.flatMap(\.texts)).prefix(6).map(\.self)
    }

    private static func withoutGreeting(_ text: String) -> String {
        for greeting in ["About ", "Welcome to ", "Contact ", "Willkommen bei ", "Über ", "Bienvenue chez ", "Bienvenidos a ", "Benvenuti da ", "Welkom bij ", "Over ", "Witamy w "] where text.hasPrefix(greeting) {
            return String(text.dropFirst(greeting.count))
        }
        return text
    }

    private static func parts(of title: String) -> [String] {
        var parts = [""]
        let characters = Array(title.replacing(" -- ", with: " – "))
        for (index, character) in characters.enumerated() {
            let isSpaced = index > 0 && characters[index - 1] == " " && index + 1 < characters.count && characters[index + 1] == " "
            if "|｜–—·•»›→:\u{96}\u{97}".contains(character) && (isSpaced || "|｜:".contains(character)) || "-‐".contains(character) && isSpaced {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        return parts.map { $0.replacing("--", with: " ").tidied() }.filter { (2...60).contains($0.count) }
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
        if forms(key).contains(label) { return true }
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
        // `dachdecker-wiesner` for `Dachdeckerei Wiesner`: the words, or how they begin.
        var significant = 0
        for word in words where word.count >= 4 {
            for length in stride(from: word.count, through: max(4, word.count - 3), by: -1) where label.contains(word.prefix(length)) {
                significant += length
                break
            }
        }
        return significant * 10 >= label.count * 7 && significant >= 5
    }

    /// A key as a host may spell it: in one word, and with umlauts as two letters.
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
        "home", "homepage", "welcome", "contact", "contact us", "about", "about us", "our team", "team", "meet the team", "our people", "services", "products", "news", "blog", "imprint", "impressum", "kontakt", "uber uns", "ueber uns", "startseite", "unternehmen", "accueil", "nous contacter", "a propos", "contactez nous", "mentions legales", "equipe", "notre equipe", "l equipe", "inicio", "contacto", "quienes somos", "nosotros", "equipo", "inizio", "contatti", "chi siamo", "il team", "over ons", "thuis", "contactgegevens", "strona glowna", "o nas", "kontakty", "hem", "om oss", "contato", "sobre", "sobre nos", "menu", "logo", "index", "untitled document", "leistungen", "prestations", "servicios", "karriere", "careers", "jobs", "faq", "shop", "team und kontakt", "ansprechpartner", "datenschutz", "privacy policy", "start", "hauptseite", "aktuelles", "who we are", "what we do", "контакты", "о компании", "главная", "会社概要", "お問い合わせ", "アクセス お問い合わせ", "アクセス", "ホーム", "联系我们", "关于我们", "首页", "연락처", "회사소개", "επικοινωνια", "αρχικη", "iletisim", "hakkimizda", "anasayfa", "professionisti", "leadership", "people", "staff", "our staff", "wie is wie", "ons team", "klantenservice", "empresa", "la empresa", "azienda", "l azienda", "ueber mich", "about me", "contact and opening hours", "kontakt und anfahrt", "anfahrt", "kontakta oss", "medarbetare", "zespol", "pracownicy", "mitarbeiter", "standorte", "locations", "visit us", "find us", "get in touch", "kontaktformular", "contactez", "le cabinet", "l entreprise", "la societe", "entreprise", "kontaktdaten", "management", "our story", "history", "geschichte", "portfolio", "projects", "projekte", "references", "referenzen", "press", "presse", "official site", "official website",
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
        if let first = line.text.first, "“„«\"‚‘»”「『'".contains(first) { return true }
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
    static func find(_ document: PageDocument, _ data: StructuredData, _ sentences: [String], names: [String]) -> CompanyFact? {
        var best: (text: String, source: String, points: Int)?
        let body = Set(sentences.joined(separator: " ").folded.split(separator: " ").filter { $0.count >= 4 }.map(String.init))
        // A page about something else describes that in its head.
        let isArticle = document.meta["og:type"]?.lowercased() == "article" || document.structured.contains { $0.contains("BlogPosting") || $0.contains("NewsArticle") || $0.contains("\"Article\"") }
        func consider(_ text: String?, _ source: String, _ base: Int, isSentence: Bool = false) {
            guard let text = text?.tidied(limit: 500).unescapedOnce, (20...400).contains(text.count), !isForeign(text), isProse(text) else { return }
            var points = base + self.points(text, names, isSentence: isSentence)
            if !isSentence {
                // What a theme left has no word of the page.
                let words = text.folded.split(separator: " ").filter { $0.count >= 4 }.map(String.init)
                if !body.isEmpty, body.count > 15, words.filter({ body.contains($0) }).count * 5 < words.count, !names.contains(where: { text.contains($0) }) { points -= 3 }
            }
            guard points >= 3 else { return }
            if points > best?.points ?? 0 { best = (text, source, points) }
        }
        consider(data.description, "structured data", 3)
        if !isArticle {
            consider(document.meta["description"], "meta description", 3)
            consider(document.meta["og:description"], "og:description", 3)
        }
        for (index, sentence) in sentences.prefix(40).enumerated() { consider(sentence, "sentence", index < 10 && !isArticle ? 1 : 0, isSentence: true) }
        return best.map { CompanyFact($0.text, evidence: $0.source, confidence: min(0.9, 0.5 + 0.08 * Double($0.points))) }
    }

    /// Whether a text reads like a sentence, not like a line of an address.
    private static func isProse(_ text: String) -> Bool {
        if text.contains("@") || text.contains("http") || text.contains(" · ") || text.contains(" | ") || text.contains("©") { return false }
        let letters = text.filter(\.isLetter).count
        guard text.filter(\.isNumber).count * 6 < max(1, letters) else { return false }
        let isWide = text.unicodeScalars.contains { $0.value >= 0x3040 && $0.value <= 0xD7AF }
        return isWide || text.split(separator: " ").count >= 4
    }

    private static func points(_ text: String, _ names: [String], isSentence: Bool) -> Int {
        let folded = " " + text.folded + " "
        var points = 0
        if isSentence {
            guard let last = text.last, ".。!…".contains(last), PostalAddress.city(in: text) == nil else { return -5 }
            if let person = PagePeople.names(in: text).first, text.hasPrefix(person.given), !names.contains(where: { $0.contains(person.family) || $0.contains(person.given) }) { points -= 3 }
            // What is about the number of people, the hours or the way there.
            if about.contains(where: { folded.contains($0) }) { points -= 1 }
            if others.contains(where: { folded.contains($0) }) { points -= 3 }
        } else if others.contains(where: { folded.contains($0) }) {
            points -= 3
        }
        let isNamed = names.contains { name in
            let words = (CompanyName(parsing: name)?.matchKey ?? "").words
            guard let first = words.first, first.count >= 2 else { return false }
            let isWide = name.unicodeScalars.contains { $0.value >= 0x3040 && $0.value <= 0xD7AF }
            return isWide && text.contains(name) || folded.contains(" \(name.folded) ") || folded.contains(" \(first) ") && (words.count == 1 || folded.contains(" \(words[1])"))
        }
        if isNamed { points += 2 }
        if names.contains(where: { !$0.isEmpty && text.hasPrefix($0) }) { points += 1 }
        let first = folded.split(separator: " ").first.map(String.init) ?? ""
        // `Inyectamos piezas`, `Badamy wodę`: the ending says who.
        let speaks = first.count >= 6 && ["amos", "emos", "imos", "iamo", "amy", "emy", "imy", "ujemy"].contains { first.hasSuffix($0) }
        let isSubject = subjects.contains { folded.hasPrefix(" \($0) ") || folded.hasPrefix(" \($0)") && $0.hasSuffix("verwaltung") }
        let isOwn = speaks || isSubject || own.contains(where: { folded.contains(" \($0) ") })
        let isDoing = speaks || isSubject || does.contains(where: { folded.contains($0) })
        if isOwn { points += 1 }
        if isDoing { points += 1 }
        // A name alone says nothing.
        if isSentence, !isDoing, !isOwn { points -= 2 }
        if calls.contains(where: { folded.hasPrefix(" \($0) ") }) { points -= 2 }
        if text.contains("?") { points -= 1 }
        if text.contains(":") && text.count < 60 || text.contains("http") || text.contains("@") { points -= 2 }
        return points
    }

    private static let subjects = [
        "the company", "the firm", "the practice", "the studio", "the charity", "the brewery", "the bakery", "the foundation", "the farm", "das unternehmen", "die firma", "die kanzlei", "die praxis", "der betrieb", "die gemeinde", "die gemeindeverwaltung", "die stiftung", "der verein", "die werkstatt", "die agentur", "das hotel", "die genossenschaft", "bei familie", "familie", "le cabinet", "l entreprise", "la societe", "la maison", "le domaine", "l agence", "l atelier", "l association", "la cooperative", "la famille", "la empresa", "la clinica", "la academia", "el despacho", "el taller", "la cooperativa", "la fundacion", "la bodega", "lo studio", "l azienda", "la societa", "la cooperativa", "l officina", "il laboratorio", "la fondazione", "l associazione", "het bedrijf", "de stichting", "het archief", "het streekarchief", "de vereniging", "het kantoor", "de praktijk", "a empresa", "a clinica", "a cooperativa", "o escritorio", "a fundacao", "firma", "kancelaria", "fundacja", "spoldzielnia", "foretaget", "stiftelsen", "foreningen", "компания", "фирма",
    ]
    private static let about = [" employees ", " mitarbeiter", " people work ", " team of ", " employes ", " salaries ", " empleados ", " personas ", " dipendenti ", " medewerkers ", " pracownikow ", " anstallda ", " open ", " geoffnet ", " ouvert ", " abierto ", " aperto ", " geopend ", " minutes ", " minuten ", " minuti ", " minutos ", " since ", " founded ", " parking ", " call us ", " write to ", " equipo de ", " siamo in "]
    private static let others = [" our client", " unser kunde ", " notre client ", " nuestro cliente ", " il nostro cliente ", " hiring ", " we are looking for ", " wir suchen ", " nous recherchons ", " buscamos ", " cerchiamo ", " wij zoeken ", " joomla ", " typo3 ", " drupal ", " how ", " attorney advertising ", " our partner ", " says ", " festival ", " free shipping ", " free returns ", " gratis retour ", " kostenloser versand ", " livraison gratuite ", " envio gratis ", " spedizione gratuita "]

    private static let own = ["we", "our", "we ve", "we re", "wir", "unser", "unsere", "unserem", "nous", "notre", "nos", "somos", "nuestro", "nuestra", "nuestros", "siamo", "nostro", "nostra", "nostri", "wij", "we zijn", "ons", "onze", "jestesmy", "nasz", "nasza", "nasze", "vi", "var", "vart", "vara", "nosso", "nossa", "мы", "наш", "наша"]

    private static let does = [
        " is a ", " is an ", " is the ", " design", " prints ", " print ", " draw ", " pours ", " defend", " eleve", " preparamos ", " inyectamos ", " fabricamos ", " hacemos ", " llevamos ", " drucken ", " betreuen ", " verwaltet ", " verwalten ", " pflegt ", " kummert ", " verkauft und ", " bewaart ", " begeleid", " transporta", " badamy ", " drar ", " строим ", " обслуживаем ", " проектирование ", "製造", "設計", "です。", "います。", "お作りします", " tenons ", " defendons ", " places ", " place ", " look after ", " are a ", " provides ", " provide ", " offers ", " offering ", " builds ", " makes ", " make ", " designs ", " installs ", " repairs ", " runs ", " sells ", " manufactures ", " develops ", " supplies ", " specialis", " specializ", " delivers ", " brews ", " bakes ", " manages ", " advises ", " helps ", " plans ", " prepares ", " represents ", " serves ", " supports ", " transports ", " produces ", " handles ", " imports ", " grows ", " teaches ", " cleans ", " rents ", " operates ", " prints ",
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
    static func find(_ data: StructuredData, _ sentences: [String], names: [String]) -> CompanyFact? {
        if let (least, most) = data.employees {
            let middle = (least + most) / 2
            return CompanyFact(band(middle), evidence: "structured data: \(least == most ? "\(least)" : "\(least) to \(most)") employees", confidence: 0.85)
        }
        for sentence in sentences {
            guard let count = count(in: sentence, names: names) else { continue }
            return CompanyFact(band(count), evidence: sentence, confidence: 0.75)
        }
        return nil
    }

    /// The number of employees that a sentence claims of the company itself; nil if it claims none.
    static func count(in sentence: String, names: [String]) -> Int? {
        let text = " " + sentence.lowercased().replacing("’", with: "'").replacing("\u{A0}", with: " ") + " "
        if let eastern = eastern(sentence) { return eastern }
        // What is said of others, or of what is for sale, is no claim about the company.
        guard !others.contains(where: { text.contains($0) }) else { return nil }
        let words = text.split(whereSeparator: { " ,;:()!?\"“”„«».".contains($0) && !($0 == "." || $0 == ",") }).map { String($0).trimmedPunctuation }.filter { !$0.isEmpty }
        let firsts = names.compactMap { CompanyName(parsing: $0)?.matchKey.split(separator: " ").first.map(String.init) }.filter { $0.count >= 3 }
        func isName(_ word: String) -> Bool { firsts.contains(word.folded) }
        func isOwn(_ word: String) -> Bool { ownWords.contains(word) || possessives.contains { word.hasPrefix($0) && word.count <= $0.count + 3 } }
        for (index, word) in words.enumerated() {
            guard let count = number(word, words, index), (2...500_000).contains(count) else { continue }
            if (1900...2100).contains(count), !word.contains(","), !word.contains(".") { continue }
            let after = Array(words[(index + 1)...].prefix(7))
            let before = Array(words[..<index].suffix(12))
            // `30-köpfiges Team`, `45-person team`
            if word.contains("-"), let tail = word.split(separator: "-").last.map(String.init), compound.contains(where: { tail.hasPrefix($0) }) {
                if before.contains(where: { isOwn($0) || isName($0) }) || before.count <= 2 || words.contains(where: isOwn) { return count }
                continue
            }
            // `there are 16 of us`, `siamo in 7`
            if after.starts(with: ["of", "us"]) { return count }
            let lead = before.joined(separator: " ")
            if counted.contains(where: { lead.hasSuffix($0) }), after.first.map({ !notStaff.contains(where: $0.hasPrefix) }) ?? true, after.first.map({ !isUnit($0) }) ?? true { return count }
            // The nearest of what is counted.
            // `Somos un equipo de 19 personas`
            if teams.contains(where: { lead.hasSuffix($0) }), words.contains(where: { isOwn($0) || isName($0) }), !before.contains(where: { theirs.contains($0) || ["who", "that", "which", "qui", "que"].contains($0) }), after.first.map({ !notStaff.contains(where: $0.hasPrefix) }) ?? true { return count }
            guard let place = after.prefix(5).firstIndex(where: isStaff), !after[..<place].contains(where: { $0.contains(where: \.isNumber) }), place <= 2 || after[..<place].contains(where: { ["and", "und", "et", "y", "e"].contains($0) }) else {
                if teams.contains(where: { lead.hasSuffix($0) }), words.contains(where: { isOwn($0) || isName($0) }), !before.contains(where: breaksClause.contains), after.first.map({ !notStaff.contains(where: $0.hasPrefix) }) ?? true { return count }
                continue
            }
            guard after[..<place].allSatisfy({ !breaks.contains($0) || $0 == "and" || $0 == "und" || $0 == "of" || $0 == "et" || $0 == "y" || $0 == "e" }) else { continue }
            if after[..<place].contains(where: { notStaff.contains(where: $0.hasPrefix) }) { continue }
            // From the last clause on: `Bixby, a shop that employs 85 people`.
            var clause = before[...]
            if let stop = clause.lastIndex(where: breaksClause.contains) { clause = clause[(stop + 1)...] }
            let ofOthers = before.contains { theirs.contains($0) }
            if ofOthers { continue }
            if clause.contains(where: isOwn) || clause.contains(where: isName) && before.count == clause.count { return count }
            // `A family firm of nineteen people, we …`
            if index <= 6, ["firm", "company", "business", "team", "betrieb", "entreprise", "empresa", "azienda", "bedrijf"].contains(where: { before.contains($0) }), after.prefix(6).contains(where: isOwn) { return count }
            // `With 45 employees, we …`
            if index <= 2, withs.contains(words[0]), words[(index + 1)...].contains(where: { isOwn($0) || isName($0) }) { return count }
            // `38 people work for us`
            let rest = after.joined(separator: " ")
            if forUs.contains(where: { rest.contains($0) }) { return count }
            if index <= 3, clause.count == index, words.count > index + place + 1, ourStart.contains(where: { lead.hasPrefix($0) }) { return count }
            if words.count <= 4, index <= 1 { return count }
            if onPayroll.contains(where: { text.contains($0) }) { return count }
        }
        return nil
    }

    private static func isStaff(_ word: String) -> Bool {
        staff.contains(where: { word == $0 || word.hasPrefix($0) && $0.count > 5 })
    }

    private static func isUnit(_ word: String) -> Bool {
        ["%", "km", "m²", "m2", "years", "jahre", "ans", "años", "anni", "jaar", "lat", "år", "hectares", "hektar", "minutes", "minuten", "minuti", "minutos", "uhr", "euro", "€", "$", "million", "millionen", "countries", "locations"].contains(word)
    }

    /// `従業員数 46名`, `员工260人`, `직원 40명`
    private static func eastern(_ sentence: String) -> Int? {
        let text = String(sentence.unicodeScalars.map { (0xFF10...0xFF19).contains($0.value) ? Character(Unicode.Scalar($0.value - 0xFEE0) ?? $0) : Character($0) })
        for mark in ["従業員数", "従業員", "社員数", "社員", "スタッフ", "员工", "員工", "职工", "직원", "임직원"] {
            guard let range = text.firstRange(of: mark), !["から", "対象", "以上", "以下", "株式会社", "有限公司", "取引先", "お客様", "合作"].contains(where: { text.contains($0) }) else { continue }
            let near = text[range.upperBound...].prefix(12).drop { !$0.isNumber }
            let digits = near.prefix { $0.isNumber || $0 == "," }.filter(\.isNumber)
            guard let count = Int(digits), (2...500_000).contains(count), let unit = near.drop(while: { $0.isNumber || $0 == "," || $0 == " " }).first, "名人명余多".contains(unit) else { continue }
            return count
        }
        return nil
    }

    private static let ownWords: Set<String> = [
        "we", "we're", "we've", "our", "us", "wir", "uns", "nous", "notre", "nos", "on", "somos", "contamos", "tenemos", "empleamos", "siamo", "wij", "ons", "onze", "jesteśmy", "zatrudniamy", "mamy", "vi", "vår", "våra", "nosso", "nossa", "nossos", "temos", "мы", "нас", "наш", "наша", "компании", "formamos", "abbiamo", "impieghiamo", "nostri", "nostro", "nostra", "company's", "firma", "employons", "comptons",
    ]
    private static let possessives = ["unser", "nuestr", "nostr", "nasz", "nasze", "noss"]
    private static let theirs: Set<String> = ["their", "deren", "ihre", "leurs", "leur", "sus", "loro", "hun", "ich", "deras", "seus", "its", "whose", "customer", "client", "clients", "like", "such"]
    private static let breaksClause: Set<String> = ["who", "which", "that", "whose", "where", "welche", "welcher", "qui", "dont", "que", "quien", "cui", "die", "dat", "który", "która", "które", "som", "retailer", "named", "called", "hjälper", "hilft", "from", "del", "de", "du", "of", "für", "for", "para", "per", "pour", "voor", "dla", "at"]
    private static let withs: Set<String> = ["with", "mit", "avec", "con", "met", "com", "z", "ze", "med", "rund", "etwa", "some", "about", "all", "today", "heute"]
    private static let forUs = ["work for us", "work here", "work with us", "works for us", "arbeiten bei uns", "arbeiten hier", "arbeiten heute", "travaillent chez nous", "travaillent ici", "trabajan con nosotros", "trabajan en nuestr", "trabajan aquí", "lavorano con noi", "lavorano da noi", "lavorano qui", "werken bij ons", "werken hier", "pracuje u nas", "arbetar hos oss", "jobbar hos oss", "trabalham connosco", "trabalham conosco", "at your service", "of our employees", "sind für sie da", "kümmern sich"]
    private static let ourStart = ["all", "some", "about", "today", "rund", "etwa", "insgesamt", "heute"]
    private static let counted = ["siamo in", "siamo", "somos", "somos ya", "we are", "we're", "wir sind", "wir sind zu", "nous sommes", "wij zijn met", "we zijn met", "we zijn met z'n", "zijn met z'n", "jest nas", "jesteśmy", "vi är", "är vi", "sind wir", "are now", "there are", "oggi siamo", "hoy somos", "we are now", "somos agora"]
    private static let onPayroll = ["on our payroll", "auf unserer lohnliste", "plantilla de", "plantilla", "effectif", "w штате", "в штате"]

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
        "vijf": 5, "zes": 6, "zeven": 7, "negen": 9, "tien": 10, "twaalf": 12, "twintig": 20, "dertig": 30, "oito": 8, "dez": 10, "doze": 12, "vinte": 20, "trinta": 30, "nineteen": 19, "eighteen": 18, "seventeen": 17, "sixteen": 16, "fourteen": 14, "thirteen": 13, "fjorton": 14, "femton": 15, "sexton": 16, "nueve personas": 9, "vijven": 5, "zessen": 6, "vieren": 4, "drieën": 3, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9, "tio": 10, "tolv": 12, "tjugo": 20,
    ]
    private static let others = [
        "unser träger", "konzern", "our parent", "we looked at", "mandanten", "odbiorca", "mitglied der", "member of", "afnemer", "agente em", "agente en", "our agent", "our largest", "customer,", "klient", "follow us", "nos siguen", "folgen uns", "nous suivent", "ci seguono", "merchants", "marchands", "is hiring", "jak mówi", "our steel", "comes from", "competitors",
        "trusted by", "used by", "customers", "clients", "for companies", "for businesses", "for firms", "companies with", "businesses with", "firms with", "owners with", "employers with", "teams of", "organisations with", "organizations with", "carriers with", "fleets", "students", "learners", "kunden mit", "für unternehmen", "unternehmen mit", "betriebe mit", "firmen mit", "vertrauen uns", "our client", "unser kunde", "unseres kunden", "notre client", "nuestro cliente", "il nostro cliente", "onze klant", "entreprises de", "pour les entreprises", "pme de", "empresas de", "empresas con", "para empresas", "aziende con", "imprese con", "per aziende", "bedrijven met", "voor bedrijven", "firm zatrudniających", "dla firm", "företag med", "empresas com", "para empresas", "per employee", "pro mitarbeiter", "par employé", "for teams", "up to", "bis zu", "jusqu'à", "hasta", "fino a", "até", "tot wel", "users", "nutzer", "utilisateurs", "usuarios", "utenti", "patients", "patienten", "members", "mitglieder", "competitor", "our partner", "unser partner", "notre partenaire", "nuestro socio", "acquired", "parent company", "muttergesellschaft", "guests", "gäste", "trained", "geschult", "formé", "laid off", "clienti", "klanten", "clientes", "клиент", "our supplier", "in the industry", "world", "weltweit arbeiten bei", "staff of our", "payroll for", "jobs in",
    ]
    private static let staff = [
        "employee", "employees", "staff", "people", "men", "women", "nurses", "doctors", "hands", "colleagues", "team", "professionals", "specialists", "engineers", "experts", "craftsmen", "craftspeople", "consultants", "developers", "lawyers", "technicians", "coworkers", "co-workers", "full-time", "members", "strong", "workers", "tradespeople", "mitarbeiter", "mitarbeitende", "mitarbeiterinnen", "mitarbeitern", "beschäftigte", "kolleg", "köpfe", "fachleute", "personen", "leute", "angestellte", "salarié", "salariés", "collaborateur", "collaborateurs", "collaboratrices", "employés", "personnes", "compagnons", "empleado", "empleados", "personas", "trabajadores", "profesionales", "colaboradores", "dipendent", "dipendenti", "persone", "collaboratori", "addetti", "professionisti", "medewerker", "medewerkers", "collega", "mensen", "vakmensen", "pracownik", "pracowników", "osób", "specjalistów", "medarbetare", "anställda", "personer", "kollegor", "funcionários", "pessoas", "trabalhadores", "сотрудник", "сотрудников", "человек", "名", "人",
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

extension String {
    /// The text with entities that were written as text: `Salt &amp; Gum`.
    var unescapedOnce: String {
        guard contains("&") else { return self }
        var text = self
        for (mark, combining) in [("acute", "\u{301}"), ("grave", "\u{300}"), ("circ", "\u{302}"), ("uml", "\u{308}"), ("tilde", "\u{303}"), ("cedil", "\u{327}"), ("ring", "\u{30A}"), ("caron", "\u{30C}")] where text.contains("\(mark);") {
            for letter in "aeiouyncszAEIOUYNCSZ" { text = text.replacing("&\(letter)\(mark);", with: "\(letter)\(combining)".precomposedStringWithCanonicalMapping) }
        }
        for (entity, plain) in [("&szlig;", "ß"), ("&oslash;", "ø"), ("&aelig;", "æ"), ("&euro;", "€"), ("&#8211;", "–"), ("&#8217;", "’"), ("&#8212;", "—"), ("&laquo;", "«"), ("&raquo;", "»"), ("&hellip;", "…"), ("&amp;", "&"), ("&#039;", "'"), ("&#39;", "'"), ("&apos;", "'"), ("&quot;", "\""), ("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&ndash;", "–"), ("&mdash;", "—"), ("&rsquo;", "’")] { text = text.replacing(entity, with: plain) }
        return text
    }
}

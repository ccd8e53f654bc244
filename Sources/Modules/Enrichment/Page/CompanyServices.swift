import Leads
import Values

/// What a company offers, and for whom.
enum CompanyServices {
    /// The items that stand under a heading such as *Our services*.
    static func find(_ document: PageDocument, _ lines: [PageLine]) -> [String] {
        var services: [String] = []
        var isUnder = false
        var level = 7
        for line in lines where line.region == .main {
            let name = document.nodes[line.block].name
            let folded = line.text.folded
            let isHeading = name.count == 2 && name.hasPrefix("h") || name == "legend"
            if isHeading, let rank = name.last?.wholeNumberValue {
                if headings.contains(where: { folded == $0 || folded.hasPrefix($0 + " ") && folded.count < $0.count + 25 }) {
                    (isUnder, level) = (true, rank)
                } else if isUnder, rank <= level {
                    isUnder = false
                } else if isUnder, line.text.count <= 60 {
                    services.append(line.text)
                }
                continue
            }
            if isUnder, name == "li", line.text.count <= 90, line.linkShare < 0.5 || line.text.count <= 40 { services.append(line.text) }
        }
        var seen: Set<String> = []
        return services.filter { seen.insert($0.folded).inserted }.prefix(20).map(\.self)
    }

    private static let headings = [
        "our services", "services", "what we do", "what we offer", "what s included", "solutions", "our products", "products", "expertise", "practice areas", "treatments", "capabilities", "leistungen", "unsere leistungen", "was wir tun", "unser angebot", "angebot", "produkte", "unsere produkte", "dienstleistungen", "unser leistungsspektrum", "kompetenzen", "fachgebiete", "nos services", "nos prestations", "prestations", "nos metiers", "nos produits", "ce que nous faisons", "notre offre", "nos savoir faire", "domaines d intervention", "servicios", "nuestros servicios", "que hacemos", "lo que hacemos", "productos", "areas de practica", "servizi", "i nostri servizi", "cosa facciamo", "prodotti", "i nostri prodotti", "diensten", "onze diensten", "wat wij doen", "wat we doen", "producten", "uslugi", "nasze uslugi", "oferta", "czym sie zajmujemy", "servicos", "nossos servicos", "o que fazemos", "tjanster", "vara tjanster", "vad vi gor", "услуги", "наши услуги", "事業内容", "サービス",
    ]

    /// Whom a sentence says that the company works for: what stands behind *for*.
    static func served(_ sentence: String) -> CompanyFact? {
        for mark in [" for ", " für ", " pour les ", " pour des ", " pour ", " para ", " per ", " voor ", " dla ", " för "] {
            guard let range = sentence.firstRange(of: mark) else { continue }
            var text = String(sentence[range.upperBound...].prefix { !".,;!?–—(:".contains($0) }).tidied(limit: 120)
            for stop in [" since ", " seit ", " depuis ", " desde ", " sinds ", " od ", " sedan ", " dal ", " and has ", " to help "] {
                if let end = text.firstRange(of: stop) { text = String(text[..<end.lowerBound]) }
            }
            let words = text.folded.split(separator: " ").map(String.init)
            guard (1...12).contains(words.count), let first = words.first, !noOne.contains(first), !text.contains(where: \.isNumber) || words.count > 3 else { continue }
            guard words.contains(where: { word in whom.contains { word.hasPrefix($0) } }) else { continue }
            return CompanyFact(text, evidence: sentence, confidence: 0.7)
        }
        return nil
    }

    private static let noOne: Set<String> = ["you", "your", "us", "more", "over", "example", "free", "sale", "mehr", "sie", "ihre", "den", "plus", "vous", "votre", "usted", "su", "te", "voi", "u", "uw", "meer", "ciebie", "dig", "further", "all", "now"]
    private static let whom = [
        "compan", "business", "firm", "owner", "manufactur", "carrier", "retailer", "restaurant", "hotel", "home", "household", "famil", "school", "hospital", "clinic", "practice", "farm", "agenc", "brand", "startup", "enterprise", "client", "customer", "industr", "builder", "contractor", "fleet", "importer", "exporter", "municipal", "council", "authorit", "government", "office", "landlord", "tenant", "investor", "team", "organi", "charit", "brewer", "shop", "store", "dealer", "developer", "architect", "engineer", "lawyer", "account", "doctor", "dentist", "patient", "child", "adult", "senior", "people", "professional", "unternehmen", "betrieb", "kunden", "mittelstand", "handwerk", "industrie", "praxen", "praxis", "arztpraxen", "kommunen", "stadtwerke", "haushalte", "familien", "privat", "gastronomie", "hersteller", "haendler", "handler", "bauherren", "entreprise", "pme", "artisan", "commerc", "collectivit", "particulier", "industriel", "professionnel", "restaurateur", "agricult", "viticult", "empresa", "pyme", "negocio", "particular", "hogar", "hostel", "restauran", "industria", "comunidad", "agricultor", "aziend", "impres", "privati", "professionist", "ristorant", "albergh", "famigl", "bedrijven", "bedrijf", "mkb", "ondernem", "particulier", "gemeent", "zorginstelling", "firm", "przedsiebior", "rolnik", "klient", "foretag", "kommun", "industri", "privatperson", "loja", "consumidor", "produtor", "cooperativ",
    ]
}

/// The company's own profiles in social networks.
enum SocialLinks {
    static func find(_ document: PageDocument, _ data: StructuredData) -> [String] {
        var links: [String] = []
        var keys: Set<String> = []
        func add(_ text: String) {
            guard let address = WebAddress(parsing: text.hasPrefix("//") ? "https:\(text)" : text), let network = network(address) else { return }
            let path = address.path.prefix { $0 != "?" }.split(separator: "/").map(String.init)
            guard isProfile(network, path) else { return }
            if keys.insert("\(network)/\(path.joined(separator: "/").lowercased())").inserted { links.append(text.hasPrefix("//") ? "https:\(text)" : text) }
        }
        for link in data.links { add(link) }
        for node in document.nodes where node.name == "a" && !node.isHidden {
            if let link = node.attributes["href"] { add(link) }
        }
        return Array(links.prefix(12))
    }

    private static func network(_ address: WebAddress) -> String? {
        ["linkedin.com", "facebook.com", "instagram.com", "x.com", "twitter.com", "youtube.com", "xing.com", "tiktok.com", "pinterest.com", "vimeo.com", "github.com", "threads.net", "bsky.app", "vk.com", "kununu.com", "mastodon.social"].first { address.site == $0 || address.site.hasSuffix(".\($0)") }
    }

    private static func isProfile(_ network: String, _ path: [String]) -> Bool {
        guard let first = path.first?.lowercased(), !first.isEmpty else { return false }
        if shares.contains(first) || builders.contains(first) { return false }
        switch network {
        case "linkedin.com": return ["company", "school", "showcase"].contains(first) && path.count >= 2
        case "youtube.com": return first.hasPrefix("@") || ["channel", "c", "user"].contains(first) && path.count >= 2
        case "xing.com": return ["pages", "companies", "company"].contains(first) && path.count >= 2
        case "bsky.app": return first == "profile"
        case "instagram.com", "x.com", "twitter.com", "tiktok.com": return path.count == 1
        case "facebook.com": return path.count <= 3 && !["events", "groups", "watch", "photo", "photos", "permalink.php", "story.php"].contains(first)
        default: return true
        }
    }

    private static let shares: Set<String> = ["sharer", "sharer.php", "share", "share.php", "sharearticle", "intent", "dialog", "home", "login", "signup", "policy", "privacy", "tr", "plugins", "hashtag", "search", "watch", "embed", "p", "reel", "explore", "status", "pin", "legal", "terms", "help", "about", "ads", "in", "pub", "feed", "posts", "cws", "spi", "shareoffsite"]
    private static let builders: Set<String> = ["wix", "wordpress", "squarespace", "shopify", "weebly", "jimdo", "godaddy", "elementor", "themeisle", "envato", "webflow", "typo3", "wordpressdotcom", "automattic"]
}

/// Lines of news: what is new at the company, with their dates.
enum PageNews {
    static func find(_ document: PageDocument, _ lines: [PageLine]) -> [CompanyFact] {
        var news: [CompanyFact] = []
        var isUnder = false
        var level = 7
        var left = 0
        for line in lines where line.region == .main {
            let name = document.nodes[line.block].name
            let isHeading = name.count == 2 && name.hasPrefix("h")
            if isHeading, let rank = name.last?.wholeNumberValue {
                if headings.contains(line.text.folded) {
                    (isUnder, level, left) = (true, rank, 6)
                    continue
                }
                if isUnder, rank <= level { isUnder = false }
            }
            guard isUnder, left > 0, line.text.count >= 15, line.text.count <= 220 else { continue }
            guard isHeading || name == "li" || name == "p" && line.text.contains(where: \.isNumber) else { continue }
            left -= 1
            news.append(CompanyFact(line.text, evidence: line.text, confidence: 0.6))
        }
        return Array(news.prefix(5))
    }

    private static let headings: Set<String> = ["news", "latest news", "what s new", "recent news", "press", "aktuelles", "neuigkeiten", "neues", "presse", "actualites", "nos actualites", "noticias", "novedades", "actualidad", "notizie", "novita", "nieuws", "laatste nieuws", "aktualnosci", "nyheter", "aktuellt", "novidades", "новости", "お知らせ", "ニュース"]
}

/// The language of a page: what its text shows, else what it declares.
enum PageLanguage {
    static func of(_ document: PageDocument, _ text: String) -> String? {
        let scalars = text.unicodeScalars.prefix(4_000)
        var counts: [String: Int] = [:]
        for scalar in scalars {
            switch scalar.value {
            case 0x3040...0x30FF: counts["ja", default: 0] += 2
            case 0xAC00...0xD7AF: counts["ko", default: 0] += 1
            case 0x4E00...0x9FFF: counts["zh", default: 0] += 1
            case 0x0400...0x04FF: counts["ru", default: 0] += 1
            case 0x0370...0x03FF: counts["el", default: 0] += 1
            case 0x0590...0x05FF: counts["he", default: 0] += 1
            case 0x0600...0x06FF: counts["ar", default: 0] += 1
            case 0x0E00...0x0E7F: counts["th", default: 0] += 1
            default: break
            }
        }
        let letters = scalars.filter(\.properties.isAlphabetic).count
        if let best = counts.max(by: { $0.value < $1.value }), best.value * 3 > letters { return counts["ja"] ?? 0 > 10 && best.key == "zh" ? "ja" : best.key }
        let declared = document.language.map { String($0.lowercased().prefix(2)) }.flatMap { $0.allSatisfy(\.isLetter) && $0.count == 2 ? $0 : nil }
        let words = text.prefix(6_000).lowercased().split { !$0.isLetter }.map(String.init)
        guard words.count >= 15 else { return declared }
        let scores = common.map { language, set in (language, words.filter { set.contains($0) }.count) }.sorted { $0.1 > $1.1 }
        guard let best = scores.first, best.1 * 12 >= words.count, scores.count < 2 || best.1 * 4 >= scores[1].1 * 5 else { return declared }
        return best.0
    }

    private static let common: [String: Set<String>] = [
        "en": ["the", "and", "of", "to", "in", "is", "for", "we", "our", "with", "are", "you", "your", "on", "at", "by"],
        "de": ["der", "die", "und", "das", "ist", "für", "mit", "wir", "sie", "von", "den", "ein", "eine", "auf", "im", "unsere", "bei", "zu"],
        "fr": ["le", "la", "les", "et", "des", "de", "du", "pour", "nous", "vous", "est", "une", "un", "dans", "votre", "avec", "sur", "au"],
        "es": ["el", "la", "los", "las", "y", "de", "para", "en", "con", "del", "una", "un", "es", "su", "nuestros", "que", "por", "desde"],
        "it": ["il", "la", "di", "e", "per", "che", "con", "del", "della", "le", "un", "una", "i", "siamo", "nostri", "sono", "gli", "dal"],
        "pt": ["o", "a", "os", "as", "e", "de", "para", "em", "com", "do", "da", "uma", "um", "nossa", "que", "no", "na", "não"],
        "nl": ["de", "het", "een", "en", "van", "voor", "wij", "met", "is", "op", "u", "uw", "zijn", "onze", "bij", "ons", "naar", "je"],
        "pl": ["i", "w", "z", "na", "do", "dla", "nie", "się", "jest", "od", "nasza", "oraz", "przez", "po", "o", "są", "ul", "firma"],
        "sv": ["och", "i", "att", "för", "är", "vi", "med", "på", "av", "som", "en", "ett", "till", "från", "våra", "du", "din", "den"],
        "da": ["og", "i", "at", "for", "er", "vi", "med", "på", "af", "som", "en", "et", "til", "fra", "vores", "du", "din", "den"],
        "no": ["og", "i", "å", "for", "er", "vi", "med", "på", "av", "som", "en", "et", "til", "fra", "våre", "du", "din", "ikke"],
        "tr": ["ve", "bir", "için", "ile", "bu", "da", "de", "olarak", "en", "biz", "yıl", "çok", "daha", "her", "olan"],
        "cs": ["a", "v", "na", "se", "je", "pro", "s", "do", "z", "že", "jsme", "naše", "nebo", "od", "po"],
        "fi": ["ja", "on", "ei", "se", "että", "me", "sekä", "tai", "ovat", "oy", "meidän", "kanssa", "vuonna"],
        "ro": ["și", "de", "la", "în", "pentru", "cu", "din", "este", "sunt", "noastre", "pe", "un", "o"],
    ]
}

/// A company's postal address on its page.
enum PostalAddress {
    static func find(_ document: PageDocument, _ lines: [PageLine], _ data: StructuredData) -> CompanyFact? {
        // What is shown comes first: structured data may be a theme's.
        let shown = fromLines(document, lines)
        if let text = data.address, text.contains(where: \.isNumber) {
            if let shown, shown.value.folded.contains(text.folded.words.first ?? "?") { return shown }
            return CompanyFact(text, evidence: "structured data", confidence: 0.85)
        }
        return shown
    }

    private static func fromLines(_ document: PageDocument, _ lines: [PageLine]) -> CompanyFact? {
        for (index, line) in lines.enumerated() where line.text.count <= 400 && line.region != .navigation && line.region != .notice {
            guard let city = city(in: line.text) else { continue }
            let head = String(line.text[..<city.lowerBound]).tidied()
            let place = String(line.text[city]).tidied()
            if let street = street(in: head) { return fact("\(street), \(place)", line.text) }
            // Street and city stand in lines of their own.
            for back in 1...3 where index >= back {
                let before = lines[index - back]
                guard before.text.count <= 120 else { break }
                if let street = street(in: before.text) { return fact("\(street), \(place)", "\(before.text), \(line.text)") }
            }
            if let after = street(in: String(line.text[city.upperBound...])), place.contains("〒") { return fact("\(place) \(after)", line.text) }
        }
        return nil
    }

    private static func fact(_ text: String, _ evidence: String) -> CompanyFact { CompanyFact(text, evidence: String(evidence.prefix(300)), confidence: 0.75) }

    nonisolated(unsafe) private static let postal: [Regex<Substring>] = [
        // United States and Canada: city, state and code.
        #/[A-Z][\p{L}.' \-]{1,40},? +(?:[A-Z]{2}|[A-Z][a-z]+) +\d{5}(?:-\d{4})?\b/#,
        #/[A-Z][\p{L}.' \-]{1,40},? +(?:[A-Z]{2}|[A-Z][a-z]+(?: [A-Z][a-z]+)?),? +[A-Z]\d[A-Z] ?\d[A-Z]\d\b/#,
        // United Kingdom: city and code.
        #/[A-Z][\p{L}.' \-]{1,40},? +[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b/#,
        // Ireland
        #/[A-Z][\p{L}.' \-]{1,40}\d{0,2},? +[A-Z]\d[\dW] ?[A-Z\d]{4}\b/#,
        // Netherlands
        #/\b\d{4} ?[A-Z]{2} +[A-Z'][\p{L}' \-]{1,40}/#,
        // Poland, Portugal, Brazil
        #/\b\d{2}-\d{3} +\p{Lu}[\p{L} \-]{1,40}/#,
        #/\b\d{4}-\d{3} +\p{Lu}[\p{L} \-]{1,40}/#,
        #/[A-Z][\p{L} ]{1,40}[,\-–] ?(?:[A-Z]{2}),? *(?:CEP:? *)?\d{5}-\d{3}/#,
        // Sweden, Greece
        #/\b(?:S-|SE-|GR-)?\d{3} \d{2} +\p{Lu}[\p{L} \-]{1,40}/#,
        // Germany, France, Spain, Italy
        #/\b(?:D-|F-|E-|I-|DE-|FR-|ES-|IT-)?\d{5} +\p{Lu}[\p{L}.'’() \-]{1,45}/#,
        // Austria, Switzerland, Belgium, Denmark, Norway
        #/\b(?:A-|CH-|B-|DK-|N-|L-)?[1-9]\d{3} +\p{Lu}[\p{L}.' \-]{1,40}/#,
        // Japan
        #/〒? ?\d{3}-\d{4} *\p{L}{2,}[^\s,;]{0,40}/#,
    ]

    static func city(in text: String) -> Range<String.Index>? {
        // Most lines have no code, and patterns take long.
        guard mayHaveCode(text) else { return nil }
        for pattern in postal {
            if let match = text.firstMatch(of: pattern) {
                // `2023 Alle Rechte`: a year is no code.
                let found = text[match.range]
                if found.prefix(2) == "20" || found.prefix(2) == "19", found.prefix(4).allSatisfy(\.isNumber), found.dropFirst(4).first == " " { continue }
                return match.range
            }
        }
        return nil
    }

    /// Whether a text has digits as postal codes have them: four in a row, beside a capital, or around a hyphen or a space.
    private static func mayHaveCode(_ text: String) -> Bool {
        var run = 0
        var (last, before): (UInt8, UInt8) = (0x20, 0x20)
        for byte in text.utf8 {
            let isDigit = (0x30...0x39).contains(byte)
            run = isDigit ? run + 1 : 0
            if run >= 4 { return true }
            let wasDigit = (0x30...0x39).contains(last)
            let isCapital = (0x41...0x5A).contains(byte), wasCapital = (0x41...0x5A).contains(last)
            if isDigit && wasCapital || wasDigit && isCapital { return true }
            if isDigit, last == 0x2D || last == 0x20, (0x30...0x39).contains(before) { return true }
            (before, last) = (last, byte)
        }
        return false
    }

    /// The last part of a text that is a street with a number.
    private static func street(in text: String) -> String? {
        for part in text.split(whereSeparator: { "|·•\n".contains($0) }).reversed() {
            var pieces = part.split(separator: ",").map { String($0).tidied() }.filter { !$0.isEmpty }
            // `14 Park Row, Suite 210`, `C/ Dionisio Guardiola, 17, 1.º B`, `Unit 4, Old Creamery`
            pieces = Array(pieces.suffix(5))
            guard let place = pieces.firstIndex(where: { isStreet($0) || hasStreetWord($0) }) ?? pieces.lastIndex(where: { $0.contains(where: \.isNumber) && $0.count <= 60 }) else { continue }
            // What numbers a house may stand before the street.
            let start = place > 0 && ["unit", "suite", "flat", "floor", "shop", "poligono", "lugar", "hameau", "lieu"].contains(where: { pieces[place - 1].folded.hasPrefix($0) }) ? place - 1 : place
            var street = pieces[start...].joined(separator: ", ")
            if let colon = street.lastIndex(of: ":") { street = String(street[street.index(after: colon)...]).tidied() }
            guard (4...110).contains(street.count), street.contains(where: \.isNumber), street.contains(where: \.isLetter), !street.contains("@"), street.filter(\.isNumber).count <= 9, !isOther(street) else { continue }
            return street
        }
        return nil
    }

    /// What numbers stand for otherwise: telephones, hours, register numbers.
    private static func isOther(_ street: String) -> Bool {
        let folded = " " + street.folded + " "
        return ["tel", "fax", "phone", "call", "copyright", "vat", "cif", "nif", "hrb", "24 h", "uhr", "since", "seit", "fon", "iban", "mon", "fri"].contains { folded.contains(" \($0) ") }
    }

    private static func hasStreetWord(_ text: String) -> Bool {
        let folded = " " + text.folded + " "
        return text.count <= 60 && ["c ", "calle ", "avda ", "av ", "avenida ", "ctra ", "via ", "viale ", "corso ", "piazza ", "rua ", "praca ", "ul ", "rue ", "bv ", "paseo ", "plaza ", "travessa "].contains { folded.hasPrefix(" \($0)") }
    }

    private static func isStreet(_ text: String) -> Bool {
        let folded = " " + text.folded + " "
        guard folded.contains(where: \.isNumber) else { return false }
        return streets.contains { folded.contains($0) }
    }

    private static let streets = [
        " street ", " st ", " road ", " rd ", " avenue ", " ave ", " blvd ", " boulevard ", " drive ", " dr ", " lane ", " ln ", " way ", " court ", " place ", " square ", " parkway ", " highway ", " hwy ", " row ", " quay ", " terrace ", " close ", " wharf ", " park ", " house ", " yard ", " mews ", " crescent ", " gate ", "strasse ", "str ", " weg ", "weg ", "platz ", "allee ", "gasse ", "ring ", "damm ", "ufer ", " rue ", " avenue ", " chemin ", " impasse ", " quai ", " route ", " place ", " allee ", " calle ", " avenida ", " avda ", " av ", " paseo ", " plaza ", " carrer ", " c ", " via ", " viale ", " corso ", " piazza ", " largo ", "straat ", "laan ", "kade ", "plein ", "gracht ", "singel ", "dijk ", " ul ", " ulica ", " al ", " rua ", " travessa ", " gatan ", "gatan ", "vagen ", " gata ", "vej ", "gade ", " ulitsa ", " улица", " ул ",
    ]
}

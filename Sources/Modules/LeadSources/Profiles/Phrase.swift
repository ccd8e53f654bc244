import Values

/// What a piece of a search result is about, by its own words.
public enum PhraseKind: String, Sendable, Codable {
    case role
    case company
    case place
    case school
    /// What somebody says about themselves: `Helping founders grow`.
    case slogan
    /// What the site says: `500+ connections`, `She/Her`, `Open to work`.
    case remark
    /// What is over: `ex-Google`, `Former CEO at Acme`.
    case former
    case name
    /// Its words do not tell.
    case unknown
}

/// Tells by its words what a phrase is.
enum Phrase {
    static func kind(of text: String) -> PhraseKind {
        let folded = text.folded
        guard !folded.isEmpty else { return .remark }
        if isRemark(text, folded) { return .remark }
        if isFormer(text, folded) { return .former }
        let isShortRole = RoleWords.begins(text) && folded.split(separator: " ").count <= 8
        if isSlogan(text, folded), !isShortRole || text.contains("?") || text.contains("!") { return .slogan }
        if PlaceWords.isPlace(text) { return .place }
        if isSchool(folded) { return .school }
        let hasForm = CompanyName.hasLegalForm(folded) || isFirm(folded)
        if !hasForm, RoleWords.has(text) { return .role }
        if hasForm || hasCompanyWord(folded) { return .company }
        if fields.contains(folded) || markets.contains(folded) { return .slogan }
        return .unknown
    }

    /// Whether it could be a company's name, as far as its words tell: short, capitalised, and nothing else.
    static func couldBeCompany(_ text: String) -> Bool {
        let words = text.split(separator: " ")
        guard (1...9).contains(words.count), text.count <= 80, text.contains(where: { $0.isLetter || $0.isNumber }),
            !text.contains(where: { "!?#@:;→►".contains($0) }), !isEmojiText(text), !isSentence(text),
            // `ICAEW member` is what somebody is.
            !members.contains(words.last?.lowercased() ?? "")
        else { return false }
        switch kind(of: text) {
        case .company, .unknown: return true
        // `Kiel Marine` and `Berlin Brands Group` are company names; a place alone is not.
        case .school, .place, .role, .slogan, .remark, .former, .name: return false
        }
    }

    private static let members: Set<String> = [
        "member", "mitglied", "membre", "miembro", "membro", "lid", "członek", "fellow", "associate", "certified",
        "accredited", "qualified", "chartered",
    ]

    /// Whether the words are written like a sentence: `Le persone prima dei numeri, sempre`. Names have capitals.
    static func isSentence(_ text: String) -> Bool {
        let words = text.split(separator: " ").dropFirst().filter { $0.count > 3 && $0.first?.isLetter == true }
        let small = words.filter { $0.first?.isLowercase == true }.count
        return small >= 2 && small * 2 > words.count && !CompanyName.hasLegalForm(text.folded)
    }

    /// Whether the words are written like a name: `Helping Hands Home Care`, not `Helping founders grow`.
    static func isTitleCased(_ text: String) -> Bool {
        text.split(separator: " ").allSatisfy { word in
            word.count <= 3 || word.first.map { $0.isUppercase || $0.isNumber } == true
        }
    }

    static func isEmojiText(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0.properties.isEmojiPresentation }
    }

    // MARK: Remarks

    private static func isRemark(_ text: String, _ folded: String) -> Bool {
        if remarks.contains(folded) { return true }
        if folded.hasPrefix("linkedin") { return true }
        if remarkParts.contains(where: { folded.contains($0) }) { return true }
        // `500+ connections`, `1.2K followers`, `Más de 500 contactos`
        if folded.contains(where: \.isNumber) {
            let words = folded.split(separator: " ").map(String.init)
            if words.count <= 6, words.contains(where: countWords.contains) { return true }
        }
        // Pronouns: She/Her, elle, er/ihm
        let parts = text.lowercased().split(whereSeparator: { "/()|, ".contains($0) }).map(String.init)
        return !parts.isEmpty && text.contains("/") && parts.allSatisfy { pronouns.contains($0) }
    }

    static let pronouns: Set<String> = [
        "she", "her", "hers", "he", "him", "his", "they", "them", "theirs", "ze", "hir", "sie", "ihr", "er", "ihm",
        "ihn", "elle", "il", "lui", "ella", "ela", "ele", "lei", "zij", "haar", "hij", "hem", "hon", "henne", "han",
        "honom", "ona", "jej", "on", "jego", "any",
    ]

    private static let countWords: Set<String> = [
        "connections", "connection", "followers", "follower", "kontakte", "relations", "abonnes", "contactos",
        "seguidores", "conexoes", "collegamenti", "follower", "volgers", "connecties", "kontakter", "foljare",
        "kontaktow", "obserwujacych", "profiles", "mutual", "seguaci", "posts", "contatti",
    ]

    private static let remarks: Set<String> = [
        "hiring", "we are hiring", "were hiring", "hiring now", "verified", "premium",
        "influencer", "creator", "top voice", "linkedin top voice", "follow", "view profile", "contact info",
        "looking for new opportunities", "actively looking", "job seeker", "jobseeker",
        "offen fur neues", "auf jobsuche", "auf der suche nach neuen herausforderungen",
        "a lecoute du marche", "a lecoute dopportunites", "en busqueda activa", "en busca de empleo",
        "em busca de recolocacao", "disponivel para trabalho", "in cerca di lavoro", "in cerca di nuove opportunita",
        "op zoek naar een nieuwe uitdaging", "oppen for jobb", "soker nytt jobb", "szukam pracy",
        "otwarty na propozycje",
        "otwarta na propozycje", "en transition", "available",
        "disponible",
        "disponibile", "disponivel", "beschikbaar", "wir stellen ein", "on recrute", "estamos contratando",
        "stiamo assumendo", "we zijn op zoek", "vi anstaller", "zatrudniamy",
        "available immediately",
    ]

    private static let remarkParts = [
        "open to work", "opentowork", "professional community", "w serwisie linkedin", "on linkedin", "auf linkedin",
        "sur linkedin",
        "en linkedin",
        "no linkedin", "su linkedin", "op linkedin", "pa linkedin", "na linkedin", "linkedin com", "offen fur neue",
        "open to new", "between roles", "recherche active", "open for new", "seeking opportunities", "seeking new",
        "looking for opportunities",
        "looking for a new", "auf der suche nach", "en recherche d", "en busca de", "em busca de", "in cerca di",
        "op zoek naar", "disponible immediatement", "actively seeking", "career break", "between jobs", "busqueda de",
        "a la recherche d", "ricerca di nuov", "procura de nov",
        "procura de emprego", "nieuwe uitdaging", "nya utmaningar", "nya mojligheter", "nowych wyzwan", "nowej pracy",
        "neue herausforderung", "neue stelle", "nuevas oportunidades", "novos desafios", "nuove opportunita",
        "nouvelles opportunites", "disponible des", "ab sofort verfugbar",
    ]

    // MARK: What is over

    private static func isFormer(_ text: String, _ folded: String) -> Bool {
        let lower = text.lowercased()
        if endsInThePast(text) { return true }
        if formerStarts.contains(where: { folded.hasPrefix($0) }) { return true }
        // Folded, they would be other words: `FD` is a finance director.
        if lower.hasPrefix("già ") || lower.hasPrefix("f.d. ") { return true }
        if lower.hasPrefix("ex-") || lower.hasPrefix("ex ") || lower.hasPrefix("(ex") { return true }
        // `Sales Lead (2015-2021)`, `bis 2021`, `jusqu'en 2020`
        return formerParts.contains(where: { folded.contains($0) })
    }

    private static let formerStarts = [
        "bis 19", "bis 20", "until 19", "until 20", "jusquen ", "hasta 20", "fino al 20", "tot 20", "do 20",
        "former ", "formerly ", "previously ", "previous ", "past ", "ehemals ", "ehemalig", "ehem ", "fruher ",
        "fruhere", "vormals ", "ancien ", "ancienne ", "anciennement ", "precedemment ", "antiguo ", "antigua ",
        "anteriormente ", "antigo ", "antiga ", "voormalig", "vroeger", "tidigare ", "tidl ",
        "tidligere ",
        "byly ", "byla ", "dawniej ", "wczesniej ", "poprzednio ", "alumni ", "alumnus ", "alumna ", "exgoogle",
        "ehemaliger ",
    ]
    private static let formerParts = [
        " bis 20", " until 20", " jusquen 20", " hasta 20", " ate 20", " fino al 20", " tot 20", " till 20", " do 20",
    ]

    /// Whether a phrase ends with when it ended or will end: `Personalleiterin bei Kamenz (bis 2021)`, `Sales Lead, 2015-2021`.
    static func endsInThePast(_ text: String) -> Bool {
        var tail = text.lowercased()
        while let last = tail.last, ").] ".contains(last) { tail.removeLast() }
        let words = tail.split(whereSeparator: { " (,[".contains($0) }).suffix(2).map(String.init)
        guard let year = words.last?.suffix(4), year.count == 4, let number = Int(year), (1950...2099).contains(number)
        else { return false }
        let marks: Set<String> = [
            "bis", "until", "till", "hasta", "até", "fino", "al", "tot", "jusqu'en", "en", "do", "t.o.m.",
        ]
        return words.count == 2 && marks.contains(words[0]) && text.contains(where: { "(,[".contains($0) })
            || (words.last?.count ?? 0) == 9 && (words.last?.contains(where: { "-–".contains($0) }) ?? false)
    }

    /// The phrase without a former part at its end: `Head of Sales, ex-Google` becomes `Head of Sales`.
    static func withoutFormer(_ text: String) -> String {
        let lower = text.lowercased()
        let marks = [
            "ex-", "ex ", "former", "formerly", "previously", "ehem.", "ehemals", "früher", "vormals", "ancien",
            "anciennement", "antes ", "anteriormente", "prev.", "previous", "tidigare", "voorheen", "voormalig", "già ",
            "wcześniej", "dawniej", "alumni", "f.d. ", "bis 19", "bis 20", "until ", "jusqu'en ", "hasta 20",
            "fino al ",
            "tot 20",
            "do 20",
        ]
        for separator in [", ", " – ", " (", " / ", " & ", " + ", "; ", ". "] {
            for mark in marks {
                guard let range = lower.firstRange(of: separator + mark) else { continue }
                let offset = lower.distance(from: lower.startIndex, to: range.lowerBound)
                return String(text.prefix(offset)).tidied()
            }
        }
        return text
    }

    // MARK: Slogans

    private static func isSlogan(_ text: String, _ folded: String) -> Bool {
        let words = folded.split(separator: " ").map(String.init)
        if text.contains(where: { "!?".contains($0) }) { return true }
        if text.hasPrefix("#") { return true }
        if let first = words.first, sloganStarts.contains(first), words.count > 1 { return true }
        if words.contains(where: sloganWords.contains) { return true }
        // `Helping founders grow`, `Building better teams`
        if words.count >= 3, let first = words.first, first.count > 4, first.hasSuffix("ing"),
            !nounsInIng.contains(first), !RoleWords.has(text)
        {
            return true
        }
        return words.count > 10
    }

    private static let nounsInIng: Set<String> = [
        "marketing", "engineering", "manufacturing", "consulting", "trading", "holding", "banking", "accounting",
        "purchasing", "advertising", "training", "catering", "processing", "clothing", "printing", "packaging",
        "shipping", "sterling", "boeing", "beijing", "spring", "viking", "lightning", "founding", "managing", "acting",
        "leading", "operating", "nursing", "staffing", "recruiting", "branding", "lodging", "wedding", "roofing",
        "plumbing", "mining", "housing", "farming", "gaming", "building", "learning", "evening", "morning", "pudding",
    ]
    private static let sloganStarts: Set<String> = [
        "aide", "aidons", "enseno", "ensino", "insegno", "helfe", "accompagne", "hjalper", "jaide", "jaccompagne",
        "i", "we", "my", "your", "our", "you", "let", "helping", "empowering", "building", "making", "creating",
        "turning", "driving", "transforming", "inspiring", "connecting", "delivering", "ich", "wir", "je", "jai",
        "nous",
        "yo", "nosotros", "ajudo", "ayudo", "aiuto", "jag", "vi", "ik", "wij", "pomagam", "ajudando", "ayudando",
        "aiutando", "passionate", "passionné", "passionne", "passionnee", "apasionado", "apasionada", "apaixonado",
        "apaixonada", "appassionato", "appassionata", "leidenschaftlicher", "leidenschaftliche", "obsessed", "always",
        "aiming", "on", "making", "mit", "aus",
    ]
    private static let sloganWords: Set<String> = [
        "passionate", "enthusiast", "lover", "dreamer", "believer", "addict", "aficionado", "nerd", "geek", "junkie",
        "leidenschaft", "begeistert", "passion", "passionne", "passionnee", "apasionado", "apasionada", "apaixonado",
        "apaixonada", "appassionato", "appassionata", "gepassioneerd", "brinner", "pasjonat", "pasjonatka", "helping",
        "helps", "myself", "people", "menschen", "mum", "dad", "mom", "father", "mother", "storyteller", "visionary",
        "changemaker", "wanderer", "traveler", "traveller", "mission", "love", "loves", "better",
    ]

    /// Fields of work: no role, and no company either.
    private static let markets: Set<String> = [
        "emea", "apac", "dach", "latam", "mena", "anz", "nordics", "benelux", "americas", "global", "worldwide", "uk i",
        "ukandi",
        "north america", "south america", "latin america", "asia pacific", "iberia", "cee", "amer", "nam", "europe",
        "central europe",
        "eastern europe", "western europe", "southern europe", "northern europe", "middle east", "middle east africa",
        "international",
        "dach region", "emeia", "emea apac", "asean", "gcc", "cis", "balkans", "scandinavia", "nordic", "export",
        "uk ireland", "west", "east", "north", "south",
    ]

    private static let fields: Set<String> = {
        var set: Set<String> = []
        for name in """
        sales,marketing,digital marketing,operations,finance,hr,human resources,it,engineering,logistics,consulting
        real estate,healthcare,health care,education,software,software development,e-commerce,ecommerce,retail,legal
        data science,machine learning,artificial intelligence,ai,cloud,saas,b2b,b2b saas,fintech,biotech,procurement
        supply chain,supply chain management,project management,business development,customer success,design,ux,ui
        product,product management,strategy,leadership,innovation,sustainability,public relations,communications
        vertrieb,einkauf,logistik,finanzen,personal,beratung,handwerk,bildung,immobilien,maschinenbau,nachhaltigkeit
        ventes,achats,logistique,finances,ressources humaines,conseil,immobilier,informatique,sante,formation
        ventas,compras,logistica,finanzas,recursos humanos,consultoria,inmobiliaria,informatica,salud,marketing digital
        vendite,acquisti,finanza,risorse umane,consulenza,vendas,recrutamento,imobiliario,verkoop,inkoop,financien
        forsaljning,inkop,ekonomi,sprzedaz,zakupy,finanse,logistyka,startups,speaker,keynote speaker,mentor,investing
        agile,scrum,python,java,devops,seo,content,growth,crm,sap,salesforce,erp,cybersecurity,cyber security,energy
        automotive,insurance,banking,construction,hospitality,tourism,manufacturing,telecommunications,blockchain,web3
        data,analytics,automation,robotics,mechanical engineering,civil engineering,computer science,r&d,change management
        """.split(whereSeparator: { $0 == "," || $0 == "\n" }) { set.insert(String(name).folded) }
        return set
    }()

    // MARK: Schools and companies

    static func isSchool(_ folded: String) -> Bool {
        let words = folded.split(separator: " ").map(String.init)
        if words.contains(where: schoolWords.contains) { return true }
        // Both are also words: `mit Personalverantwortung`, `tu coach`.
        if words == ["mit"] || words.count == 2 && words[0] == "tu" && PlaceWords.isKnown(words[1]) { return true }
        return words.contains { word in schoolEnds.contains { word.hasSuffix($0) } }
            || folded.contains("ecole ") || folded.hasPrefix("iut ") || folded.contains("business school")
    }

    private static let schoolWords: Set<String> = [
        "university", "universitat", "universite", "universidad", "universidade", "universita", "universiteit",
        "universitet", "universitetet", "uniwersytet", "univerzita", "college", "school", "hochschule",
        "fachhochschule",
        "institut", "institute", "polytechnic", "polytechnique", "politecnico", "politecnica", "politechnika",
        "politecnica", "akademia", "lycee", "gymnasium", "liceo", "hogskola", "hogskolan", "hogeschool", "berufsschule",
        "gesamtschule", "grundschule", "realschule", "insead", "hec", "kth", "eth", "epfl", "rwth", "uni",
        "szkola", "escola", "escuela", "scuola", "ecole", "faculdade", "facultad", "instituto", "istituto", "academy",
        "kindergarten", "collegium", "skola", "skolan", "sgh", "essec", "iese", "esade", "tum", "lmu", "ucla", "nyu",
    ]
    private static let schoolEnds = [
        "universitat", "universiteit", "universitet", "hochschule", "hogskola", "universitetet",
    ]

    /// `Huber und Partner`, `Lefebvre & Associés`: the end is part of a firm's name.
    private static func isFirm(_ folded: String) -> Bool {
        let words = folded.split(separator: " ").map(String.init)
        guard words.count > 1, let last = words.last else { return false }
        let ends: Set<String> = [
            "partner", "partners", "partnerschaft", "associes", "asociados", "associati", "associados", "associates",
            "sohn",
            "sohne", "sons", "fils", "hijos", "figli", "zoon", "zonen", "collegen", "kollegen", "wspolnicy",
            "partnerzy",
        ]
        let joints: Set<String> = ["und", "and", "et", "y", "e", "en", "och", "i"]
        return ends.contains(last)
            && (words.count > 2 && joints.contains(words[words.count - 2])
                || last.hasSuffix("s") && words.count <= 3 && last != "associates")
    }

    static func hasCompanyWord(_ folded: String) -> Bool {
        let words = folded.split(separator: " ").map(String.init)
        return words.count > 1 && words.contains(where: companyWords.contains)
    }

    private static let companyWords: Set<String> = [
        "group", "gruppe", "groupe", "grupo", "gruppo", "groep", "grupa", "gruppen", "holding", "holdings", "solutions",
        "technologies", "technology", "systems", "services", "industries", "partners", "associates", "ventures",
        "capital", "bank", "hospital", "clinic", "klinik", "klinikum", "clinique", "clinica", "foundation", "stiftung",
        "fondation", "fundacion", "agency", "agentur", "agence", "agencia", "agenzia", "studio", "studios", "labs",
        "lab",
        "works", "werke", "logistics", "logistik", "logistique", "consulting", "software", "media", "foods", "energy",
        "energie", "pharma", "insurance", "versicherung", "motors", "airlines", "hotel", "hotels", "restaurant",
        "ministry", "ministerium", "council", "department", "company", "co", "enterprises", "international",
        "manufacturing", "construction", "builders", "realty", "properties", "immobilien", "brewery", "brauerei",
        "bakery", "backerei", "trust", "society", "association", "verband", "kanzlei", "cabinet", "bros", "brothers",
        "sons", "sohne", "fils", "hijos", "figli", "zonen", "city", "stadtwerke", "sparkasse", "maschinenbau",
        "networks",
    ]
}

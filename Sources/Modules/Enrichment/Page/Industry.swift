import Leads
import Values

/// The industry of a company, by words that companies of an industry use about themselves. It is left empty unless two of
/// them agree and no other industry comes near.
enum Industry {
    static func find(_ document: PageDocument, _ lines: [PageLine], description: String?, services: [String])
        -> CompanyFact?
    {
        var scores: [String: (points: Double, words: [String])] = [:]
        // Each word counts once, where it weighs most.
        func count(_ texts: [String], _ weight: Double) {
            let folded = " " + texts.map { withoutCustomers($0).folded }.joined(separator: " ; ") + " "
            guard folded.utf8.count > 6 else { return }
            for (industry, words) in keywords {
                for word in words where folded.contains(word) && folded.contains(" \(word)") {
                    if scores[industry]?.words.contains(word) == true { continue }
                    scores[industry, default: (0, [])].points += weight
                    scores[industry, default: (0, [])].words.append(word)
                }
            }
        }
        for type in types(document) {
            for (industry, names) in schemaTypes
            where names.contains(where: { type.hasPrefix($0) || type.hasSuffix($0) }) {
                scores[industry, default: (0, [])].points += 2.5
                scores[industry, default: (0, [])].words.append("schema.org \(type)")
            }
        }
        if let description { count([description], 1.5) }
        let own = lines.filter { $0.region.isMain && !$0.isQuotation }
        count(
            [document.title].compactMap(\.self)
                + own.filter { document.nodes[$0.block].headingLevel != nil }.prefix(12).map(\.text), 1)
        count(services.prefix(10) + own.filter { $0.linkShare < 0.5 && $0.text.count > 40 }.prefix(12).map(\.text), 0.5)
        let sorted = scores.sorted { ($0.value.points, $1.key) > ($1.value.points, $0.key) }
        guard let best = sorted.first, best.value.points >= 2.5,
            sorted.count < 2 || best.value.points >= sorted[1].value.points * 1.6
        else { return nil }
        return CompanyFact(
            best.key, evidence: best.value.words.prefix(6).joined(separator: ", "),
            confidence: min(0.9, 0.55 + 0.05 * best.value.points))
    }

    /// A text without those whom the company works for: `Software for dentists and clinics` is about software.
    static func withoutCustomers(_ text: String) -> String {
        var kept: [Substring] = []
        var isCustomer = false
        for word in text.split(separator: " ") {
            if isCustomer {
                if let last = word.last, ".;:!?|–".contains(last) { isCustomer = false }
                continue
            }
            kept.append(word)
            isCustomer = fors.contains(word.lowercased())
        }
        return kept.joined(separator: " ")
    }

    private static let fors: Set<String> = ["for", "für", "pour", "para", "per", "voor", "dla", "för", "til"]

    private static func types(_ document: PageDocument) -> [String] {
        var types: [String] = []
        for text in document.structured {
            var rest = Substring(text)
            while let range = rest.firstRange(of: "\"@type\"") {
                rest = rest[range.upperBound...]
                let value = rest.prefix(80).drop { !$0.isLetter }.prefix { $0.isLetter }
                if !value.isEmpty { types.append(value.lowercased()) }
            }
        }
        for node in document.nodes where !node.isHidden {
            if let type = node.attributes["itemtype"]?.split(separator: "/").last { types.append(type.lowercased()) }
        }
        return types
    }

    private static let schemaTypes: [(String, [String])] = [
        (
            "Health care",
            ["dentist", "physician", "medical", "hospital", "optician", "pharmacy", "veterinarycare", "physiotherapy"]
        ),
        ("Legal", ["attorney", "legalservice", "notary"]),
        (
            "Food",
            [
                "bakery", "restaurant", "brewery", "winery", "cafeorcoffeeshop", "foodestablishment", "distillery",
                "icecreamshop",
            ]
        ),
        (
            "Construction",
            [
                "generalcontractor", "roofingcontractor", "hvacbusiness", "plumber", "electrician", "housepainter",
                "homeandconstructionbusiness",
            ]
        ),
        ("Real estate", ["realestateagent"]),
        ("Automotive", ["autorepair", "autodealer", "automotivebusiness", "motorcycledealer"]),
        ("Beauty", ["hairsalon", "beautysalon", "nailsalon", "dayspa"]),
        ("Hospitality", ["hotel", "lodgingbusiness", "bedandbreakfast", "hostel"]),
        ("Education", ["school", "preschool", "educationalorganization", "collegeoruniversity"]),
        ("Financial services", ["accountingservice", "insuranceagency", "financialservice", "bankorcreditunion"]),
        ("Non-profit", ["ngo"]), ("Staffing", ["employmentagency"]), ("Software", ["softwareapplication"]),
        ("Government", ["governmentorganization"]),
    ]

    private static let keywords: [(String, [String])] = [
        (
            "Software",
            [
                "software", "saas", "app for", "mobile app", "api ", "plattform fur", "logiciel", "aplicacion",
                "applicazione", "oprogramowanie", "programvara", "systemhaus", "it dienstleister", "cybersecurity",
                "cyber security", "softwareentwicklung", "webentwicklung", "erp system", "data platform",
                "software house", "developpement web", "desarrollo de software", "sviluppo software",
                "softwareontwikkeling", "ソフトウェア", "программное обеспечение",
            ]
        ),
        (
            "Logistics",
            [
                "freight", "logistic", "logistik", "logistique", "warehous", "spedition", "transportes",
                "transporte de", "trasporti", "transport de", "trucking", "shipping compan", "haulage", "courier",
                "lagerung", "lagerlogistik", "customs clearance", "spedycja", "akeri", "vrachtvervoer",
                "transportbedrijf", "opslag", "supply chain", "messagerie", "affretement", "load plan", "dispatch",
                "運送", "物流", "перевозк", "fret ",
            ]
        ),
        (
            "Health care",
            [
                "dental", "dentist", "zahnarzt", "zahnmedizin", "clinic", "klinik", "patient", "physiotherap",
                "medical practice", "hospital", "pflegedienst", "arztpraxis", "kinesitherap", "cabinet medical",
                "consultorio", "odontolog", "clinica dental", "dentale", "fisioterap", "tandarts", "huisarts",
                "stomatolog", "przychodnia", "vardcentral", "implants", "hygienist", "home care", "care home",
                "veterinar", "tierarzt", "orthopaed", "optometr", "audiolog", "pharmacy", "apotheke", "歯科", "クリニック",
                "стоматолог",
            ]
        ),
        (
            "Construction",
            [
                "construction", "general contractor", "builder", "roofing", "plumbing", "hvac", "heat pump", "furnace",
                "air condition", "renovation", "bauunternehmen", "hochbau", "tiefbau", "dachdecker", "zimmerei",
                "sanitar", "heizung", "elektroinstallation", "trockenbau", "batiment", "maconnerie", "couverture",
                "charpente", "plomberie", "chauffage", "travaux publics", "construccion", "reformas", "obras",
                "edilizia", "costruzion", "ristruttura", "impresa edile", "bouwbedrijf", "aannemer", "dakdekker",
                "loodgieter", "installatiebedrijf", "budowlan", "byggforetag", "byggnad", "scaffold", "insulation",
                "windows and doors", "kitchen fitting", "electrical install", "solar install", "civil engineering",
                "строительств", "ремонт квартир",
            ]
        ),
        (
            "Financial services",
            [
                "accountant", "accounting", "bookkeep", "payroll", "tax return", "tax filing", "steuerberat",
                "insurance", "versicherung", "wealth management", "financial planning", "financial advis",
                "expert comptable", "expertise comptable", "comptabilit", "assurance", "asesoria fiscal",
                "contabilidad", "gestoria", "seguros", "commercialist", "contabilita", "consulenza fiscale",
                "assicurazion", "boekhoud", "administratiekantoor", "verzekering", "ksiegow", "biuro rachunkowe",
                "redovisning", "mortgage", "hypothek", "credit union", "audit firm", "wirtschaftsprufung",
                "lohnbuchhaltung", "fiscalite", "会計", "税理士", "бухгалтер",
            ]
        ),
        (
            "Marketing",
            [
                "marketing agency", "advertising agency", "branding", "werbeagentur", "agence de communication",
                "agencia de marketing", "agencia de publicidad", "agenzia di comunicazione", "agenzia pubblicitaria",
                "reclamebureau", "agencja reklamowa", "reklambyra", "seo ", "social media", "pr agency",
                "content marketing", "digital agency", "campaigns", "kampagnen", "public relations", "online marketing",
                "graphic design", "grafikdesign", "web design agency",
            ]
        ),
        (
            "Manufacturing",
            [
                "manufactur", "machining", "cnc ", "tooling", "factory", "fabrication", "metal work", "sheet metal",
                "injection mould", "injection mold", "werkzeugbau", "maschinenbau", "metallbau", "zerspanung",
                "fertigung", "blechbearbeitung", "hersteller von", "usinage", "chaudronnerie", "tolerie",
                "mecanique de precision", "fabricant", "fabricacion", "mecanizado", "fabricante", "fabrica de",
                "lavorazioni meccaniche", "officina meccanica", "carpenteria metallica", "produzione di",
                "metaalbewerking", "fabrikant", "machinefabriek", "producent", "produkcja", "obrobka", "tillverka",
                "verkstad", "precision parts", "gears", "bearings", "moulds", "foundry", "giesserei", "welding",
                "valves", "pumps", "製造", "加工", "部品", "производств",
            ]
        ),
        (
            "Food",
            [
                "bakery", "bread", "pastr", "brewery", "brewing", "craft beer", "coffee roast", "restaurant",
                "catering", "backerei", "konditorei", "brauerei", "metzgerei", "molkerei", "kaserei", "boulangerie",
                "patisserie", "fromagerie", "brasserie", "traiteur", "vin ", "vignoble", "panaderia", "bodega",
                "queseria", "aceite de oliva", "conservas", "panificio", "pasticceria", "caseificio", "pastificio",
                "olio extravergine", "cantina ", "salumificio", "bakkerij", "brouwerij", "kaasmakerij", "slagerij",
                "piekarnia", "cukiernia", "browar", "bageri", "bryggeri", "chocolat", "cheese", "meats", "padaria",
                "vinicola", "queijo", "azeite", "sausage", "noodle", "sake brew", "豆腐", "和菓子", "酒造", "пекарн", "хлеб",
            ]
        ),
        (
            "Retail",
            [
                "online shop", "webshop", "boutique", "retailer", "fashion store", "bookshop", "bookstore",
                "buchhandlung", "fachhandel", "einzelhandel", "magasin", "librairie", "tienda", "zapateria", "negozio",
                "abbigliamento", "winkel", "boekhandel", "sklep", "butik", "bike shop", "fahrradladen", "jewel",
                "juwelier", "bijouterie", "joyeria", "gioielleria", "toy store", "loja ", "garden centre",
                "furniture store", "магазин",
            ]
        ),
        (
            "Education",
            [
                "language school", "driving school", "training provider", "sprachschule", "fahrschule", "musikschule",
                "nachhilfe", "weiterbildung", "ecole de", "auto ecole", "centre de formation", "organisme de formation",
                "academia de", "escuela de", "autoescuela", "scuola di", "corsi di", "autoscuola", "rijschool",
                "taalschool", "opleidingen", "szkola", "kursy", "skola", "tutoring", "e learning", "kindergarten",
                "courses for", "students learn", "escola de", "学校", "教室", "школа",
            ]
        ),
        (
            "Real estate",
            [
                "real estate", "estate agent", "property management", "realty", "chartered surveyor", "surveyors",
                "immobilien", "hausverwaltung", "makler fur", "immobilier", "agence immobiliere", "syndic",
                "inmobiliaria", "administracion de fincas", "agenzia immobiliare", "immobiliare", "makelaar",
                "vastgoed", "nieruchomosci", "maklare", "fastighet", "lettings", "homes for sale", "imobiliaria", "不動産",
                "недвижимост",
            ]
        ),
        (
            "Legal",
            [
                "law firm", "lawyer", "attorney", "solicitor", "litigation", "legal advice", "kanzlei", "rechtsanw",
                "anwaltskanzlei", "notariat", "cabinet d avocats", "avocat", "notaire", "abogado", "bufete",
                "despacho de abogados", "studio legale", "avvocat", "notaio", "advocaten", "advocatenkantoor",
                "advokat", "kancelaria", "adwokat", "radca prawny", "advogad", "advocacia", "法律事務所", "адвокат",
            ]
        ),
        (
            "Energy",
            [
                "solar power", "photovoltaic", "photovoltaik", "solaranlagen", "wind farm", "windpark", "biogas",
                "photovoltaique", "energies renouvelables", "energia solar", "placas solares", "fotovolta",
                "zonnepanelen", "fotowolta", "solceller", "renewable energ", "electricity suppl",
                "erneuerbare energien", "geotherm", "energieversorg", "battery storage",
            ]
        ),
        (
            "Hospitality",
            [
                "hotel", "guest house", "bed and breakfast", "gastehaus", "pension ", "ferienwohnung",
                "chambres d hotes", "gite", "camping", "hostal", "casa rural", "alojamiento", "agriturismo", "albergo",
                "b b ", "hotelkamer", "noclegi", "pensjonat", "vandrarhem", "resort", "travel agency", "reiseburo",
                "tour operator", "旅館", "ホテル", "pousada", "guided tours",
            ]
        ),
        (
            "Non-profit",
            [
                "charity", "non profit", "nonprofit", "foundation", "gemeinnutzig", "verein ", "stiftung",
                "association loi", "benevol", "ong ", "sin animo de lucro", "fundacion", "onlus", "volontariato",
                "stichting", "vrijwilligers", "fundacja", "stowarzyszenie", "ideell forening", "donate", "volunteers",
            ]
        ),
        (
            "Consulting",
            [
                "management consult", "consultancy", "unternehmensberatung", "cabinet de conseil", "conseil en",
                "consultoria", "consulenza aziendale", "consulenza direzionale", "adviesbureau", "doradztwo",
                "konsultbolag", "strategy consult", "business consult", "hr consult",
            ]
        ),
        (
            "Engineering",
            [
                "structural engineer", "engineering firm", "engineering consult", "ingenieurburo", "tragwerksplanung",
                "statik", "bureau d etudes", "ingenieria", "studio di ingegneria", "progettazione", "ingenieursbureau",
                "biuro projektowe", "teknikkonsult", "geotechnical", "surveying", "architect", "architekt", "arquitect",
                "architett",
            ]
        ),
        (
            "Automotive",
            [
                "car repair", "auto repair", "car dealer", "garage", "kfz", "autohaus", "autowerkstatt",
                "reparation automobile", "carrosserie", "taller mecanico", "concesionario", "autofficina",
                "carrozzeria", "autobedrijf", "garagebedrijf", "warsztat samochodowy", "bilverkstad", "tyres", "reifen",
                "vehicle", "mot test", "pneus", "oficina mecanica", "автосервис",
            ]
        ),
        (
            "Agriculture",
            [
                "farm ", "farming", "crops", "livestock", "landwirtschaft", "hofladen", "bauernhof", "gartnerei",
                "baumschule", "exploitation agricole", "maraichage", "pepiniere", "agricultura", "ganader",
                "explotacion agricola", "azienda agricola", "vivaio", "boerderij", "kwekerij", "gospodarstwo", "gard ",
                "nursery for plants", "orchard", "seeds", "fertili", "agro", "農園", "фермер",
            ]
        ),
        (
            "Staffing",
            [
                "recruitment agency", "staffing", "temporary workers", "personaldienstleist", "zeitarbeit",
                "personalvermittlung", "interim", "cabinet de recrutement", "trabajo temporal", "seleccion de personal",
                "agenzia per il lavoro", "selezione del personale", "uitzendbureau", "agencja pracy", "bemanning",
                "headhunt", "executive search", "人材",
            ]
        ),
        (
            "Telecommunications",
            [
                "broadband", "internet provider", "fibre", "glasfaser", "telecom", "telekom", "voip", "fibra optica",
                "fai ", "operateur telecom", "mobile network", "telefonanlagen",
            ]
        ),
        (
            "Media",
            [
                "publisher", "publishing", "verlag", "film production", "filmproduktion", "magazine", "newspaper",
                "zeitung", "maison d edition", "editorial", "casa editrice", "uitgeverij", "wydawnictwo", "forlag",
                "podcast", "video production", "radio station", "production audiovisuelle", "productora",
            ]
        ),
        (
            "Beauty",
            [
                "hair salon", "hairdress", "friseur", "kosmetik", "salon de coiffure", "institut de beaute",
                "peluqueria", "estetica", "parrucchier", "centro estetico", "kapper", "schoonheidssalon",
                "salon fryzjerski", "frisor", "nail", "spa ", "barber", "skin care", "美容", "салон красоты",
            ]
        ),
        (
            "Crafts",
            [
                "tischlerei", "schreinerei", "goldschmied", "polsterei", "joinery", "cabinet maker", "cabinetmaker",
                "upholster", "pottery", "ceramics studio", "menuiserie", "ebenisterie", "ferronnerie", "carpinteria",
                "ebanisteria", "falegnameria", "meubelmaker", "timmerbedrijf", "stolarnia", "snickeri", "blacksmith",
                "stonemason", "steinmetz", "glaserei", "bookbind", "leather goods", "marcenaria", "violin maker",
                "instrument maker",
            ]
        ),
        (
            "Government",
            [
                "city council", "municipality", "stadtverwaltung", "gemeindeverwaltung", "mairie", "ayuntamiento",
                "comune di", "gemeente", "urzad", "kommun ", "ministry of", "ministerium", "public authority",
                "prefeitura", "camara municipal",
            ]
        ),
    ]
}

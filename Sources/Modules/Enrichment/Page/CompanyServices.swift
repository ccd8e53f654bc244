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
            if let rank = document.nodes[line.block].headingLevel {
                if headings.contains(where: {
                    folded == $0 || folded.hasPrefix($0 + " ") && folded.count < $0.count + 25
                }) {
                    (isUnder, level) = (true, rank)
                } else if isUnder, rank <= level {
                    isUnder = false
                } else if isUnder, line.text.count <= 60 {
                    services.append(line.text)
                }
                continue
            }
            if isUnder, name == "li", line.text.count <= 90, line.linkShare < 0.5 || line.text.count <= 40 {
                services.append(line.text)
            }
        }
        var seen: Set<String> = []
        return services.filter { seen.insert($0.folded).inserted }.prefix(20).map(\.self)
    }

    private static let headings = [
        "our services", "services", "what we do", "what we offer", "what s included", "solutions", "our products",
        "products", "expertise", "practice areas", "treatments", "capabilities", "leistungen", "unsere leistungen",
        "was wir tun", "unser angebot", "angebot", "produkte", "unsere produkte", "dienstleistungen",
        "unser leistungsspektrum", "kompetenzen", "fachgebiete", "nos services", "nos prestations", "prestations",
        "nos metiers", "nos produits", "ce que nous faisons", "notre offre", "nos savoir faire",
        "domaines d intervention", "servicios", "nuestros servicios", "que hacemos", "lo que hacemos", "productos",
        "areas de practica", "servizi", "i nostri servizi", "cosa facciamo", "prodotti", "i nostri prodotti",
        "diensten", "onze diensten", "wat wij doen", "wat we doen", "producten", "uslugi", "nasze uslugi", "oferta",
        "czym sie zajmujemy", "servicos", "nossos servicos", "o que fazemos", "tjanster", "vara tjanster", "vad vi gor",
        "услуги", "наши услуги", "事業内容", "サービス",
    ]

    /// Whom a sentence says that the company works for: what stands behind *for*.
    static func served(_ sentence: String) -> CompanyFact? {
        for mark in [
            " for ", " für ", " pour les ", " pour des ", " pour ", " para ", " per ", " voor ", " dla ", " för ",
        ] {
            guard let range = sentence.firstRange(of: mark) else { continue }
            var text = String(sentence[range.upperBound...].prefix { !".,;!?–—(:".contains($0) }).tidied(limit: 120)
            for stop in [
                " since ", " seit ", " depuis ", " desde ", " sinds ", " od ", " sedan ", " dal ", " and has ",
                " to help ",
            ] {
                if let end = text.firstRange(of: stop) { text = String(text[..<end.lowerBound]) }
            }
            let words = text.folded.split(separator: " ").map(String.init)
            guard (1...12).contains(words.count), let first = words.first, !noOne.contains(first),
                !text.contains(where: \.isNumber) || words.count > 3
            else { continue }
            guard words.contains(where: { word in whom.contains { word.hasPrefix($0) } }) else { continue }
            return CompanyFact(text, evidence: sentence, confidence: 0.7)
        }
        return nil
    }

    private static let noOne: Set<String> = [
        "you", "your", "us", "more", "over", "example", "free", "sale", "mehr", "sie", "ihre", "den", "plus", "vous",
        "votre", "usted", "su", "te", "voi", "u", "uw", "meer", "ciebie", "dig", "further", "all", "now",
    ]
    private static let whom = [
        "compan", "business", "firm", "owner", "manufactur", "carrier", "retailer", "restaurant", "hotel", "home",
        "household", "famil", "school", "hospital", "clinic", "practice", "farm", "agenc", "brand", "startup",
        "enterprise", "client", "customer", "industr", "builder", "contractor", "fleet", "importer", "exporter",
        "municipal", "council", "authorit", "government", "office", "landlord", "tenant", "investor", "team", "organi",
        "charit", "brewer", "shop", "store", "dealer", "developer", "architect", "engineer", "lawyer", "account",
        "doctor", "dentist", "patient", "child", "adult", "senior", "people", "professional", "unternehmen", "betrieb",
        "kunden", "mittelstand", "handwerk", "industrie", "praxen", "praxis", "arztpraxen", "kommunen", "stadtwerke",
        "haushalte", "familien", "privat", "gastronomie", "hersteller", "haendler", "handler", "bauherren",
        "entreprise", "pme", "artisan", "commerc", "collectivit", "particulier", "industriel", "professionnel",
        "restaurateur", "agricult", "viticult", "empresa", "pyme", "negocio", "particular", "hogar", "hostel",
        "restauran", "industria", "comunidad", "agricultor", "aziend", "impres", "privati", "professionist",
        "ristorant", "albergh", "famigl", "bedrijven", "bedrijf", "mkb", "ondernem", "particulier", "gemeent",
        "zorginstelling", "firm", "przedsiebior", "rolnik", "klient", "foretag", "kommun", "industri", "privatperson",
        "loja", "consumidor", "produtor", "cooperativ",
    ]
}

import Leads
import Values

/// How many people the company says that it has.
public enum CompanySize {
    static func find(_ data: StructuredData, _ sentences: [String], names: [String]) -> CompanyFact? {
        if let (least, most) = data.employees {
            let middle = (least + most) / 2
            return CompanyFact(
                band(middle),
                evidence: "structured data: \(least == most ? "\(least)" : "\(least) to \(most)") employees",
                confidence: 0.85)
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
        let words = text.split(whereSeparator: { " ;:()!?\"“”„«»".contains($0) }).map {
            String($0).trimmedPunctuation
        }.filter { !$0.isEmpty }
        let firsts = names.compactMap {
            CompanyName(parsing: $0)?.matchKey.split(separator: " ").first.map(String.init)
        }.filter { $0.count >= 3 }
        func isName(_ word: String) -> Bool { firsts.contains(word.folded) }
        func isOwn(_ word: String) -> Bool {
            ownWords.contains(word) || possessives.contains { word.hasPrefix($0) && word.count <= $0.count + 3 }
        }
        /// `Our software paid 18,000 employees`, `Notre groupe emploie …`: that is said of something else.
        func isOwnClause(_ clause: ArraySlice<String>) -> Bool {
            clause.indices.contains { index in
                let word = clause[index]
                if word == "formamos" { return text.contains("equipo") || text.contains("plantilla") }
                guard isOwn(word) else { return false }
                let next = clause.index(after: index) < clause.endIndex ? clause[clause.index(after: index)] : ""
                return !things.contains { next.hasPrefix($0) }
            }
        }
        for (index, word) in words.enumerated() {
            guard let count = number(word, words, index), (2...500_000).contains(count) else { continue }
            if (1900...2100).contains(count), !word.contains(","), !word.contains(".") { continue }
            let after = Array(words[(index + 1)...].prefix(7))
            let before = Array(words[..<index].suffix(12))
            // `30-köpfiges Team`, `45-person team`
            if word.contains("-"), let tail = word.split(separator: "-").last.map(String.init),
                compound.contains(where: { tail.hasPrefix($0) })
            {
                if before.contains(where: { isOwn($0) || isName($0) }) || before.count <= 2
                    || words.contains(where: isOwn)
                {
                    return count
                }
                continue
            }
            // `there are 16 of us`, `siamo in 7`
            if after.starts(with: ["of", "us"]) { return count }
            let lead = before.joined(separator: " ")
            if counted.contains(where: { lead.hasSuffix($0) }),
                after.first.map({ !notStaff.contains(where: $0.hasPrefix) }) ?? true,
                after.first.map({ !isUnit($0) }) ?? true
            {
                return count
            }
            // The nearest of what is counted.
            // `Somos un equipo de 19 personas`
            if teams.contains(where: { lead.hasSuffix($0) }), words.contains(where: { isOwn($0) || isName($0) }),
                !before.contains(where: { theirs.contains($0) || ["who", "that", "which", "qui", "que"].contains($0) }),
                after.first.map({ !notStaff.contains(where: $0.hasPrefix) }) ?? true
            {
                return count
            }
            guard let place = after.prefix(5).firstIndex(where: isStaff),
                !after[..<place].contains(where: { $0.contains(where: \.isNumber) }),
                place <= 2 || after[..<place].contains(where: { ["and", "und", "et", "y", "e"].contains($0) })
            else {
                if teams.contains(where: { lead.hasSuffix($0) }), words.contains(where: { isOwn($0) || isName($0) }),
                    !before.contains(where: breaksClause.contains),
                    after.first.map({ !notStaff.contains(where: $0.hasPrefix) }) ?? true
                {
                    return count
                }
                continue
            }
            guard
                after[..<place].allSatisfy({
                    !breaks.contains($0)
                })
            else { continue }
            if after[..<place].contains(where: { notStaff.contains(where: $0.hasPrefix) }) { continue }
            // From the last clause on: `Bixby, a shop that employs 85 people`.
            var clause = before[...]
            if let stop = clause.lastIndex(where: breaksClause.contains) { clause = clause[(stop + 1)...] }
            let ofOthers = before.contains { theirs.contains($0) }
            if ofOthers { continue }
            if isOwnClause(clause) || clause.contains(where: isName) && before.count == clause.count {
                return count
            }
            // `A family firm of nineteen people, we …`
            if index <= 6,
                ["firm", "company", "business", "team", "betrieb", "entreprise", "empresa", "azienda", "bedrijf"]
                    .contains(where: { before.contains($0) }), after.prefix(6).contains(where: isOwn)
            {
                return count
            }
            // `With 45 employees, we …`
            if index <= 2, withs.contains(words[0]), words[(index + 1)...].contains(where: { isOwn($0) || isName($0) })
            {
                return count
            }
            // `38 people work for us`
            let rest = after.joined(separator: " ")
            if forUs.contains(where: { rest.contains($0) }) { return count }
            if index <= 3, clause.count == index, words.count > index + place + 1,
                ourStart.contains(where: { lead.hasPrefix($0) })
            {
                return count
            }
            if words.count <= 4, index <= 1 { return count }
            if onPayroll.contains(where: { text.contains($0) }) { return count }
        }
        return nil
    }

    private static func isStaff(_ word: String) -> Bool {
        staff.contains(where: { word == $0 || word.hasPrefix($0) && $0.count > 5 })
    }

    private static func isUnit(_ word: String) -> Bool {
        [
            "%", "km", "m²", "m2", "years", "jahre", "ans", "años", "anni", "jaar", "lat", "år", "hectares", "hektar",
            "minutes", "minuten", "minuti", "minutos", "uhr", "euro", "€", "$", "million", "millionen", "countries",
            "locations",
        ].contains(word)
    }

    /// `従業員数 46名`, `员工260人`, `직원 40명`
    private static func eastern(_ sentence: String) -> Int? {
        let text = sentence
        for mark in ["従業員数", "従業員", "社員数", "社員", "スタッフ", "员工", "員工", "职工", "직원", "임직원"] {
            guard let range = text.firstRange(of: mark),
                !["から", "対象", "以上", "以下", "株式会社", "有限公司", "取引先", "お客様", "合作"].contains(where: { text.contains($0) })
            else { continue }
            let near = text[range.upperBound...].prefix(12).drop { !$0.isNumber }
            let digits = near.prefix { $0.isNumber || $0 == "," }.filter(\.isNumber)
            guard let count = Int(digits), (2...500_000).contains(count),
                let unit = near.drop(while: { $0.isNumber || $0 == "," || $0 == " " }).first, "名人명余多".contains(unit)
            else { continue }
            return count
        }
        return nil
    }

    private static let ownWords: Set<String> = [
        "we", "we're", "we've", "our", "us", "wir", "uns", "nous", "notre", "nos", "on", "somos", "contamos", "tenemos",
        "empleamos", "siamo", "wij", "ons", "onze", "jesteśmy", "zatrudniamy", "mamy", "vi", "vår", "våra", "nosso",
        "nossa", "nossos", "temos", "мы", "нас", "наш", "наша", "компании", "formamos", "abbiamo", "impieghiamo",
        "nostri", "nostro", "nostra", "company's", "firma", "employons", "comptons",
    ]
    /// What a company has that is not the company.
    private static let things = [
        "software", "product", "produkt", "produit", "prodott", "platform", "plateforme", "plattform", "piattaforma",
        "plataforma", "app", "tool", "solution", "lösung", "solución", "soluzion", "service", "dienst", "servicio",
        "servizi", "system", "système", "sistema", "customer", "client", "kund", "cliente", "klant", "partner",
        "groupe",
        "gruppe", "group", "grupo", "gruppo", "holding", "parent", "mutter", "maison-mère", "network", "netzwerk",
        "réseau", "logiciel", "outil", "programm", "portal", "training", "course", "kurs", "schulung", "formation",
        "member", "mitglied", "membre", "alumni", "student", "user", "nutzer", "community",
    ]
    private static let possessives = ["unser", "nuestr", "nostr", "nasz", "nasze", "noss"]
    private static let theirs: Set<String> = [
        "their", "deren", "ihre", "leurs", "leur", "sus", "loro", "hun", "ich", "deras", "seus", "its", "whose",
        "customer", "client", "clients", "like", "such",
    ]
    private static let breaksClause: Set<String> = [
        "who", "which", "that", "whose", "where", "welche", "welcher", "qui", "dont", "que", "quien", "cui", "die",
        "dat", "który", "która", "które", "som", "retailer", "named", "called", "hjälper", "hilft", "from", "del", "de",
        "du", "of", "für", "for", "para", "per", "pour", "voor", "dla", "at",
    ]
    private static let withs: Set<String> = [
        "with", "mit", "avec", "con", "met", "com", "z", "ze", "med", "rund", "etwa", "some", "about", "all", "today",
        "heute",
    ]
    private static let forUs = [
        "work for us", "work here", "work with us", "works for us", "arbeiten bei uns", "arbeiten hier",
        "arbeiten heute", "travaillent chez nous", "travaillent ici", "trabajan con nosotros", "trabajan en nuestr",
        "trabajan aquí", "lavorano con noi", "lavorano da noi", "lavorano qui", "werken bij ons", "werken hier",
        "pracuje u nas", "arbetar hos oss", "jobbar hos oss", "trabalham connosco", "trabalham conosco",
        "at your service", "of our employees", "sind für sie da", "kümmern sich",
    ]
    private static let ourStart = ["all", "some", "about", "today", "rund", "etwa", "insgesamt", "heute"]
    private static let counted = [
        "siamo in", "siamo", "somos", "somos ya", "we are", "we're", "wir sind", "wir sind zu", "nous sommes",
        "wij zijn met", "we zijn met", "we zijn met z'n", "zijn met z'n", "jest nas", "jesteśmy", "vi är", "är vi",
        "sind wir", "are now", "there are", "oggi siamo", "hoy somos", "we are now", "somos agora",
    ]
    private static let onPayroll = [
        "on our payroll", "auf unserer lohnliste", "plantilla de", "plantilla", "effectif", "w штате", "в штате",
    ]

    private static func number(_ word: String, _ words: [String], _ index: Int) -> Int? {
        var text = word.trimmedPunctuation
        if let dash = text.firstIndex(where: { "-–".contains($0) }), text[..<dash].allSatisfy(\.isNumber),
            dash > text.startIndex
        {
            text = String(text[..<dash])
        }
        while let last = text.last, last == "+" { text.removeLast() }
        if let small = smallNumbers[text] { return small }
        guard text.first?.isNumber == true, text.allSatisfy({ $0.isASCII && ($0.isNumber || ".,'".contains($0)) })
        else { return nil }
        let groups = text.split(whereSeparator: { ".,'".contains($0) })
        guard groups.count == 1 || groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
        // `1 200 employees`
        if groups.count == 1, text.count <= 3, index + 1 < words.count, words[index + 1].count == 3,
            let rest = Int(words[index + 1]), let own = Int(text)
        {
            return own * 1_000 + rest
        }
        return Int(groups.joined())
    }

    private static let smallNumbers: [String: Int] = [
        "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
        "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
        "seventy": 70, "eighty": 80, "ninety": 90,
        "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10,
        "elf": 11, "zwölf": 12, "zwanzig": 20, "dreißig": 30, "vierzig": 40, "fünfzig": 50,
        "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11,
        "douze": 12, "quinze": 15, "vingt": 20, "trente": 30, "quarante": 40,
        "cuatro": 4, "cinco": 5, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "doce": 12, "veinte": 20, "treinta": 30,
        "cinque": 5, "sei": 6, "sette": 7, "otto": 8, "nove": 9, "dieci": 10, "dodici": 12, "venti": 20, "trenta": 30,
        "vijf": 5, "zes": 6, "zeven": 7, "negen": 9, "tien": 10, "twaalf": 12, "twintig": 20, "dertig": 30, "oito": 8,
        "dez": 10, "doze": 12, "vinte": 20, "trinta": 30, "nineteen": 19, "eighteen": 18, "seventeen": 17,
        "sixteen": 16, "fourteen": 14, "thirteen": 13, "fjorton": 14, "femton": 15, "sexton": 16,
        "vijven": 5, "zessen": 6, "vieren": 4, "drieën": 3, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9,
        "tio": 10, "tolv": 12, "tjugo": 20,
    ]
    private static let others = [
        "unser träger", "konzern", "our parent", "we looked at", "mandanten", "odbiorca", "mitglied der", "member of",
        "afnemer", "agente em", "agente en", "our agent", "our largest", "customer,", "klient", "follow us",
        "nos siguen", "folgen uns", "nous suivent", "ci seguono", "merchants", "marchands", "is hiring", "jak mówi",
        "our steel", "comes from", "competitors",
        "trusted by", "used by", "customers", "clients", "for companies", "for businesses", "for firms",
        "companies with", "businesses with", "firms with", "owners with", "employers with", "teams of",
        "organisations with", "organizations with", "carriers with", "fleets", "students", "learners", "kunden mit",
        "für unternehmen", "unternehmen mit", "betriebe mit", "firmen mit", "vertrauen uns", "our client",
        "unser kunde", "unseres kunden", "notre client", "nuestro cliente", "il nostro cliente", "onze klant",
        "entreprises de", "pour les entreprises", "pme de", "empresas de", "empresas con", "para empresas",
        "aziende con", "imprese con", "per aziende", "bedrijven met", "voor bedrijven", "firm zatrudniających",
        "dla firm", "företag med", "empresas com", "para empresas", "per employee", "pro mitarbeiter", "par employé",
        "for teams", "up to", "bis zu", "jusqu'à", "hasta", "fino a", "até", "tot wel", "users", "nutzer",
        "utilisateurs", "usuarios", "utenti", "patients", "patienten", "members", "mitglieder", "competitor",
        "our partner", "unser partner", "notre partenaire", "nuestro socio", "acquired", "parent company",
        "muttergesellschaft", "guests", "gäste", "trained", "geschult", "formé", "laid off", "clienti", "klanten",
        "clientes", "клиент", "our supplier", "in the industry", "world", "weltweit arbeiten bei", "staff of our",
        "payroll for", "jobs in",
    ]
    private static let staff = [
        "employee", "employees", "staff", "people", "men", "women", "nurses", "doctors", "hands", "colleagues", "team",
        "professionals", "specialists", "engineers", "experts", "craftsmen", "craftspeople", "consultants",
        "developers", "lawyers", "technicians", "coworkers", "co-workers", "full-time", "members", "strong", "workers",
        "tradespeople", "mitarbeiter", "mitarbeitende", "mitarbeiterinnen", "mitarbeitern", "beschäftigte", "kolleg",
        "köpfe", "fachleute", "personen", "leute", "angestellte", "salarié", "salariés", "collaborateur",
        "collaborateurs", "collaboratrices", "employés", "personnes", "compagnons", "empleado", "empleados", "personas",
        "trabajadores", "profesionales", "colaboradores", "dipendent", "dipendenti", "persone", "collaboratori",
        "addetti", "professionisti", "medewerker", "medewerkers", "collega", "mensen", "vakmensen", "pracownik",
        "pracowników", "osób", "specjalistów", "medarbetare", "anställda", "personer", "kollegor", "funcionários",
        "pessoas", "trabalhadores", "сотрудник", "сотрудников", "человек", "名", "人",
    ]
    private static let breaks: Set<String> = [
        "en", "och", "i", "for", "years", "jahre", "ans", "años", "anni", "jaar",
        "lat", "år", "anos", "to", "in", "on", "from", "trucks", "countries", "locations", "sites", "square",
        "different", "nationalities", "languages", "projects", "happy",
    ]
    private static let compound = ["person", "people", "köpfig", "mann", "strong", "koppig", "osobow", "man", "member"]
    private static let teams = [
        "team of", "team of over", "team of about", "team of around", "staff of", "crew of", "workforce of", "group of",
        "team von", "team aus", "équipe de", "equipo de", "squadra di", "team di", "equipe de", "equipa de", "time de",
        "team van", "zespół", "team på", "gäng på", "employs", "employ", "beschäftigt", "beschäftigen", "emploie",
        "employons", "emplea", "empleamos", "impiega", "zatrudnia", "zatrudniamy", "sysselsätter", "emprega",
        "employs over", "employs about", "employs around", "employ over", "gut", "команда из",
    ]
    private static let notStaff = [
        "year", "jahr", "ans", "año", "anni", "jaar", "lat", "truck", "lkw", "countr", "länder", "pays", "partner",
        "volunteer", "store", "shop", "custom", "client", "vehicle", "machine", "different", "product", "site",
        "countries",
    ]

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

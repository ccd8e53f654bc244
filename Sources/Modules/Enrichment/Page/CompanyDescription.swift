import Foundation
import Leads
import Values

/// A sentence about what the company does.
enum CompanyDescription {
    static func find(_ document: PageDocument, _ data: StructuredData, _ sentences: [String], names: [String])
        -> CompanyFact?
    {
        var best: (text: String, source: String, points: Int)?
        let body = Set(
            sentences.joined(separator: " ").folded.split(separator: " ").filter { $0.count >= 4 }.map(String.init))
        // A page about something else describes that in its head.
        let isArticle =
            document.meta["og:type"]?.lowercased() == "article"
            || document.structured.contains {
                $0.contains("BlogPosting") || $0.contains("NewsArticle") || $0.contains("\"Article\"")
            }
        func consider(_ text: String?, _ source: String, _ base: Int, isSentence: Bool = false) {
            guard let text = text?.tidied(limit: 500).unescapedOnce, (20...400).contains(text.count), !isForeign(text),
                isProse(text)
            else { return }
            var points = base + self.points(text, names, isSentence: isSentence)
            if !isSentence {
                // What a theme left has no word of the page.
                let words = text.folded.split(separator: " ").filter { $0.count >= 4 }.map(String.init)
                if !body.isEmpty, body.count > 15, words.filter({ body.contains($0) }).count * 5 < words.count,
                    !names.contains(where: { text.contains($0) })
                {
                    points -= 3
                }
            }
            guard points >= 3 else { return }
            if points > best?.points ?? 0 { best = (text, source, points) }
        }
        consider(data.description, "structured data", 3)
        if !isArticle {
            consider(document.meta["description"], "meta description", 3)
            consider(document.meta["og:description"], "og:description", 3)
        }
        for (index, sentence) in sentences.prefix(40).enumerated() {
            consider(sentence, "sentence", index < 10 && !isArticle ? 1 : 0, isSentence: true)
        }
        return best.map {
            CompanyFact($0.text, evidence: $0.source, confidence: min(0.9, 0.5 + 0.08 * Double($0.points)))
        }
    }

    /// Whether a text reads like a sentence, not like a line of an address.
    private static func isProse(_ text: String) -> Bool {
        if text.contains("@") || text.contains("http") || text.contains(" · ") || text.contains(" | ")
            || text.contains("©")
        {
            return false
        }
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
            if let person = PagePeople.names(in: text).first, text.hasPrefix(person.given),
                !names.contains(where: { $0.contains(person.family) || $0.contains(person.given) })
            {
                points -= 3
            }
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
            return isWide && text.contains(name) || folded.contains(" \(name.folded) ")
                || folded.contains(" \(first) ") && (words.count == 1 || folded.contains(" \(words[1])"))
        }
        if isNamed { points += 2 }
        if names.contains(where: { !$0.isEmpty && text.hasPrefix($0) }) { points += 1 }
        let first = folded.split(separator: " ").first.map(String.init) ?? ""
        // `Inyectamos piezas`, `Badamy wodę`: the ending says who.
        let speaks =
            first.count >= 6
            && ["amos", "emos", "imos", "iamo", "amy", "emy", "imy", "ujemy"].contains { first.hasSuffix($0) }
        let isSubject = subjects.contains {
            folded.hasPrefix(" \($0) ") || folded.hasPrefix(" \($0)") && $0.hasSuffix("verwaltung")
        }
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
        "the company", "the firm", "the practice", "the studio", "the charity", "the brewery", "the bakery",
        "the foundation", "the farm", "das unternehmen", "die firma", "die kanzlei", "die praxis", "der betrieb",
        "die gemeinde", "die gemeindeverwaltung", "die stiftung", "der verein", "die werkstatt", "die agentur",
        "das hotel", "die genossenschaft", "bei familie", "familie", "le cabinet", "l entreprise", "la societe",
        "la maison", "le domaine", "l agence", "l atelier", "l association", "la cooperative", "la famille",
        "la empresa", "la clinica", "la academia", "el despacho", "el taller", "la cooperativa", "la fundacion",
        "la bodega", "lo studio", "l azienda", "la societa", "la cooperativa", "l officina", "il laboratorio",
        "la fondazione", "l associazione", "het bedrijf", "de stichting", "het archief", "het streekarchief",
        "de vereniging", "het kantoor", "de praktijk", "a empresa", "a clinica", "a cooperativa", "o escritorio",
        "a fundacao", "firma", "kancelaria", "fundacja", "spoldzielnia", "foretaget", "stiftelsen", "foreningen",
        "компания", "фирма",
    ]
    private static let about = [
        " employees ", " mitarbeiter", " people work ", " team of ", " employes ", " salaries ", " empleados ",
        " personas ", " dipendenti ", " medewerkers ", " pracownikow ", " anstallda ", " open ", " geoffnet ",
        " ouvert ", " abierto ", " aperto ", " geopend ", " minutes ", " minuten ", " minuti ", " minutos ", " since ",
        " founded ", " parking ", " call us ", " write to ", " equipo de ", " siamo in ",
    ]
    private static let others = [
        " our client", " unser kunde ", " notre client ", " nuestro cliente ", " il nostro cliente ", " hiring ",
        " we are looking for ", " wir suchen ", " nous recherchons ", " buscamos ", " cerchiamo ", " wij zoeken ",
        " joomla ", " typo3 ", " drupal ", " how ", " attorney advertising ", " our partner ", " says ", " festival ",
        " free shipping ", " free returns ", " gratis retour ", " kostenloser versand ", " livraison gratuite ",
        " envio gratis ", " spedizione gratuita ",
    ]

    private static let own = [
        "we", "our", "we ve", "we re", "wir", "unser", "unsere", "unserem", "nous", "notre", "nos", "somos", "nuestro",
        "nuestra", "nuestros", "siamo", "nostro", "nostra", "nostri", "wij", "we zijn", "ons", "onze", "jestesmy",
        "nasz", "nasza", "nasze", "vi", "var", "vart", "vara", "nosso", "nossa", "мы", "наш", "наша",
    ]

    private static let does = [
        " is a ", " is an ", " is the ", " design", " prints ", " print ", " draw ", " pours ", " defend", " eleve",
        " preparamos ", " inyectamos ", " fabricamos ", " hacemos ", " llevamos ", " drucken ", " betreuen ",
        " verwaltet ", " verwalten ", " pflegt ", " kummert ", " verkauft und ", " bewaart ", " begeleid",
        " transporta", " badamy ", " drar ", " строим ", " обслуживаем ", " проектирование ", "製造", "設計", "です。", "います。",
        "お作りします", " tenons ", " defendons ", " places ", " place ", " look after ", " are a ", " provides ",
        " provide ", " offers ", " offering ", " builds ", " makes ", " make ", " designs ", " installs ", " repairs ",
        " runs ", " sells ", " manufactures ", " develops ", " supplies ", " specialis", " specializ", " delivers ",
        " brews ", " bakes ", " manages ", " advises ", " helps ", " plans ", " prepares ", " represents ", " serves ",
        " supports ", " transports ", " produces ", " handles ", " imports ", " grows ", " teaches ", " cleans ",
        " rents ", " operates ", " prints ",
        " ist ein", " ist der ", " ist die ", " sind ein", " bietet ", " bieten ", " entwickel", " fertig",
        " produzier", " baut ", " bauen ", " liefer", " beraet ", " berat", " vertreibt ", " verkauft ",
        " spezialisiert", " plant ", " planen ", " betreib", " herstell", " stellt ", " versorg", " vermietet",
        " druckt", " repariert",
        " est un ", " est une ", " propose ", " proposons ", " concoit ", " concevons ", " fabrique", " realise",
        " accompagne", " specialis", " vend ", " installe", " developpe", " edite ", " produit ", " transporte",
        " conseille", " cabinet ", " entreprise ", " societe ",
        " es un ", " es una ", " ofrece", " ofrecemos ", " disena", " fabrica", " desarrolla", " especializ",
        " instala", " vende", " produce", " somos ", " elabora", " distribu", " asesora", " gestion",
        " e un ", " e una ", " offre ", " offriamo ", " progetta", " realizza", " produce ", " produciamo ",
        " sviluppa", " specializz", " installa", " siamo ", " vende ", " si occupa ", " fornisce", " e uno studio ",
        " is een ", " biedt ", " bieden ", " ontwikkelt", " ontwikkelen", " maakt ", " maken ", " levert ", " leveren ",
        " bouwt ", " gespecialiseerd", " verzorgt", " installeert", " adviseert", " verkoopt",
        " e uma ", " oferece", " oferecemos ", " fabrica", " desenvolve", " especializ", " instala", " presta ",
        " produz", " constro",
        " to firma ", " jest ", " oferuje", " oferujemy ", " produkuje", " produkujemy ", " projektuj", " buduj",
        " zajmuj", " specjalizuj", " dostarcza",
        " ar ett ", " ar en ", " erbjuder ", " utvecklar ", " tillverkar ", " bygger ", " saljer ", " levererar ",
        " hjalper ", " занимается ", " производит ", " предлагает ", " разрабатывает ",
    ]
    private static let calls = [
        "read", "click", "sign", "subscribe", "follow", "learn", "discover", "book", "call", "contact", "please",
        "lesen", "jetzt", "erfahren", "mehr", "klicken", "kontaktieren", "lire", "decouvrez", "cliquez", "contactez",
        "inscrivez", "lea", "descubra", "haga", "contacte", "llame", "scopri", "leggi", "clicca", "contattaci", "lees",
        "bekijk", "klik", "bel", "przeczytaj", "zobacz", "kliknij", "saiba", "clique", "las", "copyright",
    ]

    /// What a theme left, or what is about cookies and other companies.
    private static func isForeign(_ text: String) -> Bool {
        let lower = text.lowercased()
        return MainText.isNotice(text)
            || [
                "just another wordpress", "lorem ipsum", "my site", "theme", "wordpress site", "a website created",
                "site built with", "powered by", "cookie", "newsletter", "javascript", "description of",
                "your description", "template", "page builder", "this is the description", "enter your",
            ].contains { lower.contains($0) }
    }
}

extension String {
    /// The text with entities that were written as text: `Salt &amp; Gum`.
    var unescapedOnce: String {
        guard contains("&") else { return self }
        var text = self
        for (mark, combining) in [
            ("acute", "\u{301}"), ("grave", "\u{300}"), ("circ", "\u{302}"), ("uml", "\u{308}"), ("tilde", "\u{303}"),
            ("cedil", "\u{327}"), ("ring", "\u{30A}"), ("caron", "\u{30C}"),
        ] where text.contains("\(mark);") {
            for letter in "aeiouyncszAEIOUYNCSZ" {
                text = text.replacing(
                    "&\(letter)\(mark);", with: "\(letter)\(combining)".precomposedStringWithCanonicalMapping)
            }
        }
        for (entity, plain) in [
            ("&szlig;", "ß"), ("&oslash;", "ø"), ("&aelig;", "æ"), ("&euro;", "€"), ("&#8211;", "–"), ("&#8217;", "’"),
            ("&#8212;", "—"), ("&laquo;", "«"), ("&raquo;", "»"), ("&hellip;", "…"), ("&amp;", "&"), ("&#039;", "'"),
            ("&#39;", "'"), ("&apos;", "'"), ("&quot;", "\""), ("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"),
            ("&ndash;", "–"), ("&mdash;", "—"), ("&rsquo;", "’"),
        ] { text = text.replacing(entity, with: plain) }
        return text
    }
}

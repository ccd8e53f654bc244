import Transport
import Values

/// Chooses which pages of a site are worth reading: how to reach the company, and who it is.
enum SiteLinks {
    static func choose(_ links: [(target: String, words: String)], of home: String, limit: Int) -> [String] {
        guard limit > 0, let own = WebAddress(parsing: home) else { return [] }
        let domain = DomainName.registrable(of: own.host)
        var best: [(url: String, points: Int)] = []
        for (target, words) in links {
            guard let url = URLReference.resolve(target, against: home), let address = WebAddress(parsing: url),
                DomainName.registrable(of: address.host) == domain, address.path != "/", address.path != own.path
            else { continue }
            let end = address.path.prefix { $0 != "?" }.split(separator: ".").last.map(String.init) ?? ""
            guard !["pdf", "jpg", "png", "zip", "doc", "docx", "xml", "mp4"].contains(end.lowercased()) else {
                continue
            }
            let text = " \(words.folded) \(address.path.percentDecoded.folded) "
            guard let points = kinds.first(where: { kind in kind.words.contains { text.contains(" \($0)") } })?.points
            else { continue }
            let plain = String(url.prefix { $0 != "#" })
            if !best.contains(where: { $0.url == plain }) { best.append((plain, points)) }
        }
        // One of each kind before a second of any.
        var chosen: [String] = []
        var left = best.sorted { $0.points > $1.points }
        while chosen.count < limit, !left.isEmpty {
            var seen: Set<Int> = []
            var rest: [(url: String, points: Int)] = []
            for item in left {
                if chosen.count < limit, seen.insert(item.points).inserted {
                    chosen.append(item.url)
                } else {
                    rest.append(item)
                }
            }
            if rest.count == left.count { break }
            left = rest
        }
        return chosen
    }

    private static let kinds: [(words: [String], points: Int)] = [
        (
            [
                "contact", "kontakt", "contacto", "contatti", "contato", "contactez", "nous contacter", "kontakta",
                "yhteys", "iletisim", "kapcsolat", "お問い合わせ", "контакт",
            ], 5
        ),
        (["imprint", "impressum", "mentions legales", "aviso legal", "note legali", "colofon", "legal notice"], 4),
        (
            [
                "team", "people", "our staff", "leadership", "mitarbeiter", "ansprechpartner", "equipe", "equipo",
                "ueber uns team", "medarbetare", "zespol", "medewerkers", "personen", "chi siamo", "squadra",
            ], 3
        ),
        (
            [
                "about", "uber uns", "ueber uns", "unternehmen", "a propos", "qui sommes", "quienes somos", "nosotros",
                "sobre", "over ons", "o nas", "om oss", "om os", "company", "azienda", "empresa", "会社概要", "о компании",
            ], 2
        ),
    ]
}

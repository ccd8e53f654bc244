import Values

/// Gaps that were not filled in, in any notation.
enum GatePlaceholders {
    static func problem(_ text: GateText) -> String? {
        for source in [text.subject, text.body] {
            if let gap = MessageCheck.placeholder(in: source) ?? other(in: source, text) {
                // A company may be called so.
                if text.factText.contains(gap.lowercased()) { continue }
                return "\(gap.shortened(to: 40)) was not filled in"
            }
        }
        return nil
    }

    private static func other(in source: String, _ text: GateText) -> String? {
        let lower = source.lowercased()
        let folded = " \(source.folded) "
        for mark in ["{{", "}}", "[[", "]]", "${", "<%", "%>", "<<", ">>", "___", "…name", "{%", "@@", "##"]
        where source.contains(mark) { return mark }
        for (open, close) in [
            ("«", "»"), ("‹", "›"), ("__", "__"), ("*|", "|*"), ("%%", "%%"), ("<", ">"), ("[", "]"), ("{", "}"),
        ] {
            guard let start = source.firstRange(of: open), let end = source[start.upperBound...].firstRange(of: close)
            else {
                continue
            }
            let inside = source[start.upperBound..<end.lowerBound]
            guard (1...40).contains(inside.count), inside.contains(where: \.isLetter) else { continue }
            // In French and other languages, guillemets are quotation marks.
            let isQuote = open == "«" || open == "‹"
            let words = String(inside).folded.split(separator: " ").map(String.init)
            if isQuote, !words.contains(where: { gaps.contains($0) }) || words.allSatisfy({ text.known.contains($0) }) {
                continue
            }
            return "\(open)\(inside)\(close)"
        }
        for phrase in [
            "your name", "your company", "your title", "your position", "company name", "first name", "last name",
            "recipient name", "sender name", "client name", "customer name", "name here", "insert ", "lorem ipsum",
            "fill in", "placeholder", "ihr name", "ihr unternehmen", "firmenname", "votre nom",
            "nom de lentreprise", "su nombre", "tu nombre", "nombre de la empresa", "il tuo nome", "nome azienda",
            "uw naam",
            "bedrijfsnaam", "seu nome", "nome da empresa", "ditt namn", "foretagsnamn", "xyz company", "abc company",
        ] where folded.contains(" \(phrase)") {
            // `your company` is an ordinary phrase; in brackets or as a name it is a gap.
            if ["your company", "your name", "your title", "your position", "ihr unternehmen", "insert "].contains(
                phrase)
            {
                let title = phrase.split(separator: " ").map { $0.prefix(1).uppercased() + $0.dropFirst() }
                    .joined(separator: " ")
                let marked = ["(\(phrase)", "\n\(phrase)", "[\(phrase)", "hi \(phrase)", "dear \(phrase)"]
                let isGap =
                    marked.contains { lower.contains($0) } || source.contains(title)
                    || text.signature.contains { $0.folded == phrase }
                    || phrase == "insert " && !text.known.contains("insert")
                guard isGap else { continue }
            }
            return "\"\(phrase)\""
        }
        let words = source.split { !$0.isLetter && $0 != "_" }
        for word in words {
            if word.contains("_"), word.count > 2, word.contains(where: \.isLetter) { return String(word) }
            if word.count >= 2, word.allSatisfy({ $0 == "X" || $0 == "x" }), word.count > 2 || word == "XX" {
                return String(word)
            }
        }
        return nil
    }

    private static let gaps: Set<String> = [
        "name", "vorname", "nachname", "company", "firma", "firstname", "lastname", "title", "prenom", "nom", "nombre",
        "empresa",
        "nome", "cognome", "azienda", "naam", "bedrijf", "namn", "foretag", "offer", "date", "link",
    ]
}

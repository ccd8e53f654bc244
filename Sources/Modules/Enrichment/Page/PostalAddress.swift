import Leads
import Values

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

    /// How many characters of lines with a possible code are searched: an address takes 200, and a list of prices has
    /// thousands of such lines.
    private static let lengthLimit = 10_000

    private static func fromLines(_ document: PageDocument, _ lines: [PageLine]) -> CompanyFact? {
        var left = lengthLimit
        for (index, line) in lines.enumerated()
        where line.text.count <= 400 && line.region != .navigation && line.region != .notice {
            // Most lines have no code, and patterns take long.
            guard mayHaveCode(line.text) else { continue }
            left -= line.text.count
            guard left > 0 else { return nil }
            guard let city = city(in: line.text) else { continue }
            let head = String(line.text[..<city.lowerBound]).tidied()
            let place = String(line.text[city]).tidied()
            if let street = street(in: head) { return fact("\(street), \(place)", line.text) }
            // Street and city stand in lines of their own.
            for back in 1...3 where index >= back {
                let before = lines[index - back]
                guard before.text.count <= 120 else { break }
                if let street = street(in: before.text) {
                    return fact("\(street), \(place)", "\(before.text), \(line.text)")
                }
            }
            if let after = street(in: String(line.text[city.upperBound...])), place.contains("〒") {
                return fact("\(place) \(after)", line.text)
            }
        }
        return nil
    }

    private static func fact(_ text: String, _ evidence: String) -> CompanyFact {
        CompanyFact(text, evidence: String(evidence.prefix(300)), confidence: 0.75)
    }

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
        guard mayHaveCode(text) else { return nil }
        for pattern in postal {
            if let match = text.firstMatch(of: pattern) {
                // `2023 Alle Rechte`: a year is no code.
                let found = text[match.range]
                if found.prefix(2) == "20" || found.prefix(2) == "19", found.prefix(4).allSatisfy(\.isNumber),
                    found.dropFirst(4).first == " "
                {
                    continue
                }
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
            guard
                let place = pieces.firstIndex(where: { isStreet($0) || hasStreetWord($0) })
                    ?? pieces.lastIndex(where: { $0.contains(where: \.isNumber) && $0.count <= 60 })
            else { continue }
            // What numbers a house may stand before the street.
            let start =
                place > 0
                    && ["unit", "suite", "flat", "floor", "shop", "poligono", "lugar", "hameau", "lieu"].contains(
                        where: { pieces[place - 1].folded.hasPrefix($0) })
                ? place - 1 : place
            var street = pieces[start...].joined(separator: ", ")
            if let colon = street.lastIndex(of: ":") { street = String(street[street.index(after: colon)...]).tidied() }
            guard (4...110).contains(street.count), street.contains(where: \.isNumber),
                street.contains(where: \.isLetter), !street.contains("@"), street.filter(\.isNumber).count <= 9,
                !isOther(street)
            else { continue }
            return street
        }
        return nil
    }

    /// What numbers stand for otherwise: telephones, hours, register numbers.
    private static func isOther(_ street: String) -> Bool {
        let folded = " " + street.folded + " "
        return [
            "tel", "fax", "phone", "call", "copyright", "vat", "cif", "nif", "hrb", "24 h", "uhr", "since", "seit",
            "fon", "iban", "mon", "fri",
        ].contains { folded.contains(" \($0) ") }
    }

    private static func hasStreetWord(_ text: String) -> Bool {
        let folded = " " + text.folded + " "
        return text.count <= 60
            && [
                "c ", "calle ", "avda ", "av ", "avenida ", "ctra ", "via ", "viale ", "corso ", "piazza ", "rua ",
                "praca ", "ul ", "rue ", "bv ", "paseo ", "plaza ", "travessa ",
            ].contains { folded.hasPrefix(" \($0)") }
    }

    private static func isStreet(_ text: String) -> Bool {
        let folded = " " + text.folded + " "
        guard folded.contains(where: \.isNumber) else { return false }
        return streets.contains { folded.contains($0) }
    }

    private static let streets = [
        " street ", " st ", " road ", " rd ", " avenue ", " ave ", " blvd ", " boulevard ", " drive ", " dr ", " lane ",
        " ln ", " way ", " court ", " place ", " square ", " parkway ", " highway ", " hwy ", " row ", " quay ",
        " terrace ", " close ", " wharf ", " park ", " house ", " yard ", " mews ", " crescent ", " gate ", "strasse ",
        "str ", " weg ", "weg ", "platz ", "allee ", "gasse ", "ring ", "damm ", "ufer ", " rue ", " avenue ",
        " chemin ", " impasse ", " quai ", " route ", " place ", " allee ", " calle ", " avenida ", " avda ", " av ",
        " paseo ", " plaza ", " carrer ", " c ", " via ", " viale ", " corso ", " piazza ", " largo ", "straat ",
        "laan ", "kade ", "plein ", "gracht ", "singel ", "dijk ", " ul ", " ulica ", " al ", " rua ", " travessa ",
        " gatan ", "gatan ", "vagen ", " gata ", "vej ", "gade ", " ulitsa ", " улица", " ул ",
    ]
}

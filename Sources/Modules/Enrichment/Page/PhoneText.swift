internal import CWebText
import Values

/// Telephone numbers in running text.
enum PhoneText {
    enum Kind { case fixed, mobile, either, tollFree, other }
    enum Label { case phone, mobile, fax, tollFree, other }

    struct Match {
        let written: String
        let number: String
        let kind: Kind
    }

    /// The valid numbers in a text.
    static func find(in text: String, country: String) -> [Match] {
        let plain = text.utf8.count > 20_000 ? String(text.prefix(8_000)) : text
        let width = 40
        return withUnsafeTemporaryAllocation(of: cphones_match.self, capacity: width) { buffer -> [Match] in
            guard let start = buffer.baseAddress else { return [] }
            let count = cwebtext_phones(plain, country.isEmpty ? "ZZ" : country.uppercased(), start, width)
            guard count > 0 else { return [] }
            return (0..<Int(count)).map { index in
                let found = start[index]
                func text<Value>(_ value: Value) -> String {
                    withUnsafeBytes(of: value) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
                }
                let kind: Kind =
                    switch cphones_kind(UInt32(clamping: found.kind)) {
                    case cphones_fixed: .fixed
                    case cphones_mobile: .mobile
                    case cphones_fixed_or_mobile: .either
                    case cphones_toll_free: .tollFree
                    default: .other
                    }
                let direct = text(found.extension)
                return Match(
                    written: text(found.written),
                    number: text(found.number) + (direct.isEmpty ? "" : " ext. \(direct)"), kind: kind)
            }
        }
    }

    static func kind(_ kind: Kind, _ label: Label?) -> PagePhone.Kind {
        if label == .fax { return .fax }
        switch kind {
        case .tollFree: return .tollFree
        case .mobile: return .mobile
        default: return label == .mobile ? .mobile : label == .tollFree ? .tollFree : .office
        }
    }

    /// What the words before a number, the nearest first, say that it is; nil if they say nothing.
    static func label(before: String, after: String) -> Label? {
        // What stands in brackets belongs to what is before it.
        let near =
            before.lastIndex(of: ")").map {
                before.distance(from: $0, to: before.endIndex) > 4 ? before[before.index(after: $0)...] : before[...]
            } ?? before[...]
        let words = near.lowercased().suffix(60).split(whereSeparator: { " :.()[]|,;/-–—\u{A0}：・\n".contains($0) }).map(
            String.init)
        for (distance, word) in words.reversed().enumerated() where distance < 5 {
            if word.contains(where: \.isNumber), word.count > 3 { break }
            if word == "f", distance == 0 { return .fax }
            if fax.contains(where: { word.hasPrefix($0) }) {
                // `Tel./Fax`: it is both.
                let next = words.reversed().dropFirst(distance + 1).first ?? ""
                return phone.contains(where: { next.hasPrefix($0) && next.count <= 8 }) && distance == 0
                    && before.lowercased().contains("/fax") ? .phone : .fax
            }
            if mobile.contains(word) { return .mobile }
            if free.contains(word) { return .tollFree }
            if phone.contains(where: { word.hasPrefix($0) })
                || phoneWords.contains(word) && (word.count > 1 || distance == 0)
            {
                return .phone
            }
            if distance <= 1, noNumbers.contains(where: { word.hasSuffix($0) }) { return .other }
            if distance < 3, other.contains(word) { return .other }
        }
        let next = after.lowercased().prefix(14)
        if next.contains("(fax") || next.hasPrefix(" fax)") || next.contains("(f)") { return .fax }
        if next.contains("(mobil") || next.contains("(cell") || next.contains("(m)") || next.contains("(handy") {
            return .mobile
        }
        if next.contains("(office") || next.contains("(tel") || next.contains("(büro") || next.contains("(t)") {
            return .phone
        }
        return nil
    }

    private static let fax = [
        "fax", "telefax", "fernkop", "téléc", "télécopie", "telecopie", "ファックス", "传真", "팩스", "факс", "faks", "φαξ",
    ]
    private static let mobile: Set<String> = [
        "mobile", "mobil", "mob", "cell", "cel", "natel", "mobiel", "cellphone", "cellular", "handy",
        "portable", "port", "gsm", "móvil", "movil", "celular", "cellulare", "cell", "telemóvel", "telemovel", "tlm",
        "cellulaire", "κινητό", "mobiel", "mobiltelefon", "mobilnr", "komórka", "kom", "whatsapp",
        "m", "携帯", "手机", "휴대폰", "κινητό", "κιν", "cep", "моб", "мобильный", "natel", "komórkowy",
    ]
    private static let free: Set<String> = [
        "freephone", "toll", "tollfree", "freecall", "gratis", "gratuit", "vert", "verde",
        "kostenfrei", "kostenlos", "フリーダイヤル", "freefone",
    ]
    private static let phone = [
        "tel", "tél", "phone", "fon", "ruf", "telefon", "teléf", "電話", "电话", "전화", "тел", "τηλ", "call", "anruf",
        "appel", "llam", "chiam", "bel", "zadzwoń", "ring", "hotline", "durchwahl", "zentrale", "centralino",
        "switchboard", "helpline", "standard",
    ]
    private static let phoneWords: Set<String> = [
        "t", "p", "ph", "office", "büro", "bureau", "oficina", "ufficio", "kantoor", "biuro", "kontor", "direct",
        "direkt", "main", "reception", "ext", "o", "d", "contact", "landline", "fijo", "fisso", "fixe", "festnetz",
        "vast", "bestel", "bereikbaar",
    ]
    private static let noNumbers = [
        "nummer", "number", "numero", "número", "code", "fiscale", "nr", "qq", "kode", "kod",
    ]
    /// Words in front of numbers that are not telephone numbers.
    private static let other: Set<String> = [
        "idnr", "vat", "mwst", "siret", "siren", "rcs", "iban", "bic", "hrb", "hra", "kvk", "btw", "nip", "regon",
        "krs", "cif", "nif", "cnpj", "cpf", "piva", "partita", "iva", "steuernummer", "konto", "account",
        "isbn", "ein", "abn", "acn", "order", "invoice", "registration", "registernummer", "handelsregister",
        "org", "orgnr", "cvr", "dic", "ico", "art", "sku", "patent", "license", "licence", "lic", "nr",
        "no", "№", "coc", "rea", "cf", "bsn", "duns", "tva", "ust", "id", "inn", "инн", "огрн", "кпп", "afm", "αφμ",
        "vkn", "mersis", "bce", "kbo", "siège", "cro", "crn", "gdc", "cqc",
    ]

    /// Whether a line is of registers and banks.
    static func isNoNumber(_ text: String) -> Bool {
        let lower = text.lowercased()
        return [
            "iban", "siret", "hrb ", "ust-id", "vat ", "vat no", "kvk", "nip:", "p.iva", "p. iva", "partita iva",
            "cnpj", "isbn", "sort code", "bankleitzahl", "account no", "kontonummer", "btw", "company number",
            "registered in england", "company no", "инн", "огрн", "org.nr", "org. nr", "rcs ", "charity no",
        ].contains { lower.contains($0) }
    }

    /// Digits that look like a number and are something else: dates, prices, coordinates, long runs without a sign.
    static func isUnlikely(_ written: String, _ before: String, _ after: String) -> Bool {
        if let last = before.last, last.isLetter || last.isNumber || "#€$£.,=".contains(last) { return true }
        if let next = after.first, next.isLetter || next == "%" || next == "€" || next == "°" { return true }
        let digits = written.filter(\.isNumber)
        // `22 - 7000-864`: two things with a dash between them.
        if written.contains(" - ") || written.contains(" – "), !written.hasPrefix("+"), !written.hasPrefix("0") {
            return true
        }
        let hasSign = written.contains { "+()/ -.–".contains($0) }
        return !hasSign && digits.count < 9
    }
}

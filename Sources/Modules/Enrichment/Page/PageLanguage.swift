import Values

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
        if let best = counts.max(by: { $0.value < $1.value }), best.value * 3 > letters {
            return counts["ja"] ?? 0 > 10 && best.key == "zh" ? "ja" : best.key
        }
        let declared = document.language.map { String($0.lowercased().prefix(2)) }.flatMap {
            $0.allSatisfy(\.isLetter) && $0.count == 2 ? $0 : nil
        }
        let words = text.prefix(6_000).lowercased().split { !$0.isLetter }.map(String.init)
        guard words.count >= 15 else { return declared }
        let scores = common.map { language, set in (language, words.filter { set.contains($0) }.count) }.sorted {
            $0.1 > $1.1
        }
        guard let best = scores.first, best.1 * 12 >= words.count, scores.count < 2 || best.1 * 4 >= scores[1].1 * 5
        else { return declared }
        return best.0
    }

    private static let common: [String: Set<String>] = [
        "en": [
            "the", "and", "of", "to", "in", "is", "for", "we", "our", "with", "are", "you", "your", "on", "at", "by",
        ],
        "de": [
            "der", "die", "und", "das", "ist", "für", "mit", "wir", "sie", "von", "den", "ein", "eine", "auf", "im",
            "unsere", "bei", "zu",
        ],
        "fr": [
            "le", "la", "les", "et", "des", "de", "du", "pour", "nous", "vous", "est", "une", "un", "dans", "votre",
            "avec", "sur", "au",
        ],
        "es": [
            "el", "la", "los", "las", "y", "de", "para", "en", "con", "del", "una", "un", "es", "su", "nuestros", "que",
            "por", "desde",
        ],
        "it": [
            "il", "la", "di", "e", "per", "che", "con", "del", "della", "le", "un", "una", "i", "siamo", "nostri",
            "sono", "gli", "dal",
        ],
        "pt": [
            "o", "a", "os", "as", "e", "de", "para", "em", "com", "do", "da", "uma", "um", "nossa", "que", "no", "na",
            "não",
        ],
        "nl": [
            "de", "het", "een", "en", "van", "voor", "wij", "met", "is", "op", "u", "uw", "zijn", "onze", "bij", "ons",
            "naar", "je",
        ],
        "pl": [
            "i", "w", "z", "na", "do", "dla", "nie", "się", "jest", "od", "nasza", "oraz", "przez", "po", "o", "są",
            "ul", "firma",
        ],
        "sv": [
            "och", "i", "att", "för", "är", "vi", "med", "på", "av", "som", "en", "ett", "till", "från", "våra", "du",
            "din", "den",
        ],
        "da": [
            "og", "i", "at", "for", "er", "vi", "med", "på", "af", "som", "en", "et", "til", "fra", "vores", "du",
            "din", "den",
        ],
        "no": [
            "og", "i", "å", "for", "er", "vi", "med", "på", "av", "som", "en", "et", "til", "fra", "våre", "du", "din",
            "ikke",
        ],
        "tr": [
            "ve", "bir", "için", "ile", "bu", "da", "de", "olarak", "en", "biz", "yıl", "çok", "daha", "her", "olan",
        ],
        "cs": ["a", "v", "na", "se", "je", "pro", "s", "do", "z", "že", "jsme", "naše", "nebo", "od", "po"],
        "fi": ["ja", "on", "ei", "se", "että", "me", "sekä", "tai", "ovat", "oy", "meidän", "kanssa", "vuonna"],
        "ro": ["și", "de", "la", "în", "pentru", "cu", "din", "este", "sunt", "noastre", "pe", "un", "o"],
    ]
}

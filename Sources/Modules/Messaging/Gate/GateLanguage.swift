import Values

/// Whether a text is in the language that was asked for, judged by the small words that every sentence has.
enum GateLanguage {
    static func problem(_ text: GateText, wanted: String) -> String? {
        guard words[wanted] != nil else { return nil }
        let lines = text.lines.dropLast(text.signature.count)
        // The whole, and each half by itself, since a model may change the language on its way.
        let all = lines.joined(separator: " ")
        let sentences = text.sentences.filter { $0.split(separator: " ").count > 4 }
        let half = sentences.count / 2
        var parts = [all]
        if sentences.count >= 2 {
            parts += [sentences[..<half].joined(separator: " "), sentences[half...].joined(separator: " ")]
            parts += sentences.filter { $0.split(separator: " ").count > 8 }
        }
        for part in parts {
            guard let found = language(of: part), found != wanted else { continue }
            return "it is in another language than \(wanted): \(found)"
        }
        return nil
    }

    /// Nil when it cannot be told.
    static func language(of text: String) -> String? {
        let all = text.folded.split(separator: " ").map(String.init)
        if text.unicodeScalars.filter({ $0.value > 0x24F && $0.properties.isAlphabetic }).count * 2 > text.count {
            return "other"
        }
        let scores = words.mapValues { list in all.filter { list.contains($0) }.count }
        let sorted = scores.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
        guard let best = sorted.first, best.value >= 3 else { return nil }
        let second = sorted.dropFirst().first?.value ?? 0
        // Kindred languages share many of these words.
        guard best.value >= second + 2, best.value * 6 >= all.count else { return nil }
        return best.key
    }

    private static let words: [String: Set<String>] = [
        "en": [
            "the", "and", "of", "to", "in", "is", "that", "for", "with", "your", "you", "we", "our", "are", "would",
            "this",
            "it", "be", "on", "at", "from", "have", "how", "what", "can", "could", "about", "which", "them", "their",
            "will",
        ],
        "de": [
            "der", "die", "das", "und", "ist", "mit", "fur", "sie", "ihnen", "ihr", "ihre", "wir", "ich", "ein", "eine",
            "einen",
            "nicht", "auf", "von", "zu", "den", "dem", "sich", "auch", "bei", "konnen", "wie", "als", "oder", "im",
            "uber", "wurde",
        ],
        "fr": [
            "le", "la", "les", "des", "et", "est", "pour", "vous", "votre", "nous", "une", "un", "dans", "que", "qui",
            "sur",
            "avec", "vos", "notre", "au", "aux", "du", "je", "ce", "cette", "pas", "plus", "peut", "seriez", "serait",
        ],
        "es": [
            "el", "la", "los", "las", "y", "es", "para", "su", "usted", "nosotros", "una", "un", "en", "que", "con",
            "por",
            "del", "sus", "nuestro", "nuestra", "le", "se", "mas", "como", "esta", "tu", "te", "podria", "seria", "al",
        ],
        "it": [
            "il", "lo", "gli", "e", "per", "con", "che", "di", "della", "del", "una", "un", "nel", "le", "suo", "sua",
            "vostra",
            "noi", "sono", "come", "alla", "dei", "delle", "piu", "questo", "nostra", "nostro", "vi", "sarebbe", "la",
        ],
        "nl": [
            "de", "het", "een", "en", "van", "voor", "met", "u", "uw", "wij", "ik", "dat", "is", "op", "zijn", "niet",
            "ook",
            "bij", "kunnen", "onze", "hoe", "naar", "te", "die", "dit", "je", "jullie", "wat", "aan", "zou",
        ],
        "pt": [
            "o", "os", "as", "e", "para", "com", "que", "de", "da", "do", "uma", "um", "em", "no", "na", "sua", "seu",
            "nos",
            "voce", "por", "mais", "como", "dos", "das", "nossa", "nosso", "esta", "seria", "ao", "poderia",
        ],
        "sv": [
            "och", "att", "det", "som", "for", "med", "ni", "er", "era", "vi", "jag", "en", "ett", "ar", "pa", "av",
            "inte",
            "till", "kan", "vara", "hur", "om", "har", "den", "var", "skulle", "fran", "du", "din", "oss",
        ],
        "pl": [
            "i", "w", "z", "na", "do", "jest", "ze", "sie", "nie", "to", "dla", "panstwa", "pan", "pani", "czy", "jak",
            "oraz", "przez",
        ],
        "da": [
            "og", "det", "til", "af", "er", "jeg", "ikke", "jeres", "vi", "med", "kan", "hvordan", "om", "har", "fra",
            "vil",
        ],
    ]
}

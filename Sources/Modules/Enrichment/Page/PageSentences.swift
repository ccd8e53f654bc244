import Values

/// Sentences by which the company itself speaks on its page.
enum PageSentences {
    /// The sentences of the main part, without quotations, menus, notices and hidden text.
    static func own(_ lines: [PageLine]) -> [String] {
        var sentences: [String] = []
        for line in lines
        where (line.region == .main || line.region == .footer || line.region == .header) && line.linkShare < 0.5
            && line.text.count >= 20
        {
            guard !MainText.isNotice(line.text), !line.isQuotation else { continue }
            for sentence in split(line.text) where sentence.count >= 20 && sentence.count <= 400 {
                sentences.append(sentence)
            }
            if sentences.count > 400 { break }
        }
        return sentences
    }

    static func split(_ text: String) -> [String] {
        var sentences: [String] = []
        var current = ""
        let characters = Array(text)
        for (index, character) in characters.enumerated() {
            current.append(character)
            if "。！？".contains(character) {
                sentences.append(current.tidied(limit: 1_000))
                current = ""
                continue
            }
            guard ".!?".contains(character), index + 1 < characters.count, characters[index + 1] == " " else {
                continue
            }
            let next = characters[(index + 1)...].first { $0 != " " }
            guard let next, next.isUppercase || next.isNumber || "“„«\"¿¡(".contains(next) else { continue }
            let word = current.dropLast().split(separator: " ").last.map(String.init) ?? ""
            if character == ".", word.count <= 2 || abbreviations.contains(word.lowercased()) || word.contains(".") {
                continue
            }
            sentences.append(current.tidied(limit: 1_000))
            current = ""
        }
        if let rest = current.tidied(limit: 1_000).nonEmpty { sentences.append(rest) }
        return sentences
    }

    private static let abbreviations: Set<String> = [
        "inc", "ltd", "co", "corp", "st", "dr", "mr", "mrs", "ms", "no", "nr", "tel", "str", "prof", "ing", "approx",
        "ca", "bzw", "z.b", "u.a", "etc", "vs", "jr", "sr", "ave", "av", "sra", "dott", "dipl", "inh", "ul",
    ]
}

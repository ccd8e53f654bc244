import Values

/// Decodes mail addresses that pages hide from robots.
enum HiddenAddress {
    /// Cloudflare's: hexadecimal digits, of which the first byte is the key for the others.
    static func cloudflare(_ hex: String) -> String? {
        let digits = Array(hex.utf8.prefix(600))
        guard digits.count >= 8, digits.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(byte)
        }
        let key = bytes.removeFirst()
        let text = String(validating: bytes.map { $0 ^ key }, as: UTF8.self)
        return text.map { String($0.prefix { $0 != "?" }) }
    }

    /// TYPO3's: each character moved within its range by the same number, in `javascript:linkTo_UnCryptMailto('…')`.
    static func typo3(_ link: String) -> String? {
        guard let open = link.firstIndex(where: { $0 == "'" || $0 == "\"" }) else { return nil }
        let rest = link[link.index(after: open)...].percentDecoded(limit: 300)
        let text = String(rest.prefix { $0 != "'" && $0 != "\"" })
        guard (8...200).contains(text.utf8.count) else { return nil }
        for offset in -25...25 where offset != 0 {
            let moved = String(decoding: text.utf8.map { move($0, offset) }, as: UTF8.self)
            if moved.hasPrefix("mailto:") { return String(moved.dropFirst(7)) }
        }
        return nil
    }

    private static func move(_ byte: UInt8, _ offset: Int) -> UInt8 {
        for range: ClosedRange<UInt8> in [0x2B...0x3A, 0x40...0x5A, 0x61...0x7A] where range.contains(byte) {
            let size = range.count
            let place = (Int(byte) - Int(range.lowerBound) + offset % size + size) % size
            return range.lowerBound + UInt8(place)
        }
        return byte
    }

    /// `info (at) acme [dot] example` as `info@acme.example`. Words count as signs only in brackets or where both sides look
    /// like an address.
    static func spelled(_ text: String) -> String {
        var result = text
        guard mayHaveSign(text) else { return text }
        result = result.replacing("＠", with: "@").replacing("골뱅이", with: "@").replacing("\u{A0}", with: " ")
        result = withSigns(result)
        // `jane @ acme.example`
        if result.contains(" @ ") {
            var words = result.split(separator: " ").map(String.init)
            var index = 1
            while index + 1 < words.count {
                if words[index] == "@", isLocal(words[index - 1]),
                    WebAddress.isDomain(words[index + 1].trimmedPunctuation)
                {
                    words.replaceSubrange((index - 1)...(index + 1), with: ["\(words[index - 1])@\(words[index + 1])"])
                } else {
                    index += 1
                }
            }
            result = words.joined(separator: " ")
        }
        return bare(result)
    }

    /// Whether a text has a sign of an address, or a word for one in brackets or between spaces. Most lines have none.
    private static func mayHaveSign(_ text: String) -> Bool {
        // Nobody spells an address in a line as long as a chapter.
        guard text.utf8.count <= 3_000 else { return false }
        if text.utf8.contains(0x40) || text.contains("＠") || text.contains("골뱅이") { return true }
        let letters = Array(text)
        return letters.indices.contains { sign(in: letters, at: $0)?.text == "@" } || hasSpelledSign(text.lowercased())
    }

    private static func hasSpelledSign(_ lower: String) -> Bool {
        atBare.contains { lower.contains(" \($0) ") }
    }

    private static let atWords = [
        "at", "ät", "aet", "a", "@", "arroba", "chiocciola", "małpa", "malpa", "apenstaartje", "snabel-a", "snabela",
        "arobase", "et", "klammeraffe", "kukac", "zavináč", "собака", "στο", "παπάκι", "アット", "アットマーク", "골뱅이",
    ]
    private static let dotWords = [
        "dot", "punkt", "punto", "point", "ponto", "punt", "kropka", "prick", "d0t", ".", "tečka", "точка", "nokta",
        "τελεία", "ドット", "점", "tocka", "pont",
    ]
    private static let atBare = ["at", "ät", "arroba", "chiocciola", "małpa", "arobase", "apenstaartje"]

    private static let brackets: [Character: Character] = [
        "(": ")", "[": "]", "{": "}", "<": ">", "/": "/", "_": "_", "*": "*", "-": "-", "|": "|",
    ]
    /// The words by their first letter.
    private static let signs = Dictionary(
        grouping: atWords.map { (word: Array($0), text: "@") } + dotWords.map { (word: Array($0), text: ".") },
        by: { $0.word[0] })

    /// The sign that the bracket at a place holds, and the place behind it.
    private static func sign(in letters: [Character], at open: Int) -> (text: String, end: Int)? {
        func skipSpace(_ place: Int) -> Int {
            // More space than this is no spelling, and would be walked over again from each bracket.
            let end = min(letters.count, place + 8)
            return letters[place..<end].firstIndex { $0 != " " } ?? end
        }
        guard let close = brackets[letters[open]] else { return nil }
        let start = skipSpace(open + 1)
        guard start < letters.count, let first = letters[start].lowercased().first else { return nil }
        for (word, text) in signs[first] ?? [] where start + word.count < letters.count {
            guard zip(word, letters[start...]).allSatisfy({ String($0) == $1.lowercased() }) else { continue }
            let end = skipSpace(start + word.count)
            if end < letters.count, letters[end] == close { return (text, end + 1) }
        }
        return nil
    }

    /// Replaces words in brackets by their signs, with the space around them.
    private static func withSigns(_ text: String) -> String {
        let letters = Array(text)
        guard letters.contains(where: { brackets[$0] != nil }) else { return text }
        var result = ""
        var index = 0
        while index < letters.count {
            guard let (sign, end) = sign(in: letters, at: index) else {
                result.append(letters[index])
                index += 1
                continue
            }
            while result.last == " " { result.removeLast() }
            result += sign
            index = letters[end...].firstIndex { $0 != " " } ?? letters.count
        }
        return result
    }

    /// `jane at acme dot example`, without brackets: only where what follows the sign ends in a domain.
    private static func bare(_ text: String) -> String {
        var words = text.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
        guard words.count >= 3 else { return text }
        var index = 1
        while index + 1 < words.count {
            guard atBare.contains(words[index].lowercased()), isLocal(words[index - 1]) else {
                index += 1
                continue
            }
            // The domain: labels joined by dots or by words for them.
            var domain = words[index + 1]
            var next = index + 2
            var spelled = false
            while next + 1 < words.count, dotWords.contains(words[next].lowercased()) {
                domain += "." + words[next + 1]
                next += 2
                spelled = true
            }
            let plain = domain.trimmedPunctuation
            let isUpper = words[index] == "AT" || words[index] == "(AT)"
            guard WebAddress.isDomain(plain),
                spelled || isUpper
                    || plain.split(separator: ".").count >= 2 && plain.lowercased() == plain && hasKnownEnd(plain)
            else {
                index += 1
                continue
            }
            words.replaceSubrange((index - 1)..<next, with: ["\(words[index - 1])@\(domain)"])
        }
        return words.joined(separator: " ")
    }

    private static func isLocal(_ word: String) -> Bool {
        (1...40).contains(word.utf8.count)
            && word.utf8.allSatisfy {
                ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2D
                    || $0 == 0x5F
            }
    }

    private static func hasKnownEnd(_ domain: String) -> Bool {
        let end = domain.split(separator: ".").last.map(String.init) ?? ""
        return end == "example" || end.count == 2
            || ["com", "org", "net", "info", "eu", "biz", "io", "swiss"].contains(end)
    }
}

extension Substring {
    fileprivate func percentDecoded(limit: Int) -> String { String(prefix(limit)).percentDecoded }
}

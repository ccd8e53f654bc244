extension String {
    /// The text cleaned up as one line: without control, invisible and direction-overriding characters, with single
    /// spaces, trimmed, at most `limit` characters.
    public func tidied(limit: Int = 500) -> String {
        if isTidy(limit: limit) { return self }
        var result = ""
        result.reserveCapacity(min(utf8.count, limit * 4))
        var pendingSpace = false
        var length = 0
        for character in self {
            guard let kept = character.tidied else { continue }
            if kept.isWhitespace {
                pendingSpace = length > 0
                continue
            }
            guard length + (pendingSpace ? 2 : 1) <= limit else { break }
            if pendingSpace {
                result.append(" ")
                length += 1
                pendingSpace = false
            }
            result.append(kept)
            length += 1
        }
        return result
    }

    /// Whether the text is ASCII and needs no change. Most text is, and a single pass over its bytes can tell.
    private func isTidy(limit: Int) -> Bool {
        var copy = self
        return copy.withUTF8 { bytes in
            guard bytes.count <= limit else { return false }
            var last: UInt8 = 0x20
            for byte in bytes {
                guard (0x20...0x7E).contains(byte), byte != 0x20 || last != 0x20 else { return false }
                last = byte
            }
            return last != 0x20 || bytes.isEmpty
        }
    }

    /// The text with `%XX` decoded, RFC 3986.
    public var percentDecoded: String {
        var bytes: [UInt8] = []
        var rest = Array(utf8)[...]
        while let byte = rest.popFirst() {
            // `UInt8(_:radix:)` would accept a sign as well.
            if byte == 0x25, rest.count >= 2, rest.first != 0x2B, rest.first != 0x2D,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                rest = rest.dropFirst(2)
                bytes.append(value)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// With German umlauts as two letters, as hosts and mailboxes spell them. For lower case.
    public var umlautsSpelledOut: String {
        replacing("ä", with: "ae").replacing("ö", with: "oe").replacing("ü", with: "ue")
    }

    /// Without punctuation around it, as around a word in a sentence.
    public var trimmedPunctuation: String {
        var text = Substring(self)
        while let last = text.last, ".,;:!?)]}>\"'”’".contains(last) { text.removeLast() }
        while let first = text.first, ",;:([{<\"'“‘".contains(first) { text.removeFirst() }
        return String(text)
    }

    /// The words between its spaces.
    public var words: [String] { split(separator: " ").map { String($0) } }

    /// Nil when empty.
    public var nonEmpty: String? { isEmpty ? nil : self }

    /// A form that two spellings of the same words share: lower case, without diacritics, only letters and digits,
    /// words separated by single spaces. Letters of other scripts stay as they are.
    public var folded: String {
        var text = self
        if let plain = text.withUTF8({ Self.foldedASCII($0) }) { return plain }
        var result = ""
        result.reserveCapacity(utf8.count)
        var pendingSpace = false
        for scalar in unicodeScalars {
            let value = scalar.value
            if (0x61...0x7A).contains(value) || (0x30...0x39).contains(value) {
                if pendingSpace { result.append(" ") }
                pendingSpace = false
                result.unicodeScalars.append(scalar)
            } else if (0x41...0x5A).contains(value) {
                if pendingSpace { result.append(" ") }
                pendingSpace = false
                result.unicodeScalars.append(Unicode.Scalar(UInt8(value + 0x20)))
            } else if value < 0x80 || scalar.properties.isWhitespace {
                // An apostrophe or a full stop joins: O'Brien, U.S.
                if value != 0x27, value != 0x2E { pendingSpace = !result.isEmpty }
            } else if let plain = Folding.plain[scalar] {
                if pendingSpace { result.append(" ") }
                pendingSpace = false
                result += plain
            } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                if pendingSpace { result.append(" ") }
                pendingSpace = false
                result += scalar.properties.lowercaseMapping
            } else if scalar.properties.generalCategory != .nonspacingMark, value != 0x2019, value != 0x2BC {
                pendingSpace = !result.isEmpty
            }
        }
        return result
    }

    /// Nil if there are letters beyond ASCII.
    private static func foldedASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        guard bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
        return String(unsafeUninitializedCapacity: bytes.count) { result in
            var (count, pendingSpace) = (0, false)
            func add(_ byte: UInt8) {
                result[count] = byte
                count += 1
            }
            for byte in bytes {
                let isUpper = (0x41...0x5A).contains(byte)
                if isUpper || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) {
                    // There is room for the space: what it stands for was left out.
                    if pendingSpace { add(0x20) }
                    pendingSpace = false
                    add(isUpper ? byte + 0x20 : byte)
                } else if byte != 0x27, byte != 0x2E {
                    pendingSpace = count > 0
                }
            }
            return count
        }
    }
}

extension StringProtocol {
    /// The text without white space at its ends.
    public var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}

extension Sequence<UInt8> {
    /// The bytes as hexadecimal digits, two for each, in lower case.
    public var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

extension String {
    /// With each letter of Latin, Greek or Cyrillic and its accents in one scalar, where there is one. Some systems write them apart.
    public var composed: String {
        guard !utf8.allSatisfy({ $0 < 0x80 }) else { return self }
        return String(map { $0.unicodeScalars.count > 1 ? Self.letters[$0] ?? $0 : $0 })
    }

    /// Characters are equal however they are written, so each is found by its other form.
    private static let letters: [Character: Character] = {
        var letters: [Character: Character] = [:]
        for range in [0xC0...0x24F, 0x386...0x4FF, 0x1E00...0x1FFF] {
            for value in range {
                guard let scalar = Unicode.Scalar(UInt32(value)), scalar.properties.isAlphabetic else { continue }
                letters[Character(scalar)] = Character(scalar)
            }
        }
        return letters
    }()
}

extension Character {
    /// The character without its invisible parts; nil if nothing is left.
    fileprivate var tidied: Character? {
        if let ascii = asciiValue {
            if ascii >= 0x20 && ascii != 0x7F { return self }
            return isWhitespace ? " " : nil
        }
        guard unicodeScalars.contains(where: \.isUnwanted) else { return self }
        var scalars = String.UnicodeScalarView()
        for scalar in unicodeScalars where !scalar.isUnwanted { scalars.append(scalar) }
        return String(scalars).first
    }
}

extension Unicode.Scalar {
    /// Control characters, zero-width and direction-overriding characters, the byte order mark, the replacement
    /// character, and private use. Joiners stay within an emoji or a word of a script that needs them.
    fileprivate var isUnwanted: Bool {
        switch value {
        case 0x00...0x1F, 0x7F...0x9F, 0xAD, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x206F,
            0xFEFF, 0xFFF9...0xFFFD, 0xE000...0xF8FF, 0xE0000...0x10FFFF:
            !properties.isWhitespace
        default: false
        }
    }
}

/// Latin letters beyond ASCII, and how they are written without their marks.
private enum Folding {
    static let plain: [Unicode.Scalar: String] = {
        let groups: [(String, String)] = [
            ("a", "àáâãāăąǎȁȃạảấầẩẫậắằẳẵặ"), ("ae", "æäǽ"), ("a", "åǻ"), ("c", "çćĉċč"), ("d", "ďđð"),
            ("e", "èéêëēĕėęěȅȇẹẻẽếềểễệ"), ("f", "ƒ"), ("g", "ĝğġģǧ"), ("h", "ĥħ"), ("i", "ìíîïĩīĭįıİǐịỉ"), ("ij", "ĳ"),
            ("j", "ĵ"), ("k", "ķĸǩ"), ("l", "ĺļľŀł"), ("n", "ñńņňŉŋǹ"), ("o", "òóôõōŏőơǒọỏốồổỗộớờởỡợ"), ("oe", "œö"),
            ("o", "øǿ"), ("r", "ŕŗř"), ("s", "śŝşšș"), ("ss", "ß"), ("t", "ţťŧț"), ("th", "þ"),
            ("u", "ùúûũūŭůűųưǔụủứừửữự"), ("ue", "ü"), ("w", "ŵẁẃẅ"), ("y", "ýÿŷỳỵỷỹ"), ("z", "źżž"),
        ]
        var table: [Unicode.Scalar: String] = [:]
        for (plain, letters) in groups {
            for scalar in letters.unicodeScalars {
                // Only German writes ä, ö, ü as ae, oe, ue. Without the mark, they match all other spellings.
                table[scalar] = "äöü".unicodeScalars.contains(scalar) ? String(plain.prefix(1)) : plain
                let upper = scalar.properties.uppercaseMapping.unicodeScalars
                if upper.count == 1, let first = upper.first, first != scalar, first.value > 0x7F {
                    table[first] = table[scalar]
                }
            }
        }
        return table
    }()
}

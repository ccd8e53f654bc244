import Glibc
import Synchronization

/// The keys and tokens that this process has read. This is the only place that removes them from text that comes from a
/// server, a program or an error.
///
/// Code that reads a secret adds it here. Code that passes text on to a log, a row, a person or another service removes
/// secrets from it, whatever the text is. The list only grows: a key that was replaced is still secret.
public enum KnownSecrets {
    private struct Known: Sendable {
        /// The secret's bytes. In a text, each may appear as it is or encoded.
        let bytes: [UInt8]
        /// The middle of the secret in base64: for each of the three possible alignments, in both alphabets.
        let encoded: [[UInt8]]
        /// How many bytes of the secret's beginning must be at the end of a text to be recognised.
        let leastBeginning: Int
        /// How many bytes of the secret's end must be at the beginning of a text to be recognised.
        let leastEnd: Int
    }

    private static let list = Mutex<[Known]>([])

    /// Anything shorter could be an ordinary word.
    public static let shortest = 8
    /// What a secret is replaced with.
    public static let mark = "<secret>"

    /// A shorter path of an address is not treated as a secret of its own.
    private static let shortestPath = 16

    /// Adds a secret. Each line of a secret with several lines, such as a PEM key, is added as well. For a web address,
    /// its password and the part after the host are also added, because servers repeat them alone.
    public static func add(_ secret: String) {
        let lines = secret.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("-----") }
        var parts = lines.map(String.init).filter { $0 != secret }
        // The length of the beginning that is not secret: the first line of a PEM key, or an address up to the host.
        var opening = secret.hasPrefix("-----") ? secret.prefix { !$0.isNewline }.utf8.count : 0
        var paths: [String] = []
        if secret.hasPrefix("http://") || secret.hasPrefix("https://") {
            let rest = secret.drop { $0 != ":" }.dropFirst(3)
            let path = rest.drop { $0 != "/" }
            let authority = rest.prefix { $0 != "/" }
            opening = secret.utf8.count - path.utf8.count
            if let at = authority.lastIndex(of: "@") {
                parts.append(String(authority[..<at].drop { $0 != ":" }.dropFirst()))
            }
            if path.utf8.count > shortestPath { paths = [String(path), String(path.dropFirst())] }
        }
        let new =
            [known(secret, shortest + opening, opening == 0 ? shortest : shortestPath)]
            + parts.map { known($0, shortest, shortest) } + paths.map { known($0, shortestPath, shortestPath) }
        list.withLock { known in
            for one in new
            where one.bytes.count >= shortest && !known.contains(where: { $0.bytes == one.bytes }) { known.append(one) }
            // Longest first, so that replacing a secret inside another one does not leave the rest of the longer one.
            known.sort { $0.bytes.count > $1.bytes.count }
        }
    }

    private static func known(_ text: String, _ leastBeginning: Int, _ leastEnd: Int) -> Known {
        let bytes = Array(text.utf8)
        guard bytes.count >= shortest else { return Known(bytes: [], encoded: [], leastBeginning: 0, leastEnd: 0) }
        return Known(
            bytes: bytes, encoded: Base64Forms.of(bytes) + hexForms(bytes), leastBeginning: leastBeginning,
            leastEnd: leastEnd)
    }

    /// Replaces every known secret with `mark`: as it is, percent-encoded, escaped as in JSON or HTML, in hexadecimal,
    /// and within base64.
    public static func removed(from bytes: [UInt8]) -> [UInt8] {
        list.withLock(\.self).reduce(bytes) { bytes, secret in
            secret.encoded.reduce(replace(secret.bytes, in: bytes)) { replaceExactly($1, in: $0) }
        }
    }

    /// The same for text, which may begin or end in the middle of a secret.
    public static func removed(from text: String) -> String {
        let known = list.withLock(\.self)
        guard !known.isEmpty, text.utf8.count >= shortest else { return text }
        let bytes = Array(text.utf8)
        var clean = removed(from: bytes)
        for secret in known { clean = withoutCutStart(of: secret, withoutCutEnd(of: secret, clean)) }
        return clean == bytes ? text : String(decoding: clean, as: UTF8.self)
    }

    private static func hexForms(_ bytes: [UInt8]) -> [[UInt8]] {
        let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return [Array(digits.utf8), Array(digits.uppercased().utf8)]
    }

    private static func replace(_ secret: [UInt8], in bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var copied = 0
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            // Only places where the first byte can be, in one of its forms, are examined.
            guard byte == secret[0] || byte == 0x25 || byte == 0x5C || byte == 0x26,
                let end = EncodedText.end(of: secret, in: bytes, at: index)
            else {
                index += 1
                continue
            }
            result += bytes[copied..<index]
            result += Array(mark.utf8)
            (index, copied) = (end, end)
        }
        guard copied > 0 else { return bytes }
        return result + bytes[copied...]
    }

    private static func replaceExactly(_ wanted: [UInt8], in bytes: [UInt8]) -> [UInt8] {
        guard !wanted.isEmpty, bytes.count >= wanted.count else { return bytes }
        var result: [UInt8] = []
        var copied = 0
        bytes.withUnsafeBytes { all in
            guard let base = all.baseAddress else { return }
            var start = 0
            while start + wanted.count <= all.count,
                let found = memchr(base + start, Int32(wanted[0]), all.count - start - wanted.count + 1)
            {
                let place = base.distance(to: UnsafeRawPointer(found))
                start = place + 1
                guard memcmp(found, wanted, wanted.count) == 0 else { continue }
                result += all[copied..<place]
                result += Array(mark.utf8)
                copied = place + wanted.count
                start = copied
            }
        }
        return copied == 0 ? bytes : result + bytes[copied...]
    }

    /// Long output comes in pieces. If a text begins with the end of a secret, that part is replaced.
    private static func withoutCutStart(of known: Known, _ bytes: [UInt8]) -> [UInt8] {
        let secret = known.bytes
        for length in stride(from: min(secret.count - 1, bytes.count), through: known.leastEnd, by: -1)
        where bytes[..<length].elementsEqual(secret.suffix(length)) {
            return Array(mark.utf8) + bytes[length...]
        }
        return bytes
    }

    /// Errors are shortened. If a text ends with the beginning of a secret, possibly followed by an ellipsis, that part
    /// is replaced.
    private static func withoutCutEnd(of known: Known, _ bytes: [UInt8]) -> [UInt8] {
        let secret = known.bytes
        var end = bytes.count
        let ellipsis = Array("…".utf8)
        if bytes.suffix(ellipsis.count).elementsEqual(ellipsis) { end -= ellipsis.count }
        while end > 0, bytes[end - 1] == 0x2E { end -= 1 }
        for length in stride(from: min(secret.count - 1, end), through: known.leastBeginning, by: -1)
        where bytes[(end - length)..<end].elementsEqual(secret[..<length]) {
            return bytes[..<(end - length)] + Array(mark.utf8) + bytes[end...]
        }
        return bytes
    }
}

extension String {
    /// The text with every known secret replaced, see `KnownSecrets`.
    public var withoutSecrets: String { KnownSecrets.removed(from: self) }
}

/// Text in which each byte may be written as it is, as `%XX`, with a backslash, or as an HTML entity.
private enum EncodedText {
    /// The index after the wanted bytes if they are at this place, in any mixture of forms; nil if they are not.
    static func end(of wanted: [UInt8], in bytes: [UInt8], at start: Int) -> Int? {
        var index = start
        for byte in wanted {
            guard index < bytes.count else { return nil }
            if let length = length(of: byte, in: bytes, at: index) {
                index += length
            } else if bytes[index] == byte {
                index += 1
            } else {
                return nil
            }
        }
        return index
    }

    /// `&#39;` and `&#x27;`, with any number of leading zeros.
    private static func numbered(_ byte: UInt8, in bytes: [UInt8], at index: Int) -> Int? {
        var place = index + 2
        let isHex = place < bytes.count && bytes[place] | 0x20 == 0x78
        if isHex { place += 1 }
        var number = 0
        while place < bytes.count, place < index + 12 {
            let digit = bytes[place]
            place += 1
            switch digit {
            case 0x3B: return number == Int(byte) ? place - index : nil
            case 0x30...0x39: number = number * (isHex ? 16 : 10) + Int(digit - 0x30)
            case 0x41...0x46 where isHex, 0x61...0x66 where isHex: number = number * 16 + Int((digit | 0x20) - 0x57)
            default: return nil
            }
        }
        return nil
    }

    /// The characters that JSON and shells escape with a backslash.
    private static let escaped: Set<UInt8> = [0x22, 0x2F, 0x5C, 0x27]

    private static let entities: [([UInt8], UInt8)] = [
        ("&amp;", 0x26), ("&lt;", 0x3C), ("&gt;", 0x3E), ("&quot;", 0x22), ("&apos;", 0x27),
    ].map { (Array($0.0.utf8), $0.1) }

    /// The length of an encoded form of the byte at this place; nil if there is none.
    private static func length(of byte: UInt8, in bytes: [UInt8], at index: Int) -> Int? {
        func hex(_ from: Int, _ count: Int) -> Int? {
            guard from + count <= bytes.count else { return nil }
            var number = 0
            for digit in bytes[from..<from + count] {
                switch digit {
                case 0x30...0x39: number = number * 16 + Int(digit - 0x30)
                case 0x41...0x46, 0x61...0x66: number = number * 16 + Int((digit | 0x20) - 0x57)
                default: return nil
                }
            }
            return number
        }
        switch bytes[index] {
        case 0x25:
            if hex(index + 1, 2) == Int(byte) { return 3 }
            // Encoded twice: %25 stands for the percent sign itself.
            return hex(index + 1, 2) == 0x25 && hex(index + 3, 2) == Int(byte) ? 5 : nil
        case 0x2B: return byte == 0x20 ? 1 : nil
        case 0x5C:
            // JSON inside JSON has a backslash before each backslash.
            let slashes = bytes[index...].prefix(8).prefix { $0 == 0x5C }.count
            let next = index + slashes
            guard next < bytes.count else { return nil }
            if bytes[next] == 0x75, byte != 0x75 || hex(next + 1, 4) != nil {
                return hex(next + 1, 4) == Int(byte) ? slashes + 5 : nil
            }
            if slashes > 1 { return bytes[next] == byte && escaped.contains(byte) && byte != 0x5C ? slashes + 1 : nil }
            return bytes[index + 1] == byte && escaped.contains(byte) ? 2 : nil
        case 0x26:
            if index + 1 < bytes.count, bytes[index + 1] == 0x23 { return numbered(byte, in: bytes, at: index) }
            for (entity, meaning) in entities where meaning == byte {
                if bytes[index...].starts(with: entity) { return entity.count }
            }
            return nil
        default: return nil
        }
    }
}

/// RFC 4648. A secret can be encoded alone or with something before and after it, as in `Basic` authentication.
private enum Base64Forms {
    static func of(_ secret: [UInt8]) -> [[UInt8]] {
        let alphabets = ["+/", "-_"].map {
            Array(("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + $0).utf8)
        }
        var forms: [[UInt8]] = []
        for alphabet in alphabets {
            for skipped in 0..<3 {
                // Only characters that consist entirely of bits of the secret, so that they do not depend on what
                // surrounds it.
                let bits = secret.flatMap { byte in (0..<8).map { UInt8(byte >> (7 - $0) & 1) } }
                let first = (6 - skipped * 8 % 6) % 6
                let sextets = stride(from: first, through: bits.count - 6, by: 6).map { start in
                    Int(bits[start..<start + 6].reduce(0) { $0 << 1 | $1 })
                }
                let form = sextets.map { alphabet[$0] }
                if !forms.contains(form) { forms.append(form) }
            }
        }
        return forms
    }
}

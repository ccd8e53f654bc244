internal import CWebText
import Values

/// The encodings of the web, https://encoding.spec.whatwg.org, and how a browser decides which one a page is in.
struct PageEncoding: Equatable {
    /// As the standard spells it, in lower case.
    let name: String

    /// - Parameter label: as pages write it: `latin1`, `x-sjis`.
    init?(label: String) {
        let label = label.lowercased().filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" }
        guard let name = Self.labels[label] else { return nil }
        self.name = name
    }

    private init(name: String) { self.name = name }

    static let utf8 = PageEncoding(name: "utf-8")

    /// The encoding of a page: by its byte order mark, else what the server says, else what the page says of itself, else
    /// what its bytes look like.
    static func of(_ bytes: [UInt8], contentType: String?) -> PageEncoding {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return .utf8 }
        if bytes.starts(with: [0xFE, 0xFF]) { return PageEncoding(name: "utf-16be") }
        if bytes.starts(with: [0xFF, 0xFE]) { return PageEncoding(name: "utf-16le") }
        let header = contentType.flatMap(charset).flatMap { PageEncoding(label: $0) }
        let meta = declared(in: bytes.prefix(4_096))
        // A declaration that the bytes contradict is wrong. A browser would show it with letters lost.
        for encoding in [header, meta].compactMap(\.self) where !encoding.isContradicted(by: bytes) {
            return encoding.widened(for: bytes)
        }
        return detected(bytes)
    }

    /// The Windows superset of a standard that has only control characters where the bytes have letters and quotes, as the
    /// standard of the web does for ISO-8859-1 itself.
    private func widened(for bytes: [UInt8]) -> PageEncoding {
        let supersets = [
            "iso-8859-2": "windows-1250", "iso-8859-7": "windows-1253", "iso-8859-13": "windows-1257",
            "iso-8859-15": "windows-1252",
        ]
        guard let superset = supersets[name], bytes.contains(where: { (0x80...0x9F).contains($0) }) else { return self }
        return PageEncoding(name: superset)
    }

    /// Whether the bytes cannot have been meant in this encoding: no UTF-8, or plainly UTF-8 where one of a single byte was
    /// declared.
    private func isContradicted(by bytes: [UInt8]) -> Bool {
        if name == "utf-8" { return !Self.isUTF8(bytes) }
        guard name.hasPrefix("windows-") || name.hasPrefix("iso-8859-") || name == "macintosh" else { return false }
        let leads = bytes.lazy.filter { $0 >= 0xC2 && $0 <= 0xF4 }.prefix(3).count
        return leads >= 3 && Self.isUTF8(bytes)
    }

    /// The value of `charset` in a content type.
    static func charset(of contentType: String) -> String? {
        let lower = contentType.lowercased()
        guard let range = lower.firstRange(of: "charset") else { return nil }
        let rest = lower[range.upperBound...].drop { $0 == " " }
        guard rest.first == "=" else { return nil }
        let value = rest.dropFirst().drop { $0 == " " || $0 == "\"" || $0 == "'" }
        return String(value.prefix { !";\"' >/,".contains($0) }).nonEmpty
    }

    /// What a `meta` element declares near the page's beginning. A page that says UTF-16 there is in UTF-8, since the
    /// declaration could be read.
    private static func declared(in head: ArraySlice<UInt8>) -> PageEncoding? {
        let text = String(decoding: head.map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self).lowercased()
        var rest = Substring(text)
        while let start = rest.firstRange(of: "<") {
            rest = rest[start.upperBound...]
            if rest.hasPrefix("!--") {
                guard let end = rest.firstRange(of: "-->") else { return nil }
                rest = rest[end.upperBound...]
                continue
            }
            let isXML = rest.hasPrefix("?xml ")
            guard rest.hasPrefix("meta") && rest.dropFirst(4).first.map({ " \n\t\r/".contains($0) }) == true || isXML
            else {
                continue
            }
            let tag = rest.prefix { $0 != ">" }
            let label: String?
            if isXML {
                label = tag.firstRange(of: "encoding=").map {
                    String(tag[$0.upperBound...].drop { "\"'".contains($0) }.prefix { !"\"' ?".contains($0) })
                }
            } else {
                label = charset(of: String(tag))
            }
            guard let label, let encoding = PageEncoding(label: label) else { continue }
            if encoding.name.hasPrefix("utf-16") { return .utf8 }
            return encoding.name == "x-user-defined" ? PageEncoding(name: "windows-1252") : encoding
        }
        return nil
    }

    /// What nothing declares: UTF-8 if the bytes are valid, else what the detector says, else the web's oldest default.
    private static func detected(_ bytes: [UInt8]) -> PageEncoding {
        if let wide = withoutMark(bytes) { return wide }
        let isASCII = bytes.allSatisfy { $0 < 0x80 }
        if isASCII, bytes.contains(0x1B), bytes.firstRange(of: [0x1B, 0x24] as [UInt8]) != nil {
            return PageEncoding(name: "iso-2022-jp")
        }
        if isASCII || isUTF8(bytes) { return .utf8 }
        // Tags say nothing about a language, and they weigh most.
        let text = Array(textBytes(bytes).prefix(64_000))
        var name = [CChar](repeating: 0, count: 64)
        text.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress else { return }
            ccharset_detect(start.assumingMemoryBound(to: CChar.self), buffer.count, &name, name.count)
        }
        let label = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return PageEncoding(label: label) ?? PageEncoding(name: "windows-1252")
    }

    /// UTF-16 without its mark: every other byte of its markup is zero.
    private static func withoutMark(_ bytes: [UInt8]) -> PageEncoding? {
        let head = bytes.prefix(200)
        guard head.count >= 20 else { return nil }
        let even = stride(from: 0, to: head.count, by: 2).filter { head[$0] == 0 }.count
        let odd = stride(from: 1, to: head.count, by: 2).filter { head[$0] == 0 }.count
        if odd * 4 > head.count, even == 0 { return PageEncoding(name: "utf-16le") }
        if even * 4 > head.count, odd == 0 { return PageEncoding(name: "utf-16be") }
        return nil
    }

    /// Whether the bytes are valid UTF-8, but for a character that is cut off at the end.
    private static func isUTF8(_ bytes: [UInt8]) -> Bool {
        var end = bytes.count
        for back in 1...3 where bytes.count >= back && bytes[bytes.count - back] >= 0xC0 { end = bytes.count - back }
        return String(validating: bytes[..<end], as: UTF8.self) != nil
    }

    private static func textBytes(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var isTag = false
        for byte in bytes.prefix(400_000) {
            if byte == 0x3C { isTag = true }
            if !isTag { result.append(byte) }
            if byte == 0x3E { isTag = false }
        }
        return result.contains { $0 >= 0x80 } ? result : bytes
    }

    /// The text of a page's bytes, without a byte order mark. What cannot be decoded becomes U+FFFD.
    func decode(_ bytes: [UInt8]) -> String {
        switch name {
        case "utf-8":
            return String(decoding: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...], as: UTF8.self)
        case "utf-16le", "utf-16be":
            let isBig = name == "utf-16be"
            var units = stride(from: 0, to: bytes.count - 1, by: 2).map { index in
                let (high, low) = isBig ? (bytes[index], bytes[index + 1]) : (bytes[index + 1], bytes[index])
                return UInt16(high) << 8 | UInt16(low)
            }
            if units.first == 0xFEFF { units.removeFirst() }
            return String(decoding: units, as: UTF16.self)
        default:
            let converter = Self.converters[name] ?? name.uppercased()
            var length = 0
            let text = bytes.withUnsafeBytes { buffer -> String? in
                guard let start = buffer.baseAddress else { return "" }
                guard
                    let text = ccharset_decode(
                        converter, start.assumingMemoryBound(to: CChar.self), buffer.count,
                        name.hasPrefix("windows") ? 1 : 0,
                        &length)
                else { return nil }
                defer { ccharset_free(text) }
                return text.withMemoryRebound(to: UInt8.self, capacity: length) {
                    String(decoding: UnsafeBufferPointer(start: $0, count: length), as: UTF8.self)
                }
            }
            let decoded = text ?? String(decoding: bytes, as: UTF8.self)
            switch name {
            case "gb18030", "gbk": return Self.withoutPrivateUse(decoded)
            // Signs that these two sets have had since 1998, and iconv's tables do not.
            case "macintosh": return decoded.replacing("\u{394}", with: "\u{2206}")
            case "x-mac-cyrillic": return decoded.replacing("\u{A4}", with: "\u{20AC}")
            default: return decoded
            }
        }
    }

    /// iconv's table is that of the year 2000, in which some characters stood in the area for private use. Browsers have
    /// them where Unicode has put them since, https://encoding.spec.whatwg.org/#index-gb18030.
    private static func withoutPrivateUse(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { (0xE000...0xF8FF).contains($0.value) }) else { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { scalars.append(moved[scalar.value].flatMap(Unicode.Scalar.init) ?? scalar) }
        return String(scalars)
    }

    private static let moved: [UInt32: UInt32] = [
        0xE7C7: 0x1E3F, 0xE78D: 0xFE10, 0xE78E: 0xFE12, 0xE78F: 0xFE11, 0xE790: 0xFE13, 0xE791: 0xFE14, 0xE792: 0xFE15,
        0xE793: 0xFE16, 0xE794: 0xFE17, 0xE795: 0xFE18, 0xE796: 0xFE19, 0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6,
        0xE82C: 0x9FB7, 0xE832: 0x9FB8, 0xE843: 0x9FB9, 0xE854: 0x9FBA, 0xE864: 0x9FBB, 0xE816: 0x20087,
        0xE817: 0x20089,
        0xE818: 0x200CC, 0xE831: 0x215D7, 0xE83B: 0x2298F, 0xE855: 0x241FE,
    ]

    /// What iconv calls them, where it is not the standard's name. Browsers read the older sets of East Asia as their
    /// supersets.
    private static let converters: [String: String] = [
        "gbk": "GB18030", "big5": "BIG5-HKSCS", "euc-jp": "EUC-JP-MS", "shift_jis": "CP932", "euc-kr": "UHC",
        "iso-8859-8-i": "ISO-8859-8", "windows-874": "CP874", "macintosh": "MACINTOSH",
        "x-mac-cyrillic": "MAC-CYRILLIC",
        "windows-1250": "CP1250", "windows-1251": "CP1251", "windows-1252": "CP1252", "windows-1253": "CP1253",
        "windows-1254": "CP1254", "windows-1255": "CP1255", "windows-1256": "CP1256", "windows-1257": "CP1257",
        "windows-1258": "CP1258",
    ]

    private static let labels: [String: String] = {
        var table: [String: String] = [:]
        for line in labelLines.split(separator: "\n") {
            let parts = line.split(separator: " ").map(String.init)
            for label in parts { table[label] = parts[0] }
        }
        return table
    }()

    /// https://encoding.spec.whatwg.org/#names-and-labels: the name, then its labels.
    private static let labelLines = """
        utf-8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf8 x-unicode20utf8
        ibm866 866 cp866 csibm866
        iso-8859-2 csisolatin2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2
        iso-8859-3 csisolatin3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3
        iso-8859-4 csisolatin4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4
        iso-8859-5 csisolatincyrillic cyrillic iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988
        iso-8859-6 arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987
        iso-8859-7 csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987 sun_eu_greek
        iso-8859-8 csiso88598e csisolatinhebrew hebrew iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 visual
        iso-8859-8-i csiso88598i logical
        iso-8859-10 csisolatin6 iso-ir-157 iso8859-10 iso885910 l6 latin6
        iso-8859-13 iso8859-13 iso885913
        iso-8859-14 iso8859-14 iso885914
        iso-8859-15 csisolatin9 iso8859-15 iso885915 iso_8859-15 l9
        iso-8859-16
        koi8-r cskoi8r koi koi8 koi8_r
        koi8-u koi8-ru
        macintosh csmacintosh mac x-mac-roman
        windows-874 dos-874 iso-8859-11 iso8859-11 iso885911 tis-620
        windows-1250 cp1250 x-cp1250
        windows-1251 cp1251 x-cp1251
        windows-1252 ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii x-cp1252
        windows-1253 cp1253 x-cp1253
        windows-1254 cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 x-cp1254
        windows-1255 cp1255 x-cp1255
        windows-1256 cp1256 x-cp1256
        windows-1257 cp1257 x-cp1257
        windows-1258 cp1258 x-cp1258
        x-mac-cyrillic x-mac-ukrainian mac-cyrillic
        gbk chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 iso-ir-58 x-gbk
        gb18030
        big5 big5-hkscs cn-big5 csbig5 x-x-big5
        euc-jp cseucpkdfmtjapanese x-euc-jp
        iso-2022-jp csiso2022jp
        shift_jis csshiftjis ms932 ms_kanji shift-jis sjis windows-31j x-sjis
        euc-kr cseuckr csksc56011987 iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949 uhc
        utf-16be unicodefffe
        utf-16le csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16
        x-user-defined
        """
}

/// A telephone number in E.164 form (ITU-T).
public struct PhoneNumber: Hashable, Sendable, CustomStringConvertible {
    /// A plus sign and 7 to 15 digits.
    public let e164: String
    /// The extension to dial once connected.
    public let `extension`: String?

    public var description: String { `extension`.map { "\(e164) ext. \($0)" } ?? e164 }

    /// Parses a number as people write it. Returns nil for anything that cannot be a number.
    ///
    /// - Parameter country: the country of numbers that are written without one, as an ISO 3166 code (`US`).
    public init?(parsing text: String, country: String = "US") {
        var text = text.tidied(limit: 80).lowercased()
        if text.hasPrefix("tel:") { text.removeFirst(4) }
        var direct: String?
        let hasMark = text.utf8.contains { (0x61...0x7A).contains($0) || $0 == 0x23 }
        for mark in ["extension", "ext.", "ext", ";ext=", "x", "#"] where hasMark {
            guard let range = text.firstRange(of: mark) else { continue }
            let digits = text[range.upperBound...].filter(\.isASCIIDigit)
            // If anything else follows, the mark did not introduce an extension.
            guard (1...7).contains(digits.count) else { return nil }
            direct = digits
            text = String(text[..<range.lowerBound])
            break
        }
        let isInternational = text.hasPrefix("+") || text.hasPrefix("(+")
        guard text.allSatisfy({ $0.isASCIIDigit || " +()-./\u{A0}\u{2010}\u{2011}\u{2013}".contains($0) }) else {
            return nil
        }
        // `+44 (0)20`: the trunk zero is not dialled from abroad.
        let digits = (isInternational ? text.replacing("(0)", with: "") : text).filter(\.isASCIIDigit)
        let number: String
        if isInternational {
            number = digits
        } else if digits.hasPrefix("00") {
            number = String(digits.dropFirst(2))
        } else if digits.hasPrefix("011"), digits.count > 11 {
            number = String(digits.dropFirst(3))
        } else {
            guard let code = PhoneNumber.callingCodes[country.uppercased()] else { return nil }
            if code == "1" {
                let national = digits.count == 11 && digits.hasPrefix("1") ? String(digits.dropFirst()) : digits
                guard national.count == 10 else { return nil }
                number = "1" + national
            } else {
                number = code + (digits.hasPrefix("0") && code != "39" ? String(digits.dropFirst()) : digits)
            }
        }
        guard (7...15).contains(number.count), !number.hasPrefix("0") else { return nil }
        if number.hasPrefix("1") {
            // The North American plan: ten digits; area code and exchange do not begin with 0 or 1.
            let area = number.dropFirst().first ?? "0"
            let exchange = number.dropFirst(4).first ?? "0"
            guard number.count == 11, !"01".contains(area), !"01".contains(exchange) else { return nil }
        }
        e164 = "+" + number
        self.extension = direct
    }

    /// ITU-T E.164 country codes of the countries that can be configured.
    public static let callingCodes: [String: String] = [
        "US": "1", "CA": "1", "GB": "44", "IE": "353", "FR": "33", "DE": "49", "AT": "43", "CH": "41", "NL": "31",
        "BE": "32", "LU": "352", "ES": "34", "PT": "351", "IT": "39", "SE": "46", "NO": "47", "DK": "45", "FI": "358",
        "PL": "48", "CZ": "420", "AU": "61", "NZ": "64", "IN": "91", "SG": "65", "JP": "81", "KR": "82", "BR": "55",
        "MX": "52", "ZA": "27", "IL": "972", "AE": "971",
    ]
}

extension Character {
    var isASCIIDigit: Bool { asciiValue.map { (0x30...0x39).contains($0) } ?? false }
}

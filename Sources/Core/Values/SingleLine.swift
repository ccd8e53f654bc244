extension String {
    /// Makes control characters visible, as well as characters that are invisible or change the writing direction.
    /// Input can then not break a log line, colour a terminal, or look like another text.
    public var singleLine: String {
        guard unicodeScalars.contains(where: \.isSuspicious) else { return self }
        return escapingSuspicious { scalar in
            switch scalar {
            case "\n": "\\n"
            case "\t": "\\t"
            default: "\\u{\(String(scalar.value, radix: 16))}"
            }
        }
    }

    /// The same within JSON, escaped so that the text stays the same for the program that reads it.
    public var harmlessJSON: String {
        guard unicodeScalars.contains(where: \.isSuspicious) else { return self }
        return escapingSuspicious { scalar in
            // White space between the values of a document.
            if scalar == "\n" || scalar == "\t" || scalar == "\r" { return String(scalar) }
            return String(scalar).utf16.map { unit in
                let hex = String(unit, radix: 16)
                return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            }.joined()
        }
    }

    private func escapingSuspicious(_ escape: (Unicode.Scalar) -> String) -> String {
        var text = ""
        var last: Unicode.Scalar = " "
        for scalar in unicodeScalars {
            // Joiners belong to emoji and to scripts that need them. Next to Latin letters, they only hide something.
            if scalar.isSuspicious, !scalar.isJoiner || last.isASCII {
                text += escape(scalar)
            } else {
                text.unicodeScalars.append(scalar)
            }
            last = scalar
        }
        return text
    }
}

extension StringProtocol {
    /// At most `limit` characters, with an ellipsis if it was cut.
    public func shortened(to limit: Int) -> String { count <= limit ? String(self) : prefix(limit - 1) + "…" }
}

extension Unicode.Scalar {
    fileprivate var isJoiner: Bool { value == 0x200C || value == 0x200D }

    /// C0 and C1 controls, line separators, zero-width characters, controls of the writing direction (Unicode UAX 9),
    /// annotations and tags.
    fileprivate var isSuspicious: Bool {
        switch value {
        case 0x20...0x7E: false
        case 0x00...0x1F, 0x7F...0x9F, 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
            0xFFF9...0xFFFB, 0xE0000...0xE007F:
            true
        default: false
        }
    }
}

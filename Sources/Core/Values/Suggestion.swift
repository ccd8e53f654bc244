/// Guesses what a person meant by an unknown word.
public enum Suggestion {
    /// The candidate with the smallest edit distance to `word`, if it is small enough to be likely; nil otherwise.
    public static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        let wanted = Array(word.lowercased().prefix(64))
        let limit = max(1, wanted.count / 3)
        var best: (distance: Int, name: String)?
        for candidate in candidates {
            let name = Array(candidate.lowercased().prefix(64))
            guard abs(name.count - wanted.count) <= limit else { continue }
            let distance = editDistance(wanted, name)
            if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate) }
        }
        return best?.name
    }

    /// `did you mean "x"?`, or the list of candidates if none is similar and the list is short.
    public static func hint(for word: String, among candidates: [String]) -> String? {
        // The word may only look right: it may contain a word processor's space, or a character that cannot be seen.
        if let hidden = word.unicodeScalars.first(where: \.isLookalike) {
            let plain = String(String.UnicodeScalarView(word.unicodeScalars.filter { !$0.isLookalike }))
            let meant = candidates.contains(plain) ? "did you mean \"\(plain)\"? It" : "it"
            return "\(meant) holds \(hidden.nameForPeople); type it again"
        }
        if let name = nearest(to: word, among: candidates) { return "did you mean \"\(name)\"?" }
        guard !candidates.isEmpty, candidates.count <= 24 else { return nil }
        return "known: \(candidates.joined(separator: ", "))"
    }

    /// Optimal string alignment: inserting, deleting, replacing, and swapping neighbours cost one each.
    public static func editDistance(_ left: [Character], _ right: [Character]) -> Int {
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        var beforeLast = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        for row in 1...left.count {
            var current = [row] + [Int](repeating: 0, count: right.count)
            for column in 1...right.count {
                let same = left[row - 1] == right[column - 1]
                current[column] = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (same ? 0 : 1))
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    current[column] = min(current[column], beforeLast[column - 2] + 1)
                }
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}

extension Unicode.Scalar {
    /// White space other than a plain space, and invisible characters.
    fileprivate var isLookalike: Bool {
        guard value > 0x7E else { return value < 0x20 && value != 0x0A }
        switch properties.generalCategory {
        case .spaceSeparator, .format, .control, .lineSeparator, .paragraphSeparator: return true
        default: return false
        }
    }

    fileprivate var nameForPeople: String {
        let hex = String(value, radix: 16, uppercase: true)
        let code = "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
        return value == 0xA0 ? "a no-break space (\(code))" : "a character that cannot be seen (\(code))"
    }
}

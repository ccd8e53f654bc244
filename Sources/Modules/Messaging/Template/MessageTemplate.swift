public import Values

/// A text with placeholders: `{{name}}`, or `{{name|text to use when it is not known}}`.
public struct MessageTemplate: Sendable, Equatable {
    private enum Part: Equatable {
        case text(String)
        case gap(name: String, fallback: String?)
    }

    private let parts: [Part]

    /// Why a text is not a template.
    public struct Problem: PresentableError, Equatable {
        public let message: String
        public var errorKind: ErrorKind { .configuration }
    }

    /// Throws a `Problem` for a placeholder that is not closed or whose name is not one of `MessageFacts.names`.
    public init(_ text: String) throws(Problem) {
        var parts: [Part] = []
        var rest = Substring(text)
        while let open = rest.firstRange(of: "{{") {
            if open.lowerBound > rest.startIndex { parts.append(.text(String(rest[..<open.lowerBound]))) }
            let after = rest[open.upperBound...]
            guard let close = after.firstRange(of: "}}") else {
                throw Problem(message: "\"{{\(after.prefix(20))\" is not closed with }}")
            }
            let inside = after[..<close.lowerBound].split(
                separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(inside[0].filter { !$0.isWhitespace })
            guard MessageFacts.names.contains(name) else {
                throw Problem(
                    message:
                        "there is no \"\(name)\" to fill in; there are: \(MessageFacts.names.joined(separator: ", "))")
            }
            parts.append(.gap(name: name, fallback: inside.count > 1 ? String(inside[1]) : nil))
            rest = after[close.upperBound...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        self.parts = parts
    }

    /// The facts that are needed but not known; empty when the template can be filled in.
    public func missing(in facts: MessageFacts) -> [String] {
        parts.compactMap { part in
            if case .gap(let name, nil) = part, facts[name] == nil { return name }
            return nil
        }
    }

    /// The text with the facts filled in. Missing ones are left empty.
    public func fill(with facts: MessageFacts) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .gap(let name, let fallback): facts[name] ?? fallback ?? ""
            }
        }.joined()
    }
}

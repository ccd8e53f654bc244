public import Leads
import Values

/// Checks whether a message is ready to be sent.
public enum MessageCheck {
    /// The problems of a message, one clause each; empty when it can be sent.
    public static func problems(in message: DraftMessage, facts: MessageFacts) -> [String] {
        var problems = outline(of: message)
        let body = message.body
        if body.count < 40 { problems.append("it is too short") }
        for text in [message.subject, body] {
            if let placeholder = placeholder(in: text) { problems.append("\(placeholder) was not filled in") }
        }
        if let name = facts["first_name"], !body.folded.contains(name.folded) {
            problems.append("it does not name the person")
        }
        return problems
    }

    /// What is wrong with any message of this outline, whoever wrote it.
    static func outline(of message: DraftMessage) -> [String] {
        var problems: [String] = []
        if message.subject.isEmpty { problems.append("it has no subject") }
        if message.subject.count > 200 { problems.append("its subject is too long") }
        if message.body.count > 3_000 { problems.append("it is longer than 3000 characters") }
        return problems
    }

    /// The first placeholder that was not filled in: `{{…}}`, `{name}`, `[Your Name]`, `<company>`, `%FIRST%`, `$name`,
    /// `XXX`, `TBD`. Nil when there is none.
    public static func placeholder(in text: String) -> String? {
        for (open, close) in [("{", "}"), ("[", "]"), ("<", ">"), ("%", "%")] as [(Character, Character)] {
            var rest = Substring(text)
            while let start = rest.firstIndex(of: open) {
                rest = rest[rest.index(after: start)...]
                guard let end = rest.firstIndex(of: close) else { break }
                let inside = rest[..<end].filter { $0 != "{" && $0 != "}" }
                if isGap(inside, open) { return "\(open)\(inside)\(close)" }
                if open == "%" { continue }
                rest = rest[end...]
            }
            if open == "{", text.contains("{{") || text.contains("}}") { return "{{" }
        }
        let words = text.split { !$0.isLetter && $0 != "$" && $0 != "_" }
        for word in words {
            if word.hasPrefix("$"), word.count > 2, word.dropFirst().allSatisfy({ $0.isLetter || $0 == "_" }) {
                return String(word)
            }
            // Words that writers leave where something should be filled in.
            if word.count >= 3, word.allSatisfy({ $0 == "X" }) || word == "TBD" || word == "INSERT" || word == "TODO" {
                return String(word)
            }
        }
        return nil
    }

    private static func isGap(_ inside: some StringProtocol, _ open: Character) -> Bool {
        guard (1...40).contains(inside.count), inside.contains(where: \.isLetter) else { return false }
        let plain = inside.allSatisfy { $0.isLetter || $0.isNumber || " _-./'’|".contains($0) }
        guard plain else { return false }
        switch open {
        case "%": return inside.allSatisfy { $0.isUppercase || $0 == "_" || $0.isNumber }
        case "<":
            guard inside.first?.isLetter == true, inside.last != " " else { return false }
            return !inside.contains("/") && !inside.contains(".")
        // A remark like [1] or [sic] is not a placeholder; a longer text in brackets is one.
        case "[": return inside.count > 3
        default: return true
        }
    }
}

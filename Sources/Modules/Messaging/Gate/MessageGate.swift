public import Leads
import Values

/// Holds back what a model wrote and nobody should send unseen. It does not judge whether a message is good, only whether
/// it is plainly unfit: wrong names, things that no fact says, remarks of the model, broken or foreign text.
public enum MessageGate {
    /// Why a person has to look at the message, a clause each; empty when it may go on.
    ///
    /// - Parameter language: the language that was asked for, by ISO 639-1 (`en`).
    public static func problems(in message: DraftMessage, facts: MessageFacts, language: String) -> [String] {
        let text = GateText(message, facts)
        var problems = MessageCheck.outline(of: message)
        func add(_ problem: String?) { if let problem, !problems.contains(problem) { problems.append(problem) } }
        add(noise(text))
        add(GatePlaceholders.problem(text))
        add(GatePhrases.problem(text))
        add(GateNames.greeting(text))
        add(GateNames.signature(text, language: language))
        add(GateClaims.links(text))
        add(GateClaims.numbers(text))
        add(GateNames.others(text, language: language))
        add(end(text))
        add(GateLanguage.problem(text, wanted: language))
        return problems
    }

    private static func noise(_ text: GateText) -> String? {
        if text.body.count < 60 { return "it is too short" }
        let words = text.body.folded.split(separator: " ")
        if words.count < 12 { return "it is too short" }
        let letters = text.body.filter { $0.isLetter || $0.isWhitespace }.count
        if Double(letters) < Double(text.body.count) * 0.75 { return "it is hardly text" }
        if words.count > 30, Double(Set(words).count) < Double(words.count) * 0.4 { return "it repeats itself" }
        let sentences = text.sentences.map { $0.folded }.filter { $0.count > 15 }
        if Set(sentences).count < sentences.count { return "it repeats a sentence" }
        let longest = words.map(\.count).max() ?? 0
        if longest > 30, !text.body.contains("://") { return "it is hardly text" }
        let unspeakable = words.filter { word in
            word.count > 4 && !word.contains { "aeiouy".contains($0) } && !text.known.contains(String(word))
        }
        if unspeakable.count * 8 > words.count { return "it is hardly text" }
        let loud = text.body.filter(\.isUppercase).count
        if loud * 2 > text.body.filter(\.isLetter).count { return "it is written in capitals" }
        return nil
    }

    /// Whether the text breaks off.
    private static func end(_ text: GateText) -> String? {
        for (open, close) in [("(", ")"), ("[", "]"), ("“", "”"), ("«", "»")] as [(Character, Character)]
        where text.body.filter({ $0 == open }).count > text.body.filter({ $0 == close }).count {
            return "it breaks off: \(open) is not closed"
        }
        guard let last = text.lines.last else { return "it is empty" }
        // A greeting's or a sentence's comma at the very end has nothing behind it.
        if let sign = last.last, ",:;-–—(".contains(sign) { return "it breaks off" }
        for line in text.lines.dropLast() where line.split(separator: " ").count > 6 {
            // A paragraph that ends within a sentence.
            if let sign = line.last, sign.isLetter, !line.isListItem, line.hasSuffix(" and") || line.hasSuffix(" the") {
                return "it breaks off"
            }
        }
        if text.signature.contains(last) {
            // What stands above the signature has to be complete as well.
            let above = text.lines.dropLast(text.signature.count + (text.hasClosing ? 1 : 0))
            if let line = above.last, line.split(separator: " ").count > 3, let sign = line.last,
                sign.isLetter || ",;-–(".contains(sign), !line.isListItem
            {
                return "it breaks off before the end"
            }
            return nil
        }
        // `…suit you? Robin`
        let tail = last[(last.lastIndex { ".!?".contains($0) }.map { last.index(after: $0) } ?? last.startIndex)...]
        let signed = GateText.words(of: String(tail))
        if !signed.isEmpty, signed.allSatisfy({ text.sender.contains($0) || GateNames.joining.contains($0) }) {
            return nil
        }
        if let sign = last.last, ".!?…)\"”»'’".contains(sign) || !sign.isASCII && !sign.isLetter {
            return text.hasClosing || text.namesSender ? nil : "it has no end: nobody signs it"
        }
        return "it breaks off"
    }
}

extension String {
    /// Whether the line is an item of a list.
    var isListItem: Bool { ["-", "*", "•", "–", "·"].contains { hasPrefix($0) } || first?.isNumber == true }
}

/// A message taken apart, and the words that its facts allow.
struct GateText {
    let subject: String
    let body: String
    let facts: MessageFacts
    /// The lines of the body that are not empty.
    let lines: [String]
    /// All words of the facts, folded.
    let known: Set<String>
    /// The facts as one text, in lower case.
    let factText: String
    let person: Set<String>
    let sender: Set<String>
    let company: Set<String>
    /// The lines below the closing phrase.
    let signature: [String]
    let hasClosing: Bool

    init(_ message: DraftMessage, _ facts: MessageFacts) {
        subject = message.subject
        body = message.body
        self.facts = facts
        lines = body.split(whereSeparator: \.isNewline).map { String($0).tidied(limit: 2_000) }.filter { !$0.isEmpty }
        func words(_ names: [String]) -> Set<String> { Set(names.flatMap { GateText.words(of: facts[$0] ?? "") }) }
        known = Set(facts.values.flatMap { GateText.words(of: $0.value) })
        factText = facts.values.map { $0.value.lowercased() }.joined(separator: "\n")
        var person = words(["first_name", "last_name", "full_name"])
        // `Bill` of William, if the facts say so or everybody would.
        for name in person { person.formUnion(PersonName.formsOf(name)) }
        self.person = person
        sender = words(["sender_name"])
        company = words(["company"])
        var rest = lines[...]
        while let last = rest.last, GatePhrases.isPostscript(last) { rest = rest.dropLast() }
        let closing = rest.indices.reversed().prefix(6).first { GatePhrases.isClosing(rest[$0]) }
        hasClosing = closing != nil
        if let closing {
            signature = Array(rest[rest.index(after: closing)...])
        } else if let last = rest.last, rest.count > 1, GateText.words(of: last).count <= 8,
            Set(GateText.words(of: last)).isSubset(
                of: words(["sender_name", "sender_company"]).union(GateNames.joining))
        {
            signature = [last]
        } else if let last = rest.last, rest.count > 1, last.split(separator: " ").count <= 5,
            last.first?.isUppercase == true, last.last.map({ $0.isLetter || $0 == "." }) ?? false, !last.isListItem
        {
            signature = [last]
        } else {
            signature = []
        }
    }

    /// Whether the sender is named in the message.
    var namesSender: Bool { !sender.isDisjoint(with: GateText.words(of: body)) }

    var sentences: [String] {
        body.split { ".!?".contains($0) || $0.isNewline }.map { String($0).tidied(limit: 2_000) }.filter { !$0.isEmpty }
    }

    /// The words of a text, folded, without possessive endings.
    static func words(of text: String) -> [String] {
        text.split { !($0.isLetter || $0.isNumber || "'’&.+-".contains($0)) }.flatMap { part -> [String] in
            let word = String(part)
            let whole = word.folded
            let pieces = whole.split(separator: " ").map(String.init)
            return pieces + (pieces.count > 1 ? [pieces.joined()] : [])
        }
    }
}

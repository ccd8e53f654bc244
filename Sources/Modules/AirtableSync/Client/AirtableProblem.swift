public import Values

/// Why Airtable did not do what it was asked to.
public struct AirtableProblem: PresentableError, Equatable {
    public enum Kind: Sendable, Equatable {
        /// The token, the base, the table, or a field of the mapping: nothing can be done until a person mends it.
        case configuration
        /// One of the records cannot be taken.
        case badRecord
        /// A record that was named is not there.
        case noSuchRecord(String)
        /// A field that was named is not there; its name or id, as Airtable says it.
        case noSuchField(String)
        /// A field that was named may be read by this token, and not written.
        case lockedField(String)
        /// The list that was being read cannot be read on, and is begun anew.
        case listExpired
        /// The month's calls are used up.
        case quota
        /// It may work later.
        case unavailable
        /// Another sync is at work.
        case busy
    }

    public let kind: Kind
    public let message: String
    /// Airtable's own word for it; empty when there is none.
    let type: String
    /// Airtable's own message; empty when there is none.
    let said: String

    init(_ kind: Kind, _ message: String, type: String = "", said: String = "") {
        self.kind = kind
        self.type = type
        self.said = said
        self.message = message
    }

    public var errorKind: ErrorKind {
        switch kind {
        case .configuration, .noSuchField, .lockedField: .configuration
        case .badRecord, .noSuchRecord: .data
        case .quota: .unavailable
        case .listExpired, .unavailable, .busy: .temporary
        }
    }

    /// X of `Field "X" cannot accept the provided value`; a name may hold quotation marks itself.
    static func fieldName(in message: String) -> String {
        guard let start = message.firstRange(of: "Field \""), let end = message.firstRange(of: "\" cannot accept"),
            start.upperBound <= end.lowerBound
        else { return "" }
        return String(message[start.upperBound..<end.lowerBound])
    }

    /// The text within the first pair of quotation marks, as in `Unknown field name: "X"`; marks within it are kept.
    static func quoted(_ message: String) -> String? {
        guard let first = message.firstIndex(of: "\""), let last = message.lastIndex(of: "\""), first < last else {
            return nil
        }
        var text = message[message.index(after: first)..<last]
        // A select option is shown as JSON within quotation marks: ""X"".
        if text.hasPrefix("\""), text.hasSuffix("\""), text.count >= 2 { text = text.dropFirst().dropLast() }
        return String(text)
    }
}

public import Values

/// Why Airtable did not do what it was asked to.
public struct AirtableProblem: PresentableError, Equatable {
    public enum Kind: Sendable, Equatable {
        /// The token, the base, the table, or a field of the mapping is wrong. A person has to fix it.
        case configuration
        /// One of the records cannot be accepted.
        case badRecord
        /// A record that the request names does not exist.
        case noSuchRecord(String)
        /// A field that the request names does not exist; its name or id, as Airtable gives it.
        case noSuchField(String)
        /// The token may read a field that the request names, but not write it.
        case lockedField(String)
        /// A record was changed while a write to it waited, so nothing was written.
        case changedMeanwhile
        /// The token may not do this in this table, such as create records.
        case forbidden
        /// The list being read has expired and has to be started again.
        case listExpired
        /// The month's calls are used up.
        case quota
        /// A temporary failure; it may work later.
        case unavailable
        /// Another sync is running.
        case busy
    }

    public let kind: Kind
    public let message: String
    /// Airtable's error type; empty if there is none.
    let type: String
    /// Airtable's error message; empty if there is none.
    let said: String

    init(_ kind: Kind, _ message: String, type: String = "", said: String = "") {
        self.kind = kind
        self.type = type
        self.said = said
        self.message = message
    }

    public var errorKind: ErrorKind {
        switch kind {
        case .configuration, .noSuchField, .lockedField, .forbidden: .configuration
        case .badRecord, .noSuchRecord: .data
        case .quota: .unavailable
        case .listExpired, .unavailable, .busy, .changedMeanwhile: .temporary
        }
    }

    /// The X of `Field "X" cannot accept the provided value`. A name may itself contain quotation marks.
    static func fieldName(in message: String) -> String {
        guard let start = message.firstRange(of: "Field \""), let end = message.firstRange(of: "\" cannot accept"),
            start.upperBound <= end.lowerBound
        else { return "" }
        return String(message[start.upperBound..<end.lowerBound])
    }

    /// The text between the first and the last quotation mark, as in `Unknown field name: "X"`.
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

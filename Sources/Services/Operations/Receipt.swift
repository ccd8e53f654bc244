import Leads
import Storage

/// Identifies a request whose answer is kept, so that a repetition gets the same answer and nothing is done twice.
public struct AnswerKey: Sendable, Hashable {
    /// The number of the token that it came with.
    public let token: Int64
    /// The key that the caller chose.
    public let key: String

    public init(token: Int64, key: String) {
        self.token = token
        self.key = key
    }
}

/// Keeps the answer to a request.
struct Receipt: Sendable {
    let key: AnswerKey
    /// Makes the answer of an operation's response.
    let answer: @Sendable (any Sendable) throws -> StoredAnswer?

    func keep(_ response: any Sendable, in transaction: Transaction) throws {
        guard let answer = try answer(response) else { return }
        try transaction.tokens.finish(key.key, of: key.token, answer)
    }
}

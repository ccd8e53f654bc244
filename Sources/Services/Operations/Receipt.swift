public import Leads
import Storage
import Values

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

/// Sees to it that a request with a key of its own is carried out once.
public enum RepeatedRequest {
    /// Notes that a request is being carried out, unless it was before. If it was answered with a run that was under way and has
    /// been interrupted since, it is carried out again.
    ///
    /// - Parameters:
    ///   - hash: of the whole request.
    ///   - process: identifies this process. What another process began and did not finish was cut off.
    ///   - run: the run that an answer says is under way; nil if it says that of none.
    public static func begin(
        _ key: AnswerKey, hash: String, process: String, run: @escaping @Sendable (StoredAnswer) -> Int64?,
        in context: OperationContext
    ) async throws -> RequestBeginning {
        let now = context.runtime.now
        return try await context.data.write("a request", logger: context.logger) { store, _ in
            try store.transaction { transaction in
                let tokens = transaction.tokens
                // Those of a day and more ago are not kept, whether or not there is a job that prunes.
                _ = try tokens.forgetAnswers(before: now - .seconds(86_400))
                func begin() throws -> RequestBeginning {
                    try tokens.begin(key.key, of: key.token, hash: hash, process: process, at: now)
                }
                let beginning = try begin()
                guard case .answered(let answer) = beginning, let run = run(answer),
                    try transaction.runs.find(run)?.status == .interrupted
                else { return beginning }
                try tokens.forget(key.key, of: key.token)
                return try begin()
            }
        }
    }

    /// Keeps an answer to a request that changes nothing else in a transaction.
    public static func finish(_ key: AnswerKey, _ answer: StoredAnswer, in context: OperationContext) async throws {
        try await context.data.write("a request", logger: context.logger) { store, _ in
            try store.tokens.finish(key.key, of: key.token, answer)
        }
    }

    /// Forgets a request that was refused, so that it may be sent again.
    public static func abandon(_ key: AnswerKey, in context: OperationContext) async throws {
        try await context.data.write("a request", logger: context.logger) { store, _ in
            try store.tokens.abandon(key.key, of: key.token)
        }
    }
}

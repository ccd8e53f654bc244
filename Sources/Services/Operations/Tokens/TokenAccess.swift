public import Leads
import Storage
import Values

/// Whose a token is.
public enum TokenAccess {
    /// Returns the token in force with this text; nil if there is none. Throws a `StorageError`.
    public static func token(_ text: String, in context: OperationContext) async throws -> AccessToken? {
        guard let text = TokenText(text) else { return nil }
        let now = context.runtime.now
        let found = try await context.data.look { try $0.tokens.find(handle: text.handle) } ?? nil
        guard let found, text.matches(found.hash), found.token.isInForce(at: now) else { return nil }
        if found.token.usedAt.map({ now.since($0) >= .seconds(3_600) || $0 > now }) ?? true {
            // Only for people who look after their tokens, so it does not matter if it cannot be written.
            _ = try? await context.data.write("a token", logger: context.logger) { store, _ in
                try store.tokens.noteUse(of: found.token.id, at: now)
            }
        }
        return found.token
    }

    /// Whether a token is still in force. Throws a `StorageError`.
    public static func isInForce(_ token: Int64, in context: OperationContext) async throws -> Bool {
        let now = context.runtime.now
        let all = try await context.data.look { try $0.tokens.list(withRevoked: false) } ?? []
        return all.contains { $0.id == token && $0.isInForce(at: now) }
    }

    /// Whether any token is in force. Throws a `StorageError`.
    public static func hasAny(in context: OperationContext) async throws -> Bool {
        let now = context.runtime.now
        return try await context.data.look { try $0.tokens.hasAny(at: now) } ?? false
    }
}

/// What is to be done about a request with a key of its own.
public enum RepeatedRequest {
    public enum Beginning: Sendable, Equatable {
        /// It is new: carry it out.
        case begun
        /// The same request is being carried out.
        case underWay
        /// The same request was carried out.
        case answered(StoredAnswer)
        /// The key was used for another request.
        case other
    }

    /// Notes that a request is being carried out, unless it was before.
    ///
    /// - Parameters:
    ///   - hash: of the whole request.
    ///   - process: identifies this process. What another process began and did not finish was cut off.
    public static func begin(
        _ key: AnswerKey, hash: String, process: String, in context: OperationContext
    ) async throws -> Beginning {
        let now = context.runtime.now
        return try await context.data.write("a request", logger: context.logger) { store, _ in
            switch try store.tokens.begin(key.key, of: key.token, hash: hash, process: process, at: now) {
            case .begun: .begun
            case .underWay: .underWay
            case .answered(let answer): .answered(answer)
            case .other: .other
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

public import Leads
import Storage
import Values

/// Whose a token is.
public enum TokenAccess {
    /// Returns the token with this text; nil if no token in force has it. Throws a `StorageError`.
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

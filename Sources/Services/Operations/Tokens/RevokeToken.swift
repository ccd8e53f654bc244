import Leads
import Storage
import Values

/// Revokes a token: what comes with it from now on is refused.
public enum RevokeToken: Operation {
    public struct Request: Sendable, Codable, Equatable {
        public let name: String

        public init(_ name: String) { self.name = name }
    }

    public struct Response: Sendable, Codable, Equatable { public let name: String }

    /// Throws an `OperationProblem` when no token in force has the name, or a `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let now = context.runtime.now
        let isRevoked = try await context.data.write("a token", logger: context.logger) { store, _ in
            try store.tokens.revoke(request.name, by: context.author, at: now)
        }
        guard isRevoked else {
            throw OperationProblem(
                .notFound, "no token in force is called \(request.name.shortened(to: 60)); see: 4runr token list")
        }
        return Response(name: request.name)
    }
}

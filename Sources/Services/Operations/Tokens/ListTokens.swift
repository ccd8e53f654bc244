public import Leads
import Storage
import Values

/// The tokens, oldest first.
public enum ListTokens: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// Whether those that were revoked are listed, too.
        public var withRevoked = false

        public init() {}
    }

    public struct Line: Sendable, Codable, Equatable {
        public let token: AccessToken
        /// `in force`, `expired` or `revoked`.
        public let state: String
    }

    public struct Response: Sendable, Codable, Equatable { public let tokens: [Line] }

    /// Throws a `StorageError`. Before the first database is created, the list is empty.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let now = context.runtime.now
        let tokens = try await context.data.look { try $0.tokens.list(withRevoked: request.withRevoked) } ?? []
        return Response(
            tokens: tokens.map { token in
                let state = token.revokedAt != nil ? "revoked" : token.isInForce(at: now) ? "in force" : "expired"
                return Line(token: token, state: state)
            })
    }
}

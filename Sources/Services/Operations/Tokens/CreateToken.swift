public import Leads
import Storage
import Values

/// Makes a token with which a program uses the interface.
public enum CreateToken: Operation {
    public struct Request: Sendable, Codable, Equatable {
        public let name: String
        public let scope: AccessScope
        /// How long it may be used, in seconds; nil for ever.
        public var seconds: Double?
        /// Whether what comes with it is a person's word.
        public var isPerson = false

        public init(_ name: String, scope: AccessScope) {
            self.name = name
            self.scope = scope
        }
    }

    public struct Response: Sendable, Codable, Equatable {
        public let token: AccessToken
        /// The token itself. It is shown now and never again.
        public let secret: String
    }

    /// Throws an `OperationProblem` when the name is not one, or a token in force has it; or a `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        guard isName(request.name) else {
            throw OperationProblem(
                .usage,
                "\"\(request.name.shortened(to: 60))\" is not a name for a token; use letters, digits, - _ and . , up to 64 of them, beginning with a letter or digit"
            )
        }
        if let seconds = request.seconds, !(60...(3_660 * 86_400)).contains(seconds) {
            throw OperationProblem(.usage, "a token may be in force from 1m to 3660d")
        }
        let text = TokenText()
        return try await context.data.write("a token", logger: context.logger) { store, _ in
            let now = context.runtime.now
            let expiry = request.seconds.map { now + Duration(inSeconds: $0) }
            let token = try store.tokens.add(
                request.name, handle: text.handle, hash: text.hash, scope: request.scope, isPerson: request.isPerson,
                expiresAt: expiry, by: context.author, at: now)
            guard let token else {
                throw OperationProblem(
                    .conflict,
                    "a token in force is called \(request.name); choose another name, or revoke that one: 4runr token revoke \(request.name)"
                )
            }
            return Response(token: token, secret: text.text)
        }
    }

    private static func isName(_ name: String) -> Bool {
        guard let first = name.first, first.isASCII, first.isLetter || first.isNumber, name.count <= 64 else {
            return false
        }
        return name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
    }
}

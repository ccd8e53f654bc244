import Leads
import Storage
import Values

/// Lets messages be written again after a restore that could not read the database it replaced, at a person's request.
public enum ConfirmRestore: Operation {
    public struct Request: Sendable, Codable, Equatable { public init() {} }

    public struct Response: Sendable, Codable, Equatable {
        /// Why messages were held back.
        public let reason: String
    }

    /// Throws an `OperationProblem` when nothing is held back, or a `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try await context.workByHand("confirming a restore") { hand in
            try hand.transaction { transaction in
                guard let reason = try transaction.holds.reason(of: .messages) else {
                    throw OperationProblem(.usage, "no restore waits to be confirmed")
                }
                _ = try transaction.holds.lift(.messages)
                try transaction.runs.add([
                    Step(byHand: "confirm-restore", ["reason": reason], by: hand.author, at: hand.runtime.now)
                ])
                return Response(reason: reason)
            }
        }
    }
}

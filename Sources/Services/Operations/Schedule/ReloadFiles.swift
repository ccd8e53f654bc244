import Scheduling
import Values

/// Makes the daemon read its files again.
public enum ReloadFiles: Operation {
    public struct Request: Sendable, Codable, Equatable { public init() {} }

    public struct Response: Sendable, Codable, Equatable {
        public let comparison: ScheduleDifference
        /// Warnings about the files, one line each.
        public let warnings: [String]
    }

    /// Throws an `OperationProblem` with all errors of the files; the running schedule then stays in force.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let answer = try await context.ask(.reload)
        guard case .reloaded(let result) = answer else { throw answer.isNotExpected }
        return Response(comparison: ScheduleDifference(result.comparison), warnings: result.warnings)
    }
}

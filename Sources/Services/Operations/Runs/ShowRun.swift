public import Leads
import Storage
import Values

/// One run.
public enum ShowRun: Operation {
    public struct Request: Sendable, Codable, Equatable {
        public let id: Int64

        public init(_ id: Int64) { self.id = id }
    }

    public typealias Response = Activity

    /// Throws an `OperationProblem` when there is no such run, or a `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let found = try await context.data.look { try $0.runs.find(request.id) } ?? nil
        guard let found, found.parentID == nil else {
            throw OperationProblem(.notFound, "there is no run \(request.id)")
        }
        return found
    }
}

import Values

/// Ends what runs of a job, and takes back what waits of it.
public enum CancelJob: Operation {
    public struct Request: Sendable, Codable, Equatable {
        public let job: String

        public init(_ job: String) { self.job = job }
    }

    public typealias Response = CancelResult

    /// Throws an `OperationProblem` when nothing of it runs or waits, or no daemon runs.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let answer = try await context.ask(.cancel(job: request.job))
        guard case .cancelled(let result) = answer else { throw answer.isNotExpected }
        return result
    }
}

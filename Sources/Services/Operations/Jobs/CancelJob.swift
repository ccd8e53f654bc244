import Leads
import Values

/// Cancels the running and waiting runs of a job.
public enum CancelJob: Operation {
    public struct Request: Sendable, Codable, Equatable {
        public let job: String
        /// Reports what would be cancelled, and cancels nothing.
        public var isDryRun = false

        public init(_ job: String) { self.job = job }
    }

    public typealias Response = CancelResult

    /// Throws an `OperationProblem` when the job has no running or waiting run, or no daemon is running.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let answer = try await context.ask(
            .cancel(job: request.job, by: context.author.rawValue, isDryRun: request.isDryRun))
        guard case .cancelled(let result) = answer else { throw answer.isNotExpected }
        return result
    }
}

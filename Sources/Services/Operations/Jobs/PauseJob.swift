import Values

/// Pauses a job, so that its schedule does not start it, or resumes it.
public enum PauseJob: Operation {
    public struct Request: Sendable, Codable, Equatable {
        public let job: String
        public let isPaused: Bool

        public init(_ job: String, isPaused: Bool) {
            self.job = job
            self.isPaused = isPaused
        }
    }

    public typealias Response = PauseResult

    /// Throws an `OperationProblem` when there is no such job, or it is disabled.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let answer = try await context.ask(.pause(job: request.job, request.isPaused))
        guard case .paused(let result) = answer else { throw answer.isNotExpected }
        return result
    }
}

import Leads
public import Values

/// Pauses a job, so that its schedule does not start it, or resumes it.
public enum PauseJob: Operation {
    public struct Request: Sendable, Codable, Equatable {
        public let job: String
        public let isPaused: Bool
        /// When the pause ends by itself; nil for not at all.
        public var until: Timestamp?
        /// Why, for those who wonder.
        public var note: String?
        /// Reports whether that would be a change, and changes nothing.
        public var isDryRun = false

        public init(_ job: String, isPaused: Bool) {
            self.job = job
            self.isPaused = isPaused
        }
    }

    public typealias Response = PauseResult

    /// Throws an `OperationProblem` when there is no such job, it is disabled, or the pause would be over already.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let now = context.runtime.now
        if let until = request.until, until <= now {
            throw OperationProblem(.usage, "until \(until) UTC: the pause must end in the future")
        }
        let note = request.note?.tidied(limit: 500)
        let pause = JobPause(at: now, until: request.until, note: note, author: context.author.rawValue)
        let answer = try await context.ask(
            .pause(
                job: request.job, request.isPaused ? pause : nil, by: context.author, isDryRun: request.isDryRun))
        guard case .paused(let result) = answer else { throw answer.isNotExpected }
        return result
    }
}

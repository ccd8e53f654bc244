import Leads
import Scheduling
public import Values

/// Runs the slots of a range that did not run, one after the other.
public enum BackfillJob: Operation {
    public struct Request: Sendable, Codable, Equatable {
        public let job: String
        public let from: Timestamp
        /// Nil for now.
        public var through: Timestamp?
        /// A range with more slots to run is refused.
        public var limit = 100
        /// Reports which slots would be run.
        public var isDryRun = false

        public init(_ job: String, from: Timestamp) {
            self.job = job
            self.from = from
        }
    }

    public struct Response: Sendable, Codable, Equatable {
        public let job: String
        public let isDryRun: Bool
        /// The slots that are run, in order.
        public let slots: [Timestamp]
        /// Their runs, in the same order; empty for a dry run.
        public let runs: [Int64]
        /// How many slots of the range have run already, or wait.
        public let ran: Int
    }

    /// Throws an `OperationProblem` when there is no such job, it has no slots of its own, or the range has too many.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try OperationProblem.require(request.limit, "limit", in: 1...Scheduler.backfillLimit)
        let options = BackfillOptions(
            from: request.from, through: request.through, limit: request.limit, isDryRun: request.isDryRun,
            author: context.author.rawValue)
        let answer = try await context.ask(.backfill(job: request.job, options))
        guard case .backfilled(let result) = answer else { throw answer.isNotExpected }
        return Response(
            job: result.job, isDryRun: result.isDryRun, slots: result.slots, runs: result.runs, ran: result.ran)
    }
}

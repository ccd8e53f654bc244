public import Leads
public import Storage
import Values

/// What ran, and what did not and why; the newest first.
public enum ListRuns: Operation {
    public struct Request: Sendable, Codable, Equatable {
        public var job: String?
        public var status: ActivityStatus?
        /// Only slots that did not run, and runs that were cut off.
        public var missedOnly = false
        public var limit = 20

        public init() {}

        public var filter: RunQueries.Filter {
            var filter = RunQueries.Filter()
            (filter.job, filter.status, filter.missedOnly, filter.limit) = (job, status, missedOnly, limit)
            return filter
        }
    }

    public struct Response: Sendable, Codable, Equatable {
        public let runs: [Activity]
        /// Whether some run of the job that was asked for is on record, if one was.
        public let knowsJob: Bool
    }

    /// Throws a `StorageError`. Without a database nothing has run.
    public static func perform(_ request: Request, on data: FolderAccess) async throws -> Response {
        let response = try await data.look { transaction in
            let runs = try transaction.runs.list(request.filter)
            let knowsJob = try runs.isEmpty ? request.job.map { try transaction.runs.knows(job: $0) } ?? true : true
            return Response(runs: runs, knowsJob: knowsJob)
        }
        return response ?? Response(runs: [], knowsJob: request.job == nil)
    }
}

/// The steps of a run, in order.
public enum ListSteps: Operation {
    public struct Request: Sendable, Codable, Equatable {
        public let run: Int64
        public let limit: Int

        public init(of run: Int64, limit: Int) {
            self.run = run
            self.limit = limit
        }
    }

    public struct Response: Sendable, Codable, Equatable { public let steps: [Activity] }

    /// Throws an `OperationProblem` when there is no such run, or a `StorageError`.
    public static func perform(_ request: Request, on data: FolderAccess) async throws -> Response {
        let steps = try await data.look { transaction -> [Activity]? in
            guard try transaction.runs.find(request.run) != nil else { return nil }
            return try transaction.runs.steps(of: request.run, limit: request.limit)
        }
        guard let steps = steps ?? nil else { throw OperationProblem(.usage, "there is no run \(request.run)") }
        return Response(steps: steps)
    }
}

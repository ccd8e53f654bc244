import Scheduling
public import Values

/// What another schedule file would change.
public enum CompareSchedules: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// The other schedule file's path.
        public let file: String

        public init(_ file: String) { self.file = file }
    }

    public typealias Response = ScheduleDifference

    /// Throws a `ConfigurationProblem` when one of the files is wrong.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let present = try await context.configuration().schedule
        let other = try await context.configuration(schedule: request.file, absence: .isError).schedule
        return ScheduleDifference(ScheduleComparison(from: present, to: other, at: context.runtime.now))
    }
}

/// What is different between two schedules, job by job, with the next times before and after.
public struct ScheduleDifference: Sendable, Codable, Equatable {
    public struct Change: Sendable, Codable, Equatable {
        public let job: String
        /// `added`, `removed`, `changed` (it runs at other times) or `edited` (something else about it).
        public let kind: String
        /// The trigger in the schedule file's words; nil when the job is not there.
        public let before: String?
        public let after: String?
        /// The next slot; nil when no clock starts it, or it is disabled.
        public let nextBefore: Timestamp?
        public let nextAfter: Timestamp?
        /// The zone that the times of the new schedule, else of the old one, are read in.
        public let timezone: String
    }

    /// In the order of the new schedule, then what was removed.
    public let changes: [Change]
    public let unchanged: Int

    init(_ comparison: ScheduleComparison) {
        changes = comparison.changes.map {
            Change(
                job: $0.job, kind: $0.kind.rawValue, before: $0.before, after: $0.after, nextBefore: $0.nextBefore,
                nextAfter: $0.nextAfter, timezone: $0.timezone)
        }
        unchanged = comparison.unchanged
    }
}

import AppConfiguration
import Scheduling
public import Values

/// Compares the schedule with another.
public enum CompareSchedules: Operation {
    public struct Request: Sendable, Codable, Equatable {
        public let other: OtherSchedule

        /// - Parameter file: the path of the other schedule file.
        public init(_ file: String) { other = .file(file) }

        /// - Parameter bytes: of another schedule file that was sent.
        public init(sent bytes: [UInt8]) { other = .sent(bytes) }
    }

    public struct Response: Sendable, Codable, Equatable {
        public let difference: ScheduleDifference
        /// About the other schedule, a line each.
        public let warnings: [String]
    }

    /// Throws a `ConfigurationProblem` when one of the two has errors.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let present = try await context.configuration().schedule
        let other = try await context.configuration(schedule: request.other, absence: .isError).schedule
        return Response(
            difference: ScheduleDifference(ScheduleComparison(from: present, to: other, at: context.runtime.now)),
            warnings: other.warnings.map { $0.description.withoutSecrets })
    }
}

/// The differences between two schedules, job by job, with the next times before and after.
public struct ScheduleDifference: Sendable, Codable, Equatable {
    public struct Change: Sendable, Codable, Equatable {
        public let job: String
        /// `added`, `removed`, `changed` (it runs at other times) or `edited` (something else about it).
        public let kind: String
        /// The trigger as written in the schedule file; nil when the job does not exist.
        public let before: String?
        public let after: String?
        /// The next slot; nil when no clock starts the job, or when it is disabled.
        public let nextBefore: Timestamp?
        public let nextAfter: Timestamp?
        /// The zone in which the times are read: the new schedule's, or the old one's for a removed job.
        public let timezone: String
    }

    /// In the order of the new schedule, followed by removed jobs.
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

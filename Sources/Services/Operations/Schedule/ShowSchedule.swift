import FoundationEssentials
import Scheduling
import Values

/// The schedule file as it is on disk.
public enum ShowSchedule: Operation {
    public struct Request: Sendable, Codable, Equatable { public init() {} }

    public struct Response: Sendable, Codable, Equatable {
        public let file: String
        /// The text, without secrets.
        public let text: String
        /// Whether it is the schedule in force; false if the file was changed since it was read, or has errors.
        public let isInForce: Bool
    }

    /// Throws an `OperationProblem` when the file cannot be read.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let file = context.files.scheduleFile
        let text = try await Blocking.run { () throws -> String in
            guard let data = FileManager.default.contents(atPath: file) else {
                throw OperationProblem(.unavailable, "\(file): cannot be read")
            }
            return String(decoding: data, as: UTF8.self).withoutSecrets
        }
        let present = try? await context.configuration().schedule
        let other = try? await context.configuration(schedule: .file(file)).schedule
        var isInForce = false
        if let present, let other {
            isInForce = ScheduleComparison(from: present, to: other, at: context.runtime.now).changes.isEmpty
        }
        return Response(file: file, text: text, isInForce: isInForce)
    }
}

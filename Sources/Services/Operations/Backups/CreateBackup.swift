import Scheduling
import Values

/// Copies the database into `backups/` while it stays in use.
public enum CreateBackup: Operation {
    public struct Request: Sendable, Codable, Equatable { public init() {} }

    public typealias Response = BackupView

    /// Throws an `OperationProblem`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let answer = try await context.ask(.createBackup)
        guard case .backedUp(let file) = answer else { throw answer.isNotExpected }
        return BackupView(file)
    }

    /// Does it as a run of the task `backup`, which removes no older backups. Throws as `RunJob` does.
    public static func performAsRun(in context: OperationContext) async throws {
        _ = try await RunJob.run(
            .init("backup"), parameters: ["keep_all": .flag(true)], isTask: true, isByHand: true, in: context)
    }
}

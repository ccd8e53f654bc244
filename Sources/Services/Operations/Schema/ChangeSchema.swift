import Storage
import Values

/// Applies migrations, or takes them back; a backup is made first. Stop the daemon before.
public enum ChangeSchema: Operation {
    public enum Request: Sendable, Codable, Equatable {
        /// Up to a number; nil for all.
        case up(to: Int?)
        /// Down to a number; 0 for an empty database.
        case down(to: Int)
        /// An empty database where the old one is gone: what is left of that is kept under another name.
        case new
    }

    /// What was applied or taken back, in order.
    public struct Response: Sendable, Codable, Equatable { public let changed: [MigrationView] }

    /// Throws an `OperationProblem` when somebody is at work on the folder, or a `StorageError`; for `new` also when there is
    /// a database.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let changed =
            switch request {
            case .up(let target): try await context.data.migrateUp(to: target)
            case .down(let target): try await context.data.migrateDown(to: target)
            case .new: try await context.data.startAnew()
            }
        return Response(changed: changed.map(MigrationView.init))
    }
}

import Storage
import Values

/// Applies or reverts migrations, after making a backup. The daemon must be stopped first.
public enum ChangeSchema: Operation {
    public enum Request: Sendable, Codable, Equatable {
        /// Up to a number; nil for all.
        case up(to: Int?)
        /// Down to a number; 0 for an empty database.
        case down(to: Int)
        /// Creates an empty database where the old one is gone. What is left of that is kept under another name.
        case new
    }

    /// The migrations that were applied or reverted, in order.
    public struct Response: Sendable, Codable, Equatable { public let changed: [MigrationView] }

    /// Throws an `OperationProblem` when the folder is in use, or a `StorageError`; for `new` also when there is a
    /// database.
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

import Storage
import Values

/// The migrations, and which of them have been applied.
public enum ListMigrations: Operation {
    public struct Request: Sendable, Codable, Equatable { public init() {} }

    public struct Response: Sendable, Codable, Equatable { public let migrations: [MigrationView] }

    /// Throws a `StorageError`. Before the first database is created, none has been applied.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let data = context.data
        let status = try await Blocking.run {
            try data.readAnySchema()?.migrations.status() ?? MigrationStatus.none
        }
        return Response(migrations: status.map(MigrationView.init))
    }
}

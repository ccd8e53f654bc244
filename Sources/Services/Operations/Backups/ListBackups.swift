import Backups
import Storage
import Values

/// The backups, newest first.
public enum ListBackups: Operation {
    public struct Request: Sendable, Codable, Equatable { public init() {} }

    public struct Response: Sendable, Codable, Equatable {
        public let backups: [BackupView]
        /// The folder that contains them.
        public let folder: String
    }

    /// Throws a `StorageError` when the folder may not be read.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let data = context.data
        return Response(
            backups: try await Blocking.run { try data.backups.list().map(BackupView.init) },
            folder: data.folder.backups)
    }
}

import Backups
import Storage
import Values

/// What a backup made now would take.
public enum PlanBackup: Operation {
    public struct Request: Sendable, Codable, Equatable { public init() {} }

    public struct Response: Sendable, Codable, Equatable {
        /// In bytes: what the copy would have.
        public let size: Int
        /// In bytes: what is free where backups are kept.
        public let free: Int
        /// Whether there is room for it.
        public let fits: Bool
    }

    /// Throws an `OperationProblem` when there is no database, or a `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let (data, backups) = (context.data, context.data.backups)
        return try await Blocking.run {
            guard let store = try data.read() else {
                throw OperationProblem(.notFound, "\(data.folder.database): there is no database yet")
            }
            let room = try backups.room(for: store)
            return Response(size: room.size, free: room.free, fits: room.size <= room.free)
        }
    }
}

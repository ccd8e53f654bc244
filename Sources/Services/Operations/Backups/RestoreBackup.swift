import Storage
import Values

/// Replaces the data with that of a backup.
public enum RestoreBackup: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// A name that `ListBackups` returns, or a path, which contains a slash. A relative one starts at the caller's
        /// working directory.
        public let name: String
        /// Whether to wait until nobody is using the data, instead of refusing.
        public let waits: Bool
        /// Checks the backup and reports what would stay in force, and replaces nothing.
        public var isDryRun = false
        /// Whether only a name that `ListBackups` returns is taken, for callers that may not name any file.
        public var mustBeListed = false

        public init(_ name: String, waits: Bool) {
            self.name = name
            self.waits = waits
        }
    }

    public typealias Response = RestoreResult

    /// Throws an `OperationProblem` when there is no such backup, it cannot be used, or the data is in use.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        if request.mustBeListed {
            let listed = try await ListBackups.perform(.init(), in: context).backups
            guard listed.contains(where: { $0.name == request.name }) else {
                throw OperationProblem(.notFound, "there is no backup \"\(request.name.shortened(to: 80))\"")
            }
        }
        // A path is relative to this process, not to the daemon.
        let name = request.name.contains("/") ? DataFolder(request.name).path : request.name
        // The request is repeated until nobody is using the data, so that a wait that is interrupted restores nothing
        // later.
        while true {
            let answer = try await context.ask(
                .restoreBackup(name: name, by: context.author, isDryRun: request.isDryRun))
            switch answer {
            case .restored(let result): return result
            case .busy(let who) where request.waits:
                context.onEvent(.progress(text: "waiting: \(who)", share: nil))
                try await context.runtime.sleep(for: .milliseconds(300))
            case .busy(let who): throw OperationProblem(.busy, "\(who); try again when it is done")
            default: throw answer.isNotExpected
            }
        }
    }
}

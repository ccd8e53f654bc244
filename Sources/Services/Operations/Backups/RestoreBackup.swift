import Storage
import Values

/// Replaces the data by a backup's.
public enum RestoreBackup: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// A name that `ListBackups` shows, or the path of a file, seen from where the caller stands.
        public let name: String
        /// Whether to wait until nobody is at work on the data, instead of refusing.
        public let waits: Bool

        public init(_ name: String, waits: Bool) {
            self.name = name
            self.waits = waits
        }
    }

    public typealias Response = RestoreResult

    /// Throws an `OperationProblem` when there is no such backup, it cannot be used, or somebody is at work.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        // A path is meant from here, not from where the daemon stands.
        let name = request.name.contains("/") ? DataFolder(request.name).path : request.name
        // Asked again until nobody is at work, so that a wait that is interrupted restores nothing later.
        while true {
            let answer = try await context.ask(.restoreBackup(name: name))
            switch answer {
            case .restored(let result): return result
            case .busy(let who) where request.waits:
                context.onEvent(.progress(text: "waiting: \(who)", share: nil))
                try await context.runtime.sleep(for: .milliseconds(300))
            case .busy(let who): throw OperationProblem(.temporary, "\(who); or wait for it: --wait")
            default: throw answer.isNotExpected
            }
        }
    }
}

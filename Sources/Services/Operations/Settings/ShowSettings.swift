import AppConfiguration
import Storage
import Values

/// Every setting in force, and where it comes from. Secrets are not settings.
public enum ShowSettings: Operation {
    public struct Request: Sendable, Codable, Equatable { public init() {} }

    public struct Entry: Sendable, Codable, Equatable {
        public let key: String
        public let value: String
        /// `default`, a position in a file, or an environment variable.
        public let origin: String
    }

    public struct Response: Sendable, Codable, Equatable {
        public let entries: [Entry]
        public let scheduleFile: String
        public let dataFolder: String
    }

    /// Throws a `ConfigurationProblem`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        Response(
            entries: try await context.configuration().entries.map {
                Entry(key: $0.key, value: $0.value, origin: $0.origin)
            }, scheduleFile: context.files.scheduleFile, dataFolder: context.data.folder.path)
    }
}

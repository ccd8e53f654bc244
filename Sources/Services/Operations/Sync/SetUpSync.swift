import Scheduling
import Values

/// Checks the fields of Airtable's table, and creates missing ones if requested.
public enum SetUpSync: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// Whether missing fields are created.
        public var createsFields = false
        /// Whether the base or table in the settings replaces the one that was synced before.
        public var switchesBase = false

        public init() {}
    }

    public typealias Response = RunJob.Response

    /// Throws as `RunJob` does.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        var parameters: TaskParameters = ["setup": .flag(true)]
        if request.createsFields { parameters["create_fields"] = .flag(true) }
        if request.switchesBase { parameters["switch_base"] = .flag(true) }
        return try await RunJob.run(.init("sync"), parameters: parameters, isAside: true, isByHand: true, in: context)
    }
}

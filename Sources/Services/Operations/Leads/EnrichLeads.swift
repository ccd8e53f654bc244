import Scheduling

/// Looks up what some leads lack, now, at a person's request.
public enum EnrichLeads: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// Numbers, UUIDs or emails.
        public let leads: [String]
        /// Whether pages that were read lately are read again.
        public var isForced = false
        /// Whether the response says for each lead what was done.
        public var explains = false
        /// Reports what would be looked up, and looks nothing up.
        public var isDryRun = false

        public init(_ leads: [String]) { self.leads = leads }
    }

    public typealias Response = RunJob.Response

    /// Throws as `RunJob` does.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        var run = RunJob.Request("enrich")
        run.leads = request.leads
        run.isDryRun = request.isDryRun
        var parameters: TaskParameters = [:]
        if request.isForced { parameters["force"] = .flag(true) }
        if request.explains { parameters["explain"] = .flag(true) }
        return try await RunJob.run(run, parameters: parameters, isByHand: true, in: context)
    }
}

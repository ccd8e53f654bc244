public import Leads
import Storage
import Values

/// Messages to leads, newest first.
public enum ListMessages: Operation {
    public struct Request: Sendable, Codable, Equatable {
        public var status: String?
        public var lead: Int64?
        /// Whether they are held back until a person has looked at them; nil for either.
        public var isHeld: Bool?
        /// Only messages with a smaller id, for the next page.
        public var before: Int64?
        public var limit = 50

        public init() {}
    }

    public struct Response: Sendable, Codable, Equatable { public let messages: [Message] }

    /// Throws a `StorageError`. Before the first database is created, the list is empty.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try OperationProblem.require(request.limit, "limit", in: 1...10_000)
        var filter = MessageQueries.Filter()
        (filter.status, filter.lead, filter.isHeld) = (request.status, request.lead, request.isHeld)
        (filter.before, filter.limit) = (request.before, request.limit)
        let asked = filter
        return Response(messages: try await context.data.look { try $0.messages.list(asked) } ?? [])
    }
}

/// One message.
public enum ShowMessage: Operation {
    public struct Request: Sendable, Codable, Equatable {
        public let id: Int64

        public init(_ id: Int64) { self.id = id }
    }

    public typealias Response = Message

    /// Throws an `OperationProblem` when there is no such message, or a `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let found = try await context.data.look { try $0.messages.find(request.id) } ?? nil
        guard let found else { throw OperationProblem(.notFound, "there is no message \(request.id)") }
        return found
    }
}

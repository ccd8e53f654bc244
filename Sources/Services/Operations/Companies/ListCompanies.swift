public import Leads
import Storage
import Values

/// The companies whose pages were asked for, in the order of their numbers.
public enum ListCompanies: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// The beginning of the domain; nil for any.
        public var domainPrefix: String?
        /// Only companies with larger numbers, for the next page.
        public var after: Int64 = 0
        public var limit = 50

        public init() {}
    }

    public struct Response: Sendable, Codable, Equatable { public let companies: [CompanyEntry] }

    /// Throws a `StorageError`. Before the first database is created, the list is empty.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try OperationProblem.require(request.limit, "limit", in: 1...10_000)
        let found = try await context.data.look {
            try $0.companies.list(domainPrefix: request.domainPrefix, after: request.after, limit: request.limit)
        }
        return Response(companies: found ?? [])
    }
}

/// One company, with what its pages say.
public enum ShowCompany: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// Its number or its domain.
        public let name: String

        public init(_ name: String) { self.name = name }
    }

    public typealias Response = CompanyEntry

    /// Throws an `OperationProblem` when there is no such company, or a `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let found = try await context.data.look { try $0.companies.entry(named: request.name) } ?? nil
        guard let found else {
            throw OperationProblem(.notFound, "there is no company \"\(request.name.shortened(to: 80))\"")
        }
        return found
    }
}

import Leads
import Storage
import Values

/// Every lead that changed or was deleted, in the order of the changes, for programs that keep up with them.
public enum ListChanges: Operation {
    /// A place in the order of changes.
    public struct Place: Sendable, Codable, Equatable {
        /// The history that the number belongs to. It is another one once a backup was restored.
        public var epoch: Int64
        public var number: Int64

        public init(epoch: Int64, number: Int64) {
            self.epoch = epoch
            self.number = number
        }
    }

    public struct Request: Sendable, Codable, Equatable {
        /// The last change that is known; nil for none, which lists all leads.
        public var after: Place?
        public var limit = 100

        public init() {}
    }

    public struct Change: Sendable, Codable, Equatable {
        public let number: Int64
        public let isDeleted: Bool
        public let view: LeadView
    }

    public struct Response: Sendable, Codable, Equatable {
        public let changes: [Change]
        /// Where the next request goes on.
        public let next: Place
        /// Whether there are more changes now.
        public let hasMore: Bool
    }

    /// Throws an `OperationProblem` when the place is of a history that was replaced by a backup, or a `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try OperationProblem.require(request.limit, "limit", in: 1...10_000)
        let found = try await context.data.look { transaction in
            let epoch = try transaction.counters.epoch()
            if let after = request.after, after.epoch != epoch {
                throw OperationProblem(
                    .stale, "the database was replaced by a backup since; begin again, without after")
            }
            let last = request.after?.number ?? 0
            guard try last <= max(0, transaction.leads.lastChange()) else {
                throw OperationProblem(.stale, "after: no change has this number yet; begin again, without after")
            }
            var rows = try transaction.leads.changes(after: last, limit: request.limit + 1)
            let hasMore = rows.count > request.limit
            if hasMore { rows.removeLast() }
            let views = try transaction.views(of: rows.map(\.lead))
            return Response(
                changes: zip(rows, views).map {
                    Change(number: $0.number, isDeleted: $0.lead.deletedAt != nil, view: $1)
                }, next: Place(epoch: epoch, number: rows.last?.number ?? last), hasMore: hasMore)
        }
        return found ?? Response(changes: [], next: Place(epoch: 0, number: 0), hasMore: false)
    }
}

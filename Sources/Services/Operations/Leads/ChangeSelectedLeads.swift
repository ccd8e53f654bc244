import AirtableSync
public import Leads
import Storage
import Values

/// Changes or deletes all leads that a filter selects.
public enum ChangeSelectedLeads: Operation {
    public enum Action: Sendable, Codable, Equatable {
        case delete
        /// As `EditLead` does.
        case edit(changes: [LeadField: String], status: LeadStatus?, optsOut: Bool?)
    }

    public struct Request: Sendable, Codable, Equatable {
        public let selection: LeadSelection
        public let action: Action
        /// How many leads the caller believes are selected. Nil only counts them.
        public var confirmed: Int?

        public init(_ selection: LeadSelection, _ action: Action) {
            self.selection = selection
            self.action = action
        }
    }

    public struct Response: Sendable, Codable, Equatable {
        /// How many leads the filter selects.
        public let count: Int
        /// How many were changed or deleted; 0 if only counted.
        public let changed: Int
        /// What was not changed and why: the first hundred.
        public let refused: [Refusal]

        public struct Refusal: Sendable, Codable, Equatable {
            public let lead: Int64
            public let reason: String
        }
    }

    /// How many leads one request may change.
    public static let limit = 10_000

    /// Throws an `OperationProblem` when there is no filter, or it selects another number of leads than was confirmed, or too
    /// many; or a `StorageError`. A lead that cannot be changed stops none of the others.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let found = try await context.data.look { transaction in
            let count = try transaction.leads.count(request.selection)
            guard request.confirmed == count, count <= limit else { return (count, [(id: Int64, revision: Int64)]()) }
            return (count, try transaction.leads.revisions(request.selection, limit: limit))
        }
        let (count, leads) = found ?? (0, [])
        guard let confirmed = request.confirmed else { return Response(count: count, changed: 0, refused: []) }
        guard !request.selection.conditions.isEmpty else {
            throw OperationProblem(
                .usage, "without a filter every lead would be meant; name what they have in common")
        }
        guard confirmed == count else {
            throw OperationProblem(.conflict, "the filter selects \(count) leads, not \(confirmed); look at them again")
        }
        guard count <= limit else {
            throw OperationProblem(.usage, "the filter selects \(count) leads; narrow it, to \(limit) at most")
        }
        var (changed, refused): (Int, [Response.Refusal]) = (0, [])
        for (id, revision) in leads {
            try Task.checkCancellation()
            do {
                switch request.action {
                case .delete:
                    var delete = DeleteLeads.Request(["\(id)"])
                    delete.revisions = [revision]
                    _ = try await DeleteLeads.perform(delete, in: context)
                case .edit(let changes, let status, let optsOut):
                    var edit = EditLead.Request("\(id)", changes)
                    (edit.status, edit.optsOut, edit.revisions) = (status, optsOut, [revision])
                    _ = try await EditLead.perform(edit, in: context)
                }
                changed += 1
            } catch is CancellationError { throw CancellationError() } catch {
                let problem = OperationProblem(any: error)
                // What is wrong with the database is not wrong with one lead.
                guard !problem.canRetry, problem.errorKind != .unavailable else { throw error }
                if refused.count < 100 { refused.append(.init(lead: id, reason: problem.message)) }
            }
        }
        return Response(count: count, changed: changed, refused: refused)
    }
}

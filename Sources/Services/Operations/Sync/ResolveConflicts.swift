import AirtableSync
import Leads
import Scheduling
import Storage
import Values

/// Resolves conflicts: all of the named ones, or none.
public enum ResolveConflicts: Operation {
    /// Which side's value is kept.
    public enum Side: String, Sendable, Codable, CaseIterable {
        case local
        case airtable
    }

    public struct Request: Sendable, Codable, Equatable {
        public let conflicts: [Int64]
        public let keep: Side

        public init(_ conflicts: [Int64], keeping side: Side) {
            self.conflicts = conflicts
            keep = side
        }
    }

    /// In ascending order, without duplicates.
    public struct Response: Sendable, Codable, Equatable { public let resolved: [Int64] }

    /// Throws an `OperationProblem`, before any conflict is resolved, when one does not exist or is resolved already.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        guard context.author.isPerson else {
            throw OperationProblem(.forbidden, "a conflict waits for a person: with a token that was made --person")
        }
        return try await context.workByHand("the sync's conflicts") { hand in
            let sync = hand.configuration.sync(over: hand.store)
            return try hand.transaction { transaction in
                Response(resolved: try resolve(request, in: transaction, by: sync, for: hand.author))
            }
        }
    }

    static func resolve(
        _ request: Request, in transaction: Transaction, by sync: AirtableSync, for author: LeadAuthor
    ) throws -> [Int64] {
        let ids = Array(Set(request.conflicts)).sorted()
        for id in ids {
            guard let conflict = try transaction.sync.conflict(id) else {
                throw OperationProblem(.notFound, "there is no conflict \(id); see: 4runr sync conflicts")
            }
            guard conflict.resolvedAt == nil else {
                throw OperationProblem(.conflict, "conflict \(id) was over before")
            }
            guard try conflict.column == "record" || sync.isInStep(conflict.column, in: transaction) else {
                throw OperationProblem(
                    .usage,
                    "conflict \(id) is of \(conflict.column), which is not kept in step; name its field in airtable-fields.yaml first"
                )
            }
        }
        for id in ids {
            // Resolving a conflict about the whole record also ends the other conflicts of its lead.
            _ = try sync.resolve(id, keeping: request.keep == .local ? .local : .airtable, in: transaction) {
                step(of: $0, keeping: request.keep, by: author, at: $1)
            }
        }
        return ids
    }

    private static func step(
        of conflict: SyncQueries.Conflict, keeping side: Side, by author: LeadAuthor, at now: Timestamp
    ) -> Step {
        var step = Step(byHand: "resolve", job: "sync", of: conflict.lead, by: author, at: now)
        step.input = TaskResult.json([
            "conflict": "\(conflict.id)", "field": conflict.column, "keep": side.rawValue,
        ])
        return step
    }
}

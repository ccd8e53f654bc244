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
        public var changed = 0
        /// How many are as they were said to be already.
        public var unchanged = 0
        /// What was not changed and why: the first hundred.
        public var refused: [Refusal] = []

        public struct Refusal: Sendable, Codable, Equatable {
            public let lead: Int64
            public let reason: String
        }
    }

    /// How many leads one request may change.
    public static let limit = 10_000
    /// How many are changed in one transaction: no more, so that a job that is due need not wait for them.
    private static let portion = 100

    /// Throws an `OperationProblem` when there is no filter, or it selects another number of leads than was confirmed, or too
    /// many; or a `StorageError`. A lead that cannot be changed, or has changed meanwhile, stops none of the others; what was done
    /// before a failure stays done.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        guard !request.selection.conditions.isEmpty else {
            throw OperationProblem(
                .usage, "without a filter every lead would be meant; name what they have in common")
        }
        if case .edit(let changes, _, _) = request.action {
            for field in [LeadField.email, .linkedInURL] where changes[field]?.isEmpty == false {
                throw OperationProblem(
                    .usage,
                    "\(field.rawValue): names one person, so many leads can't have the same; change each by its number")
            }
        }
        let found = try await context.data.look { transaction in
            let count = try transaction.leads.count(request.selection)
            guard request.confirmed == count, count <= limit else { return (count, [(id: Int64, revision: Int64)]()) }
            return (count, try transaction.leads.revisions(request.selection, limit: limit))
        }
        let (count, leads) = found ?? (0, [])
        guard let confirmed = request.confirmed else { return Response(count: count) }
        guard confirmed == count else {
            throw OperationProblem(.conflict, "the filter selects \(count) leads, not \(confirmed); look at them again")
        }
        guard count <= limit else {
            throw OperationProblem(
                .usage,
                "the filter selects \(count) leads; narrow it to \(limit) at most, for example with id[from] and id[until]"
            )
        }
        guard !leads.isEmpty else { return Response(count: count) }
        return try await context.workByHand("many leads") { hand in
            var (done, left) = (Response(count: count), leads[...])
            while !left.isEmpty {
                let portion = left.prefix(Self.portion)
                left = left.dropFirst(portion.count)
                // The answer to the request is kept with what is changed last.
                done = try hand.transaction(keepsAnswer: left.isEmpty) {
                    try change(portion, request.action, done, in: $0, hand)
                }
            }
            return done
        }
    }

    private static func change(
        _ leads: ArraySlice<(id: Int64, revision: Int64)>, _ action: Action, _ before: Response,
        in transaction: Transaction, _ hand: HandWork
    ) throws -> Response {
        var done = before
        let epoch = try transaction.counters.epoch()
        for (id, revision) in leads {
            func refuse(_ reason: String) {
                if done.refused.count < 100 { done.refused.append(.init(lead: id, reason: reason)) }
            }
            do {
                // What a refused change has written by then is undone.
                let version = Lead.version(revision, of: id, in: epoch)
                let outcome = try transaction.attempting { () -> Bool in
                    switch action {
                    case .delete:
                        var request = DeleteLeads.Request(["\(id)"])
                        request.versions = [version]
                        _ = try DeleteLeads.delete(request, in: transaction, hand)
                        return true
                    case .edit(let changes, let status, let optsOut):
                        var request = EditLead.Request("\(id)", changes)
                        (request.status, request.optsOut, request.versions) = (status, optsOut, [version])
                        return try EditLead.edit(request, in: transaction, hand).isNews
                    }
                }
                switch outcome {
                case .success(true): done.changed += 1
                case .success(false): done.unchanged += 1
                case .failure(let error): refuse(error.description)
                }
            } catch let problem as OperationProblem { refuse(problem.message) }
        }
        return done
    }
}

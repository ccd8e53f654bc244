public import Leads
import Pipeline
import Values

/// Takes in a lead that a person entered.
public enum AddLead: Operation {
    public struct Request: Sendable, Codable, Equatable {
        public let fields: LeadFields

        public init(_ fields: LeadFields) { self.fields = fields }
    }

    public struct Response: Sendable, Codable, Equatable {
        /// `new`, `merged` or `known`.
        public let result: String
        public let id: Int64
        /// What was left out, and why.
        public let notes: [String]
    }

    /// Throws an `OperationProblem` that says why the input is not a lead, or a `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try await context.workByHand { hand in
            let draft = LeadDraft(fields: request.fields, source: "manual", author: hand.author)
            let outcome = try hand.intake.take([draft])[0]
            let notes = outcome.notes
            switch outcome.result {
            case .inserted(let id): return Response(result: "new", id: id, notes: notes)
            case .merged(let id, _): return Response(result: "merged", id: id, notes: notes)
            case .unchanged(let id): return Response(result: "known", id: id, notes: notes)
            case .removed(let id):
                throw OperationProblem(
                    .usage, "this is lead \(id), which was deleted; it does not come back by itself")
            case .suppressed(let reason):
                throw OperationProblem(.usage, "\(reason); to lift that: 4runr suppress remove")
            case .refused(let reason): throw OperationProblem(.usage, "not a lead: \(reason)")
            }
        }
    }
}

import Cleaning
public import Leads
import Pipeline
import Scheduling
import Storage
import Values

/// Changes fields of a lead at a person's request. The values are cleaned like all others.
public enum EditLead: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// The lead's number, UUID or email.
        public let lead: String
        /// The new values. An empty text clears the field.
        public let changes: [LeadField: String]

        public init(_ lead: String, _ changes: [LeadField: String]) {
            self.lead = lead
            self.changes = changes
        }
    }

    public struct Response: Sendable, Codable, Equatable { public let view: LeadView }

    /// Throws an `OperationProblem` when there is no such lead, a value is invalid or too little would remain, or a
    /// `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try await context.workByHand { hand in
            let moment = hand.runtime.now
            return try hand.store.transaction { transaction in
                let lead = try transaction.lead(named: request.lead)
                guard lead.deletedAt == nil else { throw OperationProblem(.usage, "lead \(lead.id) was deleted") }
                let clean = try cleaned(lead, request.changes, hand.intake)
                guard clean.fields != lead.fields else { return try response(lead, in: transaction) }
                var change = LeadChange()
                change.identity = (clean.fields, clean.keys)
                try transaction.leads.change(lead, change, because: .person, at: moment)
                var step = Step(byHand: "edit", lead: lead.id, at: moment)
                step.input = TaskResult.json(
                    Dictionary(uniqueKeysWithValues: request.changes.map { ($0.key.rawValue, $0.value) }))
                try transaction.runs.add([step])
                return try response(try transaction.leads.find(lead.id) ?? lead, in: transaction)
            }
        }
    }

    private static func response(_ lead: Lead, in transaction: Transaction) throws -> Response {
        Response(view: try transaction.views(of: [lead])[0])
    }

    /// The lead with these changes, cleaned.
    private static func cleaned(
        _ lead: Lead, _ changes: [LeadField: String], _ intake: Intake
    ) throws(OperationProblem) -> CleanLead {
        var fields = lead.fields
        for (field, value) in changes { fields[field] = value.isEmpty ? nil : value }
        if changes.keys.contains(.fullName) { (fields[.firstName], fields[.lastName]) = (nil, nil) }
        if changes.keys.contains(.firstName) || changes.keys.contains(.lastName) { fields[.fullName] = nil }
        let clean: CleanLead
        do throws(Cleaner.Refusal) { clean = try intake.clean(LeadDraft(fields: fields, source: "manual")) } catch {
            throw OperationProblem(.usage, "it would not be a lead any more: \(error)")
        }
        guard clean.notes.isEmpty else { throw OperationProblem(.usage, clean.notes.joined(separator: "; ")) }
        return clean
    }
}

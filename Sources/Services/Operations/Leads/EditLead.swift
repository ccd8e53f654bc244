import Cleaning
public import Leads
import Pipeline
import Scheduling
import Storage
public import Values

/// Changes fields of a lead, its status, or whether the person may be written to, at a person's request. The values are
/// cleaned like all others.
public enum EditLead: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// The lead's number, UUID or email.
        public let lead: String
        /// The new values. An empty text clears the field.
        public let changes: [LeadField: String]
        /// Nil leaves it as it is. `unsubscribed` is an opt-out.
        public var status: LeadStatus?
        /// Whether the person does not want to be written to; nil leaves it as it is. False lifts an opt-out.
        public var optsOut: Bool?
        /// The versions of which the lead must have one; nil for any.
        public var versions: [String]?
        /// Whether `changes` are all fields that the lead has from now on: those that it does not name are emptied.
        public var isWhole = false
        /// What the caller has of columns that nobody changes by hand. A value that was changed is refused, unless it can have
        /// changed since the caller saw it.
        public var expected: [String: JSONValue] = [:]

        public init(_ lead: String, _ changes: [LeadField: String]) {
            self.lead = lead
            self.changes = changes
        }
    }

    public struct Response: Sendable, Codable, Equatable {
        public let view: LeadView
        /// Whether the lead was not so before.
        public let isNews: Bool
    }

    /// Throws an `OperationProblem` when there is no such lead, a value is invalid or too little would remain, or a
    /// `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try await context.workByHand { hand in
            try hand.transaction { try edit(request, in: $0, hand) }
        }
    }

    static func edit(_ request: Request, in transaction: Transaction, _ hand: HandWork) throws -> Response {
        let moment = hand.runtime.now
        let lead = try transaction.lead(named: request.lead)
        guard lead.deletedAt == nil else { throw OperationProblem.isGone(lead) }
        try lead.require(request.versions, in: transaction)
        try expect(request, of: try transaction.views(of: [lead])[0])
        let changes = request.isWhole ? differences(lead, request.changes) : request.changes
        let change = try standing(of: lead, request, by: hand.author, at: moment)
        let clean = try cleaned(lead, changes, hand.intake, hand.author)
        let isSame = clean.fields == lead.fields && change == LeadChange()
        // What a person says again is the person's word from now on.
        let values = said(lead, clean, changes).map {
            LeadValue($0, clean.fields[$0], method: "edit", author: hand.author, at: moment)
        }
        if values.isEmpty {
            if !isSame { try transaction.leads.change(lead, change, because: .person, at: moment) }
        } else {
            let fields = try transaction.leads.say(values, of: lead, with: change, because: .person, at: moment)
            try requireHeld(values, fields, of: lead, in: transaction)
        }
        guard !isSame else { return try response(lead, isNews: false, in: transaction) }
        var step = Step(byHand: "edit", of: lead.id, by: hand.author, at: moment)
        var input = Dictionary(uniqueKeysWithValues: changes.map { ($0.key.rawValue, $0.value) })
        input["status"] = request.status?.rawValue
        input["opted_out"] = request.optsOut.map { $0 ? "yes" : "no" }
        input["by"] = hand.author.rawValue
        step.input = TaskResult.json(input)
        try transaction.runs.add([step])
        return try response(try transaction.leads.find(lead.id) ?? lead, isNews: true, in: transaction)
    }

    private static func response(_ lead: Lead, isNews: Bool, in transaction: Transaction) throws -> Response {
        Response(view: try transaction.views(of: [lead])[0], isNews: isNews)
    }

    /// The fields that are not as the lead has them.
    private static func differences(_ lead: Lead, _ whole: [LeadField: String]) -> [LeadField: String] {
        var changes: [LeadField: String] = [:]
        let names: [LeadField] = [.firstName, .lastName]
        for field in LeadField.allCases where (whole[field] ?? "") != (lead.fields[field] ?? "") {
            // Unless they are said, they are those of the full name.
            if names.contains(field), whole[field] == nil, whole[.fullName]?.isEmpty == false { continue }
            changes[field] = whole[field] ?? ""
        }
        return changes
    }

    /// Columns that change without a new revision, so that nobody can be asked to have the last value.
    private static let unguarded: Set<String> = [
        "pipeline_stage", "needs_enrichment", "airtable_id", "last_synced_at", "sync_pending", "sync_error",
    ]
    /// Columns that never change. Who takes any revision need not have the last value of the others.
    private static let constant: Set<String> = ["id", "uuid", "created_at", "source"]

    /// Throws when the caller has changed a column that can only be read.
    private static func expect(_ request: Request, of view: LeadView) throws(OperationProblem) {
        let expected = request.expected.filter {
            request.versions == nil ? constant.contains($0.key) : !unguarded.contains($0.key)
        }
        var values = Dictionary(
            LeadColumn.all.map { ($0.name, $0.value(of: view.lead, subject: view.subject)) }
        ) { $1 }
        values["revision"] = .number(view.lead.revision)
        values["merged_into"] = view.lead.mergedInto.map { .number($0) } ?? .some(.none)
        let wrong = expected.keys.sorted().filter { name in
            guard let value = values[name] else { return false }
            // Programs write one moment in many ways.
            if case .time(let moment) = value, case .text(let text)? = expected[name] {
                return Timestamp(rfc3339: text) != moment
            }
            return (try? PrintedJSON.value(of: value)) != expected[name]
        }
        guard !wrong.isEmpty else { return }
        throw OperationProblem(
            .usage, lines: wrong.map { "\($0) can only be read; leave it as it is, or leave it out" })
    }

    /// Throws when what a machine says does not hold against a person's word.
    private static func requireHeld(
        _ values: [LeadValue], _ fields: LeadFields, of lead: Lead, in transaction: Transaction
    ) throws {
        let lost = values.filter { fields[$0.field] != $0.value }
        guard !lost.isEmpty else { return }
        let claims = try transaction.leads.fold(of: lead.id).claims
        throw OperationProblem(
            .conflict,
            lines: lost.map { value in
                let holder = claims[value.field]?.first
                let said = holder?.value.map { "\"\($0)\"" } ?? "empty"
                guard holder?.author.isPerson == true else {
                    return
                        "\(value.field.rawValue) stays \(fields[value.field].map { "\"\($0)\"" } ?? "empty"), as \(holder?.author.rawValue ?? "somebody else") said, which goes before this: a full name before an initial, a person's mailbox before a role's; a person can change it, with a token that was made --person"
                }
                return
                    "\(value.field.rawValue) stays \(said), as \(holder?.author.rawValue ?? "somebody") said; a program can't overrule that, a person can: with a token that was made --person"
            })
    }

    /// The change of status and opt-out.
    private static func standing(
        of lead: Lead, _ request: Request, by author: LeadAuthor, at moment: Timestamp
    ) throws(OperationProblem) -> LeadChange {
        var change = LeadChange()
        guard request.status != .unsubscribed || request.optsOut != false else {
            throw OperationProblem(
                .usage, "status=unsubscribed is an opt-out, and opted_out=no lifts it; say one of them")
        }
        let optsOut = request.optsOut ?? (request.status == .unsubscribed ? true : nil)
        if let optsOut, optsOut != (lead.optOut != nil) {
            guard optsOut || author.isPerson else {
                throw OperationProblem(
                    .forbidden,
                    "lead \(lead.id) does not want to be written to, and only a person lifts that: with a token that was made --person"
                )
            }
            let how = request.status == .unsubscribed ? "status unsubscribed" : "leads edit"
            change.optOut = .some(optsOut ? OptOut(at: moment, by: author, how: how) : nil)
        }
        guard let status = request.status, status != lead.status else { return change }
        let isOptedOut = optsOut ?? (lead.optOut != nil)
        guard !isOptedOut || LeadLifecycle.isAllowedAfterOptOut(status) else {
            throw OperationProblem(
                .conflict,
                "lead \(lead.id) does not want to be written to, so it cannot be \(status.rawValue); to lift that: 4runr leads edit \(lead.id) opted_out=no status=\(status.rawValue)"
            )
        }
        guard status != .ready || lead.message != nil else {
            throw OperationProblem(
                .conflict,
                "lead \(lead.id) has no message, so it is not ready; to write one: 4runr write-messages --id \(lead.id)"
            )
        }
        change.status = status
        return change
    }

    /// The fields that the person said something about: those named, and those that changed with them.
    private static func said(
        _ lead: Lead, _ clean: CleanLead, _ changes: [LeadField: String]
    ) -> [LeadField] {
        let names: [LeadField] = [.fullName, .firstName, .lastName]
        let isNamed = names.contains { changes[$0] != nil }
        return LeadField.allCases.filter {
            changes[$0] != nil || clean.fields[$0] != lead.fields[$0] || isNamed && names.contains($0)
        }
    }

    /// The lead with these changes, cleaned.
    private static func cleaned(
        _ lead: Lead, _ changes: [LeadField: String], _ intake: Intake, _ author: LeadAuthor
    ) throws(OperationProblem) -> CleanLead {
        var fields = lead.fields
        for (field, value) in changes { fields[field] = value.isEmpty ? nil : value }
        if changes.keys.contains(.fullName) { (fields[.firstName], fields[.lastName]) = (nil, nil) }
        if changes.keys.contains(.firstName) || changes.keys.contains(.lastName) { fields[.fullName] = nil }
        let clean: CleanLead
        do throws(Cleaner.Refusal) {
            clean = try intake.clean(LeadDraft(fields: fields, source: "manual", author: author))
        } catch {
            throw OperationProblem(.usage, "it would not be a lead any more: \(error)")
        }
        guard clean.notes.isEmpty else { throw OperationProblem(.usage, lines: clean.notes) }
        return clean
    }
}

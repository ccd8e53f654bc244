public import Leads
import Pipeline
import Storage
import Values

/// Takes in a lead that a person or a program entered.
public enum AddLead: Operation {
    public struct Request: Sendable, Codable, Equatable {
        public let fields: LeadFields
        /// Where it is from, beside its author; nil for what was entered by hand.
        public var source: String?
        /// Where the person stands already, one of `LeadLifecycle.sayable`; nil for nowhere.
        public var status: LeadStatus?
        /// Whether the person does not want to be written to.
        public var optsOut = false

        public init(_ fields: LeadFields) { self.fields = fields }
    }

    public struct Response: Sendable, Codable, Equatable {
        /// `new`, `merged` or `known`.
        public let result: String
        public let id: Int64
        /// What was left out, and why.
        public let notes: [String]
    }

    /// The response, and the lead as it is then.
    public struct Added: Sendable {
        public let response: Response
        public let view: LeadView
    }

    /// Throws an `OperationProblem` that says why the input is not a lead, or a `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try await add(request, in: context).response
    }

    /// What was said and does not hold, because something else that is known of the person goes before it.
    private static func outdone(_ said: [LeadField], _ clean: CleanLead, _ lead: Lead) -> [String] {
        said.compactMap { field in
            guard let value = clean.fields[field], lead.fields[field] != value else { return nil }
            let holder = lead.fields[field].map { "\"\($0)\" holds" } ?? "a person emptied the field"
            return "\(field.rawValue) \"\(value)\" is kept with the lead's records only: \(holder)"
        }
    }

    /// Throws as `perform` does.
    public static func add(_ request: Request, in context: OperationContext) async throws -> Added {
        try await context.workByHand { hand in
            // Searches are counted by their name.
            guard request.source != "serpapi" else {
                throw OperationProblem(.usage, "source: serpapi is the name of the searches; choose another")
            }
            var draft = LeadDraft(fields: request.fields, source: request.source ?? "manual", author: hand.author)
            if let status = request.status, !LeadLifecycle.sayable.contains(status) {
                let words = LeadLifecycle.sayable.map(\.rawValue).joined(separator: ", ")
                throw OperationProblem(
                    .usage, "status: a new lead can be \(words), or has none; not \(status.rawValue)")
            }
            draft.status = request.status == .unsubscribed ? nil : request.status
            if request.optsOut || request.status == .unsubscribed { draft.optOut = "leads add" }
            let clean: CleanLead
            do { clean = try hand.intake.clean(draft) } catch { throw OperationProblem(.usage, "not a lead: \(error)") }
            let moment = hand.runtime.now
            return try hand.transaction(keepingRefusals: { transaction in
                let result = try transaction.attempting { try hand.intake.take(clean, in: transaction, at: moment) }
                // A record that is seen again says nothing new, but who asks says it now. Returns whether it was news.
                func noteOptOut(_ id: Int64) throws -> Bool {
                    let lead = try transaction.lead(named: "\(id)")
                    guard let how = draft.optOut, lead.optOut == nil else { return false }
                    var change = LeadChange()
                    change.optOut = .some(OptOut(at: moment, by: hand.author, how: how))
                    try transaction.leads.change(lead, change, because: .person, at: moment)
                    return true
                }
                func added(_ word: String, _ id: Int64) throws -> Result<Added, OperationProblem> {
                    let word = try noteOptOut(id) && word == "known" ? "merged" : word
                    let lead = try transaction.lead(named: "\(id)")
                    if word != "known" {
                        var step = Step(byHand: "add", of: id, by: hand.author, at: moment)
                        step.description = word
                        try transaction.runs.add([step])
                    }
                    return .success(
                        Added(
                            response: Response(
                                result: word, id: id, notes: clean.notes + outdone(request.fields.present, clean, lead)),
                            view: try transaction.views(of: [lead])[0]))
                }
                switch result {
                case .failure(let error): return .failure(OperationProblem(.usage, "not a lead: \(error)"))
                case .success(.inserted(let id)): return try added("new", id)
                case .success(.merged(let id, _)): return try added("merged", id)
                case .success(.unchanged(let id)): return try added("known", id)
                case .success(.removed(let id)):
                    _ = try noteOptOut(id)
                    let noted = draft.optOut == nil ? "" : "; that the person said no is noted"
                    return .failure(
                        OperationProblem(
                            .conflict,
                            "this is lead \(id), which was deleted; it does not come back by itself\(noted)"))
                case .success(.suppressed(let reason)):
                    let noted =
                        draft.optOut == nil
                        ? ""
                        : clean.fields[.email] == nil
                            ? "; without an address, that the person said no can't be kept"
                            : "; that the person said no is noted"
                    return .failure(
                        OperationProblem(.conflict, "\(reason); to lift that: 4runr suppress remove\(noted)"))
                case .success(.refused(let reason)):
                    return .failure(OperationProblem(.usage, "not a lead: \(reason)"))
                }
            })
        }
    }
}

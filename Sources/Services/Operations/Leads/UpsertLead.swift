public import Leads
import Pipeline
import Storage
import Values

/// Changes the lead that a value names; if no lead has that value, takes it in as a new one.
public enum UpsertLead: Operation {
    public enum Key: String, Sendable, Codable, CaseIterable {
        case email
        case profile = "linkedin_url"
        case uuid
    }

    public struct Request: Sendable, Codable, Equatable {
        /// What names the lead.
        public let key: Key
        /// Only when the lead is named by it.
        public let uuid: String?
        /// What is said of it. An empty text clears the field.
        public let fields: [LeadField: String]
        /// As `EditLead` and `AddLead` have them.
        public var status: LeadStatus?
        public var optsOut: Bool?

        public init(by key: Key, uuid: String?, _ fields: [LeadField: String]) {
            self.key = key
            self.uuid = uuid
            self.fields = fields
        }
    }

    public struct Response: Sendable, Codable, Equatable {
        /// `new`, `changed` or `known`.
        public let result: String
        public let view: LeadView
        /// What was left out, and why.
        public let notes: [String]
    }

    /// Throws an `OperationProblem` when the value is missing, names several leads, or what is said can't be taken; or a
    /// `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let known = try await context.data.look { transaction in try find(request, in: transaction) } ?? nil
        guard let known else {
            guard request.key != .uuid else { throw OperationProblem.noLead(request.uuid ?? "") }
            let receipt = context.receipt
            let own = receipt.map { receipt in
                context.keeping(receipt.key) { value in
                    try (value as? AddLead.Added).flatMap {
                        try receipt.answer(response($0))
                    }
                }
            }
            var new = AddLead.Request(LeadFields(request.fields))
            (new.status, new.optsOut) = (request.status, request.optsOut ?? false)
            let added = try await AddLead.add(new, in: own ?? context)
            return response(added)
        }
        let receipt = context.receipt
        let own = receipt.map { receipt in
            context.keeping(receipt.key) { value in
                try (value as? EditLead.Response).flatMap {
                    try receipt.answer(response($0))
                }
            }
        }
        var edit = EditLead.Request("\(known.id)", request.fields)
        (edit.status, edit.optsOut) = (request.status, request.optsOut)
        return response(try await EditLead.perform(edit, in: own ?? context))
    }

    private static func response(_ added: AddLead.Added) -> Response {
        let result = added.response.result == "merged" ? "changed" : added.response.result
        return Response(result: result, view: added.view, notes: added.response.notes)
    }

    /// What an edit does not take, it refuses.
    private static func response(_ edited: EditLead.Response) -> Response {
        Response(result: edited.isNews ? "changed" : "known", view: edited.view, notes: [])
    }

    private static func find(_ request: Request, in transaction: Transaction) throws -> Lead? {
        let key: LeadKey
        guard request.uuid == nil || request.key == .uuid else {
            throw OperationProblem(
                .usage, "uuid: goes with by=uuid only; here the lead is named by \(request.key.rawValue)")
        }
        switch request.key {
        case .uuid:
            guard let uuid = request.uuid else { throw OperationProblem(.usage, "uuid: is required") }
            return try transaction.leads.find(uuid: uuid)
        case .email:
            guard let text = request.fields[.email], let email = EmailAddress(parsing: text) else {
                throw OperationProblem(.usage, "email: an address is required, since it names the lead")
            }
            key = LeadKey(email.isRole ? .role : .mailbox, email.matchKey)
        case .profile:
            guard let text = request.fields[.linkedInURL],
                let own = LeadKey.keys(of: LeadFields([.linkedInURL: text])).first(where: { $0.kind == .profile })
            else {
                throw OperationProblem(.usage, "linkedin_url: a profile's address is required, since it names the lead")
            }
            key = own
        }
        let found = try transaction.leads.present(with: key, otherThan: 0)
        guard found.count < 2 else {
            throw OperationProblem(
                .conflict,
                "leads \(found.map { "\($0.id)" }.joined(separator: " and ")) have the same \(request.key.rawValue); change one of them by its number"
            )
        }
        return found.first
    }
}

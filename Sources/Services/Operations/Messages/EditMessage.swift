import Crypto
public import Leads
import Pipeline
import Storage
import Values

/// Changes the text of a message that was not sent.
public enum EditMessage: Operation {
    public struct Request: Sendable, Codable, Equatable {
        public let id: Int64
        /// Nil leaves it as it is.
        public var subject: String?
        public var body: String?
        /// The versions of which the message must have one; nil for any.
        public var versions: [String]?

        public init(_ id: Int64) { self.id = id }
    }

    public typealias Response = Message

    /// Throws an `OperationProblem` when there is no such message, it was sent or cancelled, it would be empty, or a program
    /// would change one that a person may have approved; or a `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try await context.workByHand { hand in
            let moment = hand.runtime.now
            return try hand.transaction { transaction in
                guard let message = try transaction.messages.find(request.id) else {
                    throw OperationProblem.noMessage(request.id)
                }
                try message.require(request.versions)
                guard message.status == "draft" else {
                    throw OperationProblem(
                        .conflict, "message \(message.id) is \(message.status), so it stays as it is")
                }
                let subject = request.subject.map { $0.tidied(limit: 200) } ?? message.subject
                let body = request.body.map { String($0.prefix(10_000)) } ?? message.body
                guard body?.tidied().isEmpty == false else {
                    throw OperationProblem(.usage, "body: a message needs a text")
                }
                guard message.heldReason != nil || hand.author.isPerson else {
                    throw OperationProblem(
                        .forbidden,
                        "message \(message.id) is ready, and only a person changes it then: with a token that was made --person"
                    )
                }
                let lead = try transaction.lead(named: "\(message.leadID)")
                guard lead.deletedAt == nil else { throw OperationProblem(.conflict, "lead \(lead.id) was deleted") }
                if message.heldReason == nil, lead.message != body || message.subject != subject {
                    var change = LeadChange()
                    if lead.message != body { change.message = .some(body) }
                    try transaction.leads.change(lead, change, because: .person, at: moment)
                }
                try transaction.messages.rewrite(message.id, subject: subject, body: body, at: moment)
                try transaction.runs.add([Step(byHand: "edit-message", of: lead.id, by: hand.author, at: moment)])
                return try transaction.messages.find(message.id) ?? message
            }
        }
    }
}

extension Message {
    /// Tells this state of the message from every other.
    public var version: String {
        String(SHA256.hash(data: Array((StableJSON.text(of: self) ?? "").utf8)).hexadecimal.prefix(16))
    }

    /// Throws an `OperationProblem` unless the message has one of these versions; nil is any.
    func require(_ wanted: [String]?) throws(OperationProblem) {
        guard let wanted, !wanted.contains(version) else { return }
        throw OperationProblem(.stale, "message \(id) has changed since; look at it again")
    }
}

extension OperationProblem {
    static func noMessage(_ id: Int64) -> OperationProblem {
        OperationProblem(.notFound, "there is no message \(id)")
    }
}

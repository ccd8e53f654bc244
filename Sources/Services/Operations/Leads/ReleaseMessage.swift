import Leads
import Pipeline
import Storage
import Values

/// Lets a message go on that was held back, at a person's request.
public enum ReleaseMessage: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// The lead's number, UUID or email; nil if the message is named.
        public let lead: String?
        /// The message's number; nil for the one to the lead that is held back.
        public let message: Int64?
        /// The versions of which the message must have one; nil for any.
        public var versions: [String]?

        public init(_ lead: String) { (self.lead, message) = (lead, nil) }

        public init(message: Int64) { (lead, self.message) = (nil, message) }
    }

    public struct Response: Sendable, Codable, Equatable {
        public let view: LeadView
        /// Why it was held back.
        public let reason: String
    }

    /// Throws an `OperationProblem` when there is no such lead or message, it is not held back, or the person may not be written
    /// to; or a `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        guard context.author.isPerson else {
            throw OperationProblem(
                .forbidden, "only a person lets a message go on: with a token that was made --person")
        }
        return try await context.workByHand { hand in
            let moment = hand.runtime.now
            return try hand.transaction { transaction in
                let message = try message(of: request, in: transaction)
                guard let held = HeldMessage(message), message.status == "draft" else {
                    throw OperationProblem(.conflict, "message \(message.id) is not held back")
                }
                let lead = try transaction.lead(named: "\(message.leadID)")
                guard lead.deletedAt == nil else { throw OperationProblem(.conflict, "lead \(lead.id) was deleted") }
                // What a person has read is what goes.
                try message.require(request.versions)
                if let advice = try transaction.holds.advice(on: .messages) {
                    throw OperationProblem(.conflict, advice)
                }
                if let ban = try transaction.ban(on: lead) {
                    throw OperationProblem(.conflict, "lead \(lead.id): \(ban)")
                }
                guard let status = LeadLifecycle.status(lead.status, after: .messageWritten) else {
                    throw OperationProblem(.conflict, "lead \(lead.id) is \(lead.status.rawValue) and gets no message")
                }
                var change = LeadChange()
                change.message = .some(held.body)
                change.processing = .completed
                change.status = status
                try transaction.leads.change(lead, change, because: .person, at: moment)
                try transaction.messages.release(message.id, of: lead.id, at: moment)
                try transaction.due.finish(.writeMessage, lead: lead.id)
                try transaction.runs.add([Step(byHand: "release-message", of: lead.id, by: hand.author, at: moment)])
                let released = try transaction.leads.find(lead.id) ?? lead
                return Response(view: try transaction.views(of: [released])[0], reason: held.reason)
            }
        }
    }

    /// The message that is named, or the one to the lead.
    private static func message(of request: Request, in transaction: Transaction) throws -> Message {
        if let id = request.message {
            guard let message = try transaction.messages.find(id) else { throw OperationProblem.noMessage(id) }
            return message
        }
        let lead = try transaction.lead(named: request.lead ?? "")
        guard let message = try transaction.messages.held(of: lead.id) else {
            throw OperationProblem(.conflict, "no message to lead \(lead.id) is held back")
        }
        return message
    }
}

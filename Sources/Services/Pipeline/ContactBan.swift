public import Leads
public import Storage
import Values

extension Transaction {
    /// Other leads, not deleted, whose mailbox is that of this lead.
    public func mailboxSharers(of lead: Lead) throws -> [Lead] {
        guard let key = lead.mailbox else { return [] }
        return try leads.present(with: key, otherThan: lead.id)
    }

    /// Why nothing may be written to the person; nil if nothing forbids it.
    ///
    /// A person who said no is not written to, whatever lead has the mailbox. A mailbox that several leads share gets
    /// one message at most.
    public func ban(on lead: Lead) throws -> String? {
        if let optOut = lead.optOut {
            return
                "the person does not want to be written to (\(optOut.how.isEmpty ? "opted out" : optOut.how), \(optOut.by))"
        }
        if let target = try suppressions.first(of: lead.fields.suppressionTargets) {
            return "the \(target.kind.rawValue) \(target) is suppressed"
        }
        guard let key = lead.mailbox else { return nil }
        if let other = try leads.optedOut(with: key, otherThan: lead.id) {
            return "lead \(other) has the same mailbox, and does not want to be written to"
        }
        let written = try mailboxSharers(of: lead).first { other in
            other.message != nil || [.contacted, .replied].contains(other.status)
        }
        return written.map { "lead \($0.id) has the same mailbox, and its message; the mailbox gets one at most" }
    }
}

extension Lead {
    /// The key of the lead's mailbox.
    var mailbox: LeadKey? {
        fields[.email].flatMap { EmailAddress(parsing: $0) }.map { LeadKey($0.isRole ? .role : .mailbox, $0.matchKey) }
    }
}

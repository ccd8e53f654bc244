public import Leads
import Storage
import Values

/// A lead as shown in lists and exports and to other programs.
public struct LeadView: Sendable, Codable, Equatable {
    public let lead: Lead
    /// The subject of the lead's message; nil when it has none.
    public let subject: String?
    /// Tells the lead's state from every other state of any lead, also of one from before a backup was restored.
    public let version: String

    init(_ lead: Lead, subject: String?, epoch: Int64) {
        self.lead = lead
        self.subject = subject
        version = lead.version(in: epoch)
    }

    /// The lead as JSON, with the names and in the order of the database's columns.
    public var json: String { LeadText.json(self) }

    /// The lead as the interface shows it: as `json`, with `opted_out`, `merged_into` and `revision`.
    public var representation: String { LeadText.representation(self) }
}

extension Transaction {
    /// The leads with the subjects of their messages, in the given order.
    func views(of leads: [Lead]) throws -> [LeadView] {
        let subjects = try messages.subjects(of: leads.map(\.id))
        let epoch = try counters.epoch()
        return leads.map { LeadView($0, subject: subjects[$0.id], epoch: epoch) }
    }
}

extension FolderAccess {
    /// Reads one consistent state of the database, on a thread that may block. Returns nil when there is no database
    /// yet.
    func look<Value: Sendable>(_ work: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value? {
        // One thread for both: to go from thread to thread takes longer than most reads.
        try await Blocking.run { try read()?.snapshot(work) }
    }
}

public import Leads
public import Storage
public import Values

/// The one way in for leads, as the sync needs it for what it pulls.
public protocol PulledLeadIntake: Sendable {
    /// A record in canonical form. Throws what says why it is no lead.
    func canonical(_ draft: LeadDraft) throws -> CleanLead
    /// Takes it in: matches it with those that the database has, and merges or adds it.
    func take(_ lead: CleanLead, in transaction: Transaction, at now: Timestamp) throws -> IntakeResult
}

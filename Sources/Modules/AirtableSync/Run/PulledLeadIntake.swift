public import Leads
public import Storage
public import Values

/// The intake for leads, as far as the sync needs it for the records that it pulls.
public protocol PulledLeadIntake: Sendable {
    /// Cleans a draft into its canonical form. Throws an error that says why it is not a lead.
    func canonical(_ draft: LeadDraft) throws -> CleanLead
    /// Takes a lead in: matches it with the leads in the database, and merges or adds it.
    func take(_ lead: CleanLead, in transaction: Transaction, at now: Timestamp) throws -> IntakeResult
}

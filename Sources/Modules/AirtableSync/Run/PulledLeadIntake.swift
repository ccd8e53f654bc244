public import Leads

/// The one way in for leads, as the sync needs it for what it pulls.
public protocol PulledLeadIntake: Sendable {
    /// A record in canonical form. Throws what says why it is no lead.
    func canonical(_ draft: LeadDraft) throws -> CleanLead
    /// Whether it is somebody whom the database has.
    func decide(_ lead: CleanLead, among candidates: [Lead]) -> IntakeDecision
    func makeUUID() -> String
}

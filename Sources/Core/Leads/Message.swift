public import Values

/// A message to a lead: a row of `campaigns`.
public struct Message: Sendable, Equatable, Codable, Identifiable {
    public let id: Int64
    public let leadID: Int64
    /// Its name, `UUID:initial:N`.
    public let campaignID: String
    /// `draft`, `queued`, `sent`, `delivered`, `opened`, `replied`, `failed`, `bounced` or `cancelled`.
    public let status: String
    public let subject: String?
    public let body: String?
    /// Why it is held back until a person has looked at it; nil if it is not.
    public let heldReason: String?
    public let createdAt: Timestamp
    public let updatedAt: Timestamp

    public init(
        id: Int64, leadID: Int64, campaignID: String, status: String, subject: String?, body: String?,
        heldReason: String?, createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.leadID = leadID
        self.campaignID = campaignID
        self.status = status
        self.subject = subject
        self.body = body
        self.heldReason = heldReason
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// What a message's status can be.
    public static let statuses = [
        "draft", "queued", "sent", "delivered", "opened", "replied", "failed", "bounced", "cancelled",
    ]
}

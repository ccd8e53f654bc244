/// Which status of a lead may follow which, and which stages follow a change. Pure: storage calls it.
public enum LeadLifecycle {
    /// Something that happened to a lead.
    public enum Event: Sendable {
        /// Everything that could be found out about it was found out.
        case enriched
        /// A message was written and passed the checks.
        case messageWritten
    }

    /// The status after an event; nil if the event must not happen to a lead with this status.
    ///
    /// The program only moves a lead forward, and only as far as a message. A status that a person set stays.
    public static func status(_ status: LeadStatus, after event: Event) -> LeadStatus? {
        switch (event, status) {
        case (.enriched, .new), (.enriched, .scraped), (.enriched, .cleaned): .enriched
        case (.enriched, _): status
        case (.messageWritten, .new), (.messageWritten, .scraped), (.messageWritten, .cleaned),
            (.messageWritten, .enriched):
            .ready
        case (.messageWritten, .ready), (.messageWritten, .contacted), (.messageWritten, .replied): status
        case (.messageWritten, .won), (.messageWritten, .lost), (.messageWritten, .unsubscribed),
            (.messageWritten, .bounced):
            nil
        }
    }

    /// Where a record can say that a person stands, such as a file from another system: what outlives the system that it is from.
    public static let sayable: [LeadStatus] = [.contacted, .replied, .bounced, .lost, .won, .unsubscribed]

    /// The status after a record said where the person stands, such as a file from another system; nil if it stays. A
    /// record moves a lead forward, never back, and cannot undo how it ended.
    public static func status(_ status: LeadStatus, afterRecordSaying said: LeadStatus) -> LeadStatus? {
        func rank(_ status: LeadStatus) -> Int {
            switch status {
            case .new, .scraped, .cleaned, .enriched, .ready: 0
            case .contacted: 1
            case .replied: 2
            case .bounced, .lost: 3
            case .won: 4
            case .unsubscribed: 5
            }
        }
        return rank(said) > rank(status) ? said : nil
    }

    /// The status after the person said that they do not want to be written to. Customers stay customers.
    public static func statusAfterOptOut(_ status: LeadStatus) -> LeadStatus {
        [.won, .lost, .bounced].contains(status) ? status : .unsubscribed
    }

    /// Whether a lead whose person does not want to be written to may have the status.
    public static func isAllowedAfterOptOut(_ status: LeadStatus) -> Bool {
        [.unsubscribed, .won, .lost, .bounced].contains(status)
    }

    /// The status after a person lifted the opt-out.
    public static func statusAfterOptIn(_ status: LeadStatus, isEnriched: Bool) -> LeadStatus {
        status == .unsubscribed ? (isEnriched ? .enriched : .cleaned) : status
    }

    /// Whether a lead with this status and without a message is due for one.
    public static func awaitsMessage(_ status: LeadStatus) -> Bool { [.enriched, .ready].contains(status) }

    /// Whether nobody has written to a lead with this status, so that a message that it has is still to go.
    public static func isUnwritten(_ status: LeadStatus) -> Bool {
        [.new, .scraped, .cleaned, .enriched, .ready].contains(status)
    }

    /// The status of a lead that had a message, and has none any more.
    public static func statusWithoutMessage(_ status: LeadStatus, isEnriched: Bool) -> LeadStatus {
        status == .ready ? (isEnriched ? .enriched : .cleaned) : status
    }

    /// The status of a new lead.
    ///
    /// - Parameter isScraped: whether a search found it, rather than a person.
    public static func firstStatus(isScraped: Bool) -> LeadStatus { isScraped ? .scraped : .cleaned }

    /// The stages that a new lead, or one that is restored, is due for.
    public static let firstStages: [StageName] = [.enrich]

    /// The stages that a lead is due for when its fields change to these.
    public static func stagesDue(for lead: Lead, becoming fields: LeadFields) -> [StageName] {
        var stages: [StageName] = []
        func differs(_ list: [LeadField]) -> Bool { list.contains { lead.fields[$0] != fields[$0] } }
        // A new company or address means new things to find out.
        if differs([.company, .website, .email]) { stages.append(.enrich) }
        // A lead without a name or title could not be written to, but may be now.
        if differs([.fullName, .title]), lead.message == nil, lead.isEnriched { stages.append(.writeMessage) }
        return stages
    }
}

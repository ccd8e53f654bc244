/// Which status of a lead may follow which, and what a change of it is followed by. Pure; storage asks it.
public enum LeadLifecycle {
    /// What happened to a lead.
    public enum Event: Sendable {
        /// What could be found out about it was found out.
        case enriched
        /// A message was written and passed the checks.
        case messageWritten
    }

    /// The status after an event; nil when it must not happen to a lead of this status.
    ///
    /// The machine only leads forward, and only as far as a message; what people said of a lead stays.
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

    /// Whether a lead of this status that has no message is due for one.
    public static func awaitsMessage(_ status: LeadStatus) -> Bool { [.enriched, .ready].contains(status) }

    /// The status that a new lead begins with.
    ///
    /// - Parameter isScraped: whether a search found it, and no person brought it.
    public static func firstStatus(isScraped: Bool) -> LeadStatus { isScraped ? .scraped : .cleaned }

    /// The stages that a lead is due for once its fields are these.
    public static func stagesDue(for lead: Lead, becoming fields: LeadFields) -> [Stage] {
        var stages: [Stage] = []
        func differs(_ list: [LeadField]) -> Bool { list.contains { lead.fields[$0] != fields[$0] } }
        // Another company or address is another thing to look at.
        if differs([.company, .website, .email]) { stages.append(.enrich) }
        // Who could not be written to for want of a name or a title may be now.
        if differs([.fullName, .title]), lead.message == nil, lead.isEnriched { stages.append(.writeMessage) }
        return stages
    }
}

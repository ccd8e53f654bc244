public import Values

/// A change of a lead. Nil leaves a value as it is.
public struct LeadChange: Sendable, Equatable {
    /// All fields as they will be: what `LeadFold` makes of everything that was said.
    public var fields: LeadFields?
    public var status: LeadStatus?
    public var processing: ProcessingState?
    /// An inner nil removes the message. A lead is ready as long as it has one.
    public var message: String??
    public var isVerified: Bool?
    public var needsEnrichment: Bool?
    /// When enrichment last completed.
    public var enrichedAt: Timestamp?
    /// When a person removed the lead; an inner nil restores it.
    public var deletedAt: Timestamp??
    /// That the person does not want to be written to; an inner nil lifts it, which only a person may do.
    public var optOut: OptOut??
    /// The lead that it becomes part of; an inner nil parts them again.
    public var mergedInto: Int64??

    public init() {}

    /// Whether the change says something new about the person, not only about the processing.
    var isNews: Bool {
        fields != nil || status != nil || message != nil || isVerified != nil || enrichedAt != nil
            || deletedAt != nil || optOut != nil
    }
}

/// Why a lead changes. The cause decides whether the revision goes up and whether the change is sent to Airtable.
///
/// | cause | revision | sent to Airtable | an earlier refusal |
/// |---|---|---|---|
/// | person, intake, stage, merge, unmerge, rollback, recordLost | up | yes | cleared |
/// | airtable | up | what it lacks, as the merge found | stays |
/// | bookkeeping | stays | no | stays |
public enum ChangeCause: Sendable, Equatable {
    /// Someone edited, deleted or restored the lead here, or decided a conflict.
    case person
    /// A source brought another record of the person.
    case intake
    /// A stage of the pipeline found something out or wrote a message.
    case stage
    /// Two leads became one.
    case merge
    /// One lead became two again.
    case unmerge
    /// An import was undone.
    case rollback
    /// Its record in Airtable is gone, or belongs to another lead, so the lead is sent again.
    case recordLost
    /// A value was taken from Airtable. What was agreed on is stored in the same transaction.
    ///
    /// - Parameter isPending: whether something here still has to be sent to Airtable.
    case airtable(isPending: Bool)
    /// Only the progress of processing, which is not sent anywhere.
    case bookkeeping

    /// Whether the change updates the lead's `updated_at`, which can decide which of two changes is later. A change of
    /// `needs_enrichment` alone counts only if a person made it, here or in Airtable.
    public func isNews(_ change: LeadChange) -> Bool {
        switch self {
        case .bookkeeping: false
        case .airtable, .person: change.isNews || change.needsEnrichment != nil
        default: change.isNews
        }
    }

    /// Whether the change makes what Airtable has, or is being sent, out of date.
    public var raisesRevision: Bool { self != .bookkeeping }

    /// Whether the change has to be sent to Airtable; nil leaves that as it is.
    public var isPending: Bool? {
        switch self {
        case .person, .intake, .stage, .merge, .unmerge, .rollback, .recordLost: true
        case .airtable(let isPending): isPending
        case .bookkeeping: nil
        }
    }

    /// Whether the change clears an earlier refusal by Airtable, so that the lead is tried again at once.
    public var forgivesRefusal: Bool {
        switch self {
        case .airtable, .bookkeeping: false
        default: true
        }
    }
}

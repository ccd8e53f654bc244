public import Values

/// What becomes different about a lead. What is nil stays as it is.
public struct LeadChange: Sendable, Equatable {
    /// All fields as they are from now on, with what tells a lead of them apart.
    public var identity: (fields: LeadFields, keys: MatchKeys)?
    public var status: LeadStatus?
    public var stage: PipelineStage?
    /// An inner nil removes it. The lead is ready as long as it has one.
    public var message: String??
    public var isVerified: Bool?
    public var needsEnrichment: Bool?
    /// When what could be found out was last found out.
    public var enrichedAt: Timestamp?
    /// When a person removed it; an inner nil brings it back.
    public var deletedAt: Timestamp??

    public init() {}

    /// Whether it says something new of the person, and not only how far the machine is with it.
    var isNews: Bool {
        identity != nil || status != nil || message != nil || isVerified != nil || enrichedAt != nil
            || deletedAt != nil
    }

    public static func == (left: LeadChange, right: LeadChange) -> Bool {
        left.identity?.fields == right.identity?.fields && left.identity?.keys == right.identity?.keys
            && left.status == right.status && left.stage == right.stage && left.message == right.message
            && left.isVerified == right.isVerified && left.needsEnrichment == right.needsEnrichment
            && left.enrichedAt == right.enrichedAt && left.deletedAt == right.deletedAt
    }
}

/// Why a lead changes. The cause decides whether the revision goes up and whether Airtable is told.
///
/// | cause | revision | Airtable is told | an earlier refusal |
/// |---|---|---|---|
/// | person, intake, stage, merge, unmerge, rollback, recordLost | up | yes | forgiven |
/// | airtable | up | what it lacks, as the merge found | stays |
/// | bookkeeping | stays | no | stays |
public enum ChangeCause: Sendable, Equatable {
    /// Somebody edited, deleted or restored it here, or decided a conflict.
    case person
    /// A source brought another record of it.
    case intake
    /// A stage of the pipeline found something out or wrote a message.
    case stage
    /// Two leads became one.
    case merge
    /// One lead became two again.
    case unmerge
    /// An import was taken back.
    case rollback
    /// Its record in Airtable is gone, or belongs to another lead, so the lead is sent again.
    case recordLost
    /// A value was taken from Airtable; what was agreed on is written in the same transaction.
    ///
    /// - Parameter isPending: whether Airtable lacks something that is here.
    case airtable(isPending: Bool)
    /// How far the machine is, which nobody else is told.
    case bookkeeping

    /// Whether this moves the lead's `updated_at`, by which the later of two changes may win. That a lead needs enrichment
    /// is news only when a person said so, here or in Airtable.
    public func isNews(_ change: LeadChange) -> Bool {
        switch self {
        case .bookkeeping: false
        case .airtable, .person: change.isNews || change.needsEnrichment != nil
        default: change.isNews
        }
    }

    /// Whether what Airtable has, or is sent at this moment, is out of date.
    public var raisesRevision: Bool { self != .bookkeeping }

    /// Whether Airtable is to be told; nil when that stays as it is.
    public var isPending: Bool? {
        switch self {
        case .person, .intake, .stage, .merge, .unmerge, .rollback, .recordLost: true
        case .airtable(let isPending): isPending
        case .bookkeeping: nil
        }
    }

    /// Whether a lead that Airtable refused is tried again at once.
    public var forgivesRefusal: Bool {
        switch self {
        case .airtable, .bookkeeping: false
        default: true
        }
    }
}

/// One value that a sync changes, or would.
public struct SyncChange: Sendable, Codable, Equatable {
    /// Our column.
    public let column: String
    public let from: String?
    public let to: String?

    public init(column: String, from: String?, to: String?) {
        self.column = column
        self.from = from
        self.to = to
    }
}

/// One line of a dry run's plan.
public struct SyncPlanItem: Sendable, Codable, Equatable {
    public enum Action: String, Sendable, Codable {
        /// A record is made in Airtable.
        case create
        /// A record is changed.
        case update
        case archive
        case delete
        /// A lead is made of a record.
        case createHere = "create here"
        case updateHere = "update here"
        case deleteHere = "delete here"
        case conflict
    }

    public let action: Action
    public let lead: Int64?
    public let record: String?
    public let name: String
    public let changes: [SyncChange]
}

/// What a sync did.
public struct SyncReport: Sendable, Equatable {
    /// Records made in Airtable.
    public var created = 0
    public var updated = 0
    /// Records archived or deleted in Airtable.
    public var deleted = 0
    /// They were pending, and Airtable has all of it.
    public var unchanged = 0
    /// Records that Airtable refused, or a field of them.
    public var refused = 0
    /// Records that were read.
    public var read = 0
    /// Leads made of records.
    public var createdHere = 0
    public var updatedHere = 0
    public var deletedHere = 0
    /// Records of leads that have another one.
    public var duplicates = 0
    public var notLeads = 0
    public var conflicts = 0
    /// Those that wait for a person, of whatever sync.
    public var waiting = 0
    /// Requests; of a dry run those that the real one would make.
    public var calls = 0
    /// What is worth knowing, a clause each.
    public private(set) var notes: [String] = []
    public private(set) var noteCount = 0
    /// Of a dry run: what would be done, the first of it.
    public private(set) var plan: [SyncPlanItem] = []
    public private(set) var planCount = 0
    /// What a person has to decide before the rest is done, a sentence each.
    public internal(set) var holds: [String] = []

    public init() {}

    /// All of `holds`; nil when nothing waits.
    public var held: String? { holds.isEmpty ? nil : holds.joined(separator: ". ") }

    public static let longestNotes = 40
    public static let longestPlan = 500

    mutating func note(_ text: String) {
        guard !notes.contains(text) else { return }
        noteCount += 1
        if notes.count < Self.longestNotes { notes.append(text) }
    }

    mutating func plan(_ item: SyncPlanItem) {
        planCount += 1
        if plan.count < Self.longestPlan { plan.append(item) }
    }
}

/// What a sync is asked for.
public struct SyncRequest: Sendable, Equatable {
    public enum Direction: String, Sendable { case both, push, pull }

    /// The run that it is part of, and its job: the rows of what was done name them.
    public var run: Int64?
    public var job = "sync"
    public var direction = Direction.both
    /// Only these leads.
    public var leads: [Int64]?
    /// At most so many records each way.
    public var limit: Int?
    public var isDryRun = false
    /// Reads all records, not only those that changed.
    public var isFull = false
    /// However many are deleted at once.
    public var allowsDeletes = false
    /// A person asked for it: it may use the reserve, and reads Airtable also when nothing changed here.
    public var isManual = false

    public init() {}
}

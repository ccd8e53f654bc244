/// One value that a sync changes or, in a dry run, would change.
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
        /// A record is created in Airtable.
        case create
        /// A record is changed in Airtable.
        case update
        case archive
        case delete
        /// A lead is created here from a record.
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
public struct SyncResult: Sendable, Equatable {
    /// Records created in Airtable.
    public var created = 0
    public var updated = 0
    /// Records archived or deleted in Airtable.
    public var deleted = 0
    /// Leads that were pending, but differed in nothing from their records.
    public var unchanged = 0
    /// Records that Airtable refused in whole or in part.
    public var refused = 0
    /// Records that were read.
    public var read = 0
    /// Leads created here from records.
    public var createdHere = 0
    public var updatedHere = 0
    public var deletedHere = 0
    /// Records of leads that already have another record.
    public var duplicates = 0
    public var notLeads = 0
    public var conflicts = 0
    /// Conflicts that wait for a person, from this and earlier syncs.
    public var waiting = 0
    /// Requests made; in a dry run, those that the real run would make.
    public var calls = 0
    /// Remarks for the user, one clause each.
    public private(set) var notes: [String] = []
    /// Remarks of the same kind about many records or leads.
    private var groups: [String: (count: Int, first: [String])] = [:]

    /// Collects a remark that may be due for many.
    ///
    /// - Parameters:
    ///   - kind: what there is to say, such as `is not a lead: it is empty`.
    ///   - item: what it is said of, such as `record rec1`.
    mutating func note(_ kind: String, of item: String) {
        groups[kind, default: (0, [])].count += 1
        if groups[kind]?.first.count ?? 0 < 3 { groups[kind]?.first.append(item) }
    }

    /// Turns what was collected into remarks: one for each kind, with the count and the first few.
    mutating func noteGroups() {
        for (kind, group) in groups.sorted(by: { $0.key < $1.key }) {
            let more = group.count > group.first.count ? " and \(group.count - group.first.count) more" : ""
            note("\(group.first.joined(separator: ", "))\(more): \(kind)")
        }
        groups = [:]
    }

    public static func == (left: SyncResult, right: SyncResult) -> Bool {
        left.notes == right.notes && left.calls == right.calls && left.counts == right.counts
            && left.plan == right.plan && left.holds == right.holds
    }

    private var counts: [Int] {
        [
            created, updated, deleted, unchanged, refused, read, createdHere, updatedHere, deletedHere, duplicates,
            notLeads, conflicts, waiting, noteCount, planCount,
        ]
    }

    public private(set) var noteCount = 0
    /// In a dry run: what would be done, up to `longestPlan` items.
    public private(set) var plan: [SyncPlanItem] = []
    public private(set) var planCount = 0
    /// What a person has to decide before the sync can do the rest, one sentence each.
    public internal(set) var holds: [String] = []

    public init() {}

    /// All of `holds` in one text; nil if there are none.
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

/// What a sync is asked to do.
public struct SyncRequest: Sendable, Equatable {
    public enum Direction: String, Sendable, CaseIterable { case both, push, pull }

    /// The run that the sync is part of, and its job. Activity rows refer to them.
    public var run: Int64?
    public var job = "sync"
    public var direction = Direction.both
    /// Sync only these leads; nil for all.
    public var leads: [Int64]?
    /// The largest number of records to sync in each direction.
    public var limit: Int?
    public var isDryRun = false
    /// Reads all records, not only those that changed.
    public var isFull = false
    /// Syncs only the leads that Airtable refused.
    public var onlyRefused = false
    /// Skips the brake on deletions.
    public var allowsDeletes = false
    /// Whether a person started the sync. It may then use the reserve, and it reads Airtable even if nothing changed
    /// here.
    public var isManual = false

    public init() {}
}

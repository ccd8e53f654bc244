import Values

/// Which leads to list, and in which order. Only columns that have an index can be filtered and sorted by, so that a list
/// takes milliseconds however many leads there are.
public struct LeadSelection: Sendable, Codable, Equatable {
    /// A column that can be filtered and sorted by.
    public enum Column: String, Sendable, Codable, CaseIterable {
        case id
        case status
        case source
        case fullName = "full_name"
        case company
        case email
        case companyID = "company_id"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case isReady = "ready_for_outreach"
        case needsEnrichment = "needs_enrichment"
        case isSyncPending = "sync_pending"

        public enum Kind: Sendable {
            case number, word, text, time, flag
        }

        public var kind: Kind {
            switch self {
            case .id, .companyID: .number
            case .status: .word
            case .source, .fullName, .company, .email: .text
            case .createdAt, .updatedAt: .time
            case .isReady, .needsEnrichment, .isSyncPending: .flag
            }
        }

        /// Whether it can be empty.
        public var isOptional: Bool { kind == .text || self == .companyID }
        /// Whether leads can be sorted by it.
        public var isSortable: Bool { kind != .flag }
    }

    /// A value to compare with.
    public enum Value: Sendable, Codable, Equatable {
        case number(Int64)
        case text(String)

        /// Reads a value of a column. Returns nil if the column can't hold it.
        public init?(_ text: String, of column: Column) {
            switch column.kind {
            case .number:
                guard let number = Int64(text) else { return nil }
                self = .number(number)
            case .flag:
                guard text == "true" || text == "false" else { return nil }
                self = .number(text == "true" ? 1 : 0)
            case .time:
                guard let moment = Timestamp(rfc3339: text) else { return nil }
                self = .text(moment.description)
            case .word:
                guard LeadStatus(rawValue: text) != nil else { return nil }
                self = .text(text)
            case .text: self = .text(text.composed)
            }
        }
    }

    public enum Test: Sendable, Codable, Equatable {
        /// One of these values.
        case isAny([Value])
        /// Begins with this text. Capitals count.
        case startsWith(String)
        case isEmpty(Bool)
        case atLeast(Value)
        case below(Value)
    }

    public struct Condition: Sendable, Codable, Equatable {
        public let column: Column
        public let test: Test

        public init(_ column: Column, _ test: Test) {
            self.column = column
            self.test = test
        }
    }

    /// Whether deleted leads are listed.
    public enum Deleted: String, Sendable, Codable, CaseIterable {
        case no
        case yes
        case only
    }

    /// The last lead of a page.
    public struct Position: Sendable, Codable, Equatable {
        /// Its value in the column that is sorted by; nil if that is empty.
        public let value: Value?
        public let id: Int64

        public init(value: Value?, id: Int64) {
            self.value = value
            self.id = id
        }
    }

    public var conditions: [Condition] = []
    public var deleted = Deleted.no
    /// Leads with equal values are in the order of their numbers. Those without a value come last.
    public var sort = Column.id
    public var isDescending = true
    /// Where the page begins: behind this lead. Nil for the first page.
    public var after: Position?
    public var limit = 50

    public init() {}

    /// Whether every lead that is not deleted is meant.
    public var isEverything: Bool { conditions.isEmpty && deleted == .no }
}

/// Who said something about a lead, or asked for something: `cli:ann`, `token:crm`, `token:ann/person`, `airtable:recA1`,
/// `import:17`, `stage:enrich`, `migration`.
public struct LeadAuthor: RawRepresentable, Sendable, Codable, Hashable, CustomStringConvertible {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    public var description: String { rawValue }

    /// A person at the command line.
    public static func person(_ name: String) -> LeadAuthor { LeadAuthor(rawValue: "cli:\(name)") }
    /// A program, or a person who acts through one.
    ///
    /// - Parameters:
    ///   - name: the token's name.
    ///   - isPerson: whether what comes with the token is a person's word.
    public static func token(_ name: String, isPerson: Bool) -> LeadAuthor {
        LeadAuthor(rawValue: "token:\(name)\(isPerson ? personMark : "")")
    }
    private static let personMark = "/person"
    /// Somebody who typed in Airtable.
    ///
    /// - Parameter record: the record's id.
    public static func airtable(_ record: String) -> LeadAuthor { LeadAuthor(rawValue: "airtable:\(record)") }
    /// A file.
    ///
    /// - Parameter run: the import's run; nil when it is only tried out.
    public static func file(_ run: Int64?) -> LeadAuthor {
        LeadAuthor(rawValue: "import:\(run.map(String.init) ?? "dry")")
    }
    /// A stage of the pipeline.
    public static func stage(_ name: String) -> LeadAuthor { LeadAuthor(rawValue: "stage:\(name)") }
    /// A restore that carried something over from the database it replaced.
    public static func restore(_ backup: String) -> LeadAuthor { LeadAuthor(rawValue: "restore:\(backup)") }
    /// The program itself, when it moved what a lead had from the time before its records were kept.
    public static let migration = LeadAuthor(rawValue: "migration")

    /// Whether a person speaks. Nobody knows which values of the time before were a person's, so all of them count.
    public var isPerson: Bool {
        rawValue.hasPrefix("cli:") || rawValue.hasPrefix("airtable:") || self == .migration || isPersonWithToken
    }

    private var isPersonWithToken: Bool { rawValue.hasPrefix("token:") && rawValue.hasSuffix(Self.personMark) }

    /// Whether a program with a token speaks.
    public var isProgram: Bool { rawValue.hasPrefix("token:") && !isPersonWithToken }

    /// Whether it was said in Airtable.
    public var isInAirtable: Bool { rawValue.hasPrefix("airtable:") }

    /// How likely what it says is to be right when nothing else is known, from 0 to 1. A file is somebody's own list; a
    /// search result is read by rules.
    public var confidence: Double {
        rawValue.hasPrefix("stage:") ? 0.6 : rawValue.hasPrefix("cli:") || rawValue.hasPrefix("token:") ? 0.95 : 0.9
    }

    /// Whether a whole record of this author is a person's word about each of its fields. Who adds a lead by hand passes on
    /// what is known at that moment; who edits a field decides about it.
    public var isPersonInRecords: Bool { isInAirtable || self == .migration }
}

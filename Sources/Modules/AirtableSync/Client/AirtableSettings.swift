public import AppConfiguration
import Values

/// How to reach the base, and what a sync may do.
public struct AirtableSettings: Sendable, Equatable {
    public var baseURL: String
    public var baseID: String
    /// The table's name or id.
    public var table: String
    public var perSecond: Double
    /// How long to pause after a 429 response; Airtable asks for 30 seconds.
    public var pause: Duration
    /// How often a lead is tried when Airtable refuses it.
    public var attempts: Int
    public var timeout: Duration
    /// How far before the last pull the next one starts reading, so that no change is missed.
    public var overlap: Duration
    /// How often all records are read.
    public var fullEvery: Duration
    /// If nothing is waiting to be sent, a pull more recent than this is not repeated. Zero always pulls.
    public var idleSkip: Duration
    /// The limit of calls per calendar month (UTC); 0 means no limit of our own.
    public var monthlyCalls: Int
    /// The share of these calls reserved for syncs that people start, from 0 to 1.
    public var reserve: Double
    public var deletesHere: OutgoingDeletes
    public var deletesThere: IncomingDeletes
    /// The largest share of all linked leads that may be deleted at once, from 0 to 1.
    public var brake: Double
    public var usesWebhooks: Bool

    /// What happens here when a record is deleted in Airtable.
    public enum IncomingDeletes: String, Sendable, CaseIterable {
        case delete
        case keep
    }

    public init(_ settings: Settings) {
        baseURL = settings.baseURL("airtable.base_url", default: "https://api.airtable.com")
        baseID = settings.string("airtable.base_id", default: "")
        if !baseID.isEmpty, !Self.isBaseID(baseID) {
            let inAddress = baseID.split(separator: "/").map(String.init).first(where: Self.isBaseID)
            settings.error(
                "airtable.base_id", "\"\(baseID.shortened(to: 80))\" is not the id of a base",
                hint: inAddress.map { "write \($0)" }
                    ?? "it begins with app; in the base's address airtable.com/appXXXXXXXXXXXXXX/tblXXXXXXXXXXXXXX it is the first part"
            )
        }
        table = settings.string("airtable.table", default: "Leads")
        if table.allSatisfy(\.isWhitespace) {
            settings.error(
                "airtable.table", "is empty",
                hint: "the table's name as its tab shows it, or its id, which begins with tbl")
        }
        perSecond = Double(settings.int("airtable.calls_per_second", in: 1...50, default: 4))
        pause = settings.duration(
            "airtable.pause_after_429", in: .seconds(0)...Duration.seconds(600), default: .seconds(30))
        attempts = settings.int("airtable.attempts", in: 1...20, default: 5)
        timeout = settings.duration("airtable.timeout", in: .seconds(1)...Duration.seconds(600), default: .seconds(60))
        overlap = settings.duration(
            "airtable.overlap", in: .seconds(5)...Duration.seconds(86_400), default: .seconds(120))
        fullEvery = settings.duration(
            "airtable.full_every", in: .seconds(60)...Duration.seconds(366 * 86_400), default: .seconds(86_400))
        idleSkip = settings.duration(
            "airtable.idle_skip", in: .seconds(0)...Duration.seconds(31 * 86_400), default: .seconds(0))
        monthlyCalls = settings.int("airtable.monthly_calls", in: 0...1_000_000_000, default: 0)
        reserve = Double(settings.int("airtable.reserve_percent", in: 0...90, default: 5)) / 100
        deletesHere = settings.choice("airtable.when_deleted_here", default: .archive)
        deletesThere = settings.choice("airtable.when_deleted_there", default: .delete)
        brake = Double(settings.int("airtable.delete_brake_percent", in: 0...100, default: 10)) / 100
        usesWebhooks = settings.bool("airtable.webhooks", default: false)
    }

    /// `app` followed by letters and digits, 17 characters in all.
    static func isBaseID(_ text: String) -> Bool {
        text.hasPrefix("app") && text.utf8.count == 17 && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }

    /// At least this many leads may be deleted at once, however small the base is.
    static let brakeFloor = 5

    /// How many leads may be deleted at once when this many are linked.
    func mostDeletes(of linked: Int) -> Int { max(Self.brakeFloor, Int(Double(linked) * brake)) }
}

import Values

/// What a person asks of one run beside its name; kept in the row of the run.
public struct RunOptions: Sendable, Codable, Equatable {
    /// At most so many leads.
    public var limit: Int?
    /// Only these leads.
    public var leads: [Int64]?
    /// Say what would be done, and do nothing; what follows the job does not follow either.
    public var isDryRun: Bool?
    /// What else the task is told, in words of its own.
    public var flags: [String]?
    /// It is not the job's own work, such as a look at what is set up.
    public var isAside: Bool?

    public init(
        limit: Int? = nil, leads: [Int64]? = nil, isDryRun: Bool = false, flags: [String] = [], isAside: Bool = false
    ) {
        self.limit = limit
        self.leads = leads
        self.isDryRun = isDryRun ? true : nil
        self.flags = flags.isEmpty ? nil : flags
        self.isAside = isAside ? true : nil
    }

    /// Nothing follows from how it ends: no job comes after it, no failure is counted or told of.
    var hasNoConsequence: Bool { isDryRun == true || isAside == true }

    private enum CodingKeys: String, CodingKey {
        case limit, leads, flags
        case isAside = "aside"
        case isDryRun = "dry_run"
    }

    /// Nil when nothing is asked.
    var json: String? { self == RunOptions() ? nil : StableJSON.text(of: self) }

    /// What a row holds. Throws a `RunProblem` for what cannot be read: a dry run that was taken for a run without options
    /// would do what it was only to tell of.
    init(json: String?) throws(RunProblem) {
        guard let json else {
            self.init()
            return
        }
        guard let read = StableJSON.decode(RunOptions.self, json) else {
            throw RunProblem("what was asked of this run cannot be read from its row; ask again", canRetry: false)
        }
        self = read
    }
}

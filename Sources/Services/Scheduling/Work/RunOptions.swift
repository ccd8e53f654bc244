import Values

/// What a person asks of one run beside its name; kept in the row of the run.
public struct RunOptions: Sendable, Codable, Equatable {
    /// At most so many leads.
    public var limit: Int?
    /// Only these leads.
    public var leads: [Int64]?
    /// Say what would be done, and do nothing; what follows the job does not follow either.
    public var isDryRun: Bool?
    /// For this run, in place of what the job's `with` says. Nil for none.
    public var parameters: TaskParameters?
    /// It is not the job's own work, such as a look at what is set up.
    public var isAside: Bool?

    public init(
        limit: Int? = nil, leads: [Int64]? = nil, isDryRun: Bool = false, parameters: TaskParameters = [:],
        isAside: Bool = false
    ) {
        self.limit = limit
        self.leads = leads
        self.isDryRun = isDryRun ? true : nil
        self.parameters = parameters.values.isEmpty ? nil : parameters
        self.isAside = isAside ? true : nil
    }

    /// Nothing follows from how it ends: no job comes after it, no failure is counted or told of.
    var hasNoConsequence: Bool { isDryRun == true || isAside == true }

    private enum CodingKeys: String, CodingKey {
        case limit, leads, parameters, flags
        case isAside = "aside"
        case isDryRun = "dry_run"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        limit = try container.decodeIfPresent(Int.self, forKey: .limit)
        leads = try container.decodeIfPresent([Int64].self, forKey: .leads)
        isDryRun = try container.decodeIfPresent(Bool.self, forKey: .isDryRun)
        isAside = try container.decodeIfPresent(Bool.self, forKey: .isAside)
        let parameters = try container.decodeIfPresent(TaskParameters.self, forKey: .parameters)
        let flags = try container.decodeIfPresent([String].self, forKey: .flags)
        self.parameters = parameters ?? flags.map(Self.parameters(ofFlags:))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(limit, forKey: .limit)
        try container.encodeIfPresent(leads, forKey: .leads)
        try container.encodeIfPresent(isDryRun, forKey: .isDryRun)
        try container.encodeIfPresent(parameters, forKey: .parameters)
        try container.encodeIfPresent(isAside, forKey: .isAside)
    }

    /// Rows of before schema 9 hold words that only the sync knew: `push`, `allow-deletes`.
    private static func parameters(ofFlags flags: [String]) -> TaskParameters {
        var parameters = TaskParameters()
        for flag in flags {
            if flag == "push" || flag == "pull" {
                parameters["direction"] = .text(flag)
            } else {
                parameters[flag.replacing("-", with: "_")] = .flag(true)
            }
        }
        return parameters
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

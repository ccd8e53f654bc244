import Values

/// What a person requests for one run, in addition to the job's name. Kept in the row of the run.
public struct RunOptions: Sendable, Codable, Equatable {
    /// The maximum number of leads.
    public var limit: Int?
    /// Only these leads.
    public var leads: [Int64]?
    /// Reports what would be done without doing it. Jobs that follow this one do not run either.
    public var isDryRun: Bool?
    /// Parameters for this run, which override those of the job's `with`. Nil for none.
    public var parameters: TaskParameters?
    /// The run is not the job's own work but, for example, a look at the setup.
    public var isAside: Bool?
    /// A person asked for just this now, as `4runr sync` does, so limits that only save calls do not hold it back.
    public var isByHand: Bool?
    /// The name is a task's, even if a job has the same.
    public var isTask: Bool?
    /// Who asks. Kept in a column of its own.
    public var author: String?

    public init(
        limit: Int? = nil, leads: [Int64]? = nil, isDryRun: Bool = false, parameters: TaskParameters = [:],
        isAside: Bool = false, isByHand: Bool = false
    ) {
        self.limit = limit
        self.leads = leads
        self.isDryRun = isDryRun ? true : nil
        self.parameters = parameters.values.isEmpty ? nil : parameters
        self.isAside = isAside ? true : nil
        self.isByHand = isByHand ? true : nil
    }

    /// Nothing follows from how the run ends: no other job runs after it, and no failure is counted or reported.
    var hasNoConsequence: Bool { isDryRun == true || isAside == true }

    private enum CodingKeys: String, CodingKey {
        case limit, leads, parameters, author
        case isAside = "aside"
        case isByHand = "by_hand"
        case isTask = "task"
        case isDryRun = "dry_run"
    }

    /// What rows written before schema 9 have in place of parameters.
    private enum OldKeys: String, CodingKey {
        case flags
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        limit = try container.decodeIfPresent(Int.self, forKey: .limit)
        leads = try container.decodeIfPresent([Int64].self, forKey: .leads)
        isDryRun = try container.decodeIfPresent(Bool.self, forKey: .isDryRun)
        isAside = try container.decodeIfPresent(Bool.self, forKey: .isAside)
        isByHand = try container.decodeIfPresent(Bool.self, forKey: .isByHand)
        parameters = try container.decodeIfPresent(TaskParameters.self, forKey: .parameters)
        author = try container.decodeIfPresent(String.self, forKey: .author)
        isTask = try container.decodeIfPresent(Bool.self, forKey: .isTask)
        let old = try decoder.container(keyedBy: OldKeys.self)
        if let flags = try old.decodeIfPresent([String].self, forKey: .flags) { take(flags) }
    }

    /// These are words that only the sync used: `push`, `allow-deletes`.
    private mutating func take(_ flags: [String]) {
        var parameters = TaskParameters()
        for flag in flags {
            if flag == "by-hand" {
                isByHand = true
            } else if flag == "push" || flag == "pull" {
                parameters["direction"] = .text(flag)
            } else {
                parameters[flag.replacing("-", with: "_")] = .flag(true)
            }
        }
        if !parameters.values.isEmpty { self.parameters = parameters }
    }

    /// Nil when nothing is requested.
    var json: String? {
        var own = self
        own.author = nil
        own.isTask = nil
        return own == RunOptions() ? nil : StableJSON.text(of: own)
    }

    /// Reads the options from a row. Throws a `RunProblem` when they cannot be read: a dry run mistaken for a run
    /// without options would really do what it should only report.
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

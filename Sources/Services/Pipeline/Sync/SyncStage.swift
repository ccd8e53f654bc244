public import AirtableSync
import Cleaning
public import Leads
import Storage
import Values

/// The options of a sync, apart from the choice of leads.
public struct SyncOptions: Sendable, Equatable {
    public var direction = SyncRequest.Direction.both
    /// Whether all records are read, not only those that have changed.
    public var isFull = false
    /// Whether any number of records may be deleted at once.
    public var allowsDeletes = false
    /// Whether only the leads that Airtable refused are synced.
    public var onlyRefused = false
    /// Set to look at the table's fields instead of syncing; nil for a sync.
    public var setUp: SetUp?

    public struct SetUp: Sendable, Equatable {
        /// Whether missing fields are created.
        public var createsFields = false
        /// Whether the base or table in the settings replaces the one that was synced before.
        public var switchesBase = false

        public init() {}
    }

    public init() {}
}

/// Keeps Airtable in sync.
public struct SyncStage: Stage {
    private let sync: AirtableSync?
    private let options: SyncOptions
    /// What to set when the sync is not configured.
    private let advice: String

    public init(sync: AirtableSync?, options: SyncOptions, advice: String) {
        self.sync = sync
        self.options = options
        self.advice = advice
    }

    public static let name = "sync"
    public var name: String { Self.name }

    public func run(_ context: StageContext) async throws -> StageReport {
        var report = StageReport(name, isDryRun: context.isDryRun)
        guard let sync else { throw StageProblem.unconfigured(advice) }
        do {
            if let setUp = options.setUp { return try await self.setUp(sync, setUp, report) }
            let result = try await sync.run(request(context)) { context.progress("sync: \($0)", $1) }
            report.counts = [
                "created": result.created, "updated": result.updated, "deleted": result.deleted,
                "unchanged": result.unchanged, "refused": result.refused, "new here": result.createdHere,
                "changed here": result.updatedHere, "deleted here": result.deletedHere,
                "duplicates": result.duplicates, "no leads": result.notLeads, "conflicts": result.conflicts,
                "calls": result.calls,
            ].filter { $0.value > 0 || ["created", "updated", "calls"].contains($0.key) }
            report.counts = Dictionary(report.counts.map { (StageReport.key($0.key), $0.value) }) { $1 }
            for note in result.notes { report.note(note) }
            if result.noteCount > result.notes.count {
                report.note("and \(result.noteCount - result.notes.count) more")
            }
            if result.refused > 0 { report.note("refused ones say why: 4runr leads list --sync-pending") }
            if result.conflicts > 0 {
                report.note(
                    result.waiting > 0
                        ? "waiting for you: \(result.waiting) conflicts (4runr sync conflicts)"
                        : "what was decided is listed by: 4runr sync conflicts --all")
            }
            if context.isDryRun {
                report.plan = result.plan
                if result.planCount > result.plan.count {
                    report.note("and \(result.planCount - result.plan.count) more lines of the plan")
                }
            }
            if let held = result.held {
                guard context.isDryRun else { throw StageProblem.failed(held, canRetry: false, report: report) }
                report.note(held)
            }
        } catch let problem as AirtableProblem {
            switch problem.kind {
            case .quota: throw StageProblem.unconfigured(problem.description)
            case .unavailable, .busy, .listExpired:
                throw StageProblem.failed(problem.description, canRetry: true, report: report)
            default: throw StageProblem.failed(problem.description, canRetry: false, report: report)
            }
        }
        return report
    }

    private func request(_ context: StageContext) -> SyncRequest {
        var request = SyncRequest()
        (request.run, request.job) = (context.run, context.job)
        request.direction = options.direction
        request.leads = context.ids.map { Array(Set($0)).sorted() }
        request.limit = context.limit
        request.isDryRun = context.isDryRun
        request.isFull = options.isFull
        request.allowsDeletes = options.allowsDeletes
        request.onlyRefused = options.onlyRefused
        request.isManual = context.isByHand
        return request
    }

    private func setUp(_ sync: AirtableSync, _ options: SyncOptions.SetUp, _ report: StageReport) async throws
        -> StageReport
    {
        var report = report
        let result = try await sync.setUp(
            createsFields: options.createsFields, switchesBase: options.switchesBase)
        report.fields = result.fields
        report.counts = Dictionary(grouping: result.fields, by: { StageReport.key($0.state.rawValue) }).mapValues(
            \.count)
        report.counts["calls"] = result.calls
        for note in result.notes { report.note(note) }
        guard result.isUsable else {
            throw StageProblem.failed(
                "without the field \"\(result.fields.first?.name ?? "")\" no record can be matched: make it, a single line text, or add --create-fields",
                canRetry: false, report: report)
        }
        return report
    }
}

/// Pulled records are cleaned like all others.
extension Intake: PulledLeadIntake {
    public func canonical(_ draft: LeadDraft) throws -> CleanLead { try clean(draft) }
}

public import AirtableSync
import Cleaning
public import Leads
import Storage
import Values

/// Keeps Airtable in step.
public struct SyncStage: Sendable {
    private let sync: AirtableSync?
    /// What to set when there is nothing to sync with.
    private let advice: String

    public init(sync: AirtableSync?, advice: String) {
        self.sync = sync
        self.advice = advice
    }

    public static let name = "sync"

    /// What a sync can be told.
    public enum Flag: String, Sendable, CaseIterable {
        case push
        case pull
        /// All records are read.
        case full
        /// However many are deleted at once.
        case allowDeletes = "allow-deletes"
        /// A person asked for it.
        case byHand = "by-hand"
        /// Only looks at the table's fields.
        case setup
        case createFields = "create-fields"
        case switchBase = "switch-base"
    }

    public func run(_ context: StageContext) async throws -> StageReport {
        var report = StageReport(SyncStage.name, isDryRun: context.isDryRun)
        guard let sync else { throw StageProblem.unconfigured(advice) }
        let flags = Set(context.flags.compactMap { Flag(rawValue: $0) })
        do {
            guard !flags.contains(.setup) else { return try await setUp(sync, flags, report) }
            let result = try await sync.run(request(context, flags)) { context.progress("sync: \($0)", $1) }
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

    private func request(_ context: StageContext, _ flags: Set<Flag>) -> SyncRequest {
        var request = SyncRequest()
        (request.run, request.job) = (context.run, context.job)
        request.direction = flags.contains(.push) ? .push : flags.contains(.pull) ? .pull : .both
        request.leads = context.ids.map { Array(Set($0)).sorted() }
        request.limit = context.limit
        request.isDryRun = context.isDryRun
        request.isFull = flags.contains(.full)
        request.allowsDeletes = flags.contains(.allowDeletes)
        request.isManual = flags.contains(.byHand)
        return request
    }

    private func setUp(_ sync: AirtableSync, _ flags: Set<Flag>, _ report: StageReport) async throws -> StageReport {
        var report = report
        let result = try await sync.setUp(
            createsFields: flags.contains(.createFields), switchesBase: flags.contains(.switchBase))
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

/// What is pulled goes the way of every lead.
extension Intake: PulledLeadIntake {
    public func canonical(_ draft: LeadDraft) throws -> CleanLead { try clean(draft) }
}

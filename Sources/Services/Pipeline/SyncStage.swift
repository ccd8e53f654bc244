public import AirtableSync
import Leads
import Storage
import Values

/// Tells Airtable what changed.
public struct SyncStage: Sendable {
    private let push: AirtablePush?
    /// What to set when there is nothing to push with.
    private let advice: String
    private let environment: StageEnvironment

    public init(push: AirtablePush?, advice: String, environment: StageEnvironment) {
        self.push = push
        self.advice = advice
        self.environment = environment
    }

    public static let name = "sync"

    private struct Input: Encodable { let leads: [Int64] }

    public func run(_ context: StageContext) async throws -> StageReport {
        var report = StageReport(SyncStage.name, isDryRun: context.isDryRun)
        guard let push else { throw StageProblem.unconfigured(advice) }
        let environment = environment
        do {
            let result = try await push.run(
                ids: context.ids, limit: context.limit ?? .max, isDryRun: context.isDryRun,
                progress: { context.progress("sync: \($0) of \($1)", Double($0) / Double(max(1, $1))) },
                step: { leads, error, begun in
                    let now = environment.now()
                    var step = Step(
                        run: context.run, job: context.job, type: Stage.sync.rawValue,
                        status: error == nil ? .success : .failed, leadID: leads.count == 1 ? leads.first?.id : nil,
                        startedAt: begun, endedAt: now, duration: now.since(begun))
                    step.input = StepJSON.encode(Input(leads: leads.map(\.id)))
                    step.error = error
                    return step
                })
            report.counts = [
                "created": result.created, "updated": result.updated, "unchanged": result.unchanged,
                "refused": result.failed, "calls": result.calls,
            ]
            if result.failed > 0 { report.note("refused ones say why: 4runr leads list --sync-pending") }
        } catch let problem as AirtableProblem {
            if problem.kind == .quota { throw StageProblem.unconfigured(problem.description) }
            throw StageProblem.failed(
                problem.description, canRetry: problem.kind == .unavailable, report: report)
        }
        return report
    }
}

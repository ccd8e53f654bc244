import AppConfiguration
import Leads
import Logging
import Pipeline
import Scheduling
import Storage

/// One stage of the pipeline as a task.
struct StageTask: JobTask {
    let services: ServiceBox
    let part: LeadPipeline.Part
    /// The schedule file's word; nil for the settings'.
    let maxLeads: Int?
    let flags: [String]

    /// Both, push or pull.
    private enum Direction: String, CaseIterable { case both, push, pull }

    private static func syncFlags(_ with: YAMLMapping?) -> [String] {
        let direction: Direction? = with?.choice("direction")
        var flags: [String] = []
        if let direction, direction != .both { flags.append(direction.rawValue) }
        if with?.bool("full") == true { flags.append(SyncStage.Flag.full.rawValue) }
        return flags
    }

    static func kinds(_ services: ServiceBox) -> [TaskKind] {
        LeadPipeline.Part.allCases.map { part in
            let summary =
                switch part {
                case .scrape: "find people by web search; with: { max_leads: new leads a day }"
                case .enrich: "fill the gaps of leads from their companies' sites"
                case .writeMessages: "write a message to each lead that has none"
                case .sync: "keep Airtable in step; with: { direction: both | push | pull, full: true }"
                }
            return TaskKind(part.rawValue, summary: summary) { with, _ in
                StageTask(
                    services: services, part: part,
                    maxLeads: part == .scrape ? with?.int("max_leads", in: 0...100_000) : nil,
                    flags: part == .sync ? StageTask.syncFlags(with) : [])
            }
        }
    }

    func run(_ run: RunContext) async throws -> RunReport {
        let pipeline = try services.current().leads.pipeline
        do {
            var context = StageContext(run)
            context.flags += flags
            let report = try await pipeline.run(part, context, maxLeads: maxLeads)
            let what = context.isDryRun ? "a dry run, would do: " : ""
            run.logger.info("\(part.rawValue): \(what)\(report.summary)")
            for note in report.notes { run.logger.info("\(part.rawValue): \(note)") }
            return .success(output: RunReport.json(report))
        } catch StageProblem.unconfigured(let reason) {
            return .skipped(reason: reason)
        } catch StageProblem.failed(let reason, let canRetry, let report) {
            throw RunProblem(reason, output: RunReport.json(report), canRetry: canRetry)
        }
    }
}

/// All stages under one run.
struct PipelineTask: JobTask {
    let services: ServiceBox
    let maxLeads: Int?

    static func kind(_ services: ServiceBox) -> TaskKind {
        TaskKind("pipeline", summary: "scrape, enrich, write-messages and sync in one run; with: { max_leads: … }") {
            with, _ in
            PipelineTask(services: services, maxLeads: with?.int("max_leads", in: 0...100_000))
        }
    }

    private struct Output: Encodable { let stages: [LeadPipeline.PartResult] }

    func run(_ run: RunContext) async throws -> RunReport {
        let pipeline = try services.current().leads.pipeline
        let results = try await pipeline.runAll(StageContext(run), maxLeads: maxLeads)
        let output = RunReport.json(Output(stages: results))
        let failed = results.filter { $0.status == .failed }
        guard failed.isEmpty else {
            let reasons = failed.map { "\($0.stage): \($0.error ?? "failed")" }
            throw RunProblem(
                reasons.joined(separator: "; "), output: output, canRetry: failed.contains { $0.canRetry })
        }
        return .success(output: output)
    }
}

/// Removes old steps.
struct PruneTask: JobTask {
    let services: ServiceBox
    let keepDays: Int

    static func kind(_ services: ServiceBox) -> TaskKind {
        TaskKind("prune", summary: "remove steps of old runs; with: { keep_days: 90 }") { with, _ in
            PruneTask(services: services, keepDays: with?.int("keep_days", in: 1...36_500) ?? 90)
        }
    }

    func run(_ run: RunContext) async throws -> RunReport {
        .success(output: RunReport.json(try await services.current().leads.prune.run(keepingDays: keepDays)))
    }
}

extension StageContext {
    init(_ run: RunContext) {
        self.init(
            run: run.id, job: run.job, ids: run.options.leads, limit: run.options.limit,
            isDryRun: run.options.isDryRun ?? false, flags: run.options.flags ?? [], logger: run.logger,
            progress: run.progress)
    }
}

import Leads
import Logging
import Pipeline
import Scheduling

extension ShippedTask {
    /// A task that runs one stage.
    init(_ stage: StageKind) {
        self.init(kind: stage.task) { assembly, parameters in
            let made = stage.make(assembly, parameters)
            return StageTask(stage: made, pipeline: assembly.pipeline([made]))
        }
    }
}

/// One stage of the pipeline as a task.
struct StageTask: JobTask {
    let stage: any Stage
    let pipeline: LeadPipeline

    func run(_ run: RunContext) async throws -> TaskResult {
        let context = StageContext(run)
        do {
            let report = try await pipeline.run(stage, context)
            let what = context.isDryRun ? "a dry run, would do: " : ""
            run.logger.info("\(stage.name): \(what)\(report.summary)")
            for note in report.notes { run.logger.info("\(stage.name): \(note)") }
            return .success(output: TaskResult.json(report))
        } catch StageProblem.unconfigured(let reason) {
            return .skipped(reason: reason)
        } catch StageProblem.failed(let reason, let canRetry, let report) {
            throw RunProblem(reason, output: TaskResult.json(report), canRetry: canRetry)
        }
    }
}

extension StageContext {
    init(_ run: RunContext) {
        self.init(
            run: run.id, job: run.job, ids: run.options.leads, limit: run.options.limit,
            isDryRun: run.options.isDryRun ?? false, isByHand: run.options.isByHand ?? false, logger: run.logger,
            progress: run.progress)
    }
}

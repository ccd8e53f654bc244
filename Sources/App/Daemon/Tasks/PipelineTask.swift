import Leads
import Pipeline
import Scheduling

extension ShippedTask {
    static let pipeline = ShippedTask(
        kind: TaskKind(
            "pipeline", summary: "\(stages) in one run; with: { max_leads: … }", parameters: [StageKind.maxLeads],
            isOverLeads: true)
    ) { PipelineTask($1, $0) }

    /// The stages' names as a list in words.
    private static let stages: String = {
        let names = StageKind.all.map(\.task.name)
        return names.dropLast().joined(separator: ", ") + (names.last.map { " and \($0)" } ?? "")
    }()
}

/// Runs all stages under one run.
struct PipelineTask: JobTask {
    private let pipeline: LeadPipeline

    init(_ parameters: TaskParameters, _ assembly: Assembly) {
        pipeline = assembly.pipeline(StageKind.all.map { $0.make(assembly, parameters) })
    }

    private struct Output: Encodable { let stages: [LeadPipeline.StageResult] }

    func run(_ run: RunContext) async throws -> TaskResult {
        let results = try await pipeline.runAll(StageContext(run))
        let output = TaskResult.json(Output(stages: results))
        let failed = results.filter { $0.status == .failed }
        guard failed.isEmpty else {
            let reasons = failed.map { "\($0.stage): \($0.error ?? "failed")" }
            throw RunProblem(
                reasons.joined(separator: "; "), output: output, canRetry: failed.contains { $0.canRetry })
        }
        return .success(output: output)
    }
}

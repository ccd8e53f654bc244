import Pipeline
import Scheduling

extension ShippedTask {
    static let prune = ShippedTask(
        kind: TaskKind(
            "prune", summary: "remove steps of old runs; with: { keep_days: 90 }",
            parameters: [TaskParameter("keep_days", .number(1...36_500))])
    ) { PruneTask($1, $0) }
}

/// Removes old steps.
struct PruneTask: JobTask {
    private let prune: Prune
    private let keepDays: Int

    init(_ parameters: TaskParameters, _ assembly: Assembly) {
        prune = Prune(store: assembly.store, runtime: assembly.runtime)
        keepDays = parameters.number("keep_days") ?? 90
    }

    func run(_ run: RunContext) async throws -> TaskResult {
        .success(output: TaskResult.json(try await prune.run(keepingDays: keepDays)))
    }
}

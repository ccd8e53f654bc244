public import Leads
import Logging
public import Storage
public import Values

/// The stages in the order in which a lead passes through them. They run one at a time, or all under one run.
public struct LeadPipeline: Sendable {
    private let stages: [any Stage]
    private let store: Store
    /// Keeps two jobs with the same stage from working on the same leads.
    private let lock: KeyedLock
    private let runtime: Runtime

    public init(_ stages: [any Stage], store: Store, lock: KeyedLock, runtime: Runtime) {
        self.stages = stages
        self.store = store
        self.lock = lock
        self.runtime = runtime
    }

    /// Runs one stage. Throws a `StageProblem`, a `StorageError`, or a `CancellationError`.
    public func run(_ stage: any Stage, _ context: StageContext) async throws -> StageReport {
        try await lock.withLock(stage.name) { try await stage.run(context) }
    }

    /// How a stage ended that was part of a whole run.
    public struct StageResult: Sendable, Codable, Equatable {
        public let stage: String
        /// `success`, `skipped` or `failed`.
        public let status: ActivityStatus
        public var counts: [String: Int]
        public var notes: [String]
        public var error: String?
        public var canRetry = true

        private enum CodingKeys: String, CodingKey { case stage, status, counts, notes, error }

        public init(stage: String, status: ActivityStatus, counts: [String: Int], notes: [String]) {
            self.stage = stage
            self.status = status
            self.counts = counts
            self.notes = notes
        }

        /// For example `new 5, merged 2`.
        public var summary: String { StageReport.summary(of: counts) }
    }

    /// Runs all stages in order, each with its own row. A stage that fails or is not configured does not keep the
    /// following ones from running.
    public func runAll(_ context: StageContext) async throws -> [StageResult] {
        var results: [StageResult] = []
        for (place, stage) in stages.enumerated() {
            try Task.checkCancellation()
            // The first stage finds leads: leads that a person names exist already, and a limit applies to new ones.
            if place == 0, context.ids != nil { continue }
            var own = context
            if place > 0 { own.limit = nil }
            let timer = StepTimer(runtime)
            var result: StageResult
            do {
                let report = try await run(stage, own)
                result = StageResult(stage: stage.name, status: .success, counts: report.counts, notes: report.notes)
            } catch StageProblem.unconfigured(let reason) {
                result = StageResult(stage: stage.name, status: .skipped, counts: [:], notes: [])
                result.error = reason
            } catch StageProblem.failed(let reason, let canRetry, let report) {
                result = StageResult(stage: stage.name, status: .failed, counts: report.counts, notes: report.notes)
                result.error = reason
                result.canRetry = canRetry
            }
            context.logger.info("\(stage.name): \(result.error ?? result.summary)")
            results.append(result)
            if context.isDryRun { continue }
            var step = timer.step(context, stage.name, lead: nil)
            step.status = result.status
            step.output = StableJSON.text(of: result)
            step.error = result.error
            let row = step
            try await store.write { try $0.runs.add([row]) }
        }
        return results
    }
}

public import Leads
import Logging
public import Storage
public import Values

/// The stages in the order of a lead's way, each by itself or all under one run.
public struct LeadPipeline: Sendable {
    public let scrape: ScrapeStage
    public let enrich: EnrichStage
    public let messages: MessageStage
    public let sync: SyncStage
    private let store: Store
    /// Two jobs with the same stage do not work on the same leads.
    private let lock: KeyedLock
    private let runtime: Runtime

    public init(
        scrape: ScrapeStage, enrich: EnrichStage, messages: MessageStage, sync: SyncStage, store: Store,
        lock: KeyedLock,
        runtime: Runtime
    ) {
        self.scrape = scrape
        self.enrich = enrich
        self.messages = messages
        self.sync = sync
        self.store = store
        self.lock = lock
        self.runtime = runtime
    }

    /// The stages by the names of their tasks.
    public enum Part: String, Sendable, CaseIterable {
        case scrape
        case enrich
        case writeMessages = "write-messages"
        case sync
    }

    /// One stage. Throws a `StageProblem`, a `StorageError`, or a `CancellationError`.
    public func run(_ part: Part, _ context: StageContext, maxLeads: Int? = nil) async throws -> StageReport {
        try await lock.withLock(part.rawValue) {
            switch part {
            case .scrape: try await scrape.run(context, maxLeads: maxLeads)
            case .enrich: try await enrich.run(context)
            case .writeMessages: try await messages.run(context)
            case .sync: try await sync.run(context)
            }
        }
    }

    /// How a stage within a whole run ended.
    public struct PartResult: Sendable, Codable, Equatable {
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
    }

    /// All of them, one after the other, each with a row of its own. One that fails or has nothing to work with does not
    /// keep the next ones from their work.
    public func runAll(_ context: StageContext, maxLeads: Int? = nil) async throws -> [PartResult] {
        var results: [PartResult] = []
        for part in Part.allCases {
            try Task.checkCancellation()
            // What a person names has been found already.
            if part == .scrape, context.ids != nil { continue }
            var own = context
            if part != .scrape { own.limit = nil }
            let timer = StepTimer(runtime)
            var result: PartResult
            do {
                let report = try await run(part, own, maxLeads: maxLeads)
                result = PartResult(stage: part.rawValue, status: .success, counts: report.counts, notes: report.notes)
            } catch StageProblem.unconfigured(let reason) {
                result = PartResult(stage: part.rawValue, status: .skipped, counts: [:], notes: [])
                result.error = reason
            } catch StageProblem.failed(let reason, let canRetry, let report) {
                result = PartResult(stage: part.rawValue, status: .failed, counts: report.counts, notes: report.notes)
                result.error = reason
                result.canRetry = canRetry
            }
            context.logger.info("\(part.rawValue): \(result.error ?? LeadPipeline.summary(result))")
            results.append(result)
            if context.isDryRun { continue }
            var step = timer.step(context, part.rawValue, lead: nil)
            step.status = result.status
            step.output = StableJSON.text(of: result)
            step.error = result.error
            let row = step
            try await store.write { try $0.runs.add([row]) }
        }
        return results
    }

    /// `new 5, merged 2`.
    public static func summary(_ result: PartResult) -> String {
        var report = StageReport(result.stage, isDryRun: false)
        report.counts = result.counts
        return report.summary
    }
}

public import Leads
import Storage
import Values

/// Runs as they start and end. The stream does not finish by itself.
public enum FollowRuns {
    /// Yields each run that is in the list now, then each that starts, ends, or is skipped. It ends when no further
    /// element is requested; throws a `StorageError`.
    public static func stream(
        _ request: ListRuns.Request, in context: OperationContext
    ) -> AsyncThrowingStream<Activity, any Error> {
        let follower = RunFollower(request, context)
        return AsyncThrowingStream { try await follower.next() }
    }
}

/// Polls the database twice a second.
private actor RunFollower {
    private let request: ListRuns.Request
    private let context: OperationContext
    private var store: Store?
    private var hasBegun = false
    /// Runs that are still to be yielded.
    private var waiting: [Activity] = []
    /// The state, when last yielded, of rows that may still change: open runs, and the last rows of skipped slots,
    /// which may grow.
    private var watched: [Int64: String] = [:]
    private var last: Int64 = 0

    private static let pause = Duration.milliseconds(500)

    init(_ request: ListRuns.Request, _ context: OperationContext) {
        self.request = request
        self.context = context
    }

    func next() async throws -> Activity? {
        while true {
            if !waiting.isEmpty { return waiting.removeFirst() }
            if hasBegun {
                try await context.runtime.sleep(for: Self.pause)
                try await look()
            } else {
                hasBegun = true
                try await begin()
            }
        }
    }

    private func open() async throws -> Store? {
        if store == nil {
            let data = context.data
            store = try await Blocking.run { try data.read() }
        }
        return store
    }

    /// Yields the present list first, to show the starting point.
    private func begin() async throws {
        try OperationProblem.require(request.limit, "limit", in: 1...100_000)
        guard let store = try await open() else { return }
        let (filter, newest) = (request.filter, filter(after: nil, limit: 1))
        let (listed, end, active) = try await store.read {
            (try $0.runs.list(filter), try $0.runs.list(newest).first?.id, try $0.runs.open().active)
        }
        for run in listed.reversed() { take(run) }
        last = max(last, end ?? 0)
        for run in active where watched[run.id] == nil { watched[run.id] = state(of: run) }
    }

    private func look() async throws {
        guard let store = try await open() else { return }
        // Of the rows that may grow, only the latest do.
        let ids = watched.keys.sorted().suffix(1_000)
        let newer = filter(after: last, limit: 100_000)
        let (known, new) = try await store.read { transaction in
            (try ids.map { ($0, try transaction.runs.find($0)) }, try transaction.runs.list(newer))
        }
        for (id, run) in known { if let run { take(run) } else { watched[id] = nil } }
        for run in new.reversed() { take(run) }
    }

    private func filter(after: Int64?, limit: Int) -> RunQueries.Filter {
        var filter = RunQueries.Filter()
        filter.job = request.job
        filter.limit = limit
        if let after { filter.after = after }
        return filter
    }

    private func state(of run: Activity) -> String { "\(run.status.rawValue) \(run.slotCount ?? 0)" }

    private func take(_ run: Activity) {
        last = max(last, run.id)
        let state = state(of: run)
        guard watched[run.id] != state else { return }
        if isWanted(run) { waiting.append(run) }
        watched[run.id] = run.status != .pending && run.status != .running && run.slotCount == nil ? nil : state
    }

    /// Whether the row, in its present state, matches the request.
    private func isWanted(_ run: Activity) -> Bool {
        if let job = request.job, run.jobName != job { return false }
        if let status = request.status, run.status != status { return false }
        return !request.missedOnly || [.skipped, .interrupted, .cancelled].contains(run.status)
    }
}

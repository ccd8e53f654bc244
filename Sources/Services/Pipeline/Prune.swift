public import Storage
public import Values

/// Removes data that nobody looks at any more: steps of old runs, old entries of the sync, and old searches whose
/// results have been used.
public struct Prune: Sendable {
    private let store: Store
    private let runtime: Runtime

    public init(store: Store, runtime: Runtime) {
        self.store = store
        self.runtime = runtime
    }

    /// How much was removed.
    public struct Removed: Sendable, Codable, Equatable {
        public let steps: Int
        public let searches: Int
        /// Rows of the sync's log, and resolved conflicts.
        public let syncs: Int
    }

    /// Removes data in short transactions, so that others can write in between.
    ///
    /// - Parameter days: how many days steps and the sync's entries are kept.
    public func run(keepingDays days: Int) async throws -> Removed {
        let moment = runtime.now - .seconds(days * 86_400)
        var steps = 0
        while true {
            try Task.checkCancellation()
            let count = try await store.write { try $0.runs.pruneSteps(before: moment) }
            steps += count
            if count < 1_000 { break }
        }
        // Longer than any search is remembered.
        let old = runtime.now - .seconds(400 * 86_400)
        let searches = try await store.write { try $0.searches.prune(before: old) }
        let syncs = try await store.write { try $0.sync.prune(before: moment) }
        let answers = runtime.now - .seconds(86_400)
        _ = try await store.write { try $0.tokens.forgetAnswers(before: answers) }
        // Rows may have been changed by hand.
        try await store.write { try $0.counters.recount() }
        return Removed(steps: steps, searches: searches, syncs: syncs)
    }
}

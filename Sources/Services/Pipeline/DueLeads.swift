import Leads
import Logging
import Storage
import Synchronization
public import Values

/// The leads of a run: those that a person named, or those that are due, in pages.
struct DueLeads: Sendable {
    let store: Store
    let stage: StageName
    let context: StageContext
    /// Leads that become due after this moment are left to the next run.
    let moment: Timestamp

    init(store: Store, stage: StageName, context: StageContext, at moment: Timestamp) {
        self.store = store
        self.stage = stage
        self.context = context
        self.moment = moment
    }

    /// Calls `body` for each lead. Returns how many leads there are; in a dry run only the first hundred are passed to
    /// `body`.
    @discardableResult
    func forEach(atOnce: Int, _ body: @escaping @Sendable (DueLead) async throws -> Void) async throws -> Int {
        let (store, stage, moment) = (store, stage, moment)
        if let ids = context.ids.map({ Array(Set($0)).sorted() }) {
            let leads = try await store.read { transaction in
                try ids.compactMap { try transaction.leads.find($0) }.filter { $0.deletedAt == nil && $0.optOut == nil }
            }
            let named = leads.prefix(context.limit ?? .max).map { DueLead(lead: $0, attempts: 0) }
            try await Pipeline.forEach(Array(named), atOnce: atOnce, body)
            return named.count
        }
        let waiting = try await store.read { try $0.due.count(stage, at: moment) }
        let total = min(waiting, context.limit ?? .max)
        let done = Mutex(0)
        var seen = 0
        var last: DueLead?
        while seen < total {
            let (size, behind) = (min(100, total - seen), last)
            // Each lead is seen once, even if nothing could be done about it and it stays due.
            let page = try await store.read { try $0.due.leads(stage, at: moment, after: behind, limit: size) }
            guard !page.isEmpty else { return seen }
            seen += page.count
            last = page.last
            try await Pipeline.forEach(page, atOnce: atOnce) { due in
                do { try await body(due) } catch let error as StorageError where error.kind == .constraint {
                    // A change to one lead that the database refuses does not hold up the others.
                    context.logger.error(
                        "\(stage.rawValue): lead \(due.lead.id) is left out: \(error)",
                        metadata: ["lead_id": "\(due.lead.id)"])
                }
                let count = done.withLock {
                    $0 += 1
                    return $0
                }
                context.progress("\(stage.rawValue): \(count) of \(total)", Double(count) / Double(max(1, total)))
            }
            if context.isDryRun { return total }
        }
        return seen
    }
}

extension Backoff {
    /// When a lead that a stage could do nothing for is due again: within a day. Up to half of the delay is taken off
    /// at random, so that the leads do not all come at once.
    ///
    /// - Parameter base: the delay after the first failure.
    public static func ofLeads(_ base: Duration) -> Backoff { Backoff(base: base, limit: .seconds(86_400)) }

    /// - Parameter runtime: the source of randomness.
    public func delay(ofLeadAfter failures: Int, _ runtime: Runtime) -> Duration {
        delay(after: failures, least: 0.5, random: runtime.random())
    }
}

/// Calls `body` for each item, several at a time. The first error cancels the rest.
func forEach<Item: Sendable>(
    _ items: [Item], atOnce: Int, _ body: @escaping @Sendable (Item) async throws -> Void
) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
        var rest = items[...]
        for _ in 0..<min(atOnce, items.count) {
            if let item = rest.popFirst() { group.addTask { try await body(item) } }
        }
        while try await group.next() != nil {
            if let item = rest.popFirst() { group.addTask { try await body(item) } }
        }
    }
}

public import AirtableSync
import Leads
import Scheduling
public import Storage
import Values

/// What people do about the sync without Airtable being asked. Blocking, as all that people do by hand.
public struct SyncOperations: Sendable {
    private let store: Store
    private let sync: AirtableSync
    /// What to set before a sync can run; nil when all is there.
    private let advice: String?

    public init(store: Store, sync: AirtableSync, advice: String?) {
        self.store = store
        self.sync = sync
        self.advice = advice
    }

    /// How it stands, and what is still to be set.
    public struct Status: Sendable, Codable, Equatable {
        /// Nil when all is set.
        public let advice: String?
        public let standing: SyncStanding
    }

    public func status(entries: Int) throws -> Status {
        Status(advice: advice, standing: try sync.standing(entries: entries))
    }

    /// A conflict, with what the lead is called and says now.
    public struct Conflict: Sendable, Codable, Equatable {
        public let conflict: SyncQueries.Conflict
        public let name: String
        /// What the lead says in that field now: it is what `local` would send.
        public let present: String?
    }

    public func conflicts(all: Bool, limit: Int) throws -> [Conflict] {
        try store.sync.conflicts(isOpen: !all, limit: limit).map { conflict in
            let lead = try store.leads.find(conflict.lead)
            return Conflict(
                conflict: conflict, name: lead?.displayName ?? "lead \(conflict.lead)",
                present: lead.flatMap { AirtableSync.value(of: conflict.column, in: $0) })
        }
    }

    /// Decides conflicts. Throws an `OperationProblem` for one that is not there or was over, before it decides any.
    public func resolve(_ conflicts: [Int64], keeping side: SyncQueries.Side) throws {
        for id in conflicts {
            guard let conflict = try store.sync.conflict(id) else {
                throw OperationProblem(.usage, "there is no conflict \(id); see: 4runr sync conflicts")
            }
            guard conflict.resolvedAt == nil else { throw OperationProblem(.usage, "conflict \(id) was over before") }
            guard try conflict.column == "record" || sync.isInStep(conflict.column) else {
                throw OperationProblem(
                    .usage,
                    "conflict \(id) is of \(conflict.column), which is not kept in step; name its field in airtable-fields.yaml first"
                )
            }
        }
        for id in conflicts {
            // One of the whole record ends the others of its lead.
            _ = try sync.resolve(id, keeping: side) { conflict, now in
                var step = Step(
                    run: nil, job: "sync", type: "resolve", leadID: conflict.lead, startedAt: now, endedAt: now,
                    duration: .zero)
                step.input = RunReport.json([
                    "conflict": "\(conflict.id)", "field": conflict.column, "keep": side.rawValue,
                ])
                return step
            }
        }
    }
}

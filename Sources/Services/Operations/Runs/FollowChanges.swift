public import Leads
import Storage
import Values

/// Changes of leads and of runs as they are stored, for programs that follow them.
public enum FollowChanges {
    /// Up to where a program knows all changes.
    public struct Place: Sendable, Codable, Equatable {
        public var epoch: Int64
        public var lead: Int64
        public var run: Int64

        public init(epoch: Int64, lead: Int64, run: Int64) {
            self.epoch = epoch
            self.lead = lead
            self.run = run
        }
    }

    public enum Change: Sendable {
        case lead(LeadView)
        case run(Activity)
        /// The database was replaced by a backup: what is known says nothing any more.
        case replaced
    }

    /// Where things stand now: only later changes are still to come. Throws a `StorageError`.
    public static func now(in context: OperationContext) async throws -> Place {
        let place = try await context.data.look { transaction in
            Place(
                epoch: try transaction.counters.epoch(), lead: try transaction.leads.lastChange(),
                run: try transaction.runs.lastChange())
        }
        return place ?? Place(epoch: 0, lead: 0, run: 0)
    }

    /// The place from which a program goes on. Throws an `OperationProblem` for one that nothing has reached yet, or a
    /// `StorageError`.
    ///
    /// - Parameter run: nil for where the runs stand now.
    public static func place(
        epoch: Int64, lead: Int64, run: Int64?, in context: OperationContext
    ) async throws -> Place {
        let now = try await now(in: context)
        let place = Place(epoch: epoch, lead: lead, run: run ?? now.run)
        // Of a history that was replaced, it is said to be so.
        guard epoch != now.epoch || place.lead <= now.lead && place.run <= now.run else {
            throw OperationProblem(.usage, "no event has this id yet; begin again, without it")
        }
        return place
    }

    /// The changes after a place, in the order in which they were stored, each with the place that it leads to. Throws a
    /// `StorageError`.
    public static func after(
        _ place: Place, limit: Int, in context: OperationContext
    ) async throws -> [(change: Change, place: Place)] {
        let found = try await context.data.look { transaction -> [(Change, Place)] in
            var place = place
            let epoch = try transaction.counters.epoch()
            guard epoch == place.epoch else {
                let now = Place(
                    epoch: epoch, lead: try transaction.leads.lastChange(), run: try transaction.runs.lastChange())
                return [(.replaced, now)]
            }
            var changes: [(Change, Place)] = []
            let leads = try transaction.leads.changes(after: place.lead, limit: limit)
            for (row, view) in zip(leads, try transaction.views(of: leads.map(\.lead))) {
                place.lead = row.number
                changes.append((.lead(view), place))
            }
            for run in try transaction.runs.changes(after: place.run, limit: limit) {
                place.run = run.changeNumber ?? place.run
                changes.append((.run(run), place))
            }
            return changes
        }
        return found ?? []
    }
}

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

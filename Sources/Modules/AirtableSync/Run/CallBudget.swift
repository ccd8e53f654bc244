import Storage
import Values

/// The calls of a calendar month (UTC): how many are allowed, how many are used, and who may use the last ones.
struct CallBudget: Sendable {
    let store: Store
    /// 0 means that we set no limit of our own.
    let limit: Int
    /// The share that is reserved for syncs that people start.
    let reserve: Double
    let isManual: Bool
    /// Until when no call is made, because Airtable said that none are left.
    let blockedUntil: Timestamp?
    let runtime: Runtime

    /// From this share on, the report contains a warning.
    static let warningShare = 0.8

    /// Throws an `AirtableProblem` when no call may be made.
    func admit() async throws {
        let moment = runtime.now
        // A time that a fast clock recorded never blocks for longer than `longestBlock`.
        if let blockedUntil, moment < blockedUntil, blockedUntil <= Self.longestBlock(from: moment), !isManual {
            throw AirtableProblem(
                .quota,
                "the month's calls of the Airtable workspace are used up; asked again after \(blockedUntil.wholeSecondText)"
            )
        }
        guard limit > 0 else { return }
        let used = try await used(at: moment)
        guard used < limit else {
            throw AirtableProblem(
                .quota, "\(used) of the month's \(limit) calls of Airtable are used (airtable.monthly_calls)")
        }
        guard isManual || Double(used) < Double(limit) * (1 - reserve) else {
            throw AirtableProblem(
                .quota,
                "\(used) of the month's \(limit) calls of Airtable are used; the rest is kept for syncs by hand (airtable.monthly_calls, airtable.reserve_percent)"
            )
        }
    }

    func used(at moment: Timestamp) async throws -> Int {
        let day = moment.day
        return try await store.read {
            try $0.calls.counts(from: "\(day.prefix(8))01", through: day)[AirtableClient.service] ?? 0
        }
    }

    /// A warning when most of the calls are used; nil before that.
    func warning() async throws -> String? {
        guard limit > 0 else { return nil }
        let used = try await used(at: runtime.now)
        guard Double(used) >= Double(limit) * Self.warningShare else { return nil }
        return "\(used) of the month's \(limit) calls of Airtable are used (\(used * 100 / limit) %)"
    }

    private static func longestBlock(from moment: Timestamp) -> Timestamp { moment + .seconds(6 * 3_600) }

    /// When Airtable is asked again after it said that the month's calls are used up: after six hours, or when the next
    /// month begins if that is sooner.
    static func nextQuestion(after moment: Timestamp) -> Timestamp {
        let later = longestBlock(from: moment)
        let (now, then) = (moment.description.prefix(7), later.description.prefix(7))
        return now == then ? later : (Timestamp(parsing: "\(then)-01 00:00:00") ?? later)
    }
}

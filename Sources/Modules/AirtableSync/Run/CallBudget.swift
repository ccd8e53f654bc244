import Storage
import Values

/// The calls of a month of UTC: how many there are, how many are used, and who may use the last of them.
struct CallBudget: Sendable {
    let store: Store
    /// 0 for no limit of our own.
    let limit: Int
    /// The share that only people's own syncs may use.
    let reserve: Double
    let isManual: Bool
    /// Airtable itself has said that there are none left.
    let blockedUntil: Timestamp?
    let runtime: Runtime

    /// From this share on it is told.
    static let warningShare = 0.8

    /// Throws an `AirtableProblem` when no call may be made.
    func admit() async throws {
        let moment = runtime.now
        // A clock that was ahead when it was written down does not block for longer than Airtable's word.
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
        let day = String(moment.description.prefix(10))
        return try await store.read {
            try $0.calls.counts(from: "\(day.prefix(8))01", through: day)[AirtableClient.service] ?? 0
        }
    }

    /// A line when most of it is used; nil before.
    func warning() async throws -> String? {
        guard limit > 0 else { return nil }
        let used = try await used(at: runtime.now)
        guard Double(used) >= Double(limit) * Self.warningShare else { return nil }
        return "\(used) of the month's \(limit) calls of Airtable are used (\(used * 100 / limit) %)"
    }

    private static func longestBlock(from moment: Timestamp) -> Timestamp { moment + .seconds(6 * 3_600) }

    /// When Airtable is asked again after it has said that the month is spent: in six hours, or when the next month begins.
    static func nextQuestion(after moment: Timestamp) -> Timestamp {
        let later = longestBlock(from: moment)
        let (now, then) = (moment.description.prefix(7), later.description.prefix(7))
        return now == then ? later : (Timestamp(parsing: "\(then)-01 00:00:00") ?? later)
    }
}

import Recurrence
import Scheduling
public import Values

/// Explains what an expression of the schedule language means, and when it comes due.
public enum ExplainExpression: Operation {
    public struct Request: Sendable, Codable, Equatable {
        public let expression: String
        /// The zone if the expression names none; nil for the system's.
        public var timezone: String?
        /// The moment after which slots are listed; nil for now.
        public var from: Timestamp?
        public var count = 5

        public init(_ expression: String) { self.expression = expression }
    }

    public struct Response: Sendable, Codable, Equatable {
        public let explanation: Explanation
        /// What coming clock changes do to the expression's times, one line each.
        public let clockChanges: [String]
        /// The next slots in local time.
        public let local: [String]
    }

    /// Throws an `OperationProblem` that says what is wrong with the expression or the zone.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try explain(request, zones: context.files.zones, now: context.runtime.now)
    }

    /// The same without files: an expression can be tried before anything is installed.
    ///
    /// - Parameter variable: the environment's `TZ`.
    public static func perform(
        _ request: Request, timezone variable: String?, now: Timestamp
    ) throws(OperationProblem) -> Response {
        try explain(request, zones: ZoneDatabase(variable: variable), now: now)
    }

    static func explain(
        _ request: Request, zones: ZoneDatabase, now: Timestamp
    ) throws(OperationProblem) -> Response {
        try OperationProblem.require(request.count, "count", in: 0...100_000)
        let read: TriggerExpression
        do throws(ExpressionProblem) { read = try Self.read(request.expression, request.timezone, zones) } catch {
            throw OperationProblem(.data, error.description)
        }
        let from = request.from ?? now
        let next = slots(read, from: from, count: request.count)
        return Response(
            explanation: Explanation(
                expression: request.expression, kind: read.kind.rawValue, normalized: read.normalized,
                description: read.trigger.words, timezone: read.zone.name, next: next),
            clockChanges: changes(read, from: from), local: next.map { LocalTime.text($0, in: read.zone) })
    }

    /// How far ahead clock changes are checked.
    private static let horizon = Duration.seconds(400 * 86_400)

    static func read(
        _ expression: String, _ zoneName: String?, _ zones: ZoneDatabase
    ) throws(ExpressionProblem) -> TriggerExpression {
        let name = zoneName ?? zones.systemZoneName
        guard let zone = zones.zone(name) else {
            throw ExpressionProblem("unknown time zone \"\(name.shortened(to: 60))\"", hint: zones.hint(for: name))
        }
        return try TriggerExpression(parsing: expression, zone: zone, zones: zones)
    }

    static func slots(_ read: TriggerExpression, from: Timestamp, count: Int) -> [Timestamp] {
        var slots: [Timestamp] = []
        var at = from
        while slots.count < count, let slot = read.trigger.next(after: at, in: read.zone) {
            slots.append(slot)
            at = slot
        }
        return slots
    }

    private static func changes(_ read: TriggerExpression, from: Timestamp) -> [String] {
        guard let first = read.zone.nextTransition(after: from.seconds), first < (from + horizon).seconds else {
            return ["\(read.zone.name) does not change its clocks in the next 400 days"]
        }
        guard !read.trigger.followsElapsedTime else {
            return [
                read.kind == .every
                    ? "it is counted in UTC: a change of the clocks adds and loses nothing"
                    : "it follows elapsed time: it runs through both passes of a repeated hour, and nothing extra comes after a gap"
            ]
        }
        let changes = read.trigger.clockChanges(after: from, within: horizon, in: read.zone)
        return changes.isEmpty
            ? ["no slot of the next 400 days falls into a change of the clocks"] : changes.map(\.text)
    }
}

/// An expression in other words.
public struct Explanation: Sendable, Codable, Equatable {
    public let expression: String
    /// `every`, `at`, `cron` or `calendar`.
    public let kind: String
    /// The expression in its kind's own language, in a canonical form.
    public let normalized: String
    /// In plain English.
    public let description: String
    public let timezone: String
    /// The next slots.
    public let next: [Timestamp]
}

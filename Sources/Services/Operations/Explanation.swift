public import Recurrence
import Scheduling
public import Values

/// What an expression of the schedule language means.
public struct Explanation: Sendable, Encodable, Equatable {
    public let expression: String
    /// `every`, `at`, `cron` or `calendar`.
    public let kind: String
    /// The expression in its kind's own language, each thing said in one way.
    public let normalized: String
    /// In plain words.
    public let description: String
    public let timezone: String
    /// The next slots.
    public let next: [Timestamp]
    /// What the coming changes of the clocks do to its times, a line each.
    public let clockChanges: [String]
    /// The clock that the times are read on.
    public let zone: TimeZoneRules

    private enum CodingKeys: String, CodingKey {
        case expression, kind, normalized, description, timezone, next
    }

    /// How far ahead changes of the clocks are looked at.
    private static let horizon = Duration.seconds(400 * 86_400)

    /// - Parameters:
    ///   - zoneName: where the expression names no zone; nil for the system's.
    ///   - zones: the system's.
    ///   - from: slots after this moment.
    /// Throws an `OperationProblem` that says what is wrong with the expression or the zone.
    public init(
        _ expression: String, zoneName: String?, zones: ZoneDatabase, from: Timestamp, count: Int
    ) throws(OperationProblem) {
        let read: TriggerExpression
        do throws(ExpressionProblem) { read = try Self.read(expression, zoneName, zones) } catch {
            throw OperationProblem(.data, error.description)
        }
        self.expression = expression
        kind = read.kind.rawValue
        normalized = read.normalized
        description = read.trigger.words
        timezone = read.zone.name
        zone = read.zone
        next = Self.slots(read, from: from, count: count)
        clockChanges = Self.changes(read, from: from)
    }

    private static func read(
        _ expression: String, _ zoneName: String?, _ zones: ZoneDatabase
    ) throws(ExpressionProblem) -> TriggerExpression {
        let name = zoneName ?? zones.systemZoneName
        guard let zone = zones.zone(name) else {
            throw ExpressionProblem("unknown time zone \"\(name.shortened(to: 60))\"", hint: zones.hint(for: name))
        }
        return try TriggerExpression(parsing: expression, zone: zone, zones: zones)
    }

    private static func slots(_ read: TriggerExpression, from: Timestamp, count: Int) -> [Timestamp] {
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

/// Answers many questions of the form expression, tab, time zone, tab, start in seconds since 1970, tab, count.
public struct ExplanationBatch {
    private let zones: ZoneDatabase

    public init(zones: ZoneDatabase) { self.zones = zones }

    /// The next slots after the start in seconds since 1970, with commas between them, or `error: …`.
    ///
    /// Slots of less than a second are rounded down.
    public func answer(_ line: String) -> String {
        do throws(ExpressionProblem) {
            return try slots(line).map { "\($0.seconds)" }.joined(separator: ",")
        } catch { return "error: \(error.description)".singleLine }
    }

    private func slots(_ line: String) throws(ExpressionProblem) -> [Timestamp] {
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 4 else {
            throw ExpressionProblem(
                "the line has \(fields.count) fields, not 4",
                hint: "write expression, time zone, start in epoch seconds and count, with a tab between each")
        }
        let name = fields[1].isEmpty ? zones.systemZoneName : fields[1]
        guard let zone = zones.zone(name) else {
            throw ExpressionProblem("unknown time zone \"\(name.shortened(to: 60))\"", hint: zones.hint(for: name))
        }
        let range = -62_135_596_800...253_402_300_799
        guard let start = Int(fields[2].filter { $0 != " " }), range.contains(start) else {
            throw ExpressionProblem(
                "the start \"\(fields[2].shortened(to: 40))\" is not a number of seconds since 1970")
        }
        guard let count = Int(fields[3].filter { !$0.isWhitespace }), (0...1_000_000).contains(count) else {
            throw ExpressionProblem("the count \"\(fields[3].shortened(to: 40))\" is not from 0 to 1000000")
        }
        let read = try TriggerExpression(parsing: fields[0], zone: zone, zones: zones)
        var slots: [Timestamp] = []
        var at = Timestamp(seconds: Int64(start))
        while slots.count < count, let slot = read.trigger.next(after: at, in: read.zone) {
            slots.append(slot)
            at = slot
        }
        return slots
    }
}

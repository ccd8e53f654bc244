public import Values

/// When a job's slots are.
public enum Trigger: Hashable, Sendable {
    /// A grid of whole seconds from 1970-01-01 00:00 UTC.
    case every(seconds: Int64)
    case at(ClockTimesTrigger)
    case cron(CronTrigger)
    /// The end of a run of one of these jobs.
    case after([String])
    /// Once at each start of the daemon.
    case atStart

    /// The first slot after a moment; nil when no clock starts the job, or no slot comes any more.
    public func next(after moment: Timestamp, in zone: TimeZoneRules) -> Timestamp? {
        switch self {
        case .every(let interval):
            Timestamp(seconds: (moment.seconds.flooredDivision(by: interval) + 1) * interval)
        case .at(let trigger): trigger.times.next(after: moment.seconds, in: zone).map(Timestamp.init(seconds:))
        case .cron(let trigger): trigger.expression.next(after: moment.seconds, in: zone).map(Timestamp.init(seconds:))
        case .after, .atStart: nil
        }
    }

    /// Whether its slots follow elapsed time from a fixed origin, so that a clock set back repeats them.
    var isGrid: Bool { if case .every = self { true } else { false } }

    /// Whether a clock starts it.
    public var isTimed: Bool {
        switch self {
        case .every, .at, .cron: true
        case .after, .atStart: false
        }
    }
}

/// Fixed times of day, with the text they were read from.
public struct ClockTimesTrigger: Hashable, Sendable {
    let times: ClockTimes
    /// `09:00, 17:30 mon-fri`.
    public let text: String
}

/// A cron expression, with the text it was read from.
public struct CronTrigger: Hashable, Sendable {
    let expression: CronExpression
    /// The five fields or the shorthand.
    public let text: String
}

extension Trigger {
    /// What tells this trigger from every other; kept in the database, so its form never changes.
    var fingerprint: String {
        if case .every(let seconds) = self { "every \(seconds)s" } else { text }
    }

    /// What a list shows: the trigger in the schedule file's words.
    public var text: String {
        switch self {
        case .every(let seconds): "every \(Duration.seconds(seconds).brief)"
        case .at(let trigger): "at \(trigger.text)"
        case .cron(let trigger): "cron \(trigger.text)"
        case .after(let jobs): "after \(jobs.joined(separator: ", "))"
        case .atStart: "at start"
        }
    }
}

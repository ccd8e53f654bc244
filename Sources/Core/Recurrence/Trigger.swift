public import Values

/// What starts a job, and so when its slots are.
public enum Trigger: Hashable, Sendable {
    /// A fixed interval, counted in whole seconds from 1970-01-01 00:00 UTC.
    case every(seconds: Int64)
    case at(ClockTimes)
    case cron(CronTrigger)
    /// Indirect because it is large, and every copy of a trigger would carry it.
    indirect case calendar(CalendarTrigger)
    /// The end of a run of one of these jobs.
    case after(Followed)
    /// Once at each start of the daemon.
    case atStart

    /// The first slot after a moment; nil if no clock starts the job, or there are no more slots.
    public func next(after moment: Timestamp, in zone: TimeZoneRules) -> Timestamp? {
        switch self {
        case .every(let interval):
            Timestamp(seconds: (moment.seconds.flooredDivision(by: interval) + 1) * interval)
        case .at(let times): times.next(after: moment.seconds, in: zone).map(Timestamp.init(seconds:))
        case .cron(let trigger): trigger.expression.next(after: moment.seconds, in: zone).map(Timestamp.init(seconds:))
        case .calendar(let trigger):
            trigger.expression.next(after: moment.milliseconds, in: zone).map(Timestamp.init(milliseconds:))
        case .after, .atStart: nil
        }
    }

    /// Whether its slots follow elapsed time from a fixed origin, so that a clock that is set back repeats them.
    public var isGrid: Bool { if case .every = self { true } else { false } }

    /// Whether the clock starts the job.
    public var isTimed: Bool {
        switch self {
        case .every, .at, .cron, .calendar: true
        case .after, .atStart: false
        }
    }

    /// Whether slots follow elapsed time when the clocks change.
    public var followsElapsedTime: Bool {
        switch self {
        case .every: true
        case .at: false
        case .cron(let trigger): trigger.expression.followsElapsedTime
        case .calendar(let trigger): trigger.expression.followsElapsedTime
        case .after, .atStart: true
        }
    }

    /// The time zone that the trigger names; nil if the job's zone applies.
    public var zoneName: String? { if case .calendar(let trigger) = self { trigger.expression.zoneName } else { nil } }
}

/// A cron expression with the text that it was read from.
public struct CronTrigger: Hashable, Sendable {
    let expression: CronExpression
    /// The five fields or the shorthand.
    public let text: String

    /// Throws an `ExpressionProblem` that says what is wrong and what was probably meant.
    public init(parsing text: String) throws(ExpressionProblem) {
        expression = try CronExpression(parsing: text)
        self.text = text.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    }
}

/// A calendar expression in its normal form.
public struct CalendarTrigger: Hashable, Sendable {
    let expression: CalendarExpression
    public let text: String

    /// Throws an `ExpressionProblem`.
    ///
    /// - Parameter isZone: whether a name is the name of a time zone.
    public init(parsing text: String, isZone: (String) -> Bool) throws(ExpressionProblem) {
        expression = try CalendarExpression(parsing: text, isZone: isZone)
        guard expression.everComes else {
            throw ExpressionProblem("this date never comes", hint: "that day never falls on that weekday")
        }
        self.text = expression.normalized
    }
}

/// The jobs whose end starts another job, and with which result they must have ended.
public struct Followed: Hashable, Sendable {
    public let jobs: [String]
    public let when: FollowedResult

    public init(jobs: [String], when: FollowedResult) {
        self.jobs = jobs
        self.when = when
    }
}

/// The result of a job's last attempt after which another job starts.
public enum FollowedResult: String, CaseIterable, Hashable, Sendable {
    case success
    case failure
    case either

    /// Whether a run with this result, and without further attempts, is included.
    public func includes(success: Bool) -> Bool { self == .either || (self == .success) == success }
}

extension Trigger {
    /// Identifies this trigger. It is stored in the database, so its form must never change.
    public var fingerprint: String {
        if case .every(let seconds) = self { "every \(seconds)s" } else { text }
    }

    /// The trigger as shown in lists, in the words of the schedule file.
    public var text: String {
        switch self {
        case .every(let seconds): "every \(Duration.seconds(seconds).brief)"
        case .at(let times): "at \(times.text)"
        case .cron(let trigger): "cron \(trigger.text)"
        case .calendar(let trigger): "calendar \(trigger.text)"
        case .after(let followed):
            "after \(followed.jobs.joined(separator: ", "))\(followed.when == .success ? "" : " (\(followed.when.rawValue))")"
        case .atStart: "at start"
        }
    }
}

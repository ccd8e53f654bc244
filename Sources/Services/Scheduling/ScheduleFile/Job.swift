public import Recurrence
public import AppConfiguration
import Values

/// One entry of the schedule: what to do, when, and what to do when that does not go well.
public struct Job: Sendable {
    public let name: String
    public let trigger: Trigger
    /// The zone that `at`, `cron` and `calendar` are read in.
    public let zone: TimeZoneRules
    /// Whether neither the job nor the file names the zone, so that it is the system's and follows it.
    public let followsSystemZone: Bool
    public let work: JobWork
    /// Slots missed while the daemon could not run them.
    public let catchUp: CatchUp
    /// Slots older than this are not made up for; nil for however old.
    public let catchUpWindow: Duration?
    /// A slot that comes due while the job still runs.
    public let overlap: Overlap
    /// How long after its slot a run starts: this job's share of its `jitter`, the same every time on this machine.
    public let delay: Duration
    /// Jobs of one group never run at once; nil for none.
    public let group: String?
    public let retry: RetryPolicy
    public let timeout: Duration
    public let onFailure: FailureReaction
    /// Who is told of each start and end, as a dead-man's switch; nil for nobody.
    public let ping: TextOrSecret?
    public let isEnabled: Bool
    /// Where it stands in the file.
    public let position: Position
    /// Tells within one process whether anything about the job was edited.
    let fingerprint: Int

    /// The task's name, or `command`.
    public var type: String { work.type }

    /// What `job_state` remembers the trigger by: when it changes, nothing from before is owed.
    public var triggerHash: String {
        trigger.isTimed && !trigger.isGrid ? "\(trigger.fingerprint) @ \(zone.name)" : trigger.fingerprint
    }

    /// The same job on the clock of another zone.
    func on(_ zone: TimeZoneRules) -> Job {
        Job(
            name: name, trigger: trigger, zone: zone, followsSystemZone: followsSystemZone, work: work,
            catchUp: catchUp, catchUpWindow: catchUpWindow, overlap: overlap, delay: delay, group: group, retry: retry,
            timeout: timeout, onFailure: onFailure, ping: ping, isEnabled: isEnabled, position: position,
            fingerprint: fingerprint)
    }
}

/// What is done about slots that were missed.
public enum CatchUp: String, CaseIterable, Sendable {
    case none
    /// The last one runs; the others are skipped.
    case once
    /// Each runs, in order, the last `Scheduler.catchUpLimit` of them.
    case all
}

/// What is done about a slot that comes due while the job still runs.
public enum Overlap: String, CaseIterable, Sendable {
    case skip
    /// One waits; more are skipped.
    case queue
    /// What runs is ended, and the new slot starts when it has.
    case replace
}

/// Whether anybody is told when a job's last attempt has failed.
public enum FailureReaction: String, CaseIterable, Sendable {
    case notify
    case ignore
}

/// A text of the schedule file, or the name of the secret that holds it.
public enum TextOrSecret: Sendable, Codable, Equatable {
    case text(String)
    case secret(String)
}

/// How often and when a failed run is repeated.
public struct RetryPolicy: Sendable, Hashable {
    /// In all, the first one counted.
    public let attempts: Int
    /// Before the second attempt; doubles with each further one.
    public let backoff: Duration
    /// The longest wait.
    public let maximum: Duration

    public static let never = RetryPolicy(attempts: 1, backoff: .seconds(60), maximum: .seconds(3_600))

    /// The wait before attempt `number`, from 2.
    func delay(before number: Int) -> Duration {
        Backoff(base: backoff, limit: maximum).delay(after: number - 1)
    }
}

/// The jobs of a schedule file, in its order, and what is suspicious about them.
public struct Schedule: Sendable {
    public let jobs: [Job]
    /// The zone of jobs that name none.
    public let zone: TimeZoneRules
    /// Whether that is the system's.
    let followsSystemZone: Bool
    public let warnings: [Diagnostic]
    /// The path it was read from.
    public let file: String
    private let places: [String: Int]
    /// Enabled jobs by the name of each job that they run after.
    private let followers: [String: [Int]]

    init(jobs: [Job], zone: TimeZoneRules, followsSystemZone: Bool, warnings: [Diagnostic], file: String) {
        self.jobs = jobs
        self.zone = zone
        self.followsSystemZone = followsSystemZone
        self.warnings = warnings
        self.file = file
        places = Dictionary(jobs.enumerated().map { ($1.name, $0) }) { $1 }
        var followers: [String: [Int]] = [:]
        for (place, job) in jobs.enumerated() where job.isEnabled {
            guard case .after(let followed) = job.trigger else { continue }
            for name in followed.jobs { followers[name, default: []].append(place) }
        }
        self.followers = followers
    }

    public func job(_ name: String) -> Job? { places[name].map { jobs[$0] } }

    /// The jobs that run after one that has ended so.
    func followers(of name: String, success: Bool) -> [String] {
        (followers[name] ?? []).map { jobs[$0] }.filter { job in
            guard case .after(let followed) = job.trigger else { return false }
            return followed.when.includes(success: success)
        }.map(\.name)
    }

    /// The names of the secrets that jobs ask for.
    public var secretNames: [String] { Self.secretNames(of: jobs) }

    public static func secretNames(of jobs: [Job]) -> [String] {
        var names: Set<String> = []
        for job in jobs {
            var values = [job.ping].compactMap(\.self)
            if case .command(let command) = job.work { values += command.environment.values }
            for case .secret(let name) in values { names.insert(name) }
        }
        return names.sorted()
    }

    /// What each command of an enabled job needs to be there: its program where a path is written, and its folder.
    public var commandPaths: [(path: String, position: Position)] {
        jobs.filter(\.isEnabled).flatMap { job -> [(path: String, position: Position)] in
            guard case .command(let command) = job.work else { return [] }
            let paths = [command.arguments.first, command.directory].compactMap(\.self).filter { $0.hasPrefix("/") }
            return paths.map { ($0, job.position) }
        }
    }

    /// The names of the zones in use.
    public var zoneNames: Set<String> { Set(jobs.map(\.zone.name) + [zone.name]) }

    /// The same schedule on the zones as the system has them now. Nil when all are as they were.
    public func rezoned(_ zones: ZoneDatabase) -> Schedule? {
        let system = zones.system
        var current: [String: TimeZoneRules] = [:]
        // A zone that is gone keeps the rules that it had.
        for name in zoneNames { current[name] = zones.zone(name) }
        func now(_ old: TimeZoneRules, _ isSystem: Bool) -> TimeZoneRules {
            isSystem ? system : current[old.name] ?? old
        }
        guard
            now(zone, followsSystemZone) != zone
                || jobs.contains(where: { now($0.zone, $0.followsSystemZone) != $0.zone })
        else { return nil }
        return Schedule(
            jobs: jobs.map { $0.on(now($0.zone, $0.followsSystemZone)) }, zone: now(zone, followsSystemZone),
            followsSystemZone: followsSystemZone, warnings: warnings, file: file)
    }
}

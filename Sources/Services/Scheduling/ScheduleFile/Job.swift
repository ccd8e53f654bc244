public import AppConfiguration
public import Recurrence
import Values

/// One entry of the schedule: what to do, when, and how to handle problems.
public struct Job: Sendable {
    public let name: String
    public let trigger: Trigger
    /// The zone in which `at`, `cron` and `calendar` are read.
    public let zone: TimeZoneRules
    /// Whether neither the job nor the file names a zone, so that the job follows the system's.
    public let followsSystemZone: Bool
    public let work: JobWork
    /// What to do about slots that were missed while the daemon could not run them.
    public let catchUp: CatchUp
    /// Slots older than this are not made up for; nil for no limit.
    public let catchUpWindow: Duration?
    /// What to do about a slot that comes due while the job is still running.
    public let overlap: Overlap
    /// How long after its slot a run starts: this job's share of its `jitter`, always the same on this machine.
    public let delay: Duration
    /// Jobs of one group never run at the same time; nil for none.
    public let group: String?
    public let retry: RetryPolicy
    public let timeout: Duration
    public let onFailure: FailureReaction
    /// After how many failures in a row the job is paused; nil for never.
    public let pauseAfterFailures: Int?
    /// The address that is notified of each start and end, as a dead-man's switch; nil for none.
    public let ping: TextOrSecret?
    public let isEnabled: Bool
    /// The job's place in the file.
    public let position: Position
    /// Shows, within one process, whether anything about the job was edited.
    let fingerprint: Int

    /// The task's name, or `command`.
    public var type: String { work.type }

    /// Identifies the trigger in `job_state`. When it changes, no earlier slots are owed.
    public var triggerHash: String {
        trigger.isTimed && !trigger.isGrid ? "\(trigger.fingerprint) @ \(zone.name)" : trigger.fingerprint
    }

    /// The same job in another time zone.
    func on(_ zone: TimeZoneRules) -> Job {
        Job(
            name: name, trigger: trigger, zone: zone, followsSystemZone: followsSystemZone, work: work,
            catchUp: catchUp, catchUpWindow: catchUpWindow, overlap: overlap, delay: delay, group: group, retry: retry,
            timeout: timeout, onFailure: onFailure, pauseAfterFailures: pauseAfterFailures, ping: ping,
            isEnabled: isEnabled, position: position, fingerprint: fingerprint)
    }
}

/// What to do about slots that were missed.
public enum CatchUp: String, CaseIterable, Sendable {
    case none
    /// The last one runs; the others are skipped.
    case once
    /// Each of the last `Scheduler.catchUpLimit` slots runs, in order.
    case all
}

/// What to do about a slot that comes due while the job is still running.
public enum Overlap: String, CaseIterable, Sendable {
    case skip
    /// One slot waits; further ones are skipped.
    case queue
    /// The current run is ended, and the new slot starts after it.
    case replace
}

/// Whether a notification is sent when a job's last attempt has failed.
public enum FailureReaction: String, CaseIterable, Sendable {
    case notify
    case ignore
}

/// A text of the schedule file, or the name of the secret that holds it.
public enum TextOrSecret: Sendable, Codable, Equatable {
    case text(String)
    case secret(String)
}

/// How often a failed run is repeated, and after which delays.
public struct RetryPolicy: Sendable, Hashable {
    /// The total number of attempts, including the first.
    public let attempts: Int
    /// The delay before the second attempt. It doubles with each further one.
    public let backoff: Duration
    /// The longest delay.
    public let maximum: Duration

    public static let never = RetryPolicy(attempts: 1, backoff: .seconds(60), maximum: .seconds(3_600))

    /// The delay before attempt `number`, from 2.
    func delay(before number: Int) -> Duration {
        Backoff(base: backoff, limit: maximum).delay(after: number - 1)
    }
}

/// The jobs of a schedule file, in order, with warnings about them.
public struct Schedule: Sendable {
    public let jobs: [Job]
    /// The zone of jobs that name none.
    public let zone: TimeZoneRules
    /// Whether `zone` is the system's.
    let followsSystemZone: Bool
    public let warnings: [Diagnostic]
    /// The path it was read from.
    public let file: String
    private let places: [String: Int]
    /// For each job, the places of the enabled jobs that run after it.
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

    /// The jobs that run after a job that ended with this result.
    func followers(of name: String, success: Bool) -> [String] {
        (followers[name] ?? []).map { jobs[$0] }.filter { job in
            guard case .after(let followed) = job.trigger else { return false }
            return followed.when.includes(success: success)
        }.map(\.name)
    }

    /// The names of the secrets that the jobs use.
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

    /// The paths that each command of an enabled job needs: its program, if given as a path, and its folder.
    public var commandPaths: [(path: String, position: Position)] {
        jobs.filter(\.isEnabled).flatMap { job -> [(path: String, position: Position)] in
            guard case .command(let command) = job.work else { return [] }
            let paths = [command.arguments.first, command.directory].compactMap(\.self).filter { $0.hasPrefix("/") }
            return paths.map { ($0, job.position) }
        }
    }

    /// The names of the zones in use.
    public var zoneNames: Set<String> { Set(jobs.map(\.zone.name) + [zone.name]) }

    /// The same schedule with the current rules of its zones. Nil when none of them have changed.
    public func rezoned(_ zones: ZoneDatabase) -> Schedule? {
        let system = zones.system
        var current: [String: TimeZoneRules] = [:]
        // A zone that no longer exists keeps the rules it had.
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

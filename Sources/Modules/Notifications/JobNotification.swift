public import Leads

/// Something that happened to a run of a job, as reported to the outside.
public struct JobNotification: Sendable {
    public enum Event: Sendable {
        case started
        case ended(Ending)
    }

    /// How a run ended.
    public struct Ending: Sendable {
        public let status: ActivityStatus
        /// Why it failed; nil when it did not fail.
        public let error: String?
        /// Whether no further attempt follows.
        public let isFinal: Bool
        /// The number of consecutive failures of the job: before this run, and after it.
        public let failuresBefore: Int
        public let failures: Int

        public init(status: ActivityStatus, error: String?, isFinal: Bool, failuresBefore: Int, failures: Int) {
            self.status = status
            self.error = error
            self.isFinal = isFinal
            self.failuresBefore = failuresBefore
            self.failures = failures
        }
    }

    public let job: String
    public let run: Int64
    /// The machine's name.
    public let host: String
    public let event: Event
    /// Returns the address of the job's own dead-man's switch, which is to be treated as a secret; nil when it has none.
    /// Throws when it cannot be read.
    public let pingURL: @Sendable () throws -> String?
    /// Whether people want to be notified of this job's failures.
    public let isForPeople: Bool

    public init(
        job: String, run: Int64, host: String, event: Event, pingURL: @escaping @Sendable () throws -> String?,
        isForPeople: Bool
    ) {
        self.job = job
        self.run = run
        self.host = host
        self.event = event
        self.pingURL = pingURL
        self.isForPeople = isForPeople
    }

    /// The message for people: that a job has finally failed, or works again. Nil when there is nothing to report.
    ///
    /// Of consecutive failures, the first is reported, and after it fewer and fewer: the 2nd, 4th, 8th and so on.
    public var text: String? {
        guard isForPeople, case .ended(let ending) = event else { return nil }
        let name = "\(job) on \(host)"
        if ending.status == .success, ending.failuresBefore > 0 {
            let count = ending.failuresBefore
            return "\(name) works again, after \(count == 1 ? "1 failure" : "\(count) failures in a row")"
        }
        guard ending.status == .failed, ending.isFinal, Self.isTold(failures: ending.failures) else { return nil }
        let why = ending.error ?? "no reason was given"
        guard ending.failures > 1 else { return "\(name) failed (run \(run)): \(why)" }
        return
            "\(name) failed \(ending.failures) times in a row (run \(run)): \(why). You are told again at \(ending.failures * 2)"
    }

    /// Whether the latest of this many consecutive failures is reported.
    static func isTold(failures: Int) -> Bool { failures > 0 && failures & (failures - 1) == 0 }
}

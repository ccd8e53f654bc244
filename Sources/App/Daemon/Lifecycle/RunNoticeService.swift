import AppConfiguration
import Leads
import Logging
import Monitoring
import Scheduling
import ServiceLifecycle
import Synchronization
import Values

/// Tells of runs outside: dead-man's switches at each start and end, and people when a job keeps failing or works again.
///
/// What cannot be told is logged; it holds up no run.
struct RunNoticeService: NamedService {
    let notices: AsyncStream<RunNotice>
    let stop: @Sendable () -> Void
    let services: ServiceBox
    let host: String
    let runtime: Runtime
    let logger: Logger

    /// How long a stop waits for what is still to be told.
    private static let patience = Duration.seconds(5)

    func run() async throws {
        await withGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await tell() }
                group.addTask {
                    guard (try? await gracefulShutdown()) != nil else { return }
                    try? await runtime.sleep(for: Self.patience)
                }
                await group.next()
                group.cancelAll()
            }
        } onGracefulShutdown: {
            stop()
        }
    }

    /// What is still to be told of each job; a job that is not in it has nobody at work on it.
    private final class Queues: Sendable {
        private let waiting = Mutex<[String: [RunNotice]]>([:])

        /// Answers whether the job had nobody at work on it.
        func add(_ notice: RunNotice) -> Bool {
            waiting.withLock { waiting in
                defer { waiting[notice.job.name, default: []].append(notice) }
                return waiting[notice.job.name] == nil
            }
        }

        func first(of job: String) -> RunNotice? {
            waiting.withLock { waiting in
                if waiting[job]?.isEmpty == true { waiting[job] = nil }
                return waiting[job]?.first
            }
        }

        func removeFirst(of job: String) { waiting.withLock { _ = $0[job]?.removeFirst() } }
    }

    /// Those of one job are told one after the other, those of different jobs beside each other.
    private func tell() async {
        let queues = Queues()
        await withDiscardingTaskGroup { group in
            for await notice in notices where queues.add(notice) {
                let job = notice.job.name
                group.addTask {
                    while let next = queues.first(of: job) {
                        await tell(next)
                        queues.removeFirst(of: job)
                    }
                }
            }
        }
    }

    private func tell(_ notice: RunNotice) async {
        guard let contacts = try? services.current().contacts else { return }
        var logger = logger
        logger[metadataKey: "job"] = "\(notice.job.name)"
        logger[metadataKey: "run_id"] = "\(notice.run)"
        if let ping = notice.job.ping, let (signal, text) = Self.signal(for: notice.event) {
            do {
                let url: String? =
                    switch ping {
                    case .text(let url): url
                    case .secret(let name): try contacts.secrets.find(name)?.reveal()
                    }
                if let url {
                    try await contacts.pinger.send(signal, to: url, text: text)
                } else {
                    logger.warning("\(notice.job.name): no ping, since its secret is not set")
                }
            } catch { logger.warning("\(notice.job.name): the ping was not sent: \(error)") }
        }
        guard notice.job.onFailure == .notify, case .ended(let ending, let outcome) = notice.event,
            let text = Self.text(notice, ending, outcome, host: host)
        else { return }
        logger.log(
            level: ending.status == .success ? .notice : .error, "\(text)",
            metadata: ["event": ending.status == .success ? "job-recovered" : "job-failing"])
        do { try await contacts.notifier?.send(text) } catch {
            logger.warning("\(notice.job.name): nobody was notified: \(error)")
        }
    }

    private static func signal(for event: RunNotice.Event) -> (Pinger.Signal, String)? {
        switch event {
        case .started: (.start, "")
        case .ended(let ending, let outcome):
            switch ending.status {
            case .success: (.success, "")
            case .failed, .interrupted, .cancelled, .skipped: outcome.isFinal ? (.failure, ending.error ?? "") : nil
            default: nil
            }
        }
    }

    /// What people are told of an end; nil when nothing.
    static func text(_ notice: RunNotice, _ ending: RunEnding, _ outcome: RunOutcome, host: String) -> String? {
        let name = "\(notice.job.name) on \(host)"
        if ending.status == .success, outcome.failuresBefore > 0 {
            return "\(name) works again, after \(outcome.failuresBefore) failures in a row"
        }
        guard ending.status == .failed, outcome.isFinal, FailureNotices.isDue(failures: outcome.failures) else {
            return nil
        }
        let why = ending.error ?? "no reason was given"
        guard outcome.failures > 1 else { return "\(name) failed (run \(notice.run)): \(why)" }
        return
            "\(name) failed \(outcome.failures) times in a row (run \(notice.run)): \(why). You are told again at \(outcome.failures * 2)"
    }
}

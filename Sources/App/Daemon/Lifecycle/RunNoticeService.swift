import AppConfiguration
import Leads
import Logging
import Notifications
import Scheduling
import ServiceLifecycle
import Synchronization
import Values

/// Sends notices of runs: to dead-man's switches at each start and end, and to people when a job keeps failing or works
/// again.
///
/// A notice that cannot be sent is logged. It does not hold up any run.
struct RunNoticeService: NamedService {
    let notices: AsyncStream<RunNotice>
    let stop: @Sendable () -> Void
    let assembly: InForce<Assembly>
    let host: String
    let runtime: Runtime
    let logger: Logger

    /// How long a stop waits for notices that are still to be sent.
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

    /// The notices to be sent, by job. A job without an entry has no task that sends its notices.
    private final class Queues: Sendable {
        private let waiting = Mutex<[String: [RunNotice]]>([:])

        /// Adds a notice. Returns whether no task is sending the job's notices yet.
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

    /// Sends notices of one job in order, those of different jobs at the same time.
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
        let assembly = assembly.value
        var logger = logger
        logger[metadataKey: "job"] = "\(notice.job.name)"
        logger[metadataKey: "run_id"] = "\(notice.run)"
        let notification = notification(of: notice, secrets: assembly.settings.secrets, logger)
        if let text = notification.text, case .ended(let ending) = notification.event {
            logger.log(
                level: ending.status == .success ? .notice : .error, "\(text)",
                metadata: ["event": ending.status == .success ? "job-recovered" : "job-failing"])
        }
        for channel in assembly.channels {
            do { try await channel.tell(notification) } catch {
                logger.warning("\(notice.job.name): the \(channel.name) was not sent: \(error)")
            }
        }
    }

    private func notification(
        of notice: RunNotice, secrets: SecretStore, _ logger: Logger
    ) -> JobNotification {
        let event: JobNotification.Event =
            switch notice.event {
            case .started: .started
            case .ended(let ending, let outcome):
                .ended(
                    .init(
                        status: ending.status, error: ending.error, isFinal: outcome.isFinal,
                        failuresBefore: outcome.failuresBefore, failures: outcome.failures))
            }
        return JobNotification(
            job: notice.job.name, run: notice.run, host: host, event: event,
            pingURL: { try Self.pingURL(of: notice.job, secrets, logger) }, isForPeople: notice.job.onFailure == .notify
        )
    }

    private static func pingURL(of job: Job, _ secrets: SecretStore, _ logger: Logger) throws -> String? {
        switch job.ping {
        case nil: return nil
        case .text(let url)?: return url
        case .secret(let name)?:
            if let url = try secrets.find(name) { return url.reveal() }
            logger.warning("\(job.name): no ping, since its secret is not set")
            return nil
        }
    }
}

import Recurrence
import Dispatch
import Logging
import Scheduling
import ServiceLifecycle
import Systemd
import Values

/// Follows what is done to the system's time zones: an upgrade of tzdata, `timedatectl set-timezone`.
struct ZoneWatchService: NamedService {
    let scheduler: Scheduler
    let makeZones: @Sendable () -> ZoneDatabase
    let runtime: Runtime
    let logger: Logger

    /// An upgrade replaces many files one after the other; they are read when it has come to rest.
    private static let rest = Duration.seconds(2)
    /// Between two tries to write down that they have changed.
    private static let patience = Duration.seconds(30)

    func run() async throws {
        let queue = DispatchQueue(label: "4runr.zones")
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let folders = makeZones().folders(of: await scheduler.current.zoneNames)
                let (changes, change) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
                let watch = FolderWatch(folders: folders, queue: queue) { change.yield() }
                guard watch != nil else { return try await gracefulShutdown() }
                for await _ in changes {
                    try await runtime.sleep(for: Self.rest)
                    // Who runs meanwhile may have taken another schedule; what is in force is looked at.
                    var change = await takeUp()
                    while change == nil {
                        try await runtime.sleep(for: Self.patience)
                        change = await takeUp()
                    }
                    if change == true { break }
                }
                withExtendedLifetime(watch) {}
            }
        }
    }

    /// Answers whether any rule changed; nil when it has but could not be written down.
    private func takeUp() async -> Bool? {
        do {
            guard let comparison = try await scheduler.rezone(makeZones) else { return false }
            logger.notice(
                "the system's time zones have changed; \(comparison.changes.count) jobs moved to another zone, the next times of all are computed anew",
                metadata: ["event": "zones-changed"])
            return true
        } catch {
            logger.error("the system's time zones have changed, but that could not be written down yet: \(error)")
            return nil
        }
    }
}

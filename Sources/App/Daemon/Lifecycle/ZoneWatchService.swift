import Dispatch
import Logging
import Recurrence
import Scheduling
import ServiceLifecycle
import Systemd
import Values

/// Follows changes to the system's time zones, such as an upgrade of tzdata or `timedatectl set-timezone`.
struct ZoneWatchService: NamedService {
    let engine: Engine
    let makeZones: @Sendable () -> ZoneDatabase
    let runtime: Runtime
    let logger: Logger

    /// An upgrade replaces many files one after the other. They are read when there have been no changes for this long.
    private static let rest = Duration.seconds(2)
    /// The delay before trying again to record a change.
    private static let patience = Duration.seconds(30)

    func run() async throws {
        let queue = DispatchQueue(label: "4runr.zones")
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let folders = makeZones().folders(of: await engine.scheduler.current.zoneNames)
                let (changes, change) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
                let watch = FolderWatch(folders: folders, queue: queue) { change.yield() }
                guard watch != nil else { return try await gracefulShutdown() }
                for await _ in changes {
                    try await runtime.sleep(for: Self.rest)
                    // The schedule may have been reloaded meanwhile, so the one in force is checked.
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

    /// Returns whether any rule has changed; nil when one has but it could not be recorded.
    private func takeUp() async -> Bool? {
        do {
            guard let comparison = try await engine.rezone(makeZones) else { return false }
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

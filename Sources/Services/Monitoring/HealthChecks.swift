public import AppConfiguration
import Glibc
import Leads
public import Storage
import Synchronization
public import Values

/// The limits at which the health check warns or fails.
public struct HealthSettings: Sendable {
    /// Megabytes that must be free on the data folder's file system.
    public let minimumFreeDisk: Int
    /// The maximum age of the newest backup.
    public let maximumBackupAge: Duration

    public init(_ settings: Settings) {
        minimumFreeDisk = settings.int("health.min_free_disk_mb", in: 1...10_000_000, default: 500)
        maximumBackupAge = settings.duration(
            "health.max_backup_age", in: Duration.seconds(3_600)...Duration.seconds(366 * 86_400),
            default: .seconds(50 * 3_600))
    }
}

/// The state of the backups, for the health check.
public struct BackupSummary: Sendable {
    /// When the newest backup of known age was made; nil when there is none.
    public let newest: Timestamp?
    /// The name of a backup that is dated in the future; nil when there is none.
    public let ahead: String?
    /// Why the newest backup is unusable, or the backups cannot be listed; nil when all is well.
    public let problem: String?

    public init(newest: Timestamp?, ahead: String?, problem: String? = nil) {
        self.newest = newest
        self.ahead = ahead
        self.problem = problem
    }
}

/// When the whole file was last checked, and whether it was sound.
///
/// An alarm about the file ends only with proof: once it was found damaged, it is checked each time until it is sound.
public final class IntegrityRecord: Sendable {
    private let state = Mutex<(at: Timestamp, isSound: Bool)?>(nil)

    private let includesLarge: Bool

    /// - Parameter includesLarge: whether a large file is checked at all. A command that only needs a quick result
    ///   leaves that to the daemon's health check.
    public init(includesLarge: Bool = true) { self.includesLarge = includesLarge }

    /// In bytes. A larger file is checked only once an hour.
    static let quickSize = 128 << 20
    private static let rest = Duration.seconds(3_600)

    func isDue(size: Int, now: Timestamp) -> Bool {
        guard size > Self.quickSize else { return true }
        guard includesLarge else { return false }
        guard let last = state.withLock(\.self), last.isSound else { return true }
        let age = now.since(last.at)
        return age < .zero || age >= Self.rest
    }

    /// Whether the file is too large to be checked here.
    func isLeftOut(_ store: Store) -> Bool {
        var status = stat()
        return !includesLarge && stat(store.path, &status) == 0 && Int(status.st_size) > Self.quickSize
    }

    func note(isSound: Bool, at now: Timestamp) { state.withLock { $0 = (now, isSound) } }
}

/// Checks the parts that can fail without anyone noticing. Blocks on the disk.
public struct HealthChecks: Sendable {
    let folder: DataFolder
    let settings: HealthSettings
    let backups: @Sendable () -> BackupSummary
    let runtime: Runtime

    /// - Parameters:
    ///   - backups: returns the state of the backups.
    public init(
        folder: DataFolder, settings: HealthSettings, backups: @escaping @Sendable () -> BackupSummary,
        runtime: Runtime
    ) {
        self.folder = folder
        self.settings = settings
        self.backups = backups
        self.runtime = runtime
    }

    /// - Parameters:
    ///   - store: the open database.
    ///   - canWrite: whether to try a write, which only the folder's executor does.
    ///   - makesBackups: whether the schedule has a job that makes backups.
    ///   - integrity: the result of earlier checks.
    public func run(
        _ store: Store, canWrite: Bool, makesBackups: Bool, integrity: IntegrityRecord
    ) -> HealthReport {
        var checks = [database(store, canWrite: canWrite, integrity), disk(), jobs(store)]
        if makesBackups { checks.append(backup(store)) }
        if let held = messages(store) { checks.append(held) }
        return HealthReport(checks)
    }

    private func database(_ store: Store, canWrite: Bool, _ integrity: IntegrityRecord) -> HealthReport.Check {
        guard store.isInPlace else {
            return .init(
                "database", .failing,
                "\(store.path) was removed or replaced under the daemon; rescue its data with 4runr backup create, then restart it"
            )
        }
        do throws(StorageError) {
            if canWrite { try store.proveWritable() }
            if let problem = try damage(of: store, integrity) {
                return .init(
                    "database", .failing,
                    "\(store.path) is damaged: \(problem); stop the daemon and restore a backup: 4runr backup list, then 4runr backup restore NAME"
                )
            }
            let version = try store.migrations.current()
            let limits = integrity.isLeftOut(store) ? "; its health check looks a file of this size through" : ""
            return .init("database", .ok, "answers\(canWrite ? " and can be written" : ""), schema \(version)\(limits)")
        } catch {
            return .init("database", error.canRetry ? .warning : .failing, "\(error)")
        }
    }

    /// What is wrong with the file itself; nil when nothing is. The check uses a new connection, because the open ones
    /// may hold in memory what is no longer in the file.
    private func damage(of store: Store, _ integrity: IntegrityRecord) throws(StorageError) -> String? {
        var status = stat()
        guard stat(store.path, &status) == 0, integrity.isDue(size: Int(status.st_size), now: runtime.now) else {
            return nil
        }
        let problem: String?
        do throws(StorageError) {
            problem = try Store(path: store.path, access: .readOnly).integrityProblems().first
        } catch {
            guard [.corrupt, .foreign, .missing, .newer, .other].contains(error.kind) else { throw error }
            problem = error.message
        }
        integrity.note(isSound: problem == nil, at: runtime.now)
        return problem
    }

    private func disk() -> HealthReport.Check {
        let free: Int
        do throws(SystemError) { free = try DataFolder.freeBytes(at: folder.path) >> 20 } catch {
            return .init("disk", .warning, "\(folder.path): the free space is not known: \(error)")
        }
        guard free >= settings.minimumFreeDisk else {
            return .init(
                "disk", .failing,
                "\(free) MB free on \(folder.path), less than \(settings.minimumFreeDisk) MB; free some space")
        }
        return .init("disk", .ok, "\(free) MB free")
    }

    private func jobs(_ store: Store) -> HealthReport.Check {
        do throws(StorageError) {
            let failing = try store.runs.lastFinished().values.filter { $0.status == .failed }.map(\.jobName).sorted()
            return failing.isEmpty
                ? .init("jobs", .ok, "no job failed when it last ran")
                : .init(
                    "jobs", .warning,
                    "failed when last run: \(failing.joined(separator: ", ")); see: 4runr runs --status failed")
        } catch { return .init("jobs", .warning, "\(error)") }
    }

    /// Nil when no message is held back. That the database cannot be read is what the other checks say.
    private func messages(_ store: Store) -> HealthReport.Check? {
        (try? store.holds.advice(on: .messages)).map { .init("messages", .warning, $0) }
    }

    private func backup(_ store: Store) -> HealthReport.Check {
        let backups = backups()
        if let problem = backups.problem { return .init("backup", .warning, problem) }
        if let ahead = backups.ahead {
            return .init(
                "backup", .warning,
                "\(ahead) is dated ahead of the clock, so its age is not known; \(backups.newest.map { "the newest of the others is \(max(.zero, runtime.now.since($0)).brief) old" } ?? "there is no other"). Is the clock right? If it is, rename or remove that file"
            )
        }
        guard let newest = backups.newest else {
            // Data that nobody has backed up for this long is not a new installation.
            let begun = (try? store.runs.firstStart()) ?? nil
            let isNew = begun.map { runtime.now.since($0) <= settings.maximumBackupAge } ?? true
            return .init(
                "backup", isNew ? .ok : .warning, "none yet; make one now: 4runr backup create")
        }
        let age = max(.zero, runtime.now.since(newest))
        guard age <= settings.maximumBackupAge else {
            return .init("backup", .warning, "the newest is \(age.brief) old; see: 4runr runs --job backup")
        }
        return .init("backup", .ok, "the newest is \(age.brief) old")
    }
}

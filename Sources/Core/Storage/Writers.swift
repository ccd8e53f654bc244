import FoundationEssentials
import Glibc
import Values

/// The processes that write to a data folder's database. Each registers here, so that the database is not replaced
/// while it writes.
///
/// Each writer has a file in `writers/`, which stays locked until the writer is done. The kernel releases the lock when
/// the process ends, in whatever way. The gate is a lock that is held briefly while a writer registers, and by the
/// process that replaces the database for as long as that takes.
public struct Writers: Sendable {
    private let folder: String

    public init(of folder: DataFolder) { self.folder = folder.writers }

    private var gate: String { "\(folder)/gate.lock" }

    /// Registers a writer. Blocking: if the database is being replaced, waits for that for about ten seconds.
    ///
    /// - Parameter what: what the writer does, to explain to a person why a restore has to wait.
    public func register(_ what: String) throws(StorageError) -> Writer {
        let gate = try passGate()
        defer { withExtendedLifetime(gate) {} }
        while true {
            let name = "\(getpid())-\(UInt32.random(in: 0 ... .max))"
            guard let lock = try FileLock.take("\(folder)/\(name)"), lock.hasName else { continue }
            // The text is for people only. On a full disk it is missing, but the lock still holds.
            let text = Array("process \(getpid()): \(what)\n".utf8)
            _ = pwrite(lock.descriptor, text, text.count, 0)
            return Writer(name: name, path: "\(folder)/\(name)", lock: lock)
        }
    }

    /// Keeps writers out until the returned value is released. Throws `locked`, naming the writers, if there are any.
    public func exclude() throws(StorageError) -> Exclusion {
        let gate = try passGate()
        let names = living()
        guard names.isEmpty else {
            let who = names.map { words(of: $0) }.joined(separator: ", ")
            throw StorageError(
                .locked, folder, "\(who) is writing to the database", hint: "wait until it is done, or end it")
        }
        return Exclusion(gate: gate)
    }

    /// No writer can register while this value exists.
    public final class Exclusion: Sendable {
        private let gate: FileLock
        init(gate: FileLock) { self.gate = gate }
    }

    /// The names of the active writers. Files left by writers that have ended are removed.
    public func living() -> [String] {
        let files = (try? FolderReader.names(in: folder)) ?? []
        return files.filter { name in
            guard !name.hasSuffix(".lock") else { return false }
            guard let lock = try? FileLock.take("\(folder)/\(name)") else { return true }
            withExtendedLifetime(lock) { _ = unlink("\(folder)/\(name)") }
            return false
        }
    }

    private func words(of name: String) -> String {
        let text = FileManager.default.contents(atPath: "\(folder)/\(name)").map { String(decoding: $0, as: UTF8.self) }
        let line = text?.split(separator: "\n").first.map(String.init) ?? ""
        return line.isEmpty ? "process \(name.prefix { $0 != "-" })" : line
    }

    private func passGate() throws(StorageError) -> FileLock {
        mkdir(folder, 0o700)
        for _ in 0..<200 {
            if let lock = try FileLock.take(gate) { return lock }
            usleep(50_000)
        }
        throw StorageError(.locked, folder, "a backup is being restored", hint: "try again when it is done")
    }
}

/// A registered writer. Releasing the value ends the registration.
public final class Writer: Sendable {
    /// Unique among all writers so far.
    public let name: String
    private let path: String
    private let lock: FileLock

    init(name: String, path: String, lock: FileLock) {
        self.name = name
        self.path = path
        self.lock = lock
    }

    deinit { unlink(path) }
}

/// A run by a writer other than the folder's executor. The writer may continue only while the run's row exists.
public struct WriterRun: Sendable, Equatable {
    public let id: Int64
    /// The row's text that identifies the writer: `{"writer":"NAME"}`.
    let mark: String

    init(id: Int64, writer: String) {
        self.id = id
        mark = WriterRun.mark(of: writer)
    }

    static func mark(of writer: String) -> String { "{\"writer\":\"\(writer)\"}" }
    /// Rows of this type do not belong to the scheduler.
    public static let type = "import"
}

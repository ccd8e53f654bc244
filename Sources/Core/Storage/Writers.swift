import FoundationEssentials
import Glibc
import Values

/// Those who write to a data folder's database: each registers, so that nobody replaces the database under them.
///
/// A file a writer in `writers/`, locked for as long as the writer lives; the kernel lets go of it when the process ends,
/// however that happens. The gate is held for the moment of registering, and by who replaces the database for as long as
/// that takes.
public struct Writers: Sendable {
    private let folder: String

    public init(of folder: DataFolder) { self.folder = folder.writers }

    private var gate: String { "\(folder)/gate.lock" }

    /// Registers a writer. Blocking: waits for a while for who replaces the database.
    ///
    /// - Parameter what: what it does, for a person who is told why a restore has to wait.
    public func register(_ what: String) throws(StorageError) -> Writer {
        let gate = try passGate()
        defer { withExtendedLifetime(gate) {} }
        while true {
            let name = "\(getpid())-\(UInt32.random(in: 0 ... .max))"
            guard let lock = try FileLock.take("\(folder)/\(name)"), lock.hasName else { continue }
            // A courtesy: a full disk costs the words and not the lock.
            let text = Array("process \(getpid()): \(what)\n".utf8)
            _ = pwrite(lock.descriptor, text, text.count, 0)
            return Writer(name: name, path: "\(folder)/\(name)", lock: lock)
        }
    }

    /// Keeps writers out for as long as the value lives. Throws `locked`, naming who writes, when somebody does.
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

    /// While it lives no writer registers.
    public final class Exclusion: Sendable {
        private let gate: FileLock
        init(gate: FileLock) { self.gate = gate }
    }

    /// The names of those who write now. What ended ones left is removed.
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

/// One who writes, until the value goes.
public final class Writer: Sendable {
    /// Unlike that of every other writer there was.
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

/// A run that a writer makes beside the folder's executor: its row says so, and only while it does may the writer go on.
public struct WriterRun: Sendable, Equatable {
    public let id: Int64
    /// What the row holds of the writer: `{"writer":"NAME"}`.
    let mark: String

    init(id: Int64, writer: String) {
        self.id = id
        mark = WriterRun.mark(of: writer)
    }

    static func mark(of writer: String) -> String { "{\"writer\":\"\(writer)\"}" }
    /// Rows of this type are not the scheduler's.
    public static let type = "import"
}

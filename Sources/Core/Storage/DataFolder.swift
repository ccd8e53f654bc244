public import Glibc
public import Values

/// The folder that holds all of the program's data: `leads.db`, `backups/`, the executor's lock, and the list of other
/// writers.
public struct DataFolder: Sendable, Equatable {
    /// Set if standard input is the file named on the command line.
    public static let inputVariable = "FOURRUNR_INPUT_IS_OPEN"
    /// The number of the descriptor from which keys can be read.
    public static let keysVariable = "FOURRUNR_KEYS_DESCRIPTOR"

    /// The absolute path, without a trailing slash.
    public let path: String

    public init(_ path: String) {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        // The path is passed to others, which may run in another directory.
        if !path.hasPrefix("/"), let here = getcwd(nil, 0) {
            path = "\(String(cString: here))/\(path)"
            free(here)
        }
        self.path = path
    }

    public var database: String { "\(path)/leads.db" }
    public var backups: String { "\(path)/backups" }
    /// The folder in which writers register, see `Writers`.
    public var writers: String { "\(path)/writers" }
    /// The Sandbox's data folder within this one.
    public var sandbox: DataFolder { DataFolder("\(path)/sandbox") }
    public var lock: String { "\(path)/daemon.lock" }

    /// The numeric user and group that own the folder. For a Sandbox folder that does not exist yet, the owner of the
    /// folder around it; nil if that does not exist either.
    public var owner: (user: uid_t, group: gid_t)? {
        var status = stat()
        if stat(path, &status) == 0 { return (status.st_uid, status.st_gid) }
        guard let outer, stat(outer, &status) == 0 else { return nil }
        return (status.st_uid, status.st_gid)
    }

    /// How many bytes are free on the file system of a file or folder, for those who are not root.
    public static func freeBytes(at path: String) throws(SystemError) -> Int {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { throw SystemError(code: errno) }
        // Some network file systems report more than is possible.
        let (bytes, isTooMuch) = status.f_bavail.multipliedReportingOverflow(by: UInt(status.f_frsize))
        return isTooMuch ? .max : Int(clamping: bytes)
    }

    /// How many bytes of a disk are left to the database: whatever else would need them is refused.
    private static let reserve = 200 << 20

    /// Throws a `StorageError` unless a file of so many bytes can be written to the folder, and the database has room beside it.
    public func requireRoom(for bytes: Int) throws(StorageError) {
        guard let free = try? DataFolder.freeBytes(at: path), free - bytes < Self.reserve else { return }
        throw StorageError(
            .full, path,
            "has too little room: \(free >> 20) MB are free, and \((bytes + Self.reserve) >> 20) MB are needed",
            hint: "make room, and try again")
    }

    /// The data folder around this one, if this is a Sandbox folder; nil otherwise.
    private var outer: String? { path.hasSuffix("/sandbox") ? String(path.dropLast(8)) : nil }

    /// Creates the folder and its subfolders with mode 0700 where they are missing.
    ///
    /// Throws a `StorageError` when it is not a folder, cannot be created, or belongs to another user: files that this
    /// process would create in it could not be opened by the owner's daemon.
    public func prepare() throws(StorageError) {
        if let outer { mkdir(outer, 0o700) }
        for folder in [path, backups, writers] {
            if mkdir(folder, 0o700) != 0, errno != EEXIST {
                let reason = String(cString: strerror(errno))
                throw StorageError(
                    errno == ENOSPC ? .full : .permission, folder, "cannot be made: \(reason)",
                    hint: "make it, or name another with --data DIR")
            }
            var status = stat()
            guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
                throw StorageError(.permission, folder, "is not a folder", hint: "name another with --data DIR")
            }
            guard status.st_uid == geteuid() else {
                throw StorageError(
                    .permission, folder,
                    "belongs to \(userName(status.st_uid)), and this process runs as \(userName(geteuid()))",
                    hint: "run it as that user, for example: sudo -u \(userName(status.st_uid)) 4runr …")
            }
            guard access(folder, W_OK | X_OK) == 0 else {
                throw StorageError(.readOnly, folder, "may not be written", hint: "check its mode and its file system")
            }
        }
    }

    /// If the process runs as root and another user owns the folder, restarts the program as that user, so that no file
    /// it creates belongs to root. Otherwise does nothing.
    ///
    /// The program is restarted because changing the ids of a process with threads does not reach all of them: the main
    /// thread of a Swift program that awaits has ended by then.
    ///
    /// - Parameters:
    ///   - descriptor: an open file that the owner may not be able to open. It becomes the program's standard input,
    ///     and `DataFolder.inputVariable` is set to say so.
    ///   - keys: secrets that the owner cannot read but needs. They can be read once from the descriptor that
    ///     `DataFolder.keysVariable` names. If they do not fit into a pipe, they are not passed on.
    public func becomeOwner(handingOver descriptor: Int32? = nil, keys: [UInt8]) throws(StorageError) {
        guard geteuid() == 0, let owner, owner.user != 0 else { return }
        var groups: [gid_t] = [owner.group]
        guard setgroups(groups.count, &groups) == 0, setgid(owner.group) == 0, setuid(owner.user) == 0 else {
            throw StorageError(.permission, path, "cannot switch to its owner, \(userName(owner.user))")
        }
        if let descriptor {
            dup2(descriptor, STDIN_FILENO)
            setenv(DataFolder.inputVariable, "1", 1)
        }
        var ends: [Int32] = [-1, -1]
        if !keys.isEmpty, keys.count <= 60_000, pipe(&ends) == 0 {
            // It fits into the pipe, so it is written in one piece.
            if write(ends[1], keys, keys.count) == keys.count {
                setenv(DataFolder.keysVariable, "\(ends[0])", 1)
            } else {
                close(ends[0])
            }
            close(ends[1])
        }
        var arguments = CommandLine.arguments.map { strdup($0) } + [nil]
        execv("/proc/self/exe", &arguments)
        throw StorageError(
            .permission, path,
            "the program could not be started as \(userName(owner.user)): \(String(cString: strerror(errno)))")
    }
}

/// A user's name, or the number if there is no name.
private func userName(_ id: uid_t) -> String {
    guard let entry = getpwuid(id) else { return "user \(id)" }
    return String(cString: entry.pointee.pw_name)
}

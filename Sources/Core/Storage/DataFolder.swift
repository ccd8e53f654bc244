public import Glibc
internal import Values

/// The folder that holds everything the program keeps: `leads.db`, `backups/`, the lock of its executor, and who
/// else writes.
public struct DataFolder: Sendable, Equatable {
    /// Set when standard input is the file that the command line names.
    public static let inputVariable = "FOURRUNR_INPUT_IS_OPEN"
    /// The number of the descriptor that keys can be read from.
    public static let keysVariable = "FOURRUNR_KEYS_DESCRIPTOR"

    /// Absolute, without a slash at its end.
    public let path: String

    public init(_ path: String) {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        // Others are told of it, who may stand elsewhere.
        if !path.hasPrefix("/"), let here = getcwd(nil, 0) {
            path = "\(String(cString: here))/\(path)"
            free(here)
        }
        self.path = path
    }

    public var database: String { "\(path)/leads.db" }
    public var backups: String { "\(path)/backups" }
    /// Who writes to the database: see `Writers`.
    public var writers: String { "\(path)/writers" }
    /// The folder of the Sandbox within this one.
    public var sandbox: DataFolder { DataFolder("\(path)/sandbox") }
    public var lock: String { "\(path)/daemon.lock" }

    /// The numeric user and group that own the folder, or the one that it will be made in, for the Sandbox's; nil when that
    /// is not there.
    public var owner: (user: uid_t, group: gid_t)? {
        var status = stat()
        if stat(path, &status) == 0 { return (status.st_uid, status.st_gid) }
        guard let outer, stat(outer, &status) == 0 else { return nil }
        return (status.st_uid, status.st_gid)
    }

    /// The data folder that this one is the Sandbox's of; nil when it is none.
    private var outer: String? { path.hasSuffix("/sandbox") ? String(path.dropLast(8)) : nil }

    /// Makes the folder and those in it, mode 0700, where they are missing.
    ///
    /// Throws `StorageError` when it is not a folder, cannot be made, or belongs to another user: a program that worked
    /// on in there would leave files which the owner's daemon cannot open.
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

    /// Takes on the folder's owner if the process is root's and the folder is not, so that nothing it makes is root's.
    /// Does nothing otherwise.
    ///
    /// The program is started anew as that user: ids that are changed in a process with threads do not reach all of
    /// them, since the main thread of a Swift program that awaits has ended by then.
    ///
    /// - Parameters:
    ///   - descriptor: an open file that the owner may not be able to open; it becomes the program's standard input, and
    ///     `DataFolder.inputVariable` is set to say so.
    ///   - keys: what the owner cannot read and is to have; it can be read once from the descriptor that
    ///     `DataFolder.keysVariable` names. What does not fit into a pipe is not handed over.
    public func becomeOwner(handingOver descriptor: Int32? = nil, keys: [UInt8]) throws(StorageError) {
        guard geteuid() == 0, let owner, owner.user != 0 else { return }
        var groups: [gid_t] = [owner.group]
        guard setgroups(groups.count, &groups) == 0, setgid(owner.group) == 0, setuid(owner.user) == 0 else {
            throw StorageError(.permission, path, "its owner \(userName(owner.user)) cannot be taken on")
        }
        if let descriptor {
            dup2(descriptor, STDIN_FILENO)
            setenv(DataFolder.inputVariable, "1", 1)
        }
        var ends: [Int32] = [-1, -1]
        if !keys.isEmpty, keys.count <= 60_000, pipe(&ends) == 0 {
            // It fits into the pipe, so it is written whole.
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

/// A user's name, or the number when there is none.
private func userName(_ id: uid_t) -> String {
    guard let entry = getpwuid(id) else { return "user \(id)" }
    return String(cString: entry.pointee.pw_name)
}

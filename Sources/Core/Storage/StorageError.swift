internal import GRDB
import Glibc
public import Values

/// What went wrong with the database, in terms of what its administrator can do about it.
public struct StorageError: PresentableError, Equatable {
    /// The kinds that a caller treats differently.
    public enum Kind: Sendable, Equatable {
        /// Another process has held a lock for longer than the busy timeout. Trying again can help.
        case locked
        /// The disk is full. Trying again can help once there is space.
        case full
        case readOnly
        case corrupt
        /// Written by a later version of the program.
        case newer
        /// Not one of our databases.
        case foreign
        case missing
        /// There was a database, but it is gone.
        case lost
        /// The file that was opened is no longer in its place.
        case removed
        /// Another database has replaced the one that the work began on.
        case replaced
        /// The folder or the file belongs to someone else, or may not be read.
        case permission
        /// It would forget what must not be forgotten.
        case refused
        /// A row violates the schema.
        case constraint
        /// A row holds a text that is not what is expected there: a time, a known word, or JSON.
        case unreadable
        /// It is unknown whether the transaction was written, because the connection to the database broke during the
        /// commit.
        case uncertain
        case other
    }

    public let kind: Kind
    public let path: String
    public let message: String
    public let hint: String?

    public init(_ kind: Kind, _ path: String, _ message: String, hint: String? = nil) {
        self.kind = kind
        self.path = path
        self.message = message
        self.hint = hint
    }

    /// Whether the same call may succeed later without any action, or once disk space is free.
    public var canRetry: Bool { kind == .locked || kind == .full }

    public var errorKind: ErrorKind {
        switch kind {
        case .locked, .full, .replaced, .uncertain: .temporary
        case .corrupt, .newer, .foreign, .lost, .unreadable: .data
        case .readOnly, .permission, .missing, .removed: .unavailable
        case .refused: .usage
        case .constraint, .other: .internal
        }
    }

    public var description: String { "\(path): \(message)\(hint.map { "; \($0)" } ?? "")" }
}

extension StorageError {
    /// Translates an error from GRDB or the system.
    init(_ error: any Error, path: String) {
        if let known = error as? StorageError {
            self = known
            return
        }
        guard !(error is RowDecodingError) else {
            // The error's own text is not used, because it contains the row.
            self.init(
                .corrupt, path, "is damaged (a row holds a value of another kind than its column)",
                hint: "restore a backup: 4runr backup list, then 4runr backup restore NAME")
            return
        }
        guard let failure = error as? DatabaseError else {
            self.init(.other, path, "\(error)")
            return
        }
        switch failure.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(
                .locked, path, "is locked by another process", hint: "find it with: fuser -v \(path)")
        case .SQLITE_FULL:
            self.init(.full, path, "the disk is full", hint: "free some space; work then goes on by itself")
        case .SQLITE_READONLY:
            self.init(
                .readOnly, path, "may not be written", hint: "check the owner and mode of the file and its folder")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self.init(
                .corrupt, path, "is damaged (\(failure.message ?? "no detail"))",
                hint: "restore a backup: 4runr backup list, then 4runr backup restore NAME")
        case .SQLITE_IOERR where StorageError.isFull(path), .SQLITE_CANTOPEN where StorageError.isFull(path):
            // When the disk is full, SQLite says so only when it writes a page. If it cannot create a log or an index,
            // it reports an I/O error.
            self.init(.full, path, "the disk is full", hint: "free some space; work then goes on by itself")
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
            self.init(
                .permission, path, "cannot be opened", hint: "check the owner and mode of the file and its folder")
        case .SQLITE_CONSTRAINT:
            self.init(.constraint, path, "a rule of the schema was broken: \(failure.message ?? "no detail")")
        case .SQLITE_IOERR:
            self.init(
                .other, path, "cannot be read or written (SQLite error \(failure.extendedResultCode.rawValue))",
                hint: "check the disk")
        default:
            self.init(.other, path, failure.message ?? "SQLite error \(failure.resultCode.rawValue)")
        }
    }

    /// Whether the file system has no room for even a small file: less than 64 kB, or no inode.
    private static func isFull(_ path: String) -> Bool {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        var status = statvfs()
        guard statvfs(folder.isEmpty ? "/" : folder, &status) == 0, status.f_blocks > 0 else { return false }
        let (bytes, isTooMuch) = status.f_bavail.multipliedReportingOverflow(by: UInt(status.f_frsize))
        return !isTooMuch && bytes < 64 << 10 || status.f_files > 0 && status.f_favail == 0
    }
}

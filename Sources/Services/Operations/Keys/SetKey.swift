import AppConfiguration
import Glibc
import Storage
import Transport
public import Values

/// Writes a key to its file, readable only by its owner, completely or not at all.
public enum SetKey {
    /// Without the key itself, so that a request can be logged.
    public struct Request: Sendable, Codable, Equatable {
        public let name: String
        /// Whether to accept a key that does not look like one of its service.
        public var anyForm = false

        public init(_ name: String) { self.name = name }
    }

    public struct Response: Sendable, Codable, Equatable {
        public let path: String
        /// What a person has to do so that the new key is used.
        public let afterwards: String
    }

    /// Throws an `OperationProblem` when the name or the key is invalid, or the file cannot be written.
    public static func perform(
        _ request: Request, key: Secret, in context: OperationContext
    ) async throws -> Response {
        let files = context.files
        return try await Blocking.run { try set(request, key.reveal(), in: files.keys) }
    }

    private static func set(
        _ request: Request, _ key: String, in ring: KeyRing
    ) throws(OperationProblem) -> Response {
        let name = request.name
        guard SecretStore.isName(name) else {
            throw OperationProblem(
                .usage, "\"\(name.shortened(to: 60))\" is not a name for a key: letters, digits and underscores")
        }
        if !request.anyForm, let scheduleNames = ring.scheduleNames {
            let asked = ring.services.map(\.name) + scheduleNames
            guard asked.contains(name) else {
                throw OperationProblem(
                    .usage,
                    "nothing asks for a key \"\(name.shortened(to: 60))\"; nothing was written"
                        + "; \(Suggestion.hint(for: name, among: asked) ?? "see: 4runr keys list"); to write it anyway: --any-form"
                )
            }
        }
        guard !key.isEmpty else {
            throw OperationProblem(.data, "\(name): nothing was entered; nothing was written")
        }
        if !request.anyForm, let problem = ring.problem(with: key, as: name) {
            throw OperationProblem(.data, "\(name): \(problem); nothing was written")
        }
        return Response(
            path: try write(key, as: name, in: ring),
            afterwards: ring.isInstalled
                ? "the daemon reads it when it starts: systemctl restart 4runr"
                : "a daemon reads it when it starts or reloads")
    }

    private static func write(_ key: String, as name: String, in ring: KeyRing) throws(OperationProblem) -> String {
        let folder = ring.folder
        let path = "\(folder)/\(name)"
        if mkdir(folder, 0o700) == 0 { giveAway(folder, ring) }
        guard access(folder, W_OK | X_OK) == 0 else { throw failure(path) }
        // If the folder was missing, systemd has created it as the daemon's.
        if geteuid() == 0, ring.isInstalled { chown(folder, 0, 0) }
        let draft = "\(folder)/.\(name).part-\(getpid())"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        let bytes = Array((key + "\n").utf8)
        let isWritten =
            Glibc.write(descriptor, bytes, bytes.count) == bytes.count && fchmod(descriptor, 0o600) == 0
            && fsync(descriptor) == 0
        close(descriptor)
        giveAway(draft, ring)
        guard isWritten, rename(draft, path) == 0 else {
            let problem = failure(path)
            unlink(draft)
            throw problem
        }
        return path
    }

    /// A file that root writes for a daemon of another user becomes that user's.
    private static func giveAway(_ path: String, _ ring: KeyRing) {
        guard geteuid() == 0, !ring.isInstalled, let owner = ring.data.owner else { return }
        chown(path, owner.user, owner.group)
    }

    private static func failure(_ path: String) -> OperationProblem {
        let hint = errno == EACCES || errno == EPERM ? "; as root: sudo 4runr keys set …" : ""
        return OperationProblem(.unavailable, "\(path): cannot be written: \(String(cString: strerror(errno)))\(hint)")
    }
}

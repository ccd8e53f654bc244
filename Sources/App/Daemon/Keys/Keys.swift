import AppConfiguration
import Glibc
public import Operations
import Messaging
import Scheduling
import Storage
import Values

/// The keys of an installation: which there are, where they are, and how one is put there.
public struct Keys: Sendable {
    let installation: Installation
    let loaded: LoadedConfiguration?

    /// Works with files that are wrong, too: a key can be what is wrong.
    public init(_ installation: Installation) {
        self.installation = installation
        loaded = installation.load(missingCommand: .isWarning, diagnostics: Diagnostics())
    }

    private var store: SecretStore { loaded?.leads.secrets ?? installation.secrets("") }

    /// Whether the installation's keys are systemd's to load, so that root alone has them.
    var isInstalled: Bool {
        access(installation.files.credentials, F_OK) == 0 || installation.files.settings == "/etc/4runr/4runr.yaml"
    }

    /// Where a new key is put.
    var folder: String { isInstalled ? installation.files.credentials : store.folderForFiles }

    /// A key as a list shows it; never the key itself.
    public struct Line: Sendable, Codable, Equatable {
        public let name: String
        /// `set`, `not set`, `wrong` (the detail says how), or `hidden` (only root can see whether it is set).
        public let state: String
        /// Where it is, or what to do.
        public let detail: String
        public let purpose: String
    }

    /// The program's own keys, those that the schedule names, and whatever else lies in the folders.
    public func list() -> [Line] {
        var names = KeyForm.known.map(\.name)
        for name in (loaded?.schedule.secretNames ?? []).sorted() + SecretStore.names(in: folder)
        where !names.contains(name) {
            names.append(name)
        }
        let named = Set(loaded?.schedule.secretNames ?? [])
        return names.map { name in
            let purpose =
                KeyForm.of(name)?.purpose ?? (named.contains(name) ? "a job of the schedule" : "nothing asks for it")
            do throws(ConfigurationProblem) {
                if let origin = try store.origin(of: name) {
                    return Line(name: name, state: "set", detail: origin, purpose: purpose)
                }
            } catch { return Line(name: name, state: "wrong", detail: error.description, purpose: purpose) }
            let isHidden =
                isInstalled
                && (access(folder, R_OK | X_OK) != 0 || access("\(folder)/\(name)", R_OK) != 0 && errno == EACCES)
            return Line(
                name: name, state: isHidden ? "hidden" : "not set",
                detail: isHidden ? "only root can see: sudo 4runr keys list" : store.advice(for: name), purpose: purpose
            )
        }
    }

    /// Writes a key to its file, for its owner alone, whole or not at all. Returns the path. Throws an `OperationProblem`.
    ///
    /// - Parameter anyForm: whether a key is taken that does not look like one of its service.
    public func set(_ name: String, to text: String, anyForm: Bool) throws(OperationProblem) -> String {
        guard SecretStore.isName(name) else {
            throw OperationProblem(
                .usage, "\"\(name.shortened(to: 60))\" is no name for a key: letters, digits and underscores")
        }
        let asked = KeyForm.known.map(\.name) + (loaded?.schedule.secretNames ?? [])
        if !anyForm, loaded != nil, !asked.contains(name) {
            throw OperationProblem(
                .usage,
                "nothing asks for a key \"\(name.shortened(to: 60))\"; nothing was written"
                    + "; \(Suggestion.hint(for: name, among: asked) ?? "see: 4runr keys list"); to write it all the same: --any-form"
            )
        }
        guard !text.isEmpty else { throw OperationProblem(.data, "\(name): nothing was entered; nothing was written") }
        let isOpenAI = loaded?.leads.messaging.baseURL.contains("api.openai.com") ?? true
        if !anyForm, let problem = KeyForm.problem(with: text, as: name, isOpenAI: isOpenAI) {
            throw OperationProblem(.data, "\(name): \(problem); nothing was written")
        }
        let path = "\(folder)/\(name)"
        if mkdir(folder, 0o700) == 0 { giveAway(folder) }
        guard access(folder, W_OK | X_OK) == 0 else { throw failure(path) }
        // systemd makes it the daemon's where it was missing.
        if geteuid() == 0, isInstalled { chown(folder, 0, 0) }
        let draft = "\(folder)/.\(name).part-\(getpid())"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        let bytes = Array((text + "\n").utf8)
        let isWritten =
            write(descriptor, bytes, bytes.count) == bytes.count && fchmod(descriptor, 0o600) == 0
            && fsync(descriptor) == 0
        close(descriptor)
        giveAway(draft)
        guard isWritten, rename(draft, path) == 0 else {
            let problem = failure(path)
            unlink(draft)
            throw problem
        }
        return path
    }

    /// What root writes down for a daemon of another user is that user's.
    private func giveAway(_ path: String) {
        guard geteuid() == 0, !isInstalled, let owner = installation.folder.owner else { return }
        chown(path, owner.user, owner.group)
    }

    private func failure(_ path: String) -> OperationProblem {
        let hint = errno == EACCES || errno == EPERM ? "; as root: sudo 4runr keys set …" : ""
        return OperationProblem(.unavailable, "\(path): cannot be written: \(String(cString: strerror(errno)))\(hint)")
    }

    /// What a person does next so that a new key is used.
    public var afterwards: String {
        isInstalled
            ? "the daemon reads it when it starts: systemctl restart 4runr"
            : "a daemon reads it when it starts or reloads"
    }
}

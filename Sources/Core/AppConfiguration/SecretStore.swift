import Glibc
public import Values

/// Looks up secrets by name: in systemd's credentials, then in the folder from which systemd loads them, then in the
/// environment, then in files of mode 0600.
///
/// The secret `serpapi_api_key` is the credential `4runr_serpapi_api_key` (the unit loads a directory under the name
/// `4runr`), the file `serpapi_api_key` in that directory, the variable `SERPAPI_API_KEY`, or the file
/// `serpapi_api_key` in the secrets folder.
public struct SecretStore: Sendable {
    private let credentials: String?
    /// The directory that the unit loads, which only root may read; nil if the program is not installed.
    private let installed: String?
    private let environment: [String: String]
    private let folder: String?

    /// - Parameters:
    ///   - environment: the source of `CREDENTIALS_DIRECTORY` and of the secrets' variables.
    ///   - installed: the directory from which the unit loads its credentials; nil for none.
    ///   - folder: the folder with files of mode 0600; nil for none.
    public init(environment: [String: String], installed: String? = nil, folder: String?) {
        credentials = environment["CREDENTIALS_DIRECTORY"]
        self.installed = installed.flatMap { access($0, F_OK) == 0 ? $0 : nil }
        self.environment = environment
        self.folder = folder
    }

    /// The prefix that systemd gives the files of a credentials directory loaded as `4runr`.
    public static let credentialPrefix = "4runr_"

    /// A name consists of letters, digits and underscores, so that it works as a file, a variable and a credential.
    public static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.count <= 64 && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    }

    /// Returns the secret, or nil if it is not set; an empty file counts as not set. Throws a `ConfigurationProblem`
    /// that names the file if it cannot be read, or if others may read it. The file is read at each call, so a reload
    /// finds a new key.
    public func find(_ name: String) throws(ConfigurationProblem) -> Secret? { try locate(name)?.secret }

    /// Where a secret comes from: the path of its file, or its variable; nil if it is not set. Throws like `find`.
    public func origin(of name: String) throws(ConfigurationProblem) -> String? { try locate(name)?.origin }

    private func locate(_ name: String) throws(ConfigurationProblem) -> (secret: Secret, origin: String)? {
        guard SecretStore.isName(name) else {
            throw ConfigurationProblem(at: Position("secret"), "\"\(name)\" is not a secret's name")
        }
        if let credentials {
            let path = "\(credentials)/\(Self.credentialPrefix)\(name)"
            if let secret = try read(path, private: false) { return (secret, path) }
        }
        if let installed, let secret = try read("\(installed)/\(name)", private: true) {
            return (secret, "\(installed)/\(name)")
        }
        let variable = name.uppercased()
        if let text = environment[variable], !text.isEmpty { return (Secret(text), "the variable \(variable)") }
        if let folder, let secret = try read("\(folder)/\(name)", private: true) {
            return (secret, "\(folder)/\(name)")
        }
        return nil
    }

    /// The folder for secrets that systemd does not load.
    public var folderForFiles: String { folder ?? "secrets" }

    /// What to do about a missing secret, in one line.
    public func advice(for name: String) -> String {
        guard credentials != nil || installed != nil else {
            return "4runr keys set \(name), or set \(name.uppercased()) in the environment"
        }
        let isHidden = installed.map { access($0, R_OK | X_OK) != 0 || access("\($0)/\(name)", F_OK) == 0 } ?? false
        let seen = credentials == nil && isHidden ? " (if it is set: only root and the daemon see it)" : ""
        return "sudo 4runr keys set \(name), then systemctl restart 4runr\(seen)"
    }

    /// Reads every secret that can be read, so that `KnownSecrets` knows it before it is needed. Returns the problems
    /// with the files: modes that let others read them and, as warnings, empty files.
    public func problems() -> [Diagnostic] {
        var found: [Diagnostic] = []
        for (folder, prefix) in [(credentials, Self.credentialPrefix), (installed, ""), (folder, "")] {
            guard let folder else { continue }
            for file in SecretStore.names(in: folder) where file.hasPrefix(prefix) {
                do throws(ConfigurationProblem) {
                    let secret = try read("\(folder)/\(file)", private: folder != credentials)
                    guard secret == nil, access("\(folder)/\(file)", R_OK) == 0 else { continue }
                    found.append(
                        Diagnostic(
                            .warning, at: Position("\(folder)/\(file)"), "is empty, so this key is not set",
                            hint: "4runr keys set \(file.dropFirst(prefix.count)), or remove the file"))
                } catch { found += error.diagnostics }
            }
        }
        return found
    }

    /// The files in a folder whose names are valid names of secrets, in alphabetical order; empty if the folder cannot
    /// be read.
    public static func names(in folder: String) -> [String] {
        ((try? FolderReader.names(in: folder)) ?? []).filter(SecretStore.isName)
    }

    /// - Parameter isPrivate: whether to refuse a file that others may read. Systemd protects its own files.
    private func read(_ path: String, private isPrivate: Bool) throws(ConfigurationProblem) -> Secret? {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT || errno == ENOTDIR || errno == EACCES { return nil }
            throw ConfigurationProblem(at: Position(path), "cannot be read: \(TextFile.describe(errno))")
        }
        // In the folder that systemd loads, the files belong to root. Other users get them from systemd, or not at all.
        if let installed, path.hasPrefix("\(installed)/"), access(path, R_OK) != 0, errno == EACCES { return nil }
        guard !isPrivate || status.st_mode & 0o077 == 0 else {
            throw ConfigurationProblem(
                at: Position(path), "may be read by others (mode 0\(String(status.st_mode & 0o777, radix: 8)))",
                hint: "chmod 600 \(path)")
        }
        let text = try TextFile.read(path)
        let secret = text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()
        return secret.isEmpty ? nil : Secret(String(secret))
    }
}

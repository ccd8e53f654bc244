import Glibc

/// A key or token. It prints as `<secret>` wherever it is interpolated, dumped or reflected, so that it cannot reach a
/// log by accident; `reveal()` is the one way to its text.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let text: String

    public init(_ text: String) { self.text = text }

    /// The secret itself, for the request or the child that needs it.
    public func reveal() -> String { text }

    public var description: String { "<secret>" }
    public var debugDescription: String { "<secret>" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Where secrets come from, by name: systemd's credentials, then the environment, then a file of mode 0600.
///
/// A secret `serpapi_api_key` is the credential `4runr_serpapi_api_key` (the unit loads a directory under the name
/// `4runr`), the variable `SERPAPI_API_KEY`, or the file `serpapi_api_key` in the secrets folder.
public struct SecretStore: Sendable {
    private let credentials: String?
    private let environment: [String: String]
    private let folder: String?

    /// - Parameters:
    ///   - environment: `CREDENTIALS_DIRECTORY` and the variables of the secrets are read from it.
    ///   - folder: where files of mode 0600 are looked for; nil for nowhere.
    public init(environment: [String: String], folder: String?) {
        credentials = environment["CREDENTIALS_DIRECTORY"]
        self.environment = environment
        self.folder = folder
    }

    /// The prefix that systemd gives the files of a credentials directory loaded as `4runr`.
    public static let credentialPrefix = "4runr_"

    /// A name is letters, digits and underscores, so that it is a file, a variable and a credential alike.
    public static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.count <= 64 && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    }

    /// The secret, or nil when it is nowhere. Throws a `ConfigurationProblem` that names the file when it cannot be
    /// read, is empty, or may be read by others. Read anew at each call, so a reload sees a new key.
    public func find(_ name: String) throws(ConfigurationProblem) -> Secret? {
        guard SecretStore.isName(name) else {
            throw ConfigurationProblem(at: Position("secret"), "\"\(name)\" is not a secret's name")
        }
        if let credentials, let secret = try read("\(credentials)/\(Self.credentialPrefix)\(name)", private: false) {
            return secret
        }
        if let text = environment[name.uppercased()], !text.isEmpty { return Secret(text) }
        if let folder, let secret = try read("\(folder)/\(name)", private: true) { return secret }
        return nil
    }

    /// What to do about a secret that is missing, in one line.
    public func advice(for name: String) -> String {
        // The unit loads this folder; systemd hands over what is in it when the service starts.
        if credentials != nil { return "write it to /etc/4runr/credentials/\(name), then systemctl restart 4runr" }
        let file = folder.map { "write it to \($0)/\(name) with mode 0600, or " } ?? ""
        return "\(file)set \(name.uppercased()) in the environment"
    }

    /// The problems of the files that are in the secrets folder: modes that let others read, and files that are empty.
    public func problems() -> [Diagnostic] {
        guard let folder, let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if SecretStore.isName(name) { names.append(name) }
        }
        var found: [Diagnostic] = []
        for name in names.sorted() {
            do throws(ConfigurationProblem) {
                _ = try read("\(folder)/\(name)", private: true)
            } catch { found += error.diagnostics }
        }
        return found
    }

    /// - Parameter isPrivate: whether modes that let others read are refused; systemd guards its own files.
    private func read(_ path: String, private isPrivate: Bool) throws(ConfigurationProblem) -> Secret? {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT || errno == ENOTDIR || errno == EACCES { return nil }
            throw ConfigurationProblem(at: Position(path), "cannot be read: \(TextFile.describe(errno))")
        }
        guard !isPrivate || status.st_mode & 0o077 == 0 else {
            throw ConfigurationProblem(
                at: Position(path), "may be read by others (mode 0\(String(status.st_mode & 0o777, radix: 8)))",
                hint: "chmod 600 \(path)")
        }
        let text = try TextFile.read(path)
        let secret = text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()
        guard !secret.isEmpty else {
            throw ConfigurationProblem(at: Position(path), "is empty", hint: "write the key into it, or remove it")
        }
        return Secret(String(secret))
    }
}

import AppConfiguration
import CProcess
import Glibc
import Scheduling
import Storage

extension Installation {
    /// The files and folders that the program needs but that the daemon's user, who owns the data folder, could not
    /// read. Checked only as root, which can read everything.
    ///
    /// - Parameter schedule: nil when the files are invalid.
    func unreadableFiles(_ schedule: Schedule?) -> [Diagnostic] {
        guard geteuid() == 0, let owner = folder.owner, owner.user != 0 else { return [] }
        var paths = [files.settings, files.schedule, files.airtableFields].map { ($0, Position($0)) }
        if let name = environment["FOURRUNR_ENVIRONMENT"] {
            paths.append((files.overlay(name), Position(files.overlay(name))))
        }
        let settings = Settings.load(files, environment: environment, diagnostics: Diagnostics())
        for key in ["network.ca_file", "log.directory"] {
            paths.append((settings.string(key, default: ""), settings.position(of: key)))
        }
        let secrets = settings.string("secrets.directory", default: "")
        let keys = secrets.isEmpty ? files.secrets : secrets
        paths.append((keys, Position(keys)))
        paths += SecretStore.names(in: keys).map { ("\(keys)/\($0)", Position("\(keys)/\($0)")) }
        paths += schedule?.commandPaths ?? []
        let name = getpwuid(owner.user).map { String(cString: $0.pointee.pw_name) } ?? "user \(owner.user)"
        return paths.compactMap { path, position in
            guard !path.isEmpty, access(path, F_OK) == 0 else { return nil }
            let code = cprocess_open_as(path, owner.user, owner.group)
            guard code == EACCES || code == EPERM else { return nil }
            return Diagnostic(
                .error, at: position, "\(path) cannot be read by \(name), whom the daemon runs as",
                hint: "chmod o+r \(path), and o+x its folders; or give it to \(name)")
        }
    }
}

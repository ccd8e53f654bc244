import Recurrence
import ArgumentParser
import AppConfiguration
import Daemon
import FoundationEssentials
import Glibc
import Operations
import Scheduling
import Storage
import Values

/// What the process is given from outside, read here and nowhere else.
enum Surroundings {
    /// The variables, and among them the keys that root has handed over before it took on the data's owner.
    static let environment: [String: String] = {
        var all = ProcessInfo.processInfo.environment
        if let descriptor = all.removeValue(forKey: DataFolder.keysVariable).flatMap({ Int32($0) }) {
            unsetenv(DataFolder.keysVariable)
            for (name, key) in HandedKeys.read(descriptor) where all[name.uppercased()] == nil {
                all[name.uppercased()] = key
            }
        }
        // For the tests, which give the statements to another engine.
        if let path = all.removeValue(forKey: "FOURRUNR_STATEMENT_LOG") {
            StatementLog.process = StatementLog(path: path)
        }
        return all
    }()

    static let runtime = Runtime.system()
    static var zones: ZoneDatabase { ZoneDatabase(variable: environment["TZ"]) }
    /// The zone that lists are shown in where no schedule is read.
    static var zone: TimeZoneRules { Inspection.systemZone(zones) }
}

/// Keys on their way from root to the same program as another user: through a pipe, so that no list of processes shows them.
enum HandedKeys {
    static func read(_ descriptor: Int32) -> [(name: String, key: String)] {
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        let texts = bytes.split(separator: 0, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        return stride(from: 0, to: texts.count - 1, by: 2).map { (texts[$0], texts[$0 + 1]) }
    }

    /// As one text, for `DataFolder.becomeOwner`.
    static func pack(_ keys: [String: String]) -> [UInt8] {
        keys.flatMap { name, key in Array(name.utf8) + [0] + Array(key.utf8) + [0] }
    }
}

extension Location {
    /// Throws a `ConfigurationProblem` when there is no settings file.
    func installation() throws -> Installation {
        try Installation(
            settings: config, schedule: schedule, data: data, isSandbox: sandbox, environment: Surroundings.environment,
            runtime: Surroundings.runtime)
    }

    /// The installation, with the process taking on the data folder's owner if it is root's.
    func ownedInstallation() throws -> Installation {
        let installation = try installation()
        try installation.folder.becomeOwner(keys: HandedKeys.pack(installation.installedKeys))
        if sandbox { Terminal.note("sandbox: these are stand-ins, and their data") }
        return installation
    }

    /// What can be read, as the data folder's owner.
    func inspection() throws -> (installation: Installation, inspection: Inspection) {
        let installation = try ownedInstallation()
        return (installation, try Inspection(installation))
    }
}

/// Runs the body of a verb; what it throws becomes lines on standard error and an exit code.
func carryingOut(_ body: () async throws -> Void) async throws {
    do { try await body() } catch let code as ExitCode { throw code } catch let error as ValidationError {
        throw error
    } catch {
        let problem = OperationProblem(any: error)
        for line in problem.lines { Terminal.complain(line) }
        throw ExitCode(problem.errorKind.exitCode)
    }
}

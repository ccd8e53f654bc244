import ArgumentParser
import AppConfiguration
import Daemon
import FoundationEssentials
import Glibc
import Operations
import Storage

/// What the process is given from outside, read here and nowhere else.
enum Surroundings {
    static var environment: [String: String] { ProcessInfo.processInfo.environment }
}

extension Location {
    /// Throws a `ConfigurationProblem` when there is no settings file.
    func installation() throws -> Installation {
        try Installation(
            settings: config, schedule: schedule, data: data, isSandbox: sandbox, environment: Surroundings.environment)
    }

    /// The installation, with the process taking on the data folder's owner if it is root's.
    func ownedInstallation() throws -> Installation {
        let installation = try installation()
        try installation.folder.becomeOwner()
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
        throw ExitCode(problem.code.rawValue)
    }
}

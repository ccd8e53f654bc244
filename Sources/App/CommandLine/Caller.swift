import ArgumentParser
import Daemon
import FoundationEssentials
import Operations
import Values

/// The environment and the clocks of the calling process. They are read only here.
enum Caller {
    /// The environment variables, including keys that root passed on before the program became the data's owner.
    static let environment = ProcessEnvironment.take(ProcessInfo.processInfo.environment)

    static let runtime = Runtime.system()
}

extension Location {
    /// Throws a `ConfigurationProblem` when there is no settings file.
    func installation() throws -> Installation {
        try Installation(
            settings: config, schedule: schedule, data: data, isSandbox: sandbox, environment: Caller.environment,
            runtime: Caller.runtime)
    }

    /// The context of use cases, as the data folder's owner. A process of root becomes that user.
    func operations() throws -> OperationContext { try ownedInstallation().makeOperations() }

    /// The context of use cases, as the calling user.
    func operationsAsCaller() throws -> OperationContext { try installation().makeOperations() }

    func ownedInstallation() throws -> Installation {
        let installation = try installation()
        try installation.becomeOwner()
        if sandbox { Terminal.note("sandbox: these are stand-ins, and their data") }
        return installation
    }
}

/// Runs the body of a command. Errors become lines on standard error and an exit code.
func carryingOut(_ body: () async throws -> Void) async throws {
    do { try await body() } catch let code as ExitCode { throw code } catch let error as ValidationError {
        throw error
    } catch {
        let problem = OperationProblem(any: error)
        Terminal.endProgress()
        for line in problem.lines { Terminal.complain(line) }
        throw ExitCode(problem.errorKind.exitCode)
    }
}

/// Shows on a terminal how far a long task has come.
@Sendable func showProgress(_ event: ExecutorEvent) {
    switch event {
    case .runStarted(let id): Terminal.progress("run \(id)", nil)
    case .progress(let text, let share): Terminal.progress(text, share)
    }
}

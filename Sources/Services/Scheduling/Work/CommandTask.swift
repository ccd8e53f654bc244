public import AppConfiguration
import Glibc
import Logging
import Subprocess
import Synchronization
import SystemPackage
public import Values

/// What commands get from this machine: the variables that they inherit and the secrets that they may use.
public struct CommandHost: Sendable {
    let environment: [String: String]
    let secrets: SecretStore
    let runtime: Runtime

    /// The daemon's variables that a child inherits. The others may hold keys.
    private static let inherited = [
        "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LC_ALL", "TZ", "TMPDIR", "STATE_DIRECTORY",
    ]

    /// - Parameter environment: the daemon's own variables.
    public init(environment: [String: String], secrets: SecretStore, runtime: Runtime) {
        self.environment = environment.filter { Self.inherited.contains($0.key) }
        self.secrets = secrets
        self.runtime = runtime
    }

    var searchPath: String { environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin" }
}

/// Runs a program, without a shell, in its own process group.
///
/// The run lasts as long as the program. Processes left in the group are ended with it, by SIGTERM and then SIGKILL.
/// Standard output and standard error go to the log line by line, and the last lines are kept in the row.
public struct CommandTask: JobTask {
    private let command: Command
    private let host: CommandHost

    public init(_ command: Command, on host: CommandHost) {
        self.command = command
        self.host = host
    }

    /// The time between SIGTERM and SIGKILL.
    static let grace = Duration.seconds(5)
    private static let keptLines = 20
    private static let keptCharacters = 4_000

    public func run(_ run: RunContext) async throws -> TaskResult {
        let environment = try environment(for: run)
        guard let environment else { return .skipped(reason: missingSecretReason()) }
        guard let program = command.arguments.first, let path = CommandTask.find(program, in: host.searchPath) else {
            throw RunProblem(
                "there is no command \(command.arguments.first ?? "") that can be run; install it, or correct the schedule",
                canRetry: false)
        }
        let output = try CommandOutput(
            job: run.job, logger: run.logger, keeping: Self.keptLines, characters: Self.keptCharacters,
            hiding: environment.secrets, runtime: host.runtime)
        let group = Mutex<pid_t?>(nil)
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: Self.grace)
        ]
        async let collected: Void = output.collect()
        let status: TerminationStatus
        do {
            status = try await Subprocess.run(
                .path(FilePath(path)), arguments: Arguments(Array(command.arguments.dropFirst())),
                environment: .custom(environment.variables),
                workingDirectory: FilePath(command.directory ?? "/"), platformOptions: options, input: .none,
                output: .fileDescriptor(output.writeEnd, closeAfterSpawningProcess: false),
                error: .fileDescriptor(output.writeEnd, closeAfterSpawningProcess: false)
            ) { execution in
                group.withLock { $0 = execution.processIdentifier.value }
                CommandTask.offerToTheKernel(execution.processIdentifier.value)
                output.closeWriteEnd()
            }.terminationStatus
        } catch {
            if let group = group.withLock({ $0 }) { await end(group: group) }
            output.closeWriteEnd()
            output.stopCollecting()
            await collected
            if Task.isCancelled { throw CancellationError() }
            throw RunProblem("\(path) could not be started: \(error)")
        }
        if let group = group.withLock({ $0 }) { await end(group: group) }
        output.stopCollecting()
        await collected
        let report = output.json(status)
        // A program may exit with status 0 when it is terminated; its work was cut off all the same.
        if Task.isCancelled { throw RunProblem("was ended\(output.lastLine)", output: report) }
        switch status {
        case .exited(0): return .success(output: report)
        case .exited(let code): throw RunProblem("ended with status \(code)\(output.lastLine)", output: report)
        case .signaled(let signal):
            throw RunProblem(
                "was ended by signal \(signal) (\(String(cString: strsignal(signal))))\(output.lastLine)",
                output: report)
        }
    }

    /// When memory runs out, makes the kernel end the command that used it rather than the daemon, see proc(5). Failure
    /// is ignored: the command may have ended, or the system may not support it.
    private static func offerToTheKernel(_ process: pid_t) {
        let descriptor = open("/proc/\(process)/oom_score_adj", O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        _ = write(descriptor, "500", 3)
        close(descriptor)
    }

    /// Ends what is left of a process group: SIGTERM, then SIGKILL for those that stay.
    private func end(group: pid_t) async {
        guard kill(-group, SIGTERM) == 0 else { return }
        // Detached from the run's task, because a cancelled task would not wait.
        let runtime = host.runtime
        await Task.detached {
            let deadline = runtime.uptime + Self.grace
            while runtime.uptime < deadline, kill(-group, 0) == 0 { try? await runtime.sleep(for: .milliseconds(20)) }
            kill(-group, SIGKILL)
        }.value
    }

    /// The child's variables, and the secrets among their values. Nil when a secret is missing.
    private func environment(for run: RunContext) throws -> (variables: [Environment.Key: String], secrets: [String])? {
        var all = host.environment
        var secrets: [String] = []
        all["FOURRUNR_JOB"] = run.job
        all["FOURRUNR_RUN_ID"] = "\(run.id)"
        all["FOURRUNR_SLOT"] = run.slot?.description
        for (name, value) in command.environment {
            switch value {
            case .text(let text): all[name] = text
            case .secret(let secret):
                guard let found = try host.secrets.find(secret) else { return nil }
                all[name] = found.reveal()
                secrets.append(found.reveal())
            }
        }
        let pairs = all.compactMap { name, text in Environment.Key(rawValue: name).map { ($0, text) } }
        return (Dictionary(uniqueKeysWithValues: pairs), secrets)
    }

    private func missingSecretReason() -> String {
        let missing = command.environment.values.compactMap { value -> String? in
            guard case .secret(let name) = value, (try? host.secrets.find(name)) == .some(nil) else { return nil }
            return name
        }.sorted()
        let advice = missing.map { "secret \($0) is not set: \(host.secrets.advice(for: $0))" }
        return "unconfigured: \(advice.joined(separator: "; "))"
    }

    /// The path of a program: itself if it contains a slash, otherwise the first match in the folders of a `PATH`.
    static func find(_ program: String, in searchPath: String) -> String? {
        if program.contains("/") { return isExecutable(program) ? program : nil }
        return searchPath.split(separator: ":").map { "\($0)/\(program)" }.first(where: isExecutable)
    }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    static func isExecutable(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
    }
}

import AppConfiguration
import Glibc
import Values

/// Reads what a `command` job runs.
struct CommandReader {
    let reader: ScheduleReader
    let diagnostics: Diagnostics

    func read(_ value: YAMLValue, job: YAMLMapping) -> Command? {
        let environment = environment(of: job)
        let directory = directory(of: job)
        guard let items = value.items else {
            let hint = value.text.map { text in
                "no shell reads it: write [\(text.split(separator: " ").prefix(4).joined(separator: ", "))\(text.count > 40 ? ", …" : "")]"
            }
            diagnostics.error(at: value.position, "command must be a list of the program and its arguments", hint: hint)
            return nil
        }
        let words = items.map(\.text)
        guard let program = words.first ?? nil, !program.isEmpty, words.allSatisfy({ $0 != nil }) else {
            diagnostics.error(at: value.position, "command must be a list of texts that begins with a program")
            return nil
        }
        let arguments = words.compactMap(\.self)
        guard !arguments.contains(where: { $0.contains("\0") }) else {
            diagnostics.error(at: value.position, "an argument of a command holds a NUL character")
            return nil
        }
        if let problem = missing(program) {
            let position = items[0].position
            switch reader.missingCommand {
            case .isError, .isErrorOfCommands:
                diagnostics.error(at: position, problem, hint: "install it, or correct its path")
            case .isWarning: diagnostics.warning(at: position, problem, hint: "the job will fail until it is there")
            }
        }
        guard let environment else { return nil }
        return Command(arguments: arguments, environment: environment, directory: directory)
    }

    /// What keeps the program from being run on this machine; nil when nothing does.
    private func missing(_ program: String) -> String? {
        if program.contains("/") {
            guard program.hasPrefix("/") else { return "the command \(program) is a relative path" }
            guard access(program, F_OK) == 0 else { return "there is no command \(program)" }
            return CommandTask.isExecutable(program) ? nil : "\(program) cannot be executed"
        }
        return CommandTask.find(program, in: reader.host.searchPath) == nil
            ? "there is no command \"\(program)\" in \(reader.host.searchPath)" : nil
    }

    private func directory(of job: YAMLMapping) -> String? {
        guard let directory = job.string("directory") else { return nil }
        if directory.contains("\0") {
            diagnostics.error(at: job.position(of: "directory"), "directory holds a NUL character")
        } else if !directory.hasPrefix("/") {
            diagnostics.error(
                at: job.position(of: "directory"), "directory must be an absolute path, not \"\(directory)\"")
        } else if !CommandTask.isFolder(directory) {
            let severity: Diagnostic.Severity = reader.missingCommand == .isError ? .error : .warning
            diagnostics.add(
                Diagnostic(
                    severity, at: job.position(of: "directory"), "there is no folder \(directory.shortened(to: 80))",
                    hint: "the job will fail until it is there"))
        }
        return directory
    }

    /// Reads a mapping of names, each to a text or to `{ secret: NAME }`.
    private func environment(of job: YAMLMapping) -> [String: TextOrSecret]? {
        guard let value = job.value("environment") else { return [:] }
        guard let mapping = YAMLMapping(value, called: "environment", diagnostics: diagnostics) else { return nil }
        var environment: [String: TextOrSecret] = [:]
        for name in mapping.keys {
            guard let entry = mapping.value(name) else { continue }
            let secrets = SecretReader(secrets: reader.host.secrets, diagnostics: diagnostics)
            environment[name] = secrets.read(entry, called: "environment of \(name)")
            if case .text(let text)? = environment[name], text.contains("\0") {
                diagnostics.error(at: entry.position, "the variable \(name) holds a NUL character")
            }
            if name.isEmpty || name.contains(where: { $0 == "=" || $0 == "\0" || $0.isWhitespace }) {
                diagnostics.error(at: mapping.position(of: name), "\"\(name)\" is not a name for a variable")
            }
        }
        return environment
    }
}

import AppConfiguration
import Values

/// Reads one job of a schedule file.
struct JobReader {
    let reader: ScheduleReader
    let diagnostics: Diagnostics

    private static let timeoutRange: ClosedRange<Duration> = Duration.seconds(1)...Duration.seconds(30 * 86_400)

    /// The job of that name in the table; nil when it could not be read, and then the diagnostics say why.
    func read(_ name: String, in table: YAMLMapping, zone: TimeZoneRules) -> Job? {
        let position = table.position(of: name)
        let before = diagnostics.errors.count
        if !JobReader.isName(name) {
            diagnostics.error(
                at: position, "\"\(name.shortened(to: 60))\" is no name for a job",
                hint: "use letters, digits, - _ and . , up to 64 of them, beginning with a letter or digit")
        }
        guard let value = table.value(name) else {
            diagnostics.error(
                at: position, "job \"\(name)\" is empty",
                hint: "say what to run and when: { run: backup, at: \"02:30\" }")
            return nil
        }
        guard let job = YAMLMapping(value, called: "job \"\(name)\"", diagnostics: diagnostics) else { return nil }

        let zone = reader.zone(in: job, default: zone, diagnostics: diagnostics)
        let triggers = TriggerReader(job: job, name: name, position: position, diagnostics: diagnostics)
        let trigger = triggers.read()
        let work = work(of: job, name: name, position: position)
        let catchUp: CatchUp = job.choice("catch_up") ?? .once
        let overlap: Overlap = job.choice("overlap") ?? .skip
        let timeout = job.duration("timeout", in: Self.timeoutRange) ?? .seconds(3_600)
        let isEnabled = job.bool("enabled") ?? true
        let retry = retry(of: job)
        job.reportUnknownKeys(in: "job \"\(name)\"")
        guard diagnostics.errors.count == before, let trigger, let work else { return nil }
        if trigger.isTimed, trigger.next(after: .init(seconds: 1_700_000_000), in: zone) == nil {
            diagnostics.error(at: position, "job \"\(name)\" has a time that never comes")
            return nil
        }
        return Job(
            name: name, trigger: trigger, zone: zone, type: work.type, task: work.task, catchUp: catchUp,
            overlap: overlap,
            retry: retry, timeout: timeout, isEnabled: isEnabled, position: position)
    }

    static func isName(_ name: String) -> Bool {
        guard let first = name.first, first.isASCII, first.isLetter || first.isNumber, name.count <= 64 else {
            return false
        }
        return name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
    }

    private func retry(of job: YAMLMapping) -> RetryPolicy {
        guard let mapping = job.mapping("retry") else { return .never }
        let policy = RetryPolicy(
            attempts: mapping.int("attempts", in: 1...100) ?? 3,
            backoff: mapping.duration("backoff", in: Duration.seconds(1)...Duration.seconds(86_400)) ?? .seconds(60),
            maximum: mapping.duration("max", in: Duration.seconds(1)...Duration.seconds(7 * 86_400)) ?? .seconds(3_600))
        mapping.reportUnknownKeys(in: "retry")
        return policy
    }

    private func work(of job: YAMLMapping, name: String, position: Position) -> (type: String, task: any JobTask)? {
        let run = job.value("run")
        let command = job.value("command")
        switch (run, command) {
        case (let run?, nil): return task(named: run, job: job, name: name)
        case (nil, let command?):
            return CommandReader(reader: reader, diagnostics: diagnostics).read(command, job: job).map {
                ("command", $0)
            }
        case (.some, .some):
            diagnostics.error(at: position, "job \"\(name)\" has both run and command", hint: "keep one of the two")
        case (nil, nil):
            diagnostics.error(
                at: position, "job \"\(name)\" does not say what to do",
                hint: "add run: with a task, or command: with a list")
        }
        return nil
    }

    private func task(named value: YAMLValue, job: YAMLMapping, name: String) -> (type: String, task: any JobTask)? {
        guard let text = value.text else {
            diagnostics.error(at: value.position, "run must be the name of a task, not \(value.kindForPeople)")
            return nil
        }
        let with = job.mapping("with")
        guard let kind = reader.catalog.kind(text) else {
            diagnostics.error(
                at: value.position, "unknown task \"\(text.shortened(to: 60))\"",
                hint: Suggestion.hint(for: text, among: reader.catalog.names))
            return nil
        }
        let task = kind.make(with, diagnostics)
        with?.reportUnknownKeys(in: "with of job \"\(name)\"")
        return task.map { (kind.name, $0) }
    }
}

import AppConfiguration
import Recurrence
import Values

/// Reads one job of a schedule file.
struct JobReader {
    let reader: ScheduleReader
    let diagnostics: Diagnostics

    private static let timeoutRange: ClosedRange<Duration> = Duration.seconds(1)...Duration.seconds(30 * 86_400)
    private static let windowRange: ClosedRange<Duration> = Duration.seconds(1)...Duration.seconds(366 * 86_400)
    private static let jitterRange: ClosedRange<Duration> = Duration.seconds(0)...Duration.seconds(86_400)

    /// Reads the job of that name. Returns nil when it cannot be read; the diagnostics then say why.
    ///
    /// - Parameter zone: the zone of jobs that name none, and whether it is the system's.
    func read(_ name: String, in table: YAMLMapping, zone: ScheduleReader.Zone) -> Job? {
        let position = table.position(of: name)
        let before = diagnostics.errorCount
        if !JobReader.isName(name) {
            diagnostics.error(
                at: position, "\"\(name.shortened(to: 60))\" is not a name for a job",
                hint: "use letters, digits, - _ and . , up to 64 of them, beginning with a letter or digit")
        }
        guard let value = table.value(name) else {
            diagnostics.error(
                at: position, "job \"\(name)\" is empty",
                hint: "say what to run and when: { run: backup, at: \"02:30\" }")
            return nil
        }
        guard let job = YAMLMapping(value, called: "job \"\(name)\"", diagnostics: diagnostics) else { return nil }

        let own = reader.zone(in: job, default: zone, diagnostics: diagnostics)
        let trigger = TriggerReader(
            job: job, name: name, position: position, zones: reader.zones, diagnostics: diagnostics
        ).read()
        let work = work(of: job, name: name, position: position)
        let catchUp: CatchUp = job.choice("catch_up") ?? .once
        let window = job.duration("catch_up_window", in: Self.windowRange)
        let overlap: Overlap = job.choice("overlap") ?? .skip
        let jitter = job.duration("jitter", in: Self.jitterRange) ?? .zero
        let group = group(of: job)
        let timeout = job.duration("timeout", in: Self.timeoutRange) ?? .seconds(3_600)
        let onFailure: FailureReaction = job.choice("on_failure") ?? .notify
        let pauseAfter = job.int("pause_after_failures", in: 1...1_000)
        let ping = ping(of: job)
        let isEnabled = job.bool("enabled") ?? true
        let retry = retry(of: job)
        job.reportUnknownKeys(in: "job \"\(name)\"")
        guard diagnostics.errorCount == before, let trigger, let work else { return nil }
        if window != nil, catchUp == .none {
            diagnostics.warning(
                at: job.position(of: "catch_up_window"), "catch_up_window means nothing with catch_up: none")
        }
        let zone =
            trigger.zoneName.flatMap(reader.zones.zone).map { ScheduleReader.Zone(rules: $0, isSystem: false) } ?? own
        TriggerAdvice(trigger: trigger, zone: zone.rules, now: reader.now, name: name).report(
            at: position, to: diagnostics)
        return Job(
            name: name, trigger: trigger, zone: zone.rules, followsSystemZone: zone.isSystem, work: work,
            catchUp: catchUp, catchUpWindow: window, overlap: overlap,
            delay: StableHash.share(of: jitter, among: [reader.machineID, name]), group: group, retry: retry,
            timeout: timeout, onFailure: onFailure, pauseAfterFailures: pauseAfter, ping: ping, isEnabled: isEnabled,
            position: position,
            fingerprint: value.fingerprint)
    }

    static func isName(_ name: String) -> Bool {
        guard let first = name.first, first.isASCII, first.isLetter || first.isNumber, name.count <= 64 else {
            return false
        }
        return name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
    }

    private func group(of job: YAMLMapping) -> String? {
        guard let group = job.string("group") else { return nil }
        if !JobReader.isName(group) {
            diagnostics.error(
                at: job.value("group")?.position ?? job.position,
                "\"\(group.shortened(to: 60))\" is not a name for a group",
                hint: "use letters, digits, - _ and . , up to 64 of them, beginning with a letter or digit")
        }
        return group
    }

    private func ping(of job: YAMLMapping) -> TextOrSecret? {
        guard let value = job.value("ping") else { return nil }
        guard
            let ping = SecretReader(secrets: reader.host.secrets, diagnostics: diagnostics).read(value, called: "ping")
        else { return nil }
        if case .text(let url) = ping, let problem = AddressText.problem(with: url, schemes: ["http", "https"]) {
            diagnostics.error(
                at: value.position, "ping must be a URL: \(problem)",
                hint: "write https://… or, as it is worth keeping secret, { secret: NAME }")
        }
        return ping
    }

    private func retry(of job: YAMLMapping) -> RetryPolicy {
        guard let mapping = job.mapping("retry") else { return .never }
        let policy = RetryPolicy(
            attempts: mapping.int("attempts", in: 1...100) ?? 3,
            backoff: mapping.duration("backoff", in: Duration.seconds(1)...Duration.seconds(86_400)) ?? .seconds(60),
            maximum: mapping.duration("max", in: Duration.seconds(1)...Duration.seconds(7 * 86_400)) ?? .seconds(3_600))
        mapping.reportUnknownKeys(in: "retry")
        if policy.maximum < policy.backoff {
            diagnostics.error(
                at: mapping.position(of: mapping.value("max") == nil ? "backoff" : "max"),
                "retry: max (\(policy.maximum.brief)) is shorter than backoff (\(policy.backoff.brief))")
        }
        return policy
    }

    private func work(of job: YAMLMapping, name: String, position: Position) -> JobWork? {
        let run = job.value("run")
        let command = job.value("command")
        switch (run, command) {
        case (let run?, nil): return task(named: run, job: job, name: name)
        case (nil, let command?):
            return CommandReader(reader: reader, diagnostics: diagnostics).read(command, job: job).map { .command($0) }
        case (.some, .some):
            diagnostics.error(at: position, "job \"\(name)\" has both run and command", hint: "keep one of the two")
        case (nil, nil):
            diagnostics.error(
                at: position, "job \"\(name)\" does not say what to do",
                hint: "add run: with a task, or command: with a list")
        }
        return nil
    }

    private func task(named value: YAMLValue, job: YAMLMapping, name: String) -> JobWork? {
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
        return .task(
            name: kind.name, parameters: ParameterReader(kind: kind, diagnostics: diagnostics).read(with, job: name))
    }
}

/// A hash that is the same in every process and at every start: FNV-1a, 64 bits.
enum StableHash {
    /// A share of the span that depends on the names: from zero to all of it, in whole milliseconds.
    static func share(of span: Duration, among names: [String]) -> Duration {
        let room = UInt64(max(0, span.wholeMilliseconds))
        guard room > 0 else { return .zero }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for name in names {
            for byte in Array(name.utf8) + [0] { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        }
        // The low bits of FNV are poor; a final mix spreads names that differ in their last letter.
        hash ^= hash >> 33
        hash = hash &* 0xFF51_AFD7_ED55_8CCD
        hash ^= hash >> 33
        return .milliseconds(Int64(hash % (room + 1)))
    }
}

public import AppConfiguration
public import Recurrence
public import Values

/// Reads a schedule file and reports all of its errors at once.
public struct ScheduleReader {
    /// How to treat a command, or its working directory, that does not exist on this machine.
    public enum MissingCommand: Sendable {
        /// For a person at the command line: the file is refused.
        case isError
        /// For a file that is to replace the one in use. A missing command is an error, because it was probably
        /// misspelt; a missing folder is not, because it may be mounted later.
        case isErrorOfCommands
        /// For a daemon that starts: the job in question will fail, but the others run.
        case isWarning
    }

    /// A zone, and whether it is the system's because none was named.
    struct Zone {
        let rules: TimeZoneRules
        let isSystem: Bool
    }

    let catalog: TaskCatalog
    let zones: ZoneDatabase
    let missingCommand: MissingCommand
    let host: CommandHost
    let machineID: String
    let now: Timestamp

    /// - Parameters:
    ///   - machineID: distinguishes this machine from others, so that their jitter differs.
    ///   - now: the moment from which on times are checked for warnings.
    public init(
        catalog: TaskCatalog, zones: ZoneDatabase, host: CommandHost, missingCommand: MissingCommand,
        machineID: String, now: Timestamp
    ) {
        self.catalog = catalog
        self.zones = zones
        self.host = host
        self.missingCommand = missingCommand
        self.machineID = machineID
        self.now = now
    }

    /// Reads the schedule in the file. Returns nil when it has errors; `diagnostics` then holds all of them.
    public func read(_ path: String, diagnostics: Diagnostics) -> Schedule? {
        do throws(ConfigurationProblem) {
            return read(try YAMLValue.load(path), file: path, diagnostics: diagnostics)
        } catch {
            error.diagnostics.forEach(diagnostics.add)
            return nil
        }
    }

    /// Reads a schedule that somebody sent. Returns nil when it has errors; `diagnostics` then holds all of them.
    public func read(sent bytes: [UInt8], diagnostics: Diagnostics) -> Schedule? {
        let name = "schedule"
        do throws(ConfigurationProblem) {
            let text = try TextFile.decode(bytes, file: name)
            // Parts that are repeated by name can make a short text longer than any memory.
            if let repeated = Self.repeatedName(in: text) {
                throw ConfigurationProblem(
                    at: Position(name), "anchors and aliases (&\(repeated) and *\(repeated)) are not taken here")
            }
            return read(try YAMLValue.parse(text, file: name), file: name, diagnostics: diagnostics)
        } catch {
            error.diagnostics.forEach(diagnostics.add)
            return nil
        }
    }

    /// The first name that stands in the text both as an anchor (`&name`) and as an alias (`*name`); nil if no name does. Names
    /// are what YAML's scanner takes for names.
    private static func repeatedName(in text: String) -> String? {
        let anchors = Set(text.matches(of: /&([0-9A-Za-z_-]+)/).map(\.1))
        guard !anchors.isEmpty else { return nil }
        return text.matches(of: /\*([0-9A-Za-z_-]+)/).map(\.1).first(where: anchors.contains).map(String.init)
    }

    func read(_ root: YAMLValue?, file: String, diagnostics: Diagnostics) -> Schedule? {
        let before = diagnostics.errorCount
        guard let root else {
            diagnostics.error(
                at: Position(file, line: 1, column: 1), "is empty", hint: "write a mapping jobs: with a job in it")
            return nil
        }
        guard let top = YAMLMapping(root, called: "the schedule", diagnostics: diagnostics) else { return nil }
        let zone = zone(in: top, default: nil, diagnostics: diagnostics)
        var jobs: [Job] = []
        if let value = top.value("jobs") {
            if let table = YAMLMapping(value, called: "jobs", diagnostics: diagnostics) {
                jobs = table.keys.compactMap { name in
                    JobReader(reader: self, diagnostics: diagnostics).read(name, in: table, zone: zone)
                }
                if jobs.count < table.keys.count, diagnostics.errorCount == before {
                    diagnostics.error(at: value.position, "not every job could be read")
                }
                if table.keys.isEmpty { diagnostics.error(at: value.position, "there are no jobs") }
                checkGroups(of: jobs, diagnostics: diagnostics)
                checkFollowers(in: jobs, named: table.keys, diagnostics: diagnostics)
            }
        } else {
            diagnostics.error(
                at: top.position(of: "jobs"), "there are no jobs", hint: "write a mapping jobs: with a job in it")
        }
        top.reportUnknownKeys(in: "the schedule")
        guard diagnostics.errorCount == before else { return nil }
        return Schedule(
            jobs: jobs, zone: zone.rules, followsSystemZone: zone.isSystem, warnings: diagnostics.warnings, file: file)
    }

    /// The zone that a mapping names, otherwise `fallback`, otherwise the system's.
    func zone(in mapping: YAMLMapping, default fallback: Zone?, diagnostics: Diagnostics) -> Zone {
        let standard = {
            if fallback == nil, let problem = zones.variableProblem {
                diagnostics.warning(
                    at: Position("environment variable TZ"), problem, hint: "the machine's own zone is used instead")
            }
            return fallback ?? Zone(rules: zones.system, isSystem: true)
        }
        guard let value = mapping.value("timezone") else { return standard() }
        guard let name = value.text else {
            diagnostics.error(
                at: value.position, "timezone must be a name such as Europe/Berlin, not \(value.kindForPeople)")
            return standard()
        }
        guard let zone = zones.zone(name) else {
            diagnostics.error(
                at: value.position, "unknown time zone \"\(name.shortened(to: 60))\"", hint: zones.hint(for: name))
            return standard()
        }
        return Zone(rules: zone, isSystem: false)
    }

    /// Warns about groups of one job, which have no effect.
    private func checkGroups(of jobs: [Job], diagnostics: Diagnostics) {
        for (group, members) in Dictionary(grouping: jobs.filter { $0.group != nil }, by: \.group) {
            guard members.count == 1, let job = members.first, let group else { continue }
            diagnostics.warning(
                at: job.position, "job \"\(job.name)\" is the only one in group \(group)",
                hint: "jobs of one group never run at once; a job by itself never does")
        }
    }

    /// Checks that every name in `after` is a job, and that no job waits for itself, directly or indirectly.
    private func checkFollowers(in jobs: [Job], named names: [String], diagnostics: Diagnostics) {
        var causes: [String: (names: [String], position: Position)] = [:]
        let known = Set(names)
        let disabled = Set(jobs.lazy.filter { !$0.isEnabled }.map(\.name))
        for job in jobs {
            guard case .after(let followed) = job.trigger else { continue }
            for name in followed.jobs where !known.contains(name) {
                diagnostics.error(
                    at: job.position,
                    "job \"\(job.name)\" is to run after \"\(name.shortened(to: 60))\", which is no job",
                    hint: Suggestion.hint(for: name, among: names.filter { $0 != job.name }))
            }
            causes[job.name] = (followed.jobs, job.position)
            for name in followed.jobs where disabled.contains(name) && job.isEnabled {
                diagnostics.warning(
                    at: job.position, "job \"\(job.name)\" runs after \"\(name)\", which is disabled",
                    hint: "it will not run before that one is enabled, or run by hand")
            }
        }
        var settled: Set<String> = []
        for start in names where !settled.contains(start) {
            var path: [(name: String, next: Int)] = [(start, 0)]
            while let (name, index) = path.last {
                guard let wanted = causes[name]?.names, index < wanted.count else {
                    settled.insert(name)
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let cause = wanted[index]
                if let begin = path.firstIndex(where: { $0.name == cause }) {
                    let circle = (path[begin...].map(\.name) + [cause]).reversed().joined(separator: " → ")
                    diagnostics.error(
                        at: causes[cause]?.position ?? Position(""), "jobs run after each other in a circle: \(circle)",
                        hint: "give one of them a time of its own")
                } else if !settled.contains(cause) {
                    path.append((cause, 0))
                }
            }
        }
    }
}

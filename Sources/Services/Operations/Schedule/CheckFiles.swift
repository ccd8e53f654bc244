import AirtableSync
public import AppConfiguration
import Glibc
import Scheduling
import Storage
public import Values

/// Everything that is wrong with settings, schedule and field names, and what is not configured yet. Changes nothing.
public enum CheckFiles: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// Whether what a start of the daemon only warns of is only a warning, such as a folder that is not mounted.
        public let isForStart: Bool

        public init(isForStart: Bool) { self.isForStart = isForStart }
    }

    public struct Finding: Sendable, Codable, Equatable {
        /// `error` or `warning`.
        public let severity: String
        public let file: String
        public let line: Int?
        public let column: Int?
        public let message: String
        public let hint: String?
    }

    public struct Response: Sendable, Codable, Equatable {
        public let findings: [Finding]
        /// The same, a line each.
        public let lines: [String]
        /// What the enabled jobs lack, a clause each.
        public let missing: [String]
        /// Nil when something is wrong.
        public let jobs: Jobs?
        public let settingsFile: String
        public let scheduleFile: String
    }

    public struct Jobs: Sendable, Codable, Equatable {
        public let count: Int
        public let disabled: Int
    }

    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let (files, data, now) = (context.files, context.data, context.runtime.now)
        return try await Blocking.run { check(files, isForStart: request.isForStart, in: data, now: now) }
    }

    private static func check(
        _ files: any ConfigurationSource, isForStart: Bool, in data: FolderAccess, now: Timestamp
    ) -> Response {
        let diagnostics = Diagnostics()
        var loaded = files.load(schedule: nil, absence: isForStart ? .isWarning : .isError, diagnostics: diagnostics)
        files.unreadableFiles(loaded).forEach(diagnostics.add)
        if diagnostics.hasErrors { loaded = nil }
        if let loaded { advice(on: loaded, in: data, now: now).forEach(diagnostics.add) }
        let jobs = loaded?.schedule.jobs
        return Response(
            findings: diagnostics.all.map {
                Finding(
                    severity: $0.severity.rawValue, file: $0.position.source, line: $0.position.line,
                    column: $0.position.column, message: $0.message, hint: $0.hint)
            }, lines: diagnostics.all.map(\.description), missing: loaded?.missing ?? [],
            jobs: jobs.map { jobs in Jobs(count: jobs.count, disabled: jobs.count { !$0.isEnabled }) },
            settingsFile: files.settingsFile, scheduleFile: files.scheduleFile)
    }

    /// What the runs so far say about the schedule, where this user may read them.
    public static func advice(
        on loaded: any Configuration, in data: FolderAccess, now: Timestamp
    ) -> [Diagnostic] {
        let airtable = loaded.airtable
        let costly = ScheduleAdvice.costlySyncs(
            of: loaded.schedule, calls: airtable.monthlyCalls, idleSkip: airtable.idleSkip, now: now)
        // Another user's look would leave files beside the database that its owner cannot open.
        guard data.folder.owner?.user == geteuid(), let store = try? data.read() else { return costly }
        return costly + ((try? ScheduleAdvice.slowJobs(of: loaded.schedule, in: store, now: now)) ?? [])
    }
}

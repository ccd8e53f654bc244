import AirtableSync
public import AppConfiguration
import Glibc
import Scheduling
import Storage
public import Values

/// Reports all problems of the settings, the schedule and the field names, and what is not configured yet. Changes
/// nothing.
public enum CheckFiles: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// Whether problems that only cause a warning when the daemon starts, such as a folder that is not mounted, are
        /// only warnings here.
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
        /// The findings as text, one line each.
        public let lines: [String]
        /// What the enabled jobs need and is not configured yet, one clause each.
        public let missing: [String]
        /// Nil when there are errors.
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
        if let exposure = loaded?.exposure { examine(exposure, data, now).map(diagnostics.add) }
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

    /// Nobody without a token gets in, so an address that others can reach is of no use before there is one.
    private static func examine(_ exposure: Exposure, _ data: FolderAccess, _ now: Timestamp) -> Diagnostic? {
        let advice = "make one: 4runr token create NAME --scope read; or listen on 127.0.0.1"
        let isOwner = data.folder.owner.map { $0.user == geteuid() } ?? true
        guard isOwner, let store = try? data.read() else {
            guard data.folder.owner != nil, !isOwner else {
                return Diagnostic(
                    .error, at: exposure.position,
                    "others can reach the API at \(exposure.address), and there is no token", hint: advice)
            }
            return Diagnostic(
                .warning, at: exposure.position,
                "others can reach the API at \(exposure.address); it serves there only while there is a token",
                hint: "see: 4runr token list")
        }
        guard (try? store.tokens.hasAny(at: now)) == false else { return nil }
        return Diagnostic(
            .error, at: exposure.position, "others can reach the API at \(exposure.address), and there is no token",
            hint: advice)
    }

    /// Advice on the schedule from past runs, if this user may read them.
    public static func advice(
        on loaded: any Configuration, in data: FolderAccess, now: Timestamp
    ) -> [Diagnostic] {
        let airtable = loaded.airtable
        let costly = ScheduleAdvice.costlySyncs(
            of: loaded.schedule, calls: airtable.monthlyCalls, idleSkip: airtable.idleSkip, now: now)
        // Reading as another user would leave files beside the database that its owner cannot open.
        guard data.folder.owner?.user == geteuid(), let store = try? data.read() else { return costly }
        return costly + ((try? ScheduleAdvice.slowJobs(of: loaded.schedule, in: store, now: now)) ?? [])
    }
}

import LeadFiles
import Leads
import Pipeline
import Scheduling
import Storage
import Values

/// Takes in the people listed in a file, one batch per transaction. The import is one run with one row.
public enum ImportLeads {
    /// Names in `Request.map` that are no field: the column of a status, and that of an opt-out.
    public static var standingNames: [String] { FieldMap.standingNames }

    /// Names of the encodings in which a file may be written, in lower case. Which one it is shows by its bytes.
    public static let charsets: Set<String> = [
        "utf-8", "utf8", "utf-16", "us-ascii", "ascii", "windows-1252", "iso-8859-1", "latin1",
    ]

    public struct Request: Sendable, Codable, Equatable {
        /// The file's name in reports. Its extension determines the format unless one is given.
        public let file: String
        public var format: LeadFileFormat?
        /// The column for a field, for `status` or for `opted_out`, where it cannot be told from the names. An empty text
        /// leaves it out.
        public var map: [String: String] = [:]
        /// Works on a copy of the database and changes nothing.
        public var isDryRun = false

        public init(_ file: String) { self.file = file }
    }

    /// What was done, or would be.
    public struct Response: Sendable, Codable, Equatable {
        public struct Refusal: Sendable, Codable, Equatable {
            public let line: Int
            public let reason: String
        }

        /// Values of one field that were left out.
        public struct Dropped: Sendable, Codable, Equatable {
            public var count = 0
            /// The first ten, with their line and why.
            public var first: [Refusal] = []
        }

        public let file: String
        public let isDryRun: Bool
        /// For each field, the column that it was taken from.
        public let columns: [String: String]
        /// Columns that match no field. They are kept in the lead's raw data.
        public let others: [String]
        public var read = 0
        public var new = 0
        public var merged = 0
        public var known = 0
        /// Leads that were deleted here. They are not brought back.
        public var removed = 0
        public var refused = 0
        /// The first hundred refusals.
        public var refusals: [Refusal] = []
        /// People whose address or domain is suppressed. They are not added.
        public var suppressed = 0
        /// Records that say that the person does not want to be written to.
        public var optedOut = 0
        /// Leads that a record showed to be one person. They were made one.
        public var joined = 0
        /// Values that were not valid and were left out, by field.
        public var dropped: [String: Dropped] = [:]
        /// Values that belong to people whose names contradict each other, so that they were no key: the first hundred.
        public var shared: [String] = []
        /// Columns that say where a person stands with the team, and whether the person said no.
        public let standing: [String]
        public var seconds = 0.0
        /// The row in `pipeline_activities`; nil for a dry run.
        public var run: Int64?
        /// Set when the file could not be read to its end. What was read before has been taken in.
        public var problem: String?
        /// Whether a person interrupted the import.
        public var isInterrupted = false

        /// Counts a record by what became of it.
        mutating func count(_ outcome: Intake.Outcome, line: Int) {
            switch outcome.result {
            case .inserted: new += 1
            case .merged: merged += 1
            case .unchanged: known += 1
            case .removed: removed += 1
            case .suppressed: suppressed += 1
            case .refused(let reason): refuse(line, reason)
            }
            if outcome.isOptOut { optedOut += 1 }
            joined += outcome.joined.count
            if case .refused = outcome.result { return }
            for field in outcome.dropped.sorted(by: { $0.rawValue < $1.rawValue }) {
                let why = outcome.notes.first { $0.hasPrefix(field.rawValue) } ?? "is not valid"
                dropped[field.rawValue, default: Dropped()].count += 1
                guard let known = dropped[field.rawValue], known.first.count < 10 else { continue }
                dropped[field.rawValue]?.first.append(Refusal(line: line, reason: why))
            }
            for key in outcome.shared {
                let text = "\(key.kind.rawValue) \(key.value)"
                if shared.count < 100, !shared.contains(text) { shared.append(text) }
            }
        }

        mutating func refuse(_ line: Int, _ reason: String) {
            refused += 1
            if refusals.count < 100 { refusals.append(Refusal(line: line, reason: reason)) }
        }
    }

    /// Throws an `OperationProblem` when the file cannot be read or its columns do not describe people; a
    /// `StorageError` when the database fails, in which case what was taken in before stays.
    ///
    /// - Parameters:
    ///   - input: the open file. The caller closes it.
    ///   - isInterrupted: called now and then. When it returns true, what has been read by then is taken in, and
    ///     nothing more.
    public static func perform(
        _ request: Request, reading input: Int32, isInterrupted: @escaping @Sendable () -> Bool = { false },
        in context: OperationContext
    ) async throws -> Response {
        let (version, onEvent) = (context.version, context.onEvent)
        return try await context.workByHand(onCopy: request.isDryRun, "import of \(request.file)") { hand in
            let file: RecordFile
            do throws(FileProblem) {
                file = try RecordFile(
                    path: request.file, descriptor: input,
                    format: request.format.flatMap { RecordFile.Format(rawValue: $0.rawValue) },
                    isEnded: isInterrupted)
            } catch {
                let said = error.isInterruption ? "; nothing was read and nothing is changed" : ""
                throw OperationProblem(error.isInterruption ? .temporary : .data, error.description + said)
            }
            return try LeadImport(
                file: file, request: request, hand: hand, version: version, isInterrupted: isInterrupted,
                started: { onEvent(.runStarted(id: $0)) },
                progress: { onEvent(.progress(text: "\($0) records", share: $1)) }
            ).run()
        }
    }
}

/// One import, from the open file to its row. Blocking.
private struct LeadImport {
    let file: RecordFile
    let request: ImportLeads.Request
    let hand: HandWork
    let version: String
    let isInterrupted: () -> Bool
    /// Called with the run's id.
    let started: (Int64) -> Void
    /// Called with the number of records so far, and the share of the file that has been read.
    let progress: (Int, Double?) -> Void

    func run() throws -> ImportLeads.Response {
        let fields: FieldMap
        do throws(FieldMap.Problem) { fields = try FieldMap(file.columns, chosen: request.map) } catch {
            throw OperationProblem(.usage, "\(file.name): \(error)")
        }
        var report = ImportLeads.Response(
            file: file.name, isDryRun: request.isDryRun,
            columns: Dictionary(uniqueKeysWithValues: fields.columns.map { ($0.key.rawValue, $0.value) }),
            others: fields.others, standing: fields.standingColumns)
        let begun = hand.runtime.uptime
        try hand.store.widenCache(megabytes: 48)
        let run =
            request.isDryRun
            ? nil
            : try hand.store.runs.begin(
                file.name, by: hand.writer, for: hand.author, at: hand.runtime.now, version: version)
        report.run = run?.id
        if let run { started(run.id) }
        do { try take(fields, during: run, &report) } catch let problem as FileProblem {
            report.isInterrupted = problem.isInterruption
            report.problem = problem.isInterruption ? Self.interrupted(report.read) : problem.description
        } catch {
            try? close(run, report, hand.runtime.uptime - begun, .failed, "\(error)")
            throw error
        }
        report.seconds = (hand.runtime.uptime - begun).inSeconds
        let status: ActivityStatus =
            report.isInterrupted ? .interrupted : report.problem == nil ? .success : .failed
        try close(run, report, hand.runtime.uptime - begun, status, report.problem)
        return report
    }

    private func take(_ fields: FieldMap, during run: WriterRun?, _ report: inout ImportLeads.Response) throws {
        let source = "\(file.format.rawValue):\(file.name)"
        var drafts: [LeadDraft] = []
        var lines: [Int] = []
        func flush() throws {
            guard !drafts.isEmpty else { return }
            for (line, result) in zip(lines, try hand.intake.take(drafts, during: run)) {
                report.count(result, line: line)
            }
            drafts.removeAll(keepingCapacity: true)
            lines.removeAll(keepingCapacity: true)
            progress(report.read, file.share)
        }
        do {
            while let record = try file.next() {
                report.read += 1
                switch record {
                case .malformed(let line, let reason): report.refuse(line, reason)
                case .record(let line, let values):
                    drafts.append(fields.draft(values, source: source, author: .file(run?.id)))
                    lines.append(line)
                    if drafts.count >= Intake.batchSize { try flush() }
                }
                if report.read % 50 == 0, isInterrupted() {
                    report.isInterrupted = true
                    report.problem = Self.interrupted(report.read)
                    break
                }
            }
        } catch let problem as FileProblem {
            try flush()
            throw problem
        }
        try flush()
    }

    private static func interrupted(_ count: Int) -> String {
        "interrupted after \(count) records: these are in, and what stands behind them in the file is not; the same import again brings the rest"
    }

    private func close(
        _ run: WriterRun?, _ report: ImportLeads.Response, _ duration: Duration, _ status: ActivityStatus,
        _ error: String?
    ) throws {
        guard let run else { return }
        let ending = RunEnding(
            status, at: hand.runtime.now, duration: duration, output: TaskResult.json(report), error: error)
        try hand.store.runs.end(run, ending, version: version)
    }
}

public import Leads
import Pipeline
import Scheduling
public import LeadFiles
import Storage
import Values

/// What an import did, or would do.
public struct ImportReport: Sendable, Codable, Equatable {
    public struct Refusal: Sendable, Codable, Equatable {
        public let line: Int
        public let reason: String
    }

    public let file: String
    public let isDryRun: Bool
    /// By field, the column that it was taken from.
    public let columns: [String: String]
    /// Columns that are no field; they are kept with the lead's raw data.
    public let others: [String]
    public var read = 0
    public var new = 0
    public var merged = 0
    public var known = 0
    /// Leads that were deleted here and do not come back.
    public var removed = 0
    public var refused = 0
    /// The first hundred.
    public var refusals: [Refusal] = []
    public var seconds = 0.0
    /// The row in `pipeline_activities`; nil of a dry run.
    public var run: Int64?
    /// Set when the file could not be read to its end; what was read before is in.
    public var problem: String?
    /// Whether a person ended it before its end.
    public var isInterrupted = false

    mutating func refuse(_ line: Int, _ reason: String) {
        refused += 1
        if refusals.count < 100 { refusals.append(Refusal(line: line, reason: reason)) }
    }
}

extension LeadOperations {
    /// Takes the people of a file in, a batch a transaction. One run with one row tells of it.
    ///
    /// Throws an `OperationProblem` when the columns are no people's; a `StorageError` when the database fails, and then
    /// what was taken in before stays.
    ///
    /// - Parameters:
    ///   - map: by field, a column; for what the names do not tell.
    ///   - isDryRun: the operations are over a copy of the database, so nothing is to be written down.
    ///   - isInterrupted: asked now and then; when it says so, what was read by then is taken in, and nothing more.
    ///   - progress: the number of records so far, and the share of the file that was read.
    public func importFile(
        _ file: RecordFile, map: [LeadField: String], isDryRun: Bool, isInterrupted: () -> Bool = { false },
        progress: (Int, Double?) -> Void
    ) throws -> ImportReport {
        let fields: FieldMap
        do throws(FieldMap.Problem) { fields = try FieldMap(file.columns, chosen: map) } catch {
            throw OperationProblem(.usage, "\(file.name): \(error)")
        }
        var report = ImportReport(
            file: file.name, isDryRun: isDryRun,
            columns: Dictionary(uniqueKeysWithValues: fields.columns.map { ($0.key.rawValue, $0.value) }),
            others: fields.others)
        let begun = runtime.uptime
        try store.widenCache(megabytes: 48)
        let run = isDryRun ? nil : try open(file)
        report.run = run?.id
        do {
            try take(file, fields, during: run, &report, isInterrupted, progress)
        } catch let problem as FileProblem {
            report.isInterrupted = problem.isInterruption
            report.problem = problem.isInterruption ? LeadOperations.interrupted(report.read) : problem.description
        } catch {
            try? close(run, report, runtime.uptime - begun, .failed, "\(error)")
            throw error
        }
        report.seconds = (runtime.uptime - begun).inSeconds
        let status: ActivityStatus =
            report.isInterrupted ? .interrupted : report.problem == nil ? .success : .failed
        try close(run, report, runtime.uptime - begun, status, report.problem)
        return report
    }

    private func take(
        _ file: RecordFile, _ fields: FieldMap, during run: WriterRun?, _ report: inout ImportReport,
        _ isInterrupted: () -> Bool, _ progress: (Int, Double?) -> Void
    ) throws {
        let source = "\(file.format.rawValue):\(file.name)"
        var drafts: [LeadDraft] = []
        var lines: [Int] = []
        func flush() throws {
            guard !drafts.isEmpty else { return }
            for (line, result) in zip(lines, try intake.take(drafts, during: run)) {
                switch result {
                case .inserted: report.new += 1
                case .merged: report.merged += 1
                case .unchanged: report.known += 1
                case .removed: report.removed += 1
                case .refused(let reason): report.refuse(line, reason)
                }
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
                    drafts.append(fields.draft(values, source: source))
                    lines.append(line)
                    if drafts.count >= Intake.batchSize { try flush() }
                }
                if report.read % 50 == 0, isInterrupted() {
                    report.isInterrupted = true
                    report.problem = LeadOperations.interrupted(report.read)
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

    private func open(_ file: RecordFile) throws -> WriterRun {
        try store.runs.begin(file.name, by: writer, at: runtime.now, version: version)
    }

    private func close(
        _ run: WriterRun?, _ report: ImportReport, _ duration: Duration, _ status: ActivityStatus, _ error: String?
    ) throws {
        guard let run else { return }
        let ending = RunEnding(
            status, at: runtime.now, duration: duration, output: RunReport.json(report), error: error)
        try store.runs.end(run, ending, version: version)
    }
}

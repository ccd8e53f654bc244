import LeadFiles
import Leads
import Storage
import Values

/// Suppresses the addresses and domains of a file: one a line, or a column of a CSV or JSON file.
public enum ImportSuppressions {
    public struct Request: Sendable, Codable, Equatable {
        /// The file's name in reports. Its extension determines the format unless one is given.
        public let file: String
        public var format: LeadFileFormat?
        /// The name of the column. If nil, it is the email column, else the address or domain column, else the only column.
        public var column: String?
        public var reason: String?

        public init(_ file: String) { self.file = file }
    }

    public typealias Response = AddSuppressions.Response

    /// The first that a file has counts: a domain beside an address would suppress everybody there.
    private static let headings = [
        "email", "e mail", "email address", "e mail address", "mail", "recipient", "value", "address", "domain",
    ]

    /// Throws an `OperationProblem` when the file cannot be read or no column can be told; a `StorageError` when the
    /// database fails.
    ///
    /// - Parameter input: the open file. The caller closes it.
    public static func perform(
        _ request: Request, reading input: Int32, in context: OperationContext
    ) async throws -> Response {
        let targets = try await Blocking.run { () throws -> [String] in
            do { return try read(request, input) } catch let problem as FileProblem {
                throw OperationProblem(.data, problem.description)
            }
        }
        let reason = request.reason ?? "imported from \(request.file)"
        return try await AddSuppressions.add(.init(targets, reason: reason), in: context)
    }

    private static func read(_ request: Request, _ input: Int32) throws -> [String] {
        let file = try RecordFile(
            path: request.file, descriptor: input,
            format: request.format.flatMap { RecordFile.Format(rawValue: $0.rawValue) }
                ?? (request.file.hasSuffix(".txt") ? .csv : nil), isEnded: { false })
        var targets: [String] = []
        let columns = file.columns
        // A plain list has no heading: its first line is one of the targets.
        let isPlain = columns.count == 1 && Suppression.Target(parsing: columns[0]) != nil
        if isPlain { targets.append(columns[0]) }
        let named = request.column.map { name in columns.first { $0.folded == name.folded } }
        guard
            let column = named
                ?? headings.lazy.compactMap({ heading in columns.first { $0.folded == heading } }).first
                ?? (columns.count == 1 ? columns[0] : nil)
        else {
            throw OperationProblem(
                .usage,
                "no column is called email, address or domain; there are: \(columns.prefix(40).map { $0.shortened(to: 40) }.joined(separator: ", ")); say which with --column NAME"
            )
        }
        if request.column != nil, named == .some(nil) {
            throw OperationProblem(.usage, "there is no column \"\(request.column ?? "")\"")
        }
        while let record = try file.next() {
            guard case .record(_, let values) = record, let text = values[column]?.tidied(limit: 400), !text.isEmpty
            else {
                continue
            }
            // A cell may hold several.
            if Suppression.Target(parsing: text) == nil {
                targets += text.split { ";,|".contains($0) }.map { String($0).tidied() }.filter { !$0.isEmpty }
            } else {
                targets.append(text)
            }
        }
        return targets
    }
}

import Recurrence
import Scheduling
import Values

/// Processes many lines, each with an expression, a time zone, a start in seconds since 1970, and a count, separated by
/// tabs.
public struct ExplanationBatch {
    private let zones: ZoneDatabase

    /// - Parameter variable: the environment's `TZ`.
    public init(timezone variable: String?) { zones = ZoneDatabase(variable: variable) }

    /// Returns the next slots after the start, in seconds since 1970 and separated by commas, or `error: …`.
    ///
    /// Fractions of a second are rounded down.
    public func answer(_ line: String) -> String {
        do throws(ExpressionProblem) {
            return try slots(line).map { "\($0.seconds)" }.joined(separator: ",")
        } catch { return "error: \(error.description)".singleLine }
    }

    private func slots(_ line: String) throws(ExpressionProblem) -> [Timestamp] {
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 4 else {
            throw ExpressionProblem(
                "the line has \(fields.count) fields, not 4",
                hint: "write expression, time zone, start in epoch seconds and count, with a tab between each")
        }
        let range = -62_135_596_800...253_402_300_799
        guard let start = Int(fields[2].filter { $0 != " " }), range.contains(start) else {
            throw ExpressionProblem(
                "the start \"\(fields[2].shortened(to: 40))\" is not a number of seconds since 1970")
        }
        guard let count = Int(fields[3].filter { !$0.isWhitespace }), (0...1_000_000).contains(count) else {
            throw ExpressionProblem("the count \"\(fields[3].shortened(to: 40))\" is not from 0 to 1000000")
        }
        let read = try ExplainExpression.read(fields[0], fields[1].isEmpty ? nil : fields[1], zones)
        return ExplainExpression.slots(read, from: Timestamp(seconds: Int64(start)), count: count)
    }
}

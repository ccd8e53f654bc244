import FoundationEssentials
public import Leads
public import Storage
import Values

/// Leads as other programs read them.
public struct LeadExport: Sendable {
    public enum Format: String, Sendable, CaseIterable {
        case csv
        case json
        /// An object a line.
        case jsonl
    }

    private let store: Store
    private let format: Format

    public init(store: Store, format: Format) {
        self.store = store
        self.format = format
    }

    /// Hands all leads over piece by piece, in the order of their numbers; answers how many there were. Memory does not grow
    /// with them.
    ///
    /// - Parameter isWanted: which of them.
    public func write(
        withRemoved: Bool, isWanted: (Lead) -> Bool = { _ in true }, to sink: (String) throws -> Void
    ) throws -> Int {
        var count = 0
        var last: Int64 = 0
        if format == .csv { try sink(LeadColumn.all.map(\.name).joined(separator: ",") + "\r\n") }
        if format == .json { try sink("[") }
        while case let page = try store.leads.page(after: last, limit: 500, withRemoved: withRemoved),
            let end = page.last
        {
            last = end.id
            var text = ""
            let subjects = try store.messages.subjects(of: page.map(\.id))
            for lead in page where isWanted(lead) {
                let values = LeadExport.values(of: lead, subject: subjects[lead.id])
                switch format {
                case .csv: text += values.map { LeadExport.cell($0.1) }.joined(separator: ",") + "\r\n"
                case .json: text += (count == 0 ? "\n" : ",\n") + LeadExport.object(values)
                case .jsonl: text += LeadExport.object(values) + "\n"
                }
                count += 1
            }
            try sink(text)
        }
        if format == .json { try sink(count == 0 ? "]\n" : "\n]\n") }
        return count
    }

    static func json(_ view: LeadView) -> String { object(values(of: view.lead, subject: view.subject)) }

    private static func values(of lead: Lead, subject: String?) -> [(String, LeadColumn.Value)] {
        LeadColumn.all.map { ($0.name, $0.value(of: lead, subject: subject)) }
    }

    private static func object(_ values: [(String, LeadColumn.Value)]) -> String {
        // In the order of the columns, as a person reads them.
        func json(_ value: some Encodable) -> String { (try? PrintedJSON.text(of: value, isPretty: false)) ?? "null" }
        return "{\(values.map { "\(json($0.0)):\(json($0.1))" }.joined(separator: ","))}"
    }

    /// Begins with a sign and is no number: a telephone number stays as it is.
    private static func isSigned(_ text: String) -> Bool {
        guard text.hasPrefix("+") || text.hasPrefix("-") else { return false }
        return !text.dropFirst().allSatisfy { $0.isNumber || " .ext".contains($0) }
    }

    /// RFC 4180. What a spreadsheet would take for a formula is marked as text: web pages can hold what runs commands there.
    private static func cell(_ value: LeadColumn.Value) -> String {
        switch value {
        case .none: return ""
        case .number(let number): return "\(number)"
        case .flag(let flag): return flag ? "1" : "0"
        case .time(let moment): return moment.description
        case .text(var text):
            if let first = text.first, "=@\t\r".contains(first) || isSigned(text) { text = "'" + text }
            guard text.contains(where: { ",\"\r\n".contains($0) || $0.isNewline }) else { return text }
            return "\"\(text.replacing("\"", with: "\"\""))\""
        }
    }
}

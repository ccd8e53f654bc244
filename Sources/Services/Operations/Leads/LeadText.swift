import FoundationEssentials
public import Leads
import Values

/// Formats a lead as a line of CSV or as JSON, with the names and in the order of the database's columns.
enum LeadText {
    /// The first line of a CSV file.
    static var header: String { LeadColumn.all.map(\.name).joined(separator: ",") + "\r\n" }

    static func row(of view: LeadView) -> String {
        values(of: view).map { cell($0.1) }.joined(separator: ",") + "\r\n"
    }

    static func json(_ view: LeadView) -> String { object(values(of: view)) }

    private static func values(of view: LeadView) -> [(String, LeadColumn.Value)] {
        LeadColumn.all.map { ($0.name, $0.value(of: view.lead, subject: view.subject)) }
    }

    private static func object(_ values: [(String, LeadColumn.Value)]) -> String {
        var text = ""
        text.reserveCapacity(1_500)
        append(values, to: &text)
        return text + "}"
    }

    /// The members of an object, with the opening brace. The columns are in their own order, for people who read the output.
    private static func append(_ values: [(String, LeadColumn.Value)], to text: inout String) {
        for (place, (name, value)) in values.enumerated() {
            text += place == 0 ? "{\"" : ",\""
            text += name
            text += "\":"
            switch value {
            case .none: text += "null"
            case .number(let number): text += "\(number)"
            case .flag(let flag): text += flag ? "true" : "false"
            case .time(let moment): PrintedJSON.append(moment.rfc3339, to: &text)
            case .text(let value): PrintedJSON.append(value, to: &text)
            }
        }
    }

    /// Like `json`, with what an interface needs beside the columns: the revision, whether the person said no, and what the
    /// lead is part of.
    static func representation(_ view: LeadView) -> String {
        var text = ""
        text.reserveCapacity(1_700)
        append(values(of: view), to: &text)
        text += ",\"opted_out\":\(view.lead.optOut != nil),\"merged_into\":"
        text += view.lead.mergedInto.map { "\($0)" } ?? "null"
        text += ",\"revision\":\(view.lead.revision)}"
        return text
    }

    static func row(of suppression: Suppression) -> String {
        let values: [LeadColumn.Value] = [
            .text(suppression.target.written), .time(suppression.at), .text(suppression.author.rawValue),
            suppression.reason.map { .text($0) } ?? .none,
        ]
        return values.map(cell).joined(separator: ",") + "\r\n"
    }

    /// Whether the text begins with a sign and is not a number. Telephone numbers are left as they are.
    private static func isSigned(_ text: String) -> Bool {
        guard text.hasPrefix("+") || text.hasPrefix("-") else { return false }
        let rest = text.dropFirst()
        return rest.first?.isNumber != true || !rest.allSatisfy { $0.isNumber || " .ext".contains($0) }
    }

    /// A cell according to RFC 4180. What a spreadsheet would take for a formula is marked as text, because text from
    /// web pages could otherwise run commands there.
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

extension Suppression {
    /// A line of CSV, RFC 4180.
    public var csv: String { LeadText.row(of: self) }
}

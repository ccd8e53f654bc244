import Values

/// How our values are converted to cells and back.
public enum CellConversion: String, Sendable, Codable, CaseIterable {
    case text
    case number
    case checkbox
    /// A text or a select option: Yes or No.
    case yesNo = "yes-no"
    case date
    case dateTime = "date-time"

    /// Why a value cannot be converted.
    struct Unusable: Error, Equatable, CustomStringConvertible {
        let description: String

        init(_ description: String) { self.description = description }
    }

    /// Converts a value to the cell that is sent to Airtable; nil empties the cell. Throws `Unusable`.
    func cell(_ value: String?) throws(Unusable) -> Cell? {
        switch self {
        case .yesNo: return .text(value == nil ? "No" : "Yes")
        case .checkbox: return value == nil ? nil : .bool(true)
        case .text: return value.map { .text($0) }
        case .number:
            guard let value else { return nil }
            guard let number = Double(value.replacing(",", with: "")), number.isFinite else {
                throw Unusable("\"\(value.shortened(to: 60))\" is not a number")
            }
            return .number(number)
        case .date: return value.map { .text(String($0.prefix(10))) }
        case .dateTime: return value.map { .text($0) }
        }
    }

    /// Converts a cell to a value; nil for an empty cell. Throws `Unusable`.
    func value(_ cell: Cell?) throws(Unusable) -> String? {
        guard let cell = cell?.nonEmpty else { return nil }
        switch self {
        case .checkbox, .yesNo:
            switch cell {
            case .bool(let flag): return flag ? "true" : nil
            case .text(let text) where ["yes", "true", "checked", "1"].contains(text.lowercased()): return "true"
            case .text(let text) where ["no", "false", "0"].contains(text.lowercased()): return nil
            case .number(let number): return number == 0 ? nil : "true"
            default: throw Unusable("\(try CellConversion.text(cell)) is neither yes nor no")
            }
        case .date, .dateTime:
            let text = try CellConversion.text(cell)
            let whole = text.count == 10 ? "\(text) 00:00:00" : text
            guard let moment = Timestamp(parsing: whole) else {
                throw Unusable("\"\(text.shortened(to: 60))\" is not a time")
            }
            return moment.wholeSecondText
        case .text, .number:
            return try CellConversion.text(cell).replacing("\r\n", with: "\n").trimmedEnd.nonEmpty
        }
    }

    /// `rec` and fourteen letters or digits.
    private static func isRecordID(_ text: String) -> Bool {
        text.utf8.count == 17 && text.hasPrefix("rec")
            && text.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
            }
    }

    /// The content of a cell of any type as text. Throws `Unusable` for a cell without a usable value: an attachment,
    /// or a formula's error.
    private static func text(_ cell: Cell) throws(Unusable) -> String {
        switch cell {
        case .null: return ""
        case .text(let text): return text
        case .bool(let flag): return flag ? "true" : "false"
        case .number(let number): return Int64(exactly: number).map { "\($0)" } ?? "\(number)"
        case .list(let cells):
            // A linked record is given by its id, which means nothing to anybody.
            let isLink = cells.allSatisfy { if case .text(let id) = $0 { isRecordID(id) } else { false } }
            if isLink, !cells.isEmpty {
                throw Unusable("a link to another record; map a Lookup field of its name instead")
            }
            var texts: [String] = []
            for cell in cells { texts.append(try text(cell)) }
            return texts.joined(separator: ", ")
        case .object(let object):
            if case .text(let error)? = object["error"] { throw Unusable("the formula's error \(error)") }
            if case .text(let value)? = object["specialValue"] { throw Unusable("the formula's value \(value)") }
            if object["filename"] != nil || object["url"] != nil { throw Unusable("an attachment") }
            for name in ["name", "text", "value", "label", "email"] {
                if case .text(let value)? = object[name] { return value }
            }
            throw Unusable("a cell of another kind")
        }
    }
}

/// Compares texts without regard to how rich text fields rewrite them: list markers and trailing space are ignored.
enum TextForm {
    static func isSame(_ left: String?, _ right: String?) -> Bool { left == right || plain(left) == plain(right) }

    private static func plain(_ text: String?) -> String {
        (text ?? "").split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var line = String(line).trimmedEnd
            let indent = line.prefix { $0 == " " }
            let rest = line.dropFirst(indent.count)
            if rest.hasPrefix("* ") || rest.hasPrefix("+ ") { line = indent + "- " + rest.dropFirst(2) }
            return line
        }.joined(separator: "\n").trimmedEnd
    }
}

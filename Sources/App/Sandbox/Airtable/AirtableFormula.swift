import Values

/// The part of Airtable's formulas that `filterByFormula` is used with here:
/// https://support.airtable.com/docs/formula-field-reference
indirect enum AirtableFormula: Sendable {
    case text(String)
    case number(Double)
    /// A field, by its id.
    case field(String)
    case call(String, [AirtableFormula])
    case comparison(String, AirtableFormula, AirtableFormula)

    /// Why a formula is refused, in Airtable's words.
    struct Problem: Error { let message: String }

    /// Throws a `Problem`.
    static func parse(_ text: String, table: AirtableTable) throws -> AirtableFormula {
        var parser = FormulaParser(text, table)
        let formula = try parser.expression()
        guard parser.isAtEnd else { throw FormulaParser.invalid }
        if !parser.unknown.isEmpty {
            throw Problem(
                message:
                    "The formula for filtering records is invalid: Unknown field names: \(parser.unknown.joined(separator: ", "))"
            )
        }
        return formula
    }

    enum Value: Equatable {
        case text(String)
        case number(Double)
        case bool(Bool)
        case time(Timestamp)
        case blank
        case error
    }

    /// Whether a filter keeps the record: it does unless the result is 0, false, empty or an error.
    func keeps(_ record: AirtableRecord) -> Bool { AirtableFormula.truth(value(record)) }

    private static func truth(_ value: Value) -> Bool {
        switch value {
        case .text(let text): !text.isEmpty
        case .number(let number): number != 0 && !number.isNaN
        case .bool(let flag): flag
        case .time: true
        case .blank, .error: false
        }
    }

    private func value(_ record: AirtableRecord) -> Value {
        switch self {
        case .text(let text): return .text(text)
        case .number(let number): return .number(number)
        case .field(let id): return AirtableFormula.value(record.cells[id])
        case .comparison(let sign, let left, let right):
            return AirtableFormula.compare(sign, left.value(record), right.value(record))
        case .call(let name, let arguments): return call(name, arguments, record)
        }
    }

    private static func value(_ cell: JSON?) -> Value {
        switch cell {
        case .text(let text)?: .text(text)
        case .number(let number)?: .number(number)
        case .bool(let flag)?: .bool(flag)
        case .list(let list)?: .text(list.compactMap(\.text).joined(separator: ", "))
        case .object?: .error
        default: .blank
        }
    }

    private func call(_ name: String, _ arguments: [AirtableFormula], _ record: AirtableRecord) -> Value {
        func argument(_ index: Int) -> Value { index < arguments.count ? arguments[index].value(record) : .blank }
        func times(_ test: (Timestamp, Timestamp) -> Bool) -> Value {
            guard let left = AirtableFormula.time(argument(0)), let right = AirtableFormula.time(argument(1)) else {
                return .error
            }
            return .bool(test(left, right))
        }
        switch name {
        case "AND": return .bool(arguments.allSatisfy { AirtableFormula.truth($0.value(record)) })
        case "OR": return .bool(arguments.contains { AirtableFormula.truth($0.value(record)) })
        case "NOT": return .bool(!AirtableFormula.truth(argument(0)))
        case "IF": return AirtableFormula.truth(argument(0)) ? argument(1) : argument(2)
        case "TRUE": return .bool(true)
        case "FALSE": return .bool(false)
        case "BLANK": return .blank
        case "RECORD_ID": return .text(record.id)
        case "CREATED_TIME": return .time(record.created)
        case "LAST_MODIFIED_TIME": return .time(record.modified)
        case "DATETIME_PARSE": return AirtableFormula.time(argument(0)).map { .time($0) } ?? .error
        case "IS_AFTER": return times { $0 > $1 }
        case "IS_BEFORE": return times { $0 < $1 }
        case "IS_SAME": return times { $0 == $1 }
        case "LOWER": return .text(AirtableFormula.plain(argument(0)).lowercased())
        case "LEN": return .number(Double(AirtableFormula.plain(argument(0)).count))
        case "FIND", "SEARCH":
            let (needle, text) = (AirtableFormula.plain(argument(0)), AirtableFormula.plain(argument(1)))
            let place = text.firstRange(of: needle).map { text.distance(from: text.startIndex, to: $0.lowerBound) + 1 }
            return .number(Double(place ?? 0))
        default: return .error
        }
    }

    static let functions = [
        "AND", "OR", "NOT", "IF", "TRUE", "FALSE", "BLANK", "RECORD_ID", "CREATED_TIME", "LAST_MODIFIED_TIME",
        "DATETIME_PARSE", "IS_AFTER", "IS_BEFORE", "IS_SAME", "LOWER", "LEN", "FIND", "SEARCH",
    ]

    private static func time(_ value: Value) -> Timestamp? {
        switch value {
        case .time(let moment): moment
        case .text(let text): AirtableCells.moment(text)
        default: nil
        }
    }

    private static func plain(_ value: Value) -> String {
        switch value {
        case .text(let text): text
        case .number(let number): Int64(exactly: number).map { "\($0)" } ?? "\(number)"
        case .bool(let flag): flag ? "1" : "0"
        case .time(let moment): moment.airtableText
        case .blank, .error: ""
        }
    }

    private static func compare(_ sign: String, _ left: Value, _ right: Value) -> Value {
        if left == .error || right == .error { return .error }
        func number(_ value: Value) -> Double? {
            switch value {
            case .number(let number): number
            case .bool(let flag): flag ? 1 : 0
            case .time(let moment): Double(moment.milliseconds)
            default: nil
            }
        }
        if sign == "&" { return .text(plain(left) + plain(right)) }
        // As in Airtable, a time is not a text: a formula that compares the two keeps every record.
        if case .time = left, case .text = right { return .bool(true) }
        if case .text = left, case .time = right { return .bool(true) }
        let order: Int
        if let mine = number(left), let theirs = number(right) {
            order = mine < theirs ? -1 : mine > theirs ? 1 : 0
        } else {
            let (mine, theirs) = (plain(left), plain(right))
            order = mine < theirs ? -1 : mine > theirs ? 1 : 0
        }
        return switch sign {
        case "=": .bool(order == 0)
        case "!=": .bool(order != 0)
        case "<": .bool(order < 0)
        case ">": .bool(order > 0)
        case "<=": .bool(order <= 0)
        default: .bool(order >= 0)
        }
    }
}

/// Parses a formula from left to right.
private struct FormulaParser {
    private var rest: Substring
    private let table: AirtableTable
    private(set) var unknown: [String] = []
    private var depth = 0

    static let invalid = AirtableFormula.Problem(
        message: "The formula for filtering records is invalid: Invalid formula. Please check your formula text.")

    init(_ text: String, _ table: AirtableTable) {
        rest = text[...]
        self.table = table
    }

    var isAtEnd: Bool {
        mutating get {
            skipSpace()
            return rest.isEmpty
        }
    }

    private mutating func skipSpace() { while rest.first?.isWhitespace == true { rest.removeFirst() } }

    mutating func expression() throws -> AirtableFormula {
        depth += 1
        defer { depth -= 1 }
        guard depth < 100 else { throw Self.invalid }
        var left = try operand()
        while true {
            skipSpace()
            guard let sign = ["!=", "<=", ">=", "=", "<", ">", "&"].first(where: { rest.hasPrefix($0) }) else {
                return left
            }
            rest.removeFirst(sign.count)
            left = .comparison(sign, left, try operand())
        }
    }

    private mutating func operand() throws -> AirtableFormula {
        skipSpace()
        guard let first = rest.first else { throw Self.invalid }
        switch first {
        case "'", "\"": return .text(try literal(first))
        case "(":
            rest.removeFirst()
            let inner = try expression()
            try expect(")")
            return inner
        case "{":
            rest.removeFirst()
            var name = ""
            while let character = rest.popFirst() {
                if character == "}" { return reference(name) }
                name.append(character == "\\" ? rest.popFirst() ?? character : character)
            }
            throw Self.invalid
        case _ where first.isNumber || first == "-":
            let text = rest.prefix { $0.isNumber || $0 == "." || $0 == "-" }
            rest.removeFirst(text.count)
            guard let number = Double(text) else { throw Self.invalid }
            return .number(number)
        case _ where first.isLetter:
            let name = String(rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
            rest.removeFirst(name.count)
            skipSpace()
            guard rest.first == "(" else { return reference(name) }
            guard AirtableFormula.functions.contains(name.uppercased()) else { throw Self.invalid }
            return .call(name.uppercased(), try arguments())
        default: throw Self.invalid
        }
    }

    private mutating func arguments() throws -> [AirtableFormula] {
        try expect("(")
        skipSpace()
        var list: [AirtableFormula] = []
        if rest.first == ")" {
            rest.removeFirst()
            return list
        }
        while true {
            list.append(try expression())
            skipSpace()
            guard rest.first == "," else { break }
            rest.removeFirst()
        }
        try expect(")")
        return list
    }

    private mutating func literal(_ mark: Character) throws -> String {
        rest.removeFirst()
        var text = ""
        while let character = rest.popFirst() {
            if character == mark { return text }
            guard character == "\\", let next = rest.popFirst() else {
                text.append(character)
                continue
            }
            switch next {
            case "n": text.append("\n")
            case "t": text.append("\t")
            case "r": text.append("\r")
            default: text.append(next)
            }
        }
        throw Self.invalid
    }

    private mutating func expect(_ character: Character) throws {
        skipSpace()
        guard rest.first == character else { throw Self.invalid }
        rest.removeFirst()
    }

    private mutating func reference(_ name: String) -> AirtableFormula {
        guard let field = table.fields.first(where: { $0.name == name }) else {
            unknown.append(name.lowercased())
            return .number(0)
        }
        return .field(field.id)
    }
}

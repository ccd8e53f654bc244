import FoundationEssentials
import Values

/// Reads JSON objects one by one: the elements of an array, or one object per line. Only one object is in memory at a
/// time.
final class JSONRecordReader {
    private let input: ByteInput
    private var buffer: [UInt8] = []
    private var cursor = 0
    private var line = 1
    /// Whether an object must end on the line on which it begins.
    private var isByLine: Bool
    /// All keys in the first records, even those without a value.
    private(set) var keys: Set<String> = []
    private var records = 0
    /// The line on which the list began that holds all objects; nil before it, and after its end.
    private var openSince: Int?

    /// An object with more bytes than this is not a record of a person.
    private static let objectLimit = 4 << 20

    init(_ input: ByteInput, isByLine: Bool) {
        self.isByLine = isByLine
        self.input = input
    }

    func next() throws(FileProblem) -> FileRecord? {
        while true {
            guard cursor < buffer.count else {
                guard try !refill() else { continue }
                guard let start = openSince else { return nil }
                openSince = nil
                return .malformed(
                    line: start, reason: "the list that begins here does not end; the file may be cut off")
            }
            switch buffer[cursor] {
            case 0x0A:
                line += 1
                cursor += 1
            case 0x5B, 0x5D:
                if !isByLine || openSince != nil { openSince = buffer[cursor] == 0x5B ? line : nil }
                cursor += 1
            case 0x20, 0x09, 0x0D, 0x2C, 0x00: cursor += 1
            case 0x7B: return try object()
            default:
                let start = line
                let text = FileText.decode(buffer[cursor...].prefix(40).prefix { $0 != 0x0A })
                // Of anything else the end is unknown, so it is skipped to the next line.
                let isPassed = isByLine ? false : try skipScalar()
                if !isPassed { try skipLine() }
                return .malformed(line: start, reason: "is no JSON object: \(text)")
            }
        }
    }

    private func object() throws(FileProblem) -> FileRecord? {
        let start = line
        var index = cursor
        var depth = 0
        var isText = false
        var isEscaped = false
        while true {
            if index >= buffer.count {
                index -= cursor
                let isTooLong = buffer.count - cursor > JSONRecordReader.objectLimit
                guard !isTooLong, try refill() else {
                    // The rest is read line by line, so that a missing brace costs only one record.
                    isByLine = true
                    if isTooLong { cursor = buffer.count } else { line = start }
                    try skipLine()
                    return .malformed(line: start, reason: "a JSON object that begins here does not end")
                }
                continue
            }
            let byte = buffer[index]
            if byte == 0x0A {
                line += 1
                if isByLine {
                    cursor = index + 1
                    return .malformed(line: start, reason: "a JSON object does not end on its line")
                }
            }
            if isText {
                if isEscaped {
                    isEscaped = false
                } else if byte == 0x5C {
                    isEscaped = true
                } else if byte == 0x22 {
                    isText = false
                }
            } else if byte == 0x22 {
                isText = true
            } else if byte == 0x7B || byte == 0x5B {
                depth += 1
            } else if byte == 0x7D || byte == 0x5D {
                depth -= 1
                if depth == 0 { break }
            }
            index += 1
        }
        let bytes = Array(buffer[cursor...index])
        let begin = cursor
        cursor = index + 1
        let text = FileText.decode(bytes)
        do {
            let record = try JSONDecoder().decode([String: JSONValue].self, from: Data(text.utf8))
            records += 1
            var (values, names): ([String: String], Set<String>) = ([:], [])
            // What is no object comes first, and everything in order, so that equal files give equal records.
            for (name, value) in record.sorted(by: {
                ($0.value.isNested ? 1 : 0, $0.key) < ($1.value.isNested ? 1 : 0, $1.key)
            }) {
                value.add(to: &values, as: name, &names)
            }
            if records <= RecordFile.sample { keys.formUnion(names) }
            return .record(line: start, values)
        } catch {
            if line > start {
                // What looked like its end may belong to another object, so the rest is read line by line.
                isByLine = true
                (cursor, line) = (begin, start)
                try skipLine()
            }
            return .malformed(line: start, reason: "is no valid JSON object")
        }
    }

    /// Passes over an element of the array that is a text, a number, true, false or null. Returns false, and stays where
    /// it is, if it is something else.
    private func skipScalar() throws(FileProblem) -> Bool {
        while buffer.count - cursor < JSONRecordReader.scalarLimit, try refill() {}
        var index = cursor
        if buffer[index] == 0x22 {
            repeat {
                index += buffer[index] == 0x5C ? 2 : 1
                guard index < buffer.count, buffer[index] != 0x0A else { return false }
            } while buffer[index] != 0x22
            index += 1
        } else {
            while index < buffer.count, !JSONRecordReader.separators.contains(buffer[index]) { index += 1 }
        }
        while index < buffer.count, buffer[index] == 0x20 { index += 1 }
        guard index < buffer.count, [0x2C, 0x5D, 0x0A, 0x0D].contains(buffer[index]) else { return false }
        cursor = index
        return true
    }

    private static let scalarLimit = 64 << 10
    private static let separators = Set(" ,[]{}:\"\n\r".utf8)

    private func skipLine() throws(FileProblem) {
        while true {
            if let end = buffer[cursor...].firstIndex(of: 0x0A) {
                cursor = end + 1
                line += 1
                return
            }
            cursor = buffer.count
            guard try refill() else { return }
        }
    }

    /// Drops what has been read and reads more. Returns false at the end.
    private func refill() throws(FileProblem) -> Bool {
        buffer.removeFirst(cursor)
        cursor = 0
        guard let more = try input.chunk() else { return false }
        buffer += more
        return true
    }
}

extension JSONValue {
    /// Whether it has members that are columns of their own.
    fileprivate var isNested: Bool {
        switch self {
        case .object: true
        case .list(let items): items.contains(where: \.isNested)
        default: false
        }
    }

    /// Adds the value to a record. Members of an object are columns of their own, `address.city`, and so are those in a list,
    /// `emails.0.value`.
    ///
    /// - Parameter names: gets the names of all columns, also of those without a value.
    fileprivate func add(to record: inout [String: String], as name: String, _ names: inout Set<String>, depth: Int = 0)
    {
        let own = fieldText
        if own != nil || !isNested { names.insert(name) }
        if let own, record[name] == nil { record[name] = own }
        guard isNested else { return }
        guard depth < 4 else {
            names.insert(name)
            if own == nil { record[name] = StableJSON.text(of: self) }
            return
        }
        switch self {
        case .object(let members):
            for (key, value) in members.sorted(by: { $0.key < $1.key }) where own == nil || key != "name" {
                value.add(to: &record, as: "\(name).\(key)", &names, depth: depth + 1)
            }
        case .list(let items):
            for (number, item) in items.enumerated() where item.isNested {
                item.add(to: &record, as: "\(name).\(number)", &names, depth: depth + 1)
            }
        default: break
        }
    }

    /// The value as a text for a field; nil if there is none.
    fileprivate var fieldText: String? {
        switch self {
        case .text(let text): text
        case .number(let number):
            number == number.rounded() && abs(number) < 1e15 ? "\(Int64(number))" : "\(number)"
        case .bool(let value): value ? "true" : "false"
        case .list(let items):
            items.compactMap(\.fieldText).joined(separator: ", ").nonEmpty
        // Some programs nest values, as in {"company": {"name": "Acme"}}.
        case .object(let object): object["name"]?.fieldText
        case .null: nil
        }
    }
}

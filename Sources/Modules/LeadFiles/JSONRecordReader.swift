import FoundationEssentials
import Values

/// JSON objects one after the other: the elements of an array, or one a line. Only one object is in memory at a time.
final class JSONRecordReader {
    private let input: ByteInput
    private var buffer: [UInt8] = []
    private var cursor = 0
    private var line = 1
    /// Whether an object ends with its line at the latest.
    private var isByLine: Bool
    /// Every name that the first records use, also for nothing.
    private(set) var keys: Set<String> = []
    private var records = 0

    /// An object of more bytes than this is none of a person.
    private static let objectLimit = 4 << 20

    init(_ input: ByteInput, isByLine: Bool) {
        self.isByLine = isByLine
        self.input = input
    }

    func next() throws(FileProblem) -> FileRecord? {
        while true {
            guard cursor < buffer.count else {
                guard try refill() else { return nil }
                continue
            }
            switch buffer[cursor] {
            case 0x0A:
                line += 1
                cursor += 1
            case 0x20, 0x09, 0x0D, 0x2C, 0x5B, 0x5D, 0x00: cursor += 1
            case 0x7B: return try object()
            default:
                // Something else than an object: up to the next line, since nobody knows where it ends.
                let start = line
                let text = FileText.decode(buffer[cursor...].prefix(40).prefix { $0 != 0x0A })
                try skipLine()
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
                    // What follows is read a line at a time, so that one brace that is missing costs one record.
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
            if records <= RecordFile.sample { keys.formUnion(record.keys) }
            return .record(line: start, record.compactMapValues(\.fieldText))
        } catch {
            if line > start {
                // What was meant as its end may be another's: what follows is read a line at a time.
                isByLine = true
                (cursor, line) = (begin, start)
                try skipLine()
            }
            return .malformed(line: start, reason: "is no valid JSON object")
        }
    }

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

    /// Drops what was read and adds more; false at the end.
    private func refill() throws(FileProblem) -> Bool {
        buffer.removeFirst(cursor)
        cursor = 0
        guard let more = try input.chunk() else { return false }
        buffer += more
        return true
    }
}

extension JSONValue {
    /// As the text that a field can hold.
    var fieldText: String? {
        switch self {
        case .text(let text): text
        case .number(let number):
            number == number.rounded() && abs(number) < 1e15 ? "\(Int64(number))" : "\(number)"
        case .bool(let value): value ? "true" : "false"
        case .list(let items): items.compactMap(\.fieldText).joined(separator: ", ")
        // {"company": {"name": "Acme"}} is how some programs nest them.
        case .object(let object): object["name"]?.fieldText
        case .null: nil
        }
    }
}

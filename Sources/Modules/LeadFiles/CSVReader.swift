import Values
/// Reads comma-separated values as defined by RFC 4180, and as programs write them: also with semicolons, tabs or
/// vertical bars, with bare line feeds, and with quotation marks inside a field.
final class CSVReader {
    private(set) var columns: [String] = []
    private let input: ByteInput
    private let path: String
    private var buffer: [UInt8] = []
    private var cursor = 0
    private var line = 1
    private var isAtEnd = false
    private var separator: UInt8 = 0x2C

    /// If a record has more bytes than this, a quotation mark was never closed.
    private static let recordLimit = 1 << 20
    private static let quote: UInt8 = 0x22

    private enum Scan {
        case fields([[UInt8]], next: Int, lines: Int)
        case more
        case unclosed
    }

    /// Reads the header. Throws a `FileProblem` when there is none.
    init(_ input: ByteInput, path: String) throws(FileProblem) {
        self.input = input
        self.path = path
        var header: [[UInt8]]?
        while header == nil {
            separator = try CSVReader.separator(in: fill())
            guard let fields = try fields() else { throw FileProblem(path, "is empty") }
            guard case .success(let found) = fields else {
                throw FileProblem(path, "line 1: a quotation mark is never closed")
            }
            // Excel reads `sep=;` at the top of a file as its separator, and so such a line is no header.
            let isNote = found.first.map { String(decoding: $0, as: UTF8.self).lowercased() } == "sep="
            if !isNote, found.contains(where: { !$0.isEmpty }) { header = found }
        }
        var seen: [String: Int] = [:]
        columns = (header ?? []).enumerated().map { index, bytes in
            let name = FileText.decode(bytes).filter { $0 != "\0" && $0 != "\u{FEFF}" }.trimmed
            let unique = name.isEmpty ? "column \(index + 1)" : name
            seen[unique, default: 0] += 1
            return seen[unique] == 1 ? unique : "\(unique) (\(seen[unique] ?? 0))"
        }
        guard columns.count < 2_000 else { throw FileProblem(path, "has \(columns.count) columns; is it CSV?") }
    }

    func next() throws(FileProblem) -> FileRecord? {
        while true {
            let start = line
            guard let found = try fields() else { return nil }
            switch found {
            case .failure(let problem): return .malformed(line: start, reason: problem.description)
            case .success(let fields):
                guard fields.contains(where: { !$0.isEmpty }) else { continue }
                if fields.count > columns.count, fields[columns.count...].contains(where: { !$0.isEmpty }) {
                    return .malformed(
                        line: start, reason: "has \(fields.count) fields, the header has \(columns.count)")
                }
                var record: [String: String] = [:]
                for (name, bytes) in zip(columns, fields) where !bytes.isEmpty { record[name] = FileText.decode(bytes) }
                return .record(line: start, record)
            }
        }
    }

    private struct Unclosed: Error, CustomStringConvertible {
        let description = "a quotation mark that opens here is never closed"
    }

    /// The next record's fields; nil at the end of the file.
    private func fields() throws(FileProblem) -> Result<[[UInt8]], Unclosed>? {
        while true {
            if cursor >= buffer.count, try !refill() { return nil }
            switch scan() {
            case .fields(let fields, let next, let lines):
                cursor = next
                line += lines
                return .success(fields)
            case .more:
                if buffer.count - cursor <= CSVReader.recordLimit, try refill() { continue }
                if isAtEnd, case .fields(let fields, let next, let lines) = scan() {
                    cursor = next
                    line += lines
                    return .success(fields)
                }
                fallthrough
            case .unclosed:
                // The line is given up. Reading continues after it as if the quotation mark were not there.
                let rest = buffer[cursor...]
                cursor = (rest.firstIndex(of: 0x0A) ?? buffer.count - 1) + 1
                line += 1
                return .failure(Unclosed())
            }
        }
    }

    private func scan() -> Scan {
        var fields: [[UInt8]] = []
        var field: [UInt8] = []
        var index = cursor
        var isQuoted = false
        var wasQuoted = false
        var lines = 1
        let end = buffer.count
        while index < end {
            let byte = buffer[index]
            if isQuoted {
                if byte == CSVReader.quote {
                    if index + 1 < end, buffer[index + 1] == CSVReader.quote {
                        field.append(byte)
                        index += 1
                    } else {
                        guard index + 1 < end || isAtEnd else { return .more }
                        // A closing quotation mark must be at the field's end. Otherwise, the opening mark was a
                        // mistake.
                        let ends = index + 1 >= end || [separator, 0x0A, 0x0D, 0x20].contains(buffer[index + 1])
                        guard ends || !field.contains(0x0A) else { return .unclosed }
                        isQuoted = false
                    }
                } else {
                    if byte == 0x0A { lines += 1 }
                    field.append(byte)
                }
            } else if byte == CSVReader.quote, !wasQuoted, field.allSatisfy({ $0 == 0x20 }) {
                field = []
                isQuoted = true
                wasQuoted = true
            } else if byte == separator {
                fields.append(field.trimmed)
                field = []
                wasQuoted = false
            } else if byte == 0x0A || byte == 0x0D {
                var next = index + 1
                if byte == 0x0D {
                    guard next < end || isAtEnd else { return .more }
                    if next < end, buffer[next] == 0x0A { next += 1 }
                }
                fields.append(field.trimmed)
                return .fields(fields, next: next, lines: lines)
            } else {
                field.append(byte)
            }
            index += 1
        }
        guard isAtEnd else { return .more }
        guard !isQuoted else { return .unclosed }
        fields.append(field.trimmed)
        return .fields(fields, next: end, lines: lines)
    }

    /// Reads more bytes into the buffer. Returns false at the end of the file.
    private func refill() throws(FileProblem) -> Bool {
        if cursor > 0 {
            buffer.removeFirst(cursor)
            cursor = 0
        }
        guard let more = try input.chunk() else {
            isAtEnd = true
            return false
        }
        buffer += more
        return true
    }

    private func fill() throws(FileProblem) -> ArraySlice<UInt8> {
        if cursor >= buffer.count { _ = try refill() }
        return buffer[min(cursor, buffer.count)...]
    }

    /// The character that separates the most fields in the first line.
    private static func separator(in bytes: ArraySlice<UInt8>) -> UInt8 {
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        for byte in bytes {
            if byte == quote { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == 0x0A || byte == 0x0D { break }
            if [0x2C, 0x3B, 0x09, 0x7C].contains(byte) { counts[byte, default: 0] += 1 }
        }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0x2C
    }
}

extension [UInt8] {
    fileprivate var trimmed: [UInt8] {
        guard let first = firstIndex(where: { $0 != 0x20 && $0 != 0 }),
            let last = lastIndex(where: { $0 != 0x20 && $0 != 0 })
        else { return [] }
        return first == 0 && last == count - 1 ? self : Array(self[first...last])
    }
}

import Glibc
public import Values

/// One record of a file, or why it could not be read.
public enum FileRecord: Sendable, Equatable {
    /// - Parameter line: the line on which the record begins, from 1.
    case record(line: Int, [String: String])
    case malformed(line: Int, reason: String)
}

/// Why a file cannot be read at all.
public struct FileProblem: PresentableError, Equatable {
    public let message: String
    public let hint: String?
    public var errorKind: ErrorKind { isInterruption ? .temporary : .data }
    /// Whether the reading was stopped from outside, rather than the file being at fault.
    public let isInterruption: Bool

    public init(_ path: String, _ message: String, hint: String? = nil, isInterruption: Bool = false) {
        self.isInterruption = isInterruption
        self.message = "\(path): \(message)"
        self.hint = hint
    }
}

/// A file of people in a common exchange format. It is read record by record, so memory use does not grow with the
/// file. Blocking; to be used by one thread at a time.
public final class RecordFile {
    public enum Format: String, Sendable, CaseIterable {
        case csv
        /// An array of objects.
        case json
        /// One object per line.
        case jsonl
    }

    /// The file's name, for messages and as the leads' source.
    public let name: String
    public let format: Format
    /// In the order of the file; for JSON, the sorted keys of the first records.
    public private(set) var columns: [String] = []
    private var csv: CSVReader?
    private var json: JSONRecordReader?
    /// Records that were read ahead, in reverse order.
    private var peeked: [FileRecord] = []
    private let input: ByteInput

    /// How many records are read ahead to find the columns.
    static let sample = 200

    /// The share of the file that has been read, from 0 to 1; nil if its size is unknown.
    public var share: Double? { input.share }

    /// Opens a file, or uses one that is already open.
    ///
    /// Throws a `FileProblem` when it is missing, not readable, empty, or of no known format.
    ///
    /// - Parameters:
    ///   - descriptor: an open file to read instead, such as standard input. It is not closed.
    ///   - format: nil to determine it from the name or else from the first character.
    ///   - isEnded: called several times a second while no data arrives, as from a pipe. When it returns true, reading
    ///     throws.
    public init(
        path: String, descriptor: Int32? = nil, format: Format? = nil, isEnded: @escaping () -> Bool = { false }
    ) throws(FileProblem) {
        name = path.split(separator: "/").last.map(String.init) ?? path
        input = try ByteInput(path: path, descriptor: descriptor, isEnded: isEnded)
        guard let first = try input.peek() else { throw FileProblem(path, "is empty") }
        if let kind = input.foreignKind {
            throw FileProblem(path, "is \(kind), not a text", hint: "save it as CSV with your spreadsheet program")
        }
        let ending = name.split(separator: ".").last?.lowercased() ?? ""
        let told: Format? =
            switch ending {
            case "csv", "tsv", "txt": .csv
            case "json": .json
            case "jsonl", "ndjson": .jsonl
            default: nil
            }
        self.format = format ?? told ?? (first == 0x5B ? .json : first == 0x7B ? .jsonl : .csv)
        if self.format == .csv {
            let reader = try CSVReader(input, path: path)
            columns = reader.columns
            csv = reader
        } else {
            let reader = JSONRecordReader(input, isByLine: self.format == .jsonl)
            json = reader
            // JSON has no header, so the columns are the keys in the first records.
            while peeked.count < RecordFile.sample, let record = try reader.next() { peeked.append(record) }
            columns = reader.keys.sorted()
            guard !columns.isEmpty else {
                for case .malformed(let line, let reason) in peeked {
                    throw FileProblem("\(path):\(line)", "it holds no person: \(reason)")
                }
                throw FileProblem(path, "it holds no person: no JSON object with a value is in it")
            }
            peeked.reverse()
        }
    }

    /// The next record; nil at the end. Throws a `FileProblem` when the file cannot be read any further.
    public func next() throws(FileProblem) -> FileRecord? {
        if let record = peeked.popLast() { return record }
        if let csv { return try csv.next() }
        if let json { return try json.next() }
        return nil
    }
}

/// Reads a file's bytes as UTF-8, whatever Unicode encoding it uses.
final class ByteInput {
    private let path: String
    private let descriptor: Int32
    private let isOwned: Bool
    private let isEnded: () -> Bool
    private let size: Int64
    private var position: Int64 = 0
    private var encoding = Encoding.bytes
    private var pending: [UInt8] = []
    private var isStarted = false

    private enum Encoding { case bytes, utf16Little, utf16Big }

    init(path: String, descriptor: Int32?, isEnded: @escaping () -> Bool = { false }) throws(FileProblem) {
        self.path = path
        self.isEnded = isEnded
        if let descriptor {
            self.descriptor = descriptor
            isOwned = false
        } else {
            self.descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            isOwned = true
            guard self.descriptor >= 0 else {
                throw FileProblem(path, "cannot be read: \(String(cString: strerror(errno)))")
            }
        }
        var status = stat()
        fstat(self.descriptor, &status)
        let kind = status.st_mode & S_IFMT
        size = kind == S_IFREG ? Int64(status.st_size) : 0
        guard kind != S_IFDIR else { throw FileProblem(path, "is a directory", hint: "name a file in it") }
        if descriptor == nil, kind != S_IFREG { throw FileProblem(path, "is not a regular file") }
    }

    deinit { if isOwned { close(descriptor) } }

    var share: Double? { size > 0 ? min(1, Double(position) / Double(size)) : nil }

    /// The first byte that is not white space, without consuming it.
    func peek() throws(FileProblem) -> UInt8? {
        guard let bytes = try chunk() else { return nil }
        pending = bytes + pending
        if let first = bytes.first(where: { $0 > 0x20 }) { return first }
        return 0x20
    }

    /// What the file is, by its first bytes, which `peek` has read; nil if it may be a text.
    var foreignKind: String? {
        let kinds: [(bytes: [UInt8], name: String)] = [
            ([0x50, 0x4B, 0x03, 0x04], "a spreadsheet (XLSX, ODS) or another ZIP archive"),
            ([0xD0, 0xCF, 0x11, 0xE0], "an old spreadsheet (XLS)"), ([0x1F, 0x8B], "compressed (gzip)"),
            ([0x25, 0x50, 0x44, 0x46], "a PDF"), (Array("SQLite format 3\0".utf8), "an SQLite database"),
        ]
        return kinds.first { pending.starts(with: $0.bytes) }?.name
    }

    /// The next chunk of bytes; nil at the end.
    func chunk() throws(FileProblem) -> [UInt8]? {
        if !pending.isEmpty, isStarted {
            defer { pending = [] }
            return pending
        }
        var bytes = try read()
        guard !bytes.isEmpty else { return nil }
        if !isStarted {
            isStarted = true
            while bytes.count < 4, case let more = try read(), !more.isEmpty { bytes += more }
            if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
                bytes.removeFirst(3)
            } else if bytes.starts(with: [0xFF, 0xFE]) {
                encoding = .utf16Little
                bytes.removeFirst(2)
            } else if bytes.starts(with: [0xFE, 0xFF]) {
                encoding = .utf16Big
                bytes.removeFirst(2)
            } else if bytes.count >= 4, bytes[1] == 0, bytes[3] == 0, bytes[0] != 0 {
                encoding = .utf16Little
            } else if bytes.count >= 4, bytes[0] == 0, bytes[2] == 0, bytes[1] != 0 {
                encoding = .utf16Big
            }
        }
        guard encoding != .bytes else { return bytes.isEmpty ? try chunk() : bytes }
        return try transcode(bytes)
    }

    private var odd: [UInt8] = []

    private func transcode(_ bytes: [UInt8]) throws(FileProblem) -> [UInt8]? {
        var all = odd + bytes
        // The end of the chunk may split a code unit or a surrogate pair.
        var usable = all.count & ~1
        let isLittle = encoding == .utf16Little
        func unit(_ index: Int) -> UInt16 {
            isLittle
                ? UInt16(all[index]) | UInt16(all[index + 1]) << 8 : UInt16(all[index]) << 8 | UInt16(all[index + 1])
        }
        if usable >= 2, (0xD800...0xDBFF).contains(unit(usable - 2)) { usable -= 2 }
        let units = stride(from: 0, to: usable, by: 2).map(unit)
        odd = Array(all[usable...])
        all = []
        guard !units.isEmpty else { return try chunk() }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    private func read() throws(FileProblem) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 256 << 10)
        while true {
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let isReady = poll(&waiting, 1, 200)
            if isEnded() { throw FileProblem(path, "reading it was interrupted", isInterruption: true) }
            guard isReady != 0 else { continue }
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw FileProblem(path, "cannot be read further: \(String(cString: strerror(errno)))")
            }
            position += Int64(count)
            return Array(buffer[..<count])
        }
    }
}

/// Decodes a file's bytes as UTF-8 or, if that fails, as Windows-1252, which older spreadsheet programs write.
enum FileText {
    static func decode(_ bytes: some Collection<UInt8>) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var text = ""
        for byte in bytes { text.unicodeScalars.append(windows1252[Int(byte)]) }
        return text
    }

    private static let windows1252: [Unicode.Scalar] = {
        var table = (0..<256).map { Unicode.Scalar(UInt8($0)) }
        let upper: [UInt32] = [
            0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
            0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
            0x0153, 0x9D, 0x017E, 0x0178,
        ]
        for (offset, value) in upper.enumerated() { table[0x80 + offset] = Unicode.Scalar(value) ?? "?" }
        return table
    }()
}

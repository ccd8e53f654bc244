import FoundationEssentials
import Glibc
import Leads
import Operations
import Values

/// Writes to standard output and standard error, for people and programs.
enum Terminal {
    enum Style: String, CaseIterable {
        case bold = "1"
        case dim = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
        case cyan = "36"
    }

    static let isOutputTerminal = isatty(STDOUT_FILENO) == 1
    static let isErrorTerminal = isatty(STDERR_FILENO) == 1
    private static let wantsColour =
        Caller.environment["NO_COLOR"] == nil && Caller.environment["TERM"] != "dumb"

    /// Stands for a colour until the text is written, after everything that a terminal would act on has been made
    /// visible. The characters are from Unicode's last private-use plane, with a number that is different in each
    /// process, so that no text from outside can contain a valid mark.
    private enum Mark {
        static let begin = "\u{10FF00}\(UInt64.random(in: 0 ... .max))."
        static let text = "\u{10FF01}"
        static let end = "\u{10FF02}"
    }

    static func paint(_ text: String, _ style: Style?) -> String {
        guard let style, isOutputTerminal, wantsColour else { return text }
        return "\(Mark.begin)\(style.rawValue)\(Mark.text)\(text)\(Mark.end)"
    }

    /// Prints one line on standard output, whatever the text contains.
    static func say(_ line: String) { put(harmless(line) + "\n", to: STDOUT_FILENO) }

    /// Prints text unchanged, for a file of leads.
    static func raw(_ text: String) { put(text, to: STDOUT_FILENO) }

    /// Prints JSON text that was encoded elsewhere.
    static func sayJSON(_ text: String) { put(text.withoutSecrets.harmlessJSON + "\n", to: STDOUT_FILENO) }

    /// Prints a remark on standard error, so that it does not get into piped output.
    static func note(_ line: String) {
        let text = harmless(line)
        put((isErrorTerminal && wantsColour ? "\u{1B}[2m\(text)\u{1B}[0m" : text) + "\n", to: STDERR_FILENO)
    }

    /// Prints a line on standard error, preceded by the program's name.
    static func complain(_ line: String) {
        let label = isErrorTerminal && wantsColour ? "\u{1B}[31m4runr:\u{1B}[0m" : "4runr:"
        put("\(label) \(harmless(line))\n", to: STDERR_FILENO)
    }

    /// Prints several lines on standard error.
    static func explain(_ text: String) {
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            put(harmless(String(line)) + "\n", to: STDERR_FILENO)
        }
    }

    /// Prints a question on standard error; the answer is typed on the same line.
    static func prompt(_ text: String) { put(harmless(text), to: STDERR_FILENO) }

    /// All text for the terminal passes through here. It removes known secrets and makes everything visible that a
    /// terminal would act on.
    private static func harmless(_ text: String) -> String {
        var text = text.withoutSecrets.singleLine
        guard isOutputTerminal, text.contains(Mark.begin) else { return text }
        for style in Style.allCases {
            text.replace("\(Mark.begin)\(style.rawValue)\(Mark.text)", with: "\u{1B}[\(style.rawValue)m")
        }
        text.replace(Mark.end, with: "\u{1B}[0m")
        return text
    }

    /// Shows on a terminal how far a long task has come, in a line that the next call overwrites.
    static func progress(_ text: String, _ share: Double?) {
        guard isErrorTerminal else { return }
        let text = harmless(text)
        guard let share else { return put("\r\u{1B}[K\(text)", to: STDERR_FILENO) }
        let width = 30
        let filled = Int(Double(width) * min(1, max(0, share)))
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        put("\r\u{1B}[K\(bar) \(Int(share * 100)) % \(text)", to: STDERR_FILENO)
    }

    static func endProgress() { if isErrorTerminal { put("\r\u{1B}[K", to: STDERR_FILENO) } }

    /// Prints a value as JSON with the names that the database uses.
    static func json(_ value: some Encodable) throws {
        sayJSON(try PrintedJSON.text(of: value))
    }

    /// Prints a value as JSON in one line, for output without end.
    static func jsonLine(_ value: some Encodable) throws {
        sayJSON(try PrintedJSON.text(of: value, isPretty: false))
    }

    private static func put(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                // Lost output is not a success: EX_IOERR of sysexits(3). A reader that has closed the pipe wants no
                // more.
                if descriptor == STDOUT_FILENO { exit(errno == EPIPE ? 0 : 74) }
                return
            }
            rest = rest.dropFirst(count)
        }
    }
}

/// Prints aligned columns.
struct Table {
    struct Cell {
        let text: String
        let style: Terminal.Style?

        init(_ text: String, _ style: Terminal.Style? = nil) {
            self.text = text
            self.style = style
        }
    }

    private let header: [String]
    private var rows: [[Cell]] = []

    init(_ header: String...) { self.header = header }

    mutating func add(_ cells: Cell...) { rows.append(cells) }

    mutating func add(_ cells: [Cell]) { rows.append(cells) }

    /// The last column is not padded.
    func print() {
        let texts = rows.map { $0.map(\.text.singleLine) }
        let widths = header.indices.map { column in
            ([header[column].count] + texts.map { column < $0.count ? $0[column].count : 0 }).max() ?? 0
        }
        func line(_ texts: [String], _ styles: [Terminal.Style?]) -> String {
            var parts: [String] = []
            for (column, text) in texts.enumerated() {
                let padding =
                    column == texts.count - 1 ? "" : String(repeating: " ", count: widths[column] - text.count)
                parts.append(Terminal.paint(text, styles[column]) + padding)
            }
            return parts.joined(separator: "  ")
        }
        if header.contains(where: { !$0.isEmpty }) { Terminal.say(line(header, header.map { _ in .dim })) }
        for (row, texts) in zip(rows, texts) { Terminal.say(line(texts, row.map(\.style))) }
    }
}

extension ActivityStatus {
    var style: Terminal.Style? {
        switch self {
        case .success: .green
        case .failed: .red
        case .interrupted, .cancelled: .yellow
        case .running: .cyan
        case .skipped, .pending: .dim
        }
    }
}

/// Formats times for lists.
enum Moment {
    /// Local time: `11-22 02:30:00 EST`, with the year if it is not the present one.
    static func text(_ moment: Timestamp?, on clock: LocalClock, now: Timestamp) -> String {
        guard let moment else { return "-" }
        let text = clock.text(moment)
        return text.prefix(4) == clock.text(now).prefix(4) ? String(text.dropFirst(5)) : text
    }

    /// `in 3h 12m`, `5m ago`.
    static func distance(_ moment: Timestamp?, now: Timestamp) -> String {
        guard let moment else { return "-" }
        let span = moment.since(now)
        return span < .zero ? "\((Duration.zero - span).brief) ago" : "in \(span.brief)"
    }
}

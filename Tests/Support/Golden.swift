import Foundation
public import Testing

/// The expected output, requests and data of the program, kept as text files in `Tests/Fixtures/goldens`.
///
/// To accept an intended change, run the test with `FOURRUNR_WRITE_GOLDENS=1` and review the diff.
public enum Golden {
    /// Compares a text with its file, and records an issue that shows the first lines that differ.
    public static func check(_ name: String, _ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let path = "\(Program.root)/Tests/Fixtures/goldens/\(name)"
        if ProcessInfo.processInfo.environment["FOURRUNR_WRITE_GOLDENS"] == "1" {
            try? text.write(toFile: path, atomically: true, encoding: .utf8)
            return
        }
        let known = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        guard known != text else { return }
        let (old, new) = (lines(known), lines(text))
        let first =
            zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(old.count, new.count)
        func shown(_ lines: [Substring]) -> String {
            lines.dropFirst(first).prefix(5).map { "  \($0.prefix(400))" }.joined(separator: "\n")
        }
        Issue.record(
            """
            \(name) differs from line \(first + 1) on (FOURRUNR_WRITE_GOLDENS=1 takes over what is meant)
            known:
            \(shown(old))
            now:
            \(shown(new))
            """, sourceLocation: sourceLocation)
    }

    private static func lines(_ text: String) -> [Substring] {
        text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The day on which everything in the fixtures happened. Other times come from the test itself.
    private static let day = "2026-03-02"

    /// Replaces what differs from run to run: times other than those of the fixtures, new UUIDs, durations, ports and
    /// folders.
    public static func normalised(_ text: String, folders: [String: String] = [:], keepingUUIDsOf known: String = "")
        -> String
    {
        var text = text
        for (folder, name) in folders.sorted(by: { $0.key.count > $1.key.count }) { text.replace(folder, with: name) }
        text.replace(/\d{4}-\d\d-\d\d[T ]\d\d[:\-]\d\d[:\-]\d\d(\.\d{3})?Z?/) { match in
            match.output.0.hasPrefix(day) ? String(match.output.0) : "TIME"
        }
        text.replace(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/) { match in
            known.contains(match.output) ? String(match.output) : "UUID"
        }
        text.replace(/(\"[a-z_A-Z]*[sS]econds\" ?: ?)[0-9.e\-]+/) { "\($0.output.1)N" }
        text.replace(/(\"(?:size|bytes|process_id|processID)\" ?: ?)[0-9]+/) { "\($0.output.1)N" }
        text.replace(/TIME E[SD]T/, with: "TIME ZONE")
        text.replace(#/^\d\d:\d\d:\d\dZ /#.anchorsMatchLineEndings(), with: "TIME ")
        text.replace(#/\d+ MB free/#, with: "N MB free")
        text.replace(/newest is [^"]* old/, with: "newest is SPAN old")
        // Columns are as wide as the durations in them.
        text.replace(#/([^\s])  +(?=[^\s])/#) { "\($0.output.1)  " }
        text.replace(/127\.0\.0\.1:\d+/, with: "HOST:PORT")
        text.replace(/\d+(\.\d+)?(ms|s|m|h|d)( \d+(ms|s|m|h))? ago/, with: "SPAN ago")
        text.replace(/after \d+(\.\d+)?(ms|s)\b/, with: "after SPAN")
        return text
    }
}

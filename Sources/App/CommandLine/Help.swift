/// The part of a command's help after its first line.
///
/// Each paragraph becomes one line, so that the parser wraps it once, at the terminal's width.
///
/// - Parameters:
///   - examples: commands that can be pasted.
///   - exits: the exit codes and what they mean; nil for a verb that only has subcommands.
///   - note: text above the exit codes.
func help(
    _ text: String = "", examples: String..., exits: KeyValuePairs<Int, String>? = nil, note: String = ""
) -> String {
    var parts = paragraphs(of: text) + paragraphs(of: note)
    let title = examples.count == 1 ? "EXAMPLE" : "EXAMPLES"
    parts.append(title + "\n" + examples.map { "  \($0)" }.joined(separator: "\n"))
    if let exits {
        let lines = exits.map { code, meaning in "  \(code)\(code < 10 ? " " : "")  \(meaning)" }
        parts.append("EXIT CODES\n" + lines.joined(separator: "\n"))
    }
    return parts.joined(separator: "\n\n")
}

private func paragraphs(of text: String) -> [String] {
    text.split(separator: "\n\n").map { $0.split(separator: "\n").joined(separator: " ") }
}

/// What all verbs of stages say.
let stageNote = """
    With a daemon it is the daemon that does it; without one this process does. What follows the job of this name in the
    schedule follows here, too, but not after a dry run.
    """

let stageExits: KeyValuePairs<Int, String> = [
    0: "done", 1: "it failed", 64: "there is no such lead",
    69: "a key is missing or a budget is spent (the message says which)",
    75: "it is at work already, or was cancelled", 78: "the settings or the schedule are wrong",
]

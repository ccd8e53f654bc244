import ArgumentParser
import Glibc
import Operations
import Values

struct KeysVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Set, list and test the keys of the external services.",
        discussion: help(
            """
            A key is kept in a file of its own, which only its owner may read: in /etc/4runr/credentials where the
            program is installed (systemd hands it to the daemon), else in secrets/ beside the settings. It is
            never shown.
            """,
            examples: "sudo 4runr keys list"),
        subcommands: [Set.self, List.self, Test.self])

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set", abstract: "Ask for a key and keep it.",
            discussion: help(
                """
                Does not show what you type. What comes through a pipe is taken without surrounding blanks. A text that does not
                look like a key of its service is refused, and nothing is written.

                NAME is one that `4runr keys list` shows, or one that the schedule names as a secret.
                """,
                examples: "sudo 4runr keys set serpapi_api_key", "sudo 4runr keys set airtable_token < token.txt",
                exits: [
                    0: "done", 64: "there is no such name", 65: "it does not look like a key of that service",
                    69: "the file may not be written",
                ]))

        @Argument(help: "The key's name.")
        var name: String

        @Flag(name: .long, help: "Accept a key of any form.")
        var anyForm = false

        @OptionGroup var location: Location

        func run() async throws {
            try await carryingOut {
                // As the calling user, because only root may write where systemd reads.
                let context = try location.operationsAsCaller()
                var request = SetKey.Request(name)
                request.anyForm = anyForm
                let key = Secret(try HiddenInput.read(name))
                let kept = try await SetKey.perform(request, key: key, in: context)
                Terminal.say("\(name) is in \(kept.path)")
                Terminal.note(kept.afterwards)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the keys: which are set, where, and what they are for.",
            discussion: help(
                examples: "sudo 4runr keys list",
                exits: [0: "done", 78: "there is no settings file"]))

        @OptionGroup var location: Location
        @OptionGroup var output: OutputFormat

        func run() async throws {
            try await carryingOut {
                let lines = try await ListKeys.perform(.init(), in: try location.operationsAsCaller()).keys
                if output.json { return try Terminal.json(lines) }
                var table = Table("KEY", "IS", "FOR", "")
                for line in lines {
                    let style: Terminal.Style =
                        switch line.state {
                        case "set": .green
                        case "wrong": .red
                        default: .yellow
                        }
                    table.add(
                        .init(line.name, .bold), .init(line.state, style), .init(line.purpose), .init(line.detail, .dim)
                    )
                }
                table.print()
            }
        }
    }

    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "test", abstract: "Ask each service once whether it accepts its key.",
            discussion: help(
                """
                The requests cost nothing but a call. The webhook gets a message that says that it is a test.
                """,
                examples: "sudo 4runr keys test",
                exits: [
                    0: "every key that is set works", 69: "one does not work, or its service cannot be reached",
                    78: "the settings or the schedule are wrong",
                ]))

        @OptionGroup var location: Location
        @OptionGroup var output: OutputFormat

        func run() async throws {
            try await carryingOut {
                let tested = try await TestKeys.perform(.init(), in: try location.operations())
                if output.json {
                    try Terminal.json(tested.keys)
                } else {
                    var table = Table("KEY", "IS", "")
                    for line in tested.keys {
                        let style: Terminal.Style =
                            line.result == "works" ? .green : line.result == "not set" ? .dim : .red
                        table.add(.init(line.name, .bold), .init(line.result, style), .init(line.detail))
                    }
                    table.print()
                }
                guard tested.isFine else { throw ExitCode(69) }
            }
        }
    }
}

/// Reads a line without showing it.
private enum HiddenInput {
    /// The terminal's previous state, for the signal handler. It is written before the handler is set.
    nonisolated(unsafe) private static var before = termios()

    static func read(_ name: String) throws -> String {
        guard isatty(STDIN_FILENO) == 1 else {
            var bytes = [UInt8](repeating: 0, count: 64 << 10)
            var count = 0
            while count < bytes.count {
                let more = bytes.withUnsafeMutableBytes {
                    Glibc.read(STDIN_FILENO, $0.baseAddress.map { $0 + count }, $0.count - count)
                }
                if more < 0, errno == EINTR { continue }
                guard more > 0 else { break }
                count += more
            }
            guard count < bytes.count, let text = String(validating: bytes[..<count], as: UTF8.self) else {
                throw OperationProblem(
                    .data, "\(name): what came is not a key: it is longer, or not text; nothing was written")
            }
            return text.trimmed
        }
        guard tcgetattr(STDIN_FILENO, &before) == 0 else {
            throw OperationProblem(.unavailable, "the terminal does not say how it is set; send the key through a pipe")
        }
        for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP] {
            signal(number) { number in
                // Both calls are allowed here, signal-safety(7).
                tcsetattr(STDIN_FILENO, TCSANOW, &HiddenInput.before)
                _exit(128 + number)
            }
        }
        var hidden = before
        hidden.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        defer {
            tcsetattr(STDIN_FILENO, TCSANOW, &before)
            Terminal.note("")
        }
        Terminal.prompt("\(name) (what you type is not shown): ")
        return (readLine() ?? "").trimmed
    }
}

import Foundation
import TestSupport
import Testing

/// What the pages show can be pasted: each command is run, and each file shown passes the check.
struct PagesTests {
    private static let pages = [
        "README.md", "config/README.md", "deployment/README.md", "Sources/README.md", "Tests/README.md",
    ]

    /// A fenced block of a page.
    private struct Block {
        let page: String
        let language: String
        let lines: [String]
    }

    private static func blocks(_ language: String) throws -> [Block] {
        try pages.flatMap { page in
            let text = try String(contentsOfFile: "\(Program.root)/\(page)", encoding: .utf8)
            var blocks: [Block] = []
            var open: (language: String, lines: [String])?
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                let plain = line.drop { $0 == " " }
                if plain.hasPrefix("```") {
                    if let block = open {
                        blocks.append(Block(page: page, language: block.language, lines: block.lines))
                        open = nil
                    } else {
                        open = (String(plain.dropFirst(3)), [])
                    }
                } else {
                    open?.lines.append(String(line))
                }
            }
            return blocks
        }.filter { $0.language == language }
    }

    /// Commands that are not run here, by their beginning, and why.
    private static let exceptions: [(beginning: String, why: String)] = [
        ("deployment/install", "changes this machine; RealSystemd runs it"),
        ("deployment/run", "builds, and does not end"), ("deployment/test", "is what runs this"),
        ("FOURRUNR_WRITE_GOLDENS=1 deployment/test", "the same"),
        ("swift build", "builds"), (".build/release/benchmarks", "is not built for tests"),
        ("swift test", "is what runs this"),
        ("Tests/RealSystemd/boot", "RealSystemd runs it"),
        ("systemctl", "needs the installed unit; RealSystemd has it"),
        ("journalctl", "the same"), ("systemd-analyze", "the same"), ("install -o", "needs the daemon's user"),
        ("sqlite3 -readonly /var/lib/4runr", "needs an installation"), ("diff /etc/4runr", "the same"),
        ("4runr schedule diff /usr/local", "the same"),
        ("git pull", "needs the network"), ("git diff", "shows a person what changed"),
        ("rsync", "needs another machine"),
        ("4runr keys set serpapi_api_key", "asks at a terminal"), ("4runr keys set openai_api_key", "the same"),
        ("4runr keys set airtable_token  ", "the same"),
        ("4runr health", "fails without a daemon"), ("4runr reload", "the same"),
        ("4runr runs --follow", "does not end"), ("4runr sync resolve", "there is no conflict"),
        ("4runr migrate new", "there is a database"),
        ("4runr leads unmerge 17 --record", "the lead has no such record"),
        ("4runr token revoke", "there is no such token in this folder yet"),
        ("4runr leads release", "no message is held back"), ("4runr backup confirm", "no restore waits"),
    ]

    /// Replaces the examples in a page's command by values that exist here.
    private static func substituted(_ command: String, backup: String) -> String {
        var command = command
        for (said, here) in [(" 17", " 1"), (" 230", " 1"), (" NAME", " \(backup)"), ("> ", "> out/")] {
            command.replace(said, with: here)
        }
        command = command.replacing(#/leads-\S+\.db/#, with: backup)
        // The commands after it need this program's schema.
        if command.contains("migrate down") { command += " && 4runr migrate up" }
        return command
    }

    /// A folder in which `4runr` and `sudo` are found, with a copy of the shipped configuration and people from the
    /// Sandbox.
    private static func place() async throws -> TemporaryFolder {
        let folder = TemporaryFolder()
        let path = folder.path
        for name in ["bin", "out", ".build/release", ".data"] {
            try FileManager.default.createDirectory(atPath: "\(path)/\(name)", withIntermediateDirectories: true)
        }
        try FileManager.default.copyItem(atPath: "\(Program.root)/config", toPath: "\(path)/config")
        try FileManager.default.createSymbolicLink(
            atPath: "\(path)/.build/release/4runr", withDestinationPath: Program.path)
        folder.write(
            "bin/4runr",
            """
            #!/bin/bash
            place="--config \(path)/config/4runr.yaml --data \(path)/.data/run --sandbox"
            [[ $1 == version || "$1 $2" == "schedule explain" ]] && place=
            exec \(Program.path) "$@" $place
            """)
        folder.write("bin/sudo", "#!/bin/bash\n[[ $1 == -u ]] && shift 2\nexec env \"$@\"\n")
        for name in ["4runr", "sudo"] { chmod("\(path)/bin/\(name)", 0o755) }
        folder.write("people.csv", "Full Name,Email,Job\nAda King,ada@engines.example,CEO\n")
        folder.write("unsubscribed.csv", "Email\nada@acme.example\n")
        folder.write("token.txt", "pat0123456789abcd.\(String(repeating: "0123456789abcdef", count: 4))\n")
        // The exit code of a comparison shows whether something differs.
        try FileManager.default.copyItem(atPath: "\(path)/config/sandbox.yaml", toPath: "\(path)/new.yaml")
        return folder
    }

    @Test func `each command can be pasted and succeeds`() async throws {
        let folder = try await Self.place()
        let path = "\(folder.path)/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        func run(_ command: String) async throws -> Program.Outcome {
            try await Program.run(
                "/bin/bash", ["-c", command], environment: ["PATH": path, "HOME": folder.path],
                directory: folder.path)
        }
        let first = try await run("4runr pipeline && 4runr backup create")
        #expect(first.code == 0, "\(first)")
        let backup = String(first.output.split(separator: "\n").last?.split(separator: " ").first ?? "")
        var (count, verbs) = (0, Set<String>())
        for block in try Self.blocks("sh") {
            var assignments = ""
            for line in block.lines where !line.allSatisfy(\.isWhitespace) {
                let command = line.drop { $0 == " " }.replacing(#/ +# .*$/#, with: "")
                #expect(!command.contains("   "), "\(block.page): a remark without a number sign: \(line)")
                if command.contains(#/^[a-z]+="/#) {
                    assignments = "\(command); "
                    continue
                }
                let plain = command.replacing(#/^sudo (-u \w+ )?/#, with: "")
                if plain.hasPrefix("4runr ") {
                    verbs.insert(
                        plain.split(separator: " ").dropFirst().prefix { word in
                            word.allSatisfy { $0.isLowercase || $0 == "-" } && !word.hasPrefix("-")
                        }
                        .joined(separator: " "))
                }
                if Self.exceptions.contains(where: { "\(plain)  ".hasPrefix($0.beginning) }) {
                    let checked = try await run("exit 0; \(command)")
                    #expect(checked.code == 0, "\(block.page): \(line): \(checked.errors)")
                    continue
                }
                let outcome = try await run(assignments + Self.substituted(String(command), backup: backup))
                #expect(outcome.code == 0, "\(block.page): \(line)\n\(outcome.output)\(outcome.errors)")
                count += 1
            }
        }
        #expect(count > 60)
        for verb in verbs {
            // The last word may be an argument, as in `jobs pause sync`.
            let words = verb.split(separator: " ").map(String.init)
            var isKnown = false
            for known in [words, words.dropLast()] where !isKnown && !known.isEmpty {
                let help = try await Program.run(known + ["--help"])
                isKnown = help.code == 0 && help.output.contains("USAGE: 4runr \(known.joined(separator: " "))")
            }
            #expect(isKnown, "\(verb) is not a verb")
        }
    }

    @Test func `the API's examples work as they stand`() async throws {
        let api = try APIPlace()
        let folder = api.place.folder
        let client = try await api.client("run", more: ["--person"])
        folder.write("token", (client.token ?? "") + "\n")
        folder.write("people.csv", "Full Name,Email,Job\nBob Stone,bob@rocks.example,CEO\n")
        let blocks = try Self.blocks("bash")
        #expect(blocks.count == 1)
        let script = blocks.flatMap(\.lines).joined(separator: "\n")
            .replacing("127.0.0.1:8000", with: "127.0.0.1:\(api.port)")
            .replacing("curl -sS", with: "curl -sS --fail-with-body")
        let outcome = try await Program.run(
            "/bin/bash", ["-euc", script], environment: ["PATH": "/usr/bin:/bin"], directory: folder.path)
        #expect(outcome.code == 0, "\(outcome)")
        for word in ["\"result\":\"new\"", "\"title\":\"CEO\"", "\"changed\":1", "retry: 2000", "\"paused\":true"] {
            #expect(outcome.output.contains(word), "\(word): \(outcome)")
        }
        let file = try String(contentsOfFile: "\(folder.path)/leads.csv", encoding: .utf8)
        #expect(file.contains("ada@engines.example") && file.contains("bob@rocks.example"))
    }

    @Test func `each file that is shown passes the check`() async throws {
        var kinds: [String: Int] = [:]
        for block in try Self.blocks("yaml") {
            let indent = block.lines.first?.prefix { $0 == " " }.count ?? 0
            let text = block.lines.map { String($0.dropFirst(indent)) }.joined(separator: "\n") + "\n"
            let kind = text.contains("jobs:") ? "schedule" : text.contains("fields:") ? "mapping" : "settings"
            let place =
                kind == "schedule"
                ? TestInstallation(schedule: text)
                : kind == "settings" ? TestInstallation(settings: text) : TestInstallation()
            if kind == "mapping" { place.folder.write("airtable-fields.yaml", text) }
            let check = try await place.run("check")
            #expect(check.code == 0, "\(block.page):\n\(text)\n\(check)")
            kinds[kind, default: 0] += 1
        }
        #expect(kinds == ["schedule": 2, "mapping": 1, "settings": 2])
    }

    @Test func `each link leads to a page that is there`() throws {
        for page in Self.pages {
            let text = try String(contentsOfFile: "\(Program.root)/\(page)", encoding: .utf8)
            let folder = page.contains("/") ? "\(page.prefix { $0 != "/" })/" : ""
            for link in text.matches(of: #/\]\(([^)#:]+)(\#[^)]*)?\)/#) {
                let path = "\(Program.root)/\(folder)\(link.output.1)"
                #expect(FileManager.default.fileExists(atPath: path), "\(page): \(link.output.1)")
            }
        }
    }

    @Test func `each message that is explained is one that the program has`() throws {
        let root = Program.root
        let files = FileManager.default.enumerator(atPath: "\(root)/Sources")?.compactMap { $0 as? String } ?? []
        let paths =
            files.filter { $0.hasSuffix(".swift") }.map { "\(root)/Sources/\($0)" }
            + ["install", "common"].map { "\(root)/deployment/\($0)" }
        let source = try paths.map { try String(contentsOfFile: $0, encoding: .utf8) }.joined(separator: "\n")
            .replacing("\\\"", with: "\"")
        let page = try String(contentsOfFile: "\(root)/deployment/README.md", encoding: .utf8)
        let trouble = page.components(separatedBy: "\n## Trouble")[1]
        var count = 0
        for line in trouble.split(separator: "\n") where line.hasPrefix("| `") {
            let cell = line.components(separatedBy: " | ")[0].dropFirst(2)
            for message in cell.matches(of: #/`([^`]+)`/#).map(\.output.1) {
                // A message takes a key's name from where the key is declared.
                let keys = message.matches(of: #/\((\w+_(?:key|token))/#).map(\.output.1)
                for key in keys { #expect(source.contains("\"\(key)\""), "there is no key \(key)") }
                // What the system says is not in the source. A message, its hint and its reason stand in it apart.
                let said = keys.reduce(String(message)) { $0.replacing("(\($1)", with: "(…") }
                    .replacing("Permission denied", with: "…")
                    .replacing(#/; |: |, or |\)/#, with: "…")
                for part in said.components(separatedBy: "…") where part.count >= 8 {
                    let text = part.trimmingCharacters(in: .whitespaces)
                    let isSaid = source.contains(text)
                    #expect(isSaid, "no message says: \(text)")
                }
                count += 1
            }
        }
        #expect(count > 40)
    }

    @Test func `the first page has at most 150 lines`() throws {
        let text = try String(contentsOfFile: "\(Program.root)/README.md", encoding: .utf8)
        #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 150)
    }
}

import Glibc
import Storage
import TestSupport
import Testing

/// Servers that reveal what they should not, and what of it reaches people, files and terminals.
struct SecrecyTests {
    /// Responds with a status and with everything that it was sent.
    private func parrot(_ status: Int) -> RawServer {
        RawServer { request, _ in
            let head = request.split(separator: "\r\n").joined(separator: " ").replacing("\"", with: "'").replacing(
                "\\", with: "")
            return RawServer.answer(
                status, ["Content-Type: application/json"],
                "{\"error\":{\"type\":\"PARROT\",\"code\":\"x\",\"param\":\"model\",\"message\":\"you sent \(head.prefix(2_000))\"}}"
            )
        }
    }

    private static let keys = [
        "SERPAPI_API_KEY": "serpkey/0123456789+abcdef", "AIRTABLE_TOKEN": "patAbCdEfGhIjKlMn.99887766554433",
        "OPENAI_API_KEY": "sk-proj-QWERTYUIOPasdfghjkl0",
    ]

    private func place(_ server: RawServer) -> TestInstallation {
        TestInstallation(
            schedule: """
                jobs:
                  scrape: { run: scrape, every: 1h }
                  messages: { run: write-messages, every: 1h }
                  sync: { run: sync, every: 1h }
                  setup: { run: pipeline, every: 1h }
                  print: { command: [/bin/sh, -c, "echo $AIRTABLE_TOKEN_COPY; exit 3"], every: 1h, environment: { AIRTABLE_TOKEN_COPY: { secret: airtable_token } } }
                """,
            settings: """
                profile: { titles: [Founder] }
                messaging: { sender_name: Robin, offer: We help. }
                serpapi: { base_url: "http://127.0.0.1:\(server.port)" }
                openai: { base_url: "http://127.0.0.1:\(server.port)/v1" }
                airtable: { base_url: "http://127.0.0.1:\(server.port)", base_id: appAbCdEfGhIjKlMn, table: Leads, pause_after_429: 0s }
                """)
    }

    @Test(arguments: [400, 403, 422, 500, 429])
    func `no key reaches log, database, backup, output or webhook, whoever repeats it`(status: Int) async throws {
        let server = parrot(status)
        let place = place(server)
        let hook = RawServer { _, _ in RawServer.answer(200) }
        let hookAddress = "http://127.0.0.1:\(hook.port)/services/T000/B000/HookSecret4711"
        let environment = Self.keys.merging(["NOTIFY_WEBHOOK_URL": hookAddress]) { $1 }
        #expect(try await place.run("leads", "add", "full_name=Ada King", "company=Engines", "title=Founder").code == 0)
        try SQLiteShell.run(
            place.folder.data.database,
            "INSERT INTO lead_stages (lead_id, stage, due_at) VALUES (1, 'write-message', '2026-01-01 00:00:00.000')")
        let daemon = try place.serve(environment: environment)
        try daemon.notification("READY=1")
        var said = ""
        for job in ["scrape", "messages", "sync", "setup", "print"] {
            for more in [[], ["--json"]] {
                let outcome = try await Program.run(["run", job] + more + place.arguments, environment: [:])
                said += outcome.output + outcome.errors
            }
        }
        said += try await place.run("sync", "setup").output
        for verb in [["runs", "--json"], ["leads", "show", "1"], ["sync", "status", "--json"]] {
            let outcome = try await Program.run(verb + place.arguments)
            said += outcome.output + outcome.errors
        }
        #expect(try await place.run("backup", "create").code == 0)
        daemon.send(SIGTERM)
        #expect(daemon.end() == 0)
        let dump = try SQLiteShell.run(place.folder.data.database, ".dump")
        let backups = try await Program.run(
            "/bin/sh", ["-c", "cat \(place.folder.data.backups)/*.db | strings || true"])
        #expect(server.requests.count > 3 && dump.contains("you sent"))
        for key in Self.keys.values + ["HookSecret4711"] {
            let encoded = key.replacing("/", with: "%2F").replacing("+", with: "%2B")
            for form in [key, encoded] {
                #expect(!said.contains(form), "printed: \(form)")
                #expect(!daemon.output.contains(form), "logged: \(form)")
                #expect(!dump.contains(form), "stored: \(form)")
                #expect(!backups.output.contains(form), "backed up: \(form)")
                #expect(
                    !hook.requests.contains {
                        $0.contains(form) && !$0.hasPrefix("POST /services/\(form)") && form != "HookSecret4711"
                    }, "sent to the webhook: \(form)")
            }
        }
    }

    @Test func `what a server says cannot act on a terminal or make lines`() async throws {
        let evil = "A\\nB\\u001b[31mRED\\u202e\\u200bx\\u009b2J"
        let server = RawServer { _, _ in
            RawServer.answer(
                422, ["Content-Type: application/json"], "{\"error\":{\"type\":\"\(evil)\",\"message\":\"\(evil)\"}}")
        }
        let place = place(server)
        #expect(try await place.run("leads", "add", "full_name=Ada King", "company=Engines").code == 0)
        for verb in [
            ["sync"], ["sync", "setup"], ["scrape"], ["runs"], ["runs", "--json"], ["sync", "status"],
            ["leads", "show", "1"],
        ] {
            let outcome = try await Program.run(verb + place.arguments, environment: Self.keys)
            for text in [outcome.output, outcome.errors] {
                let isHarmless = text.unicodeScalars.allSatisfy {
                    $0 == "\n"
                        || $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value)
                            && ![0x202E, 0x200B].contains($0.value)
                }
                #expect(isHarmless, "\(verb): \(text.debugDescription)")
                #expect(!text.contains("\nB"), "\(verb): \(text)")
            }
        }
    }

    @Test func `what was typed is shown harmlessly, too`() async throws {
        let evil = "--x\u{1B}]0;x\u{7}\u{202E}y"
        for arguments in [[evil], ["runs", "--status", evil], ["leads", "add", "\u{1B}[41m"], ["nosuch\u{1B}[1m"]] {
            let outcome = try await Program.run(arguments)
            #expect(outcome.code == 64, "\(outcome)")
            let text = outcome.output + outcome.errors
            #expect(!text.isEmpty && !text.contains("\u{1B}") && !text.contains("\u{202E}"), "\(text.debugDescription)")
        }
        let help = try await Program.run(["runs", "--help"])
        #expect(help.code == 0 && help.output.contains("USAGE: 4runr runs") && help.errors.isEmpty)
    }

    @Test func `a command's secret is hidden where its line is cut`() async throws {
        let place = TestInstallation(
            schedule: """
                jobs:
                  cut: { command: [/bin/sh, -c, "head -c 8180 /dev/zero | tr '\\\\0' y; echo $K; exit 1"], every: 1h, environment: { K: { secret: k } } }
                  split: { command: [/bin/sh, -c, "echo MyFolderSecretVa; echo lue_ABCDEF123456789; exit 1"], every: 1h, environment: { K: { secret: k } } }

                """)
        mkdir("\(place.folder.path)/secrets", 0o700)
        place.folder.write("secrets/k", "MyFolderSecretValue_ABCDEF123456789\n", mode: 0o600)
        for job in ["cut", "split"] {
            let outcome = try await place.run("run", job)
            #expect(outcome.code == 1 && !(outcome.output + outcome.errors).contains("ABCDEF"), "\(outcome)")
        }
        #expect(!(try SQLiteShell.run(place.folder.data.database, ".dump").contains("ABCDEF")))
    }

    @Test func `the daemon hides a key that only the file of an older form holds`() async throws {
        let place = TestInstallation(
            schedule: "jobs: { leak: { command: [/bin/sh, -c, \"cat $HOME/secrets/some_key; exit 1\"], every: 1h } }\n")
        mkdir("\(place.folder.path)/secrets", 0o700)
        place.folder.write("secrets/some_key", "nobody-asked-for-this-1234\n", mode: 0o600)
        let daemon = try place.serve(environment: ["HOME": place.folder.path])
        try daemon.notification("READY=1")
        let outcome = try await place.run("run", "leak")
        #expect(outcome.code == 1 && outcome.errors.contains("<secret>"), "\(outcome)")
        #expect(!daemon.output.contains("nobody-asked"))
        #expect(!(try SQLiteShell.run(place.folder.data.database, ".dump").contains("nobody-asked")))
    }
}

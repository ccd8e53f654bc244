import Foundation
import Storage
import TestSupport
import Testing

/// What users and other programs see must not change unintentionally: help, JSON, exit codes, the status line, requests
/// to services, and the columns that each step leaves.
@Suite(.serialized)
struct GoldenTests {
    // MARK: Help

    /// The commands, each with its subcommands.
    private struct Tool: Decodable {
        let commandName: String
        let subcommands: [Tool]?

        func paths(_ above: [String] = []) -> [[String]] {
            let path = above + [commandName]
            return [path] + (subcommands ?? []).filter { $0.commandName != "help" }.flatMap { $0.paths(path) }
        }
    }

    @Test func `help of every verb`() async throws {
        struct Dump: Decodable { let command: Tool }
        let dump = try await Program.run(["--experimental-dump-help"])
        let paths = try JSONDecoder().decode(Dump.self, from: Data(dump.output.utf8)).command.paths()
        #expect(paths.count > 40)
        var text = ""
        for path in paths {
            let help = try await Program.run(path.dropFirst() + ["--help"])
            text += "$ \(path.joined(separator: " ")) --help\n\(help.output)exit \(help.code)\n\n"
        }
        Golden.check("help.txt", text)
    }

    // MARK: Reading

    /// A data folder with the newest fixture, and the schedule with which it was created.
    private struct Place {
        let folder = TemporaryFolder()
        let dump: String

        init() throws {
            let file = "\(Program.root)/Tests/Fixtures/databases/schema-9.sql"
            dump = try String(contentsOfFile: file, encoding: .utf8)
            for name in ["4runr.yaml", "airtable-fields.yaml"] {
                folder.write(name, try String(contentsOfFile: "\(Program.root)/config/\(name)", encoding: .utf8))
            }
            folder.write(
                "schedule.yaml",
                """
                timezone: America/Toronto
                jobs:
                  scrape: { run: scrape, at: "09:00", days: mon-fri, with: { max_leads: 5 }, retry: { attempts: 3, backoff: 5m } }
                  enrich: { run: enrich, after: scrape }
                  messages: { run: write-messages, after: enrich }
                  sync: { run: sync, every: 30m }
                  backup: { run: backup, at: "04:30", with: { keep_daily: 30 } }
                  nap: { command: [/bin/sleep, "300"], calendar: "2099-01-01", catch_up: none }
                  broken: { command: [/bin/false], cron: "0 0 1 1 *", catch_up: none }
                  rare: { command: [/bin/true], cron: "0 8 * * mon", catch_up: none }

                """)
            try FileManager.default.createDirectory(
                atPath: folder.data.path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try SQLiteShell.read(file, into: folder.data.database)
        }

        var arguments: [String] { ["--config", "\(folder.path)/4runr.yaml", "--data", folder.data.path] }

        func normalised(_ text: String) -> String {
            Golden.normalised(
                text, folders: [folder.data.path: "DATA", folder.path: "FOLDER"], keepingUUIDsOf: dump)
        }

        /// A command's output and exit code.
        func transcript(_ verb: [String], environment: [String: String] = [:]) async throws -> String {
            let outcome = try await Program.run(verb + arguments, environment: environment)
            let errors = outcome.errors.isEmpty ? "" : "errors:\n\(outcome.errors)"
            return normalised("$ \(verb.joined(separator: " "))\n\(outcome.output)\(errors)exit \(outcome.code)\n\n")
        }
    }

    private static let reading: [[String]] = [
        ["migrate", "up"], ["migrate", "status", "--json"], ["check", "--json"], ["config", "show", "--json"],
        ["jobs", "--json"], ["runs", "--json", "--limit", "100"], ["runs", "--missed", "--json"],
        ["runs", "--job", "nosuch"], ["runs", "--status", "nosuch"], ["runs", "--steps", "2", "--json"],
        ["runs", "--steps", "9999"], ["leads", "list", "--json", "--deleted"],
        ["leads", "list", "--status", "ready", "--json"], ["leads", "list", "--sync-pending", "--json"],
        ["leads", "list", "--status", "nosuch"], ["leads", "show", "1", "--json"], ["leads", "show", "1"],
        ["leads", "show", "999"], ["leads", "history", "3", "--json"], ["leads", "search", "harbor", "--json"],
        ["leads", "search", "nobodyhasthis"], ["leads", "export", "--format", "csv"],
        ["leads", "export", "--format", "jsonl", "--deleted"], ["calls", "--json"], ["sync", "status", "--json"],
        ["sync", "conflicts", "--json"], ["sync", "conflicts", "--all"], ["keys", "list", "--json"],
        ["backup", "list", "--json"], ["health", "--json"], ["version"],
        ["schedule", "next", "--count", "5", "--from", "2026-03-02 12:00:00", "--json"],
        ["schedule", "diff", "schedule.yaml", "--json"], ["nosuch"], ["leads", "nosuch"], ["reload"],
        ["jobs", "cancel", "nap"],
    ]

    @Test func `what reading verbs print`() async throws {
        let place = try Place()
        var text = ""
        for verb in Self.reading {
            text += try await place.transcript(verb.map { $0 == "schedule.yaml" ? "\(place.folder.path)/\($0)" : $0 })
        }
        for expression in ["at 09:00 mon-fri", "*/15 * * * *", "Mon..Fri *-*-* 09:00", "every 90m", "never"] {
            let explain = [
                "schedule", "explain", expression, "--timezone", "Europe/Oslo", "--from", "2026-03-02 12:00:00",
                "--json",
            ]
            let outcome = try await Program.run(explain)
            text += place.normalised(
                "$ explain \(expression)\n\(outcome.output)\(outcome.errors)exit \(outcome.code)\n\n")
        }
        Golden.check("reading.txt", text)
    }

    // MARK: Status

    @Test func `the status line of a start, a reload and a stop`() async throws {
        let place = try Place()
        let daemon = try DaemonProcess(place.arguments, folder: place.folder)
        var text = try daemon.notification("READY=1")
        // The effect of a due job on the line comes and goes; a reload shows it in full.
        let reload = try await place.transcript(["reload", "--json"])
        text += "\n" + reload
        text += try daemon.notification("READY=1") + "\n"
        daemon.send(SIGTERM)
        text += try daemon.notification("STOPPING=1") + "\n"
        text += "exit \(daemon.end() ?? -1)\n"
        text.replace(/MONOTONIC_USEC=\d+/, with: "MONOTONIC_USEC=N")
        text.replace(#/Next: \w+/#, with: "Next: JOB")
        text.replace(#/Running: [^;]*; /#, with: "")
        Golden.check("status.txt", place.normalised(text))
    }

    // MARK: Acting

    private static let columns = """
        SELECT id, full_name, first_name, last_name, title, company, email, phone, linkedin_url, website, location,
            industry, company_size, ai_message, status, pipeline_stage, verified, enriched, needs_enrichment,
            ready_for_outreach, source, airtable_id, airtable_synced, sync_pending, sync_error, revision,
            deleted_at IS NOT NULL AS deleted FROM leads ORDER BY id
        """

    /// Leads, the stages they are due for, and what is still to be sent to Airtable, after a step.
    private func leads(_ place: Place) throws -> String {
        let path = place.folder.data.database
        let leads = try SQLiteShell.run(path, Self.columns)
        let due = try SQLiteShell.run(
            path, "SELECT lead_id, stage, due_at IS NOT NULL, attempts, last_error FROM lead_stages ORDER BY 1, 2")
        let owed = try SQLiteShell.run(
            path, "SELECT lead_id, operation, status, attempt_count, error_message FROM sync_status ORDER BY 1")
        return place.normalised("leads:\n\(leads)due:\n\(due)sync:\n\(owed)\n")
    }

    @Test func `what work prints, sends and leaves`() async throws {
        let place = try Place()
        try FileManager.default.removeItem(atPath: place.folder.data.database)
        let sandbox = try SandboxProcess(["--airtable-rate", "1000"])
        var environment = sandbox.environment
        environment["FOURRUNR_PROFILE_TITLES"] = "Head of Operations"
        environment["FOURRUNR_PROFILE_LOCATIONS"] = "Toronto"
        environment["FOURRUNR_MESSAGING_SENDER_NAME"] = "Robin Sample"
        environment["FOURRUNR_MESSAGING_SENDER_COMPANY"] = "Sample & Co."
        environment["FOURRUNR_MESSAGING_OFFER"] = "We take the paperwork out of dispatching."
        environment["FOURRUNR_PIPELINE_BACKOFF"] = "1h"
        place.folder.write(
            "people.csv",
            """
            Full Name,Email,Company,Title,Phone,Favourite Colour
            Ada King,ada@engines.example,Analytical Engines,Countess,+1 415 555 0142,blue
            "Stone, Bob",bob@stone.example,Stone & Sons,Founder,,
            ,not an address,,,,
            Chen Li,info@lanterns.example,Lantern Works,Owner,,red

            """)
        var text = ""
        func step(_ verb: String...) async throws {
            text += try await place.transcript(verb, environment: environment)
            for request in try await sandbox.requests() { text += place.normalised("> \(request)\n") }
            text += try leads(place)
        }
        try await step("scrape", "--limit", "2", "--json")
        try await step("leads", "import", "\(place.folder.path)/people.csv", "--json")
        try await step(
            "leads", "add", "full_name=Grace Hop", "company=Navy Yards", "email=grace@navy.example", "--json")
        try await step("enrich", "--json")
        try await step("write-messages", "--dry-run", "--json")
        try await step("write-messages", "--json")
        // One at a time, so that they are sent to Airtable in this order.
        for id in 1...6 { try await step("write-messages", "--id", "\(id)", "--json") }
        try await step("sync", "setup", "--create-fields", "--json")
        try await step("sync", "--json")
        try await step("leads", "edit", "ada@engines.example", "title=Enchantress", "phone=", "--json")
        try await step("leads", "edit", "ada@engines.example", "email=none")
        try await step("leads", "delete", "bob@stone.example")
        try await step("sync", "--dry-run", "--json")
        try await step("sync", "--json")
        try await step("leads", "restore", "4")
        try await step("leads", "import", "\(place.folder.path)/people.csv", "--json")
        try await step("write-messages", "--id", "1", "--json")
        try await step("pipeline", "--limit", "1", "--json")
        try await step("run", "health-check", "--json")
        try await step("run", "prune", "--json")
        try await step("jobs", "pause", "rare", "--json")
        try await step("run", "rare", "--json")
        try await step("run", "broken", "--json")
        try await step("run", "nosuch")
        Golden.check("acting.txt", text)
    }
}

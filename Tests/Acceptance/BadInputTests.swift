import Glibc
import Storage
import TestSupport
import Testing

/// Errors before anything runs: each has a clear line and the right exit code, and leaves nothing half-written.
struct BadInputTests {
    @Test(arguments: [
        ("", "is empty"), ("- a\n", "settings must be a mapping"),
        ("log: { levle: info }\n", "did you mean \"log.level\"?"),
        ("log: [\n", "is not YAML"),
        ("log: { level: loud }\n", "log.level must be debug, info, notice, warning, error"),
    ])
    func `settings that are wrong are refused`(text: String, said: String) async throws {
        let place = TestInstallation(settings: text)
        for verb in ["check", "serve", "jobs"] {
            let outcome = try await place.run(verb)
            #expect(outcome.code == 78, "\(verb)")
            #expect((outcome.output + outcome.errors).contains(said), "\(outcome)")
        }
        #expect(access(place.folder.data.path, F_OK) != 0)
    }

    @Test func `everything wrong with both files is said at once`() async throws {
        let place = TestInstallation(
            schedule: "jobs:\n  a: { run: bakup, every: 5 }\n  b: { at: \"9h\" }\n",
            settings: "log: { level: x }\ndaemon: { grace: 1 }\n")
        let outcome = try await place.run("check")
        #expect(outcome.code == 78)
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.count >= 6, "\(outcome.output)")
        #expect(lines.allSatisfy { $0.wholeMatch(of: /\/.+\.yaml:\d+:\d+: .+/) != nil }, "\(outcome.output)")
        let json = try await place.run("check", "--json")
        #expect(json.code == 78 && json.output.contains("\"line\": 2"))
    }

    @Test func `a file that is missing, a directory, unreadable or huge is named`() async throws {
        let place = TestInstallation()
        let none = try await Program.run(["check", "--config", "\(place.folder.path)/none.yaml"])
        #expect(
            none.code == 78 && none.errors.contains("none.yaml")
                || none.output.contains("none.yaml: cannot be read: no such file"))
        let directory = try await Program.run(["check", "--config", place.folder.path])
        #expect(directory.code == 78 && directory.output.contains("is a directory"))
        let schedule = try await place.run("check", "--schedule", "/nowhere/schedule.yaml")
        #expect(schedule.code == 78 && schedule.output.contains("/nowhere/schedule.yaml: cannot be read"))
        place.folder.write("schedule.yaml", String(repeating: "# 0123456789\n", count: 1_500_000))
        let huge = try await place.run("check")
        #expect(huge.code == 78 && huge.output.contains("larger than 16 MB"))
        let nothing = try await Program.run(["check"], directory: place.folder.path)
        #expect(nothing.code == 78 && nothing.errors.contains("no settings file: looked for"))
    }

    @Test func `a secret that others may read is refused`() async throws {
        let place = TestInstallation()
        mkdir("\(place.folder.path)/secrets", 0o700)
        place.folder.write("secrets/api_key", "sk-very-secret", mode: 0o644)
        let outcome = try await place.run("check")
        #expect(outcome.code == 78 && outcome.output.contains("api_key: may be read by others (mode 0644); chmod 600"))
        #expect(!(outcome.output + outcome.errors).contains("sk-very-secret"))
    }

    @Test
    func
        `a command whose secret is missing is skipped with what to set, and one that is there reaches only the command`()
        async throws
    {
        let place = TestInstallation(
            schedule:
                "jobs: { a: { command: [/bin/sh, -c, \"echo got ${#KEY}\"], environment: { KEY: { secret: api_key } }, every: 1h } }\n"
        )
        let without = try await place.run("run", "a")
        #expect(
            without.code == 69 && without.errors.contains("secret api_key is not set: 4runr keys set api_key"),
            "\(without)")
        let with = try await place.run("run", "a", environment: ["API_KEY": "sk-0123456789"])
        #expect(with.code == 0 && with.output.contains("got 13"), "\(with)")
        #expect(!(with.output + with.errors).contains("sk-0123456789"))
        #expect(try !SQLiteShell.run(place.folder.data.database, ".dump").contains("sk-0123456789"))
    }

    @Test func `a database that is not ours, damaged or newer is refused and left as it was`() async throws {
        let place = TestInstallation()
        _ = try await place.run("run", "health-check")
        let database = place.folder.data.database
        try SQLiteShell.run(database, "PRAGMA user_version = 99")
        let newer = try await place.run("serve")
        #expect(newer.code == 65 && newer.errors.contains("written by a newer version of 4runr (schema 99"), "\(newer)")
        #expect(try await place.run("runs").code == 65)
        unlink(database)
        try SQLiteShell.run(database, "CREATE TABLE t (x)")
        let foreign = try await place.run("serve")
        #expect(foreign.code == 65 && foreign.errors.contains("another program"), "\(foreign)")
        for suffix in ["-wal", "-shm"] { unlink(database + suffix) }
        place.folder.write("data/leads.db", "no database at all, but text that is long enough to be looked at")
        let text = try await place.run("serve")
        #expect(text.code == 65 && text.errors.contains("is damaged"), "\(text)")
        #expect(place.folder.read("data/leads.db").hasPrefix("no database"))
    }

    @Test func `a folder that is a file, or cannot be made, is named`() async throws {
        let place = TestInstallation()
        place.folder.write("data", "")
        let file = try await place.run("serve")
        #expect(
            file.code == 69 && file.errors.contains("/data/backups") || file.errors.contains("is not a folder"),
            "\(file)")
        let outcome = try await Program.run([
            "serve", "--config", "\(place.folder.path)/4runr.yaml", "--data", "/proc/none",
        ])
        #expect(outcome.code == 69 && outcome.errors.contains("/proc/none: cannot be made"), "\(outcome)")
    }

    @Test func `a second daemon on a folder is refused, and says who is there`() async throws {
        let place = TestInstallation()
        let daemon = try place.serve()
        try daemon.notification("READY=1")
        let second = try await place.run("serve")
        #expect(
            second.code == 69 && second.errors.contains("process \(daemon.pid) is at work on this folder already"),
            "\(second)")
        let migrate = try await place.run("migrate", "up")
        #expect(migrate.code == 69)
        daemon.send(SIGTERM)
        #expect(daemon.end() == 0)
    }

    @Test func `what does not exist is refused with 64`() async throws {
        let place = TestInstallation()
        #expect(try await place.run("run", "nothing-of-that-name").code == 64)
        #expect(try await place.run("schedule", "next", "--job", "none").code == 64)
        #expect(try await place.run("schedule", "next", "--from", "tomorrow").code == 64)
        #expect(try await place.run("runs", "--status", "odd").code == 64)
        #expect(try await place.run("nonsense").code == 64)
        #expect(try await place.run("migrate", "down", "--to=-1").code == 64)
        #expect(try await place.run("migrate", "up", "--to", "99").code == 64)
        #expect(try await place.run("backup", "restore", "none.db").code == 69)
        #expect(try await place.run("reload").code == 69)
    }

    @Test func `a command that went away fails its own run and nothing else`() async throws {
        let place = TestInstallation(
            schedule:
                "jobs: { a: { command: [/no/such/program], every: 1h }, b: { command: [/bin/true], every: 1h } }\n")
        #expect(try await place.run("check").code == 78)
        let daemon = try place.serve()
        try daemon.notification("READY=1")
        let gone = try await place.run("run", "a")
        #expect(gone.code == 1 && gone.errors.contains("there is no command /no/such/program"), "\(gone)")
        #expect(try await place.run("run", "b").code == 0)
    }

    @Test func `a locked database is waited for, and work goes on when it is free`() async throws {
        let place = TestInstallation()
        _ = try await place.run("run", "health-check")
        let store = try place.folder.store()
        let locked = try await place.runWhileLocked(store)
        #expect(locked.code == 75 && locked.errors.contains("is locked by another process"), "\(locked)")
        #expect(try await place.run("run", "health-check").code == 0)
    }
}

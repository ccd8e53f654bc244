import Foundation
import Glibc
import Storage
import TestSupport
import Testing

/// What happens to the data when it is restored, removed or damaged, whatever is using it at the time.
struct RestoreTests {
    private static func people(_ numbers: ClosedRange<Int>) -> String {
        numbers.map { "Person \(word($0)),person\($0)@firm\($0).example,Firm \($0)\n" }.joined()
    }

    private static func word(_ number: Int) -> String {
        String("\(number)".map { Character(UnicodeScalar(UInt8(ascii: "a") + UInt8($0.wholeNumberValue ?? 0))) })
            .capitalized
    }

    private static let header = "Full Name,Email,Company\n"

    private func leads(_ place: TestInstallation) throws -> Int {
        Int(try SQLiteShell.run(place.folder.data.database, "SELECT count(*) FROM leads").filter(\.isNumber)) ?? -1
    }

    /// An import of what the test writes to its standard input.
    private func importing(to place: TestInstallation) throws -> BackgroundProgram {
        try BackgroundProgram(["leads", "import", "-", "--format", "csv"] + place.arguments, in: place.folder)
    }

    private func backup(_ place: TestInstallation) async throws -> String {
        let made = try await place.run("backup", "create")
        #expect(made.code == 0, "\(made)")
        return String(made.output.prefix { $0 != " " })
    }

    @Test func `a restore under a running import is refused or waits, and no lead is lost`() async throws {
        let place = TestInstallation()
        let daemon = try place.serve()
        try daemon.notification("READY=1")
        let name = try await backup(place)
        let importing = try importing(to: place)
        importing.write(Self.header + Self.people(1...600))
        #expect(try await eventually { try leads(place) >= 500 })
        let refused = try await place.run("backup", "restore", name)
        #expect(refused.code == 75, "\(refused)")
        #expect(
            refused.errors.contains("process \(importing.pid): import of standard input is writing to the database"),
            "\(refused)")
        let waiting = try BackgroundProgram(["backup", "restore", name, "--wait"] + place.arguments, in: place.folder)
        importing.write(Self.people(601...900))
        #expect(try await eventually { try leads(place) >= 750 })
        importing.endInput()
        let imported = await importing.outcome()
        #expect(imported.code == 0 && imported.output.contains("900 records"), "\(imported)")
        let restored = await waiting.outcome()
        #expect(restored.code == 0 && restored.output.contains("restored \(name)"), "\(restored)")
        #expect(try leads(place) == 0)
        // The replaced data has all of them.
        let kept = try #require(restored.output.split(separator: " ").last).filter { !$0.isNewline }
        let count = try SQLiteShell.run("\(place.folder.data.backups)/\(kept)", "SELECT count(*) FROM leads")
        #expect(count == "900\n")
    }

    @Test func `a daemon that is restarted leaves a running import alone`() async throws {
        let place = TestInstallation()
        var daemon: DaemonProcess? = try place.serve()
        try daemon?.notification("READY=1")
        let importing = try importing(to: place)
        importing.write(Self.header + Self.people(1...300))
        #expect(try await eventually { try leads(place) >= 250 })
        daemon?.send(SIGTERM)
        #expect(daemon?.end() == 0)
        daemon = try place.serve()
        try daemon?.notification("READY=1")
        importing.write(Self.people(301...600))
        importing.endInput()
        let outcome = await importing.outcome()
        #expect(outcome.code == 0, "\(outcome)")
        let row = try SQLiteShell.run(
            place.folder.data.database,
            "SELECT activity_status, json_extract(output_data, '$.new') FROM pipeline_activities WHERE job_name = 'import'"
        )
        #expect(row == "success|600\n")
    }

    @Test func `an import that is interrupted says what is in, and one that is killed is closed by the next writer`()
        async throws
    {
        let place = TestInstallation()
        let daemon = try place.serve()
        try daemon.notification("READY=1")
        let interrupted = try importing(to: place)
        interrupted.write(Self.header + Self.people(1...300))
        #expect(try await eventually { try leads(place) >= 250 })
        interrupted.send(SIGINT)  // while nothing comes from the pipe, and its other end stays open
        let outcome = await interrupted.outcome()
        #expect(outcome.code == 75 && outcome.errors.contains("interrupted after "), "\(outcome)")
        let read = Int(outcome.errors.split(separator: "interrupted after ").last?.prefix { $0.isNumber } ?? "") ?? 0
        #expect(try leads(place) == read && outcome.output.contains("\(read)  new"), "\(outcome)")
        let killed = try importing(to: place)
        killed.write(Self.header + Self.people(1_001...1_300))
        #expect(try await eventually { try leads(place) >= read + 250 })
        killed.send(SIGKILL)
        _ = await killed.outcome()
        let statuses = "SELECT activity_status FROM pipeline_activities WHERE job_name = 'import' ORDER BY id"
        #expect(try SQLiteShell.run(place.folder.data.database, statuses) == "interrupted\nrunning\n")
        #expect(try await place.run("leads", "add", "full_name=Ada King", "company=Engines").code == 0)
        #expect(try SQLiteShell.run(place.folder.data.database, statuses) == "interrupted\ninterrupted\n")
    }

    @Test func `a database that is gone is not replaced by an empty one`() async throws {
        let place = TestInstallation()
        #expect(try await place.run("leads", "add", "full_name=Ada King", "company=Engines").code == 0)
        let name = try await backup(place)
        for ending in ["", "-wal", "-shm"] { unlink(place.folder.data.database + ending) }
        for verb in [
            ["leads", "list"], ["run", "tick"], ["migrate", "up"], ["leads", "add", "full_name=B C", "company=D"],
        ] {
            let outcome = try await Program.run(verb + place.arguments)
            #expect(
                outcome.code == 65 && outcome.errors.contains("4runr backup restore \(name)"), "\(verb): \(outcome)")
            #expect(outcome.errors.contains("4runr migrate new"))
        }
        let daemon = try place.serve()
        #expect(daemon.end() == 65 && daemon.output.contains("the database is gone, but there are backups of it"))
        #expect(access(place.folder.data.database, F_OK) != 0)
        let health = try await place.run("health")
        #expect(health.code == 69 && health.output.contains(/database +failing/), "\(health)")
        #expect(try await place.run("backup", "restore", name).code == 0)
        #expect(try leads(place) == 1)
        for ending in ["", "-wal", "-shm"] { unlink(place.folder.data.database + ending) }
        let anew = try await place.run("migrate", "new")
        #expect(anew.code == 0, "\(anew)")
        #expect(try leads(place) == 0)
        #expect(try await place.run("migrate", "new").code == 70)
    }

    @Test func `a restore is the way back from a newer, a half-migrated and a lying database`() async throws {
        let place = TestInstallation()
        #expect(try await place.run("leads", "add", "full_name=Ada King", "company=Engines").code == 0)
        let name = try await backup(place)
        let path = place.folder.data.database
        let spoils: [(String, () async throws -> Void)] = [
            ("newer", { try SQLiteShell.run(path, "PRAGMA user_version = 99") }),
            (
                "a migration that fails",
                {
                    _ = try await place.run("migrate", "down", more: ["--to", "2"])
                    try SQLiteShell.run(path, "CREATE TABLE sync_log (x)")
                }
            ),
            (
                "a number raised by hand",
                {
                    _ = try await place.run("migrate", "down", more: ["--to", "5"])
                    try SQLiteShell.run(path, "PRAGMA user_version = \(Migration.latest)")
                }
            ),
            ("another program's", { try SQLiteShell.run(path, "PRAGMA application_id = 1") }),
            ("with no number", { try SQLiteShell.run(path, "PRAGMA user_version = 0") }),
            ("with a number below all", { try SQLiteShell.run(path, "PRAGMA user_version = -1") }),
            (
                "emptied",
                {
                    for ending in ["", "-wal", "-shm"] { unlink(path + ending) }
                    try SQLiteShell.run(path, "PRAGMA journal_mode = WAL")
                }
            ),
            ("damaged", { place.folder.write("data/leads.db", String(repeating: "x", count: 50_000)) }),
        ]
        for (what, spoil) in spoils {
            try await spoil()
            let daemon = try place.serve()
            let code = daemon.end()
            #expect(code == 65 || code == 70, "\(what): \(code ?? -1) \(daemon.output)")
            #expect(
                !daemon.output.contains("Fatal error") && !daemon.output.contains("Ada"), "\(what): \(daemon.output)")
            let restored = try await place.run("backup", "restore", name)
            #expect(restored.code == 0, "\(what): \(restored)")
            #expect(try leads(place) == 1, "\(what)")
            #expect(try await place.run("leads", "list").output.contains("Ada King"), "\(what)")
            // Where nobody could tell who said no since, a migration down would forget that messages wait.
            _ = try await place.run("backup", "confirm")
        }
    }

    @Test func `a restore is the way back from damage that nobody has looked for`() async throws {
        let place = TestInstallation()
        #expect(try await place.run("leads", "add", "full_name=Ada King", "company=Engines").code == 0)
        let name = try await backup(place)
        let path = place.folder.data.database
        let spoils: [(String, () throws -> Void)] = [
            (
                "pages of another size",
                { try SQLiteShell.run(path, "PRAGMA journal_mode = DELETE; PRAGMA page_size = 8192; VACUUM") }
            ),
            (
                "a version of the format that is not known",
                {
                    let file = try #require(FileHandle(forWritingAtPath: path))
                    try file.seek(toOffset: 18)
                    try file.write(contentsOf: Data([5]))
                }
            ),
        ]
        for (what, spoil) in spoils {
            try spoil()
            let restored = try await place.run("backup", "restore", name)
            #expect(restored.code == 0, "\(what): \(restored)")
            #expect(try await place.run("leads", "list").output.contains("Ada King"), "\(what)")
        }
        // If only data set aside by an earlier restore is left, no new database is created either.
        for ending in ["", "-wal", "-shm"] { unlink(path + ending) }
        for file in try FileManager.default.contentsOfDirectory(atPath: place.folder.data.backups) {
            unlink("\(place.folder.data.backups)/\(file)")
        }
        let lost = try await place.run("leads", "list")
        #expect(lost.code == 65 && lost.errors.contains("leads.db.damaged-"), "\(lost)")
    }

    @Test func `a log that is removed under the daemon is an alarm, and nothing more is written`() async throws {
        let place = TestInstallation()
        let daemon = try place.serve()
        try daemon.notification("READY=1")
        #expect(try await place.run("run", "tick").code == 0)
        unlink(place.folder.data.database + "-shm")
        let health = try await place.run("health")
        #expect(health.code == 69 && health.output.contains("removed or replaced under the daemon"), "\(health)")
        #expect(try await place.run("run", "tick").code != 0)
    }

    @Test func `a restore that waits without a daemon waits and restores`() async throws {
        let place = TestInstallation()
        #expect(try await place.run("leads", "add", "full_name=Ada King", "company=Engines").code == 0)
        let name = try await backup(place)
        var daemon: DaemonProcess? = try place.serve()
        try daemon?.notification("READY=1")
        let importing = try importing(to: place)
        importing.write(Self.header + Self.people(1...300))
        #expect(try await eventually { try leads(place) >= 250 })
        daemon?.send(SIGTERM)
        _ = daemon?.end()
        daemon = nil
        let waiting = try BackgroundProgram(["backup", "restore", name, "--wait"] + place.arguments, in: place.folder)
        try await Task.sleep(for: .seconds(2))
        importing.endInput()
        #expect(await importing.outcome().code == 0)
        let restored = await waiting.outcome()
        #expect(restored.code == 0 && restored.output.contains("restored \(name)"), "\(restored)")
        #expect(try leads(place) == 1)
    }

    @Test func `an alarm about a damaged file stays until the file is proved sound`() async throws {
        let place = TestInstallation()
        place.folder.write("people.csv", Self.header + Self.people(1...2_000))
        #expect(try await place.run("leads", "import", "\(place.folder.path)/people.csv").code == 0)
        let daemon = try place.serve()
        try daemon.notification("READY=1")
        let path = place.folder.data.database
        #expect(try await place.run("run", "health-check").code == 0)
        let sound = try #require(FileManager.default.contents(atPath: path))
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.write(contentsOf: Data((0..<400_000).map { _ in UInt8.random(in: 0...255) }))
        for _ in 0..<3 {
            let check = try await place.run("run", "health-check")
            #expect(check.code == 1 || check.code == 75, "\(check)")
        }
        let health = try await place.run("health")
        #expect(health.code == 69 && health.output.contains(/database +failing/), "\(health)")
        try file.seek(toOffset: 0)
        try file.write(contentsOf: sound)
        try file.truncate(atOffset: UInt64(sound.count / 2))
        #expect(try await place.run("health").output.contains(/database +failing/))
        try file.seek(toOffset: 0)
        try file.write(contentsOf: sound)
        #expect(try await place.run("health").output.contains(/database +ok/))
    }

    @Test func `with its database removed under it a daemon starts no job, and goes on when it is back`() async throws {
        let place = TestInstallation(
            schedule: "jobs: { tick: { command: [/bin/sh, -c, \"echo x >> $HOME/ticks\"], every: 1s } }\n")
        let daemon = try place.serve(environment: ["HOME": place.folder.path])
        try daemon.notification("READY=1")
        #expect(try await eventually { place.folder.read("ticks").count >= 2 })
        let path = place.folder.data.database
        rename(path, path + ".away")
        try daemon.notification("STATUS=Degraded")
        // A run that is under way may still end.
        try await Task.sleep(for: .seconds(1))
        let ticks = place.folder.read("ticks")
        try await Task.sleep(for: .seconds(3))
        #expect(place.folder.read("ticks") == ticks)
        rename(path + ".away", path)
        // By now it tries only every 30 seconds, on a machine that may be busy with other tests.
        #expect(try await eventually(within: 120) { place.folder.read("ticks").count > ticks.count })
    }

    @Test func `a backup from the future is pointed out and hides nothing`() async throws {
        let place = TestInstallation(
            schedule: "jobs: { backup: { run: backup, at: \"04:30\" }, health: { run: health-check, every: 1h } }\n")
        let name = try await backup(place)
        let backups = place.folder.data.backups
        rename("\(backups)/\(name)", "\(backups)/leads-2038-01-19T03-14-07.000Z-scheduled.db")
        let health = try await place.run("health")
        #expect(
            health.output.contains(/backup +warning +leads-2038-01-19T03-14-07.000Z-scheduled.db is dated ahead/),
            "\(health)")
        #expect(health.output.contains("there is no other"))
        place.folder.write("data/backups/leads-2026-01-02T03-04-05.000Z-scheduled.db", "")
        #expect(try await place.run("health").output.contains("is not a database; make a new one"))
    }
}

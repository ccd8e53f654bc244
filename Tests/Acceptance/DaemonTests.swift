import Glibc
import Storage
import TestSupport
import Testing

/// The daemon as seen by systemd and by a person at a terminal.
struct DaemonTests {
    @Test func `it says when it is ready, what is next, and stops when told to`() async throws {
        let place = TestInstallation(
            schedule: "timezone: UTC\njobs: { tick: { command: [/bin/true], at: \"03:00\" } }\n")
        let daemon = try place.serve()
        let ready = try daemon.notification("READY=1")
        #expect(ready.contains("STATUS=Next: tick at ") && ready.contains("03:00:00 UTC"))
        daemon.send(SIGTERM)
        try daemon.notification("STOPPING=1")
        #expect(daemon.end() == 0)
    }

    @Test func `a reload answers what changed, and a wrong file changes nothing`() async throws {
        let place = TestInstallation()
        let daemon = try place.serve()
        try daemon.notification("READY=1")
        place.folder.write(
            "schedule.yaml",
            "jobs: { tick: { command: [/bin/true], every: 1h }, more: { command: [/bin/true], calendar: \"2099-01-01\" } }\n"
        )
        let good = try await place.run("reload")
        #expect(good.code == 0 && good.output.contains(/more +added/), "\(good)")
        let reloading = try daemon.notification("RELOADING=1")
        #expect(reloading.contains("MONOTONIC_USEC="))
        try daemon.notification("READY=1")
        place.folder.write("schedule.yaml", "jobs: { tick: { command: [/bin/true], evry: 1h } }\n")
        let bad = try await place.run("reload")
        #expect(bad.code == 78 && bad.errors.contains("schedule.yaml:1:39: unknown key \"evry\""), "\(bad)")
        try daemon.notification("READY=1")
        // Both jobs still exist: the one missing from the faulty file can be run.
        #expect(try await place.runs(ofJob: "more") == 0)
        daemon.send(SIGHUP)
        try daemon.notification("READY=1")
        #expect(daemon.output.contains("reload refused"))
    }

    @Test func `the watchdog is fed while the daemon lives`() async throws {
        let place = TestInstallation()
        let daemon = try place.serve(environment: ["WATCHDOG_USEC": "400000"])
        try daemon.notification("READY=1")
        for _ in 0..<3 { try daemon.notification("WATCHDOG=1", within: 5) }
    }

    @Test func `a stop is quick when nothing runs, also right after the start`() async throws {
        let place = TestInstallation()
        for _ in 0..<5 {
            let daemon = try place.serve(environment: ["WATCHDOG_USEC": "30000000"])
            try daemon.notification("READY=1")
            daemon.send(SIGTERM)
            #expect(daemon.end(within: 5) == 0)
        }
    }

    @Test func `a stop ends what runs, down to its grandchildren, and leaves no row running`() async throws {
        let place = TestInstallation(
            schedule:
                "jobs: { slow: { command: [/bin/sh, -c, \"trap '' TERM; (trap '' TERM; sleep 987) & sleep 987\"], at_start: true } }\n",
            settings: "daemon: { shutdown_grace: 0s }\n")
        let daemon = try place.serve()
        try daemon.notification("STATUS=Running: slow")
        daemon.send(SIGTERM)
        #expect(daemon.end(within: 20) == 0)
        let rows = try SQLiteShell.run(place.folder.data.database, "SELECT activity_status FROM pipeline_activities")
        #expect(rows == "interrupted\n")
        #expect(try await Program.run("/usr/bin/pgrep", ["-f", "sleep 987"]).code == 1)
    }

    @Test func `a command that takes too long is ended with all that it started`() async throws {
        let place = TestInstallation(
            schedule:
                "jobs: { slow: { command: [/bin/sh, -c, \"echo begun; (sleep 986 &) ; sleep 986\"], every: 1h, timeout: 1s } }\n"
        )
        let outcome = try await place.run("run", "slow")
        #expect(outcome.code == 1 && outcome.errors.contains("timed out after 1s"), "\(outcome)")
        #expect(try await Program.run("/usr/bin/pgrep", ["-f", "sleep 986"]).code == 1)
    }

    @Test func `what a command leaves behind does not keep its run open`() async throws {
        let place = TestInstallation(
            schedule: "jobs: { a: { command: [/bin/sh, -c, \"sleep 985 & echo done\"], every: 1h } }\n")
        let outcome = try await place.run("run", "a")
        #expect(outcome.code == 0 && outcome.output.contains("done"), "\(outcome)")
        #expect(try await Program.run("/usr/bin/pgrep", ["-f", "sleep 985"]).code == 1)
    }

    @Test func `a child has a clean signal mask, no notify socket and a group of its own`() async throws {
        let script = "grep -E '^Sig(Blk|Ign)' /proc/self/status; env; ps -o pgid= -p $$; echo pid $$"
        let place = TestInstallation(
            schedule: "jobs: { a: { command: [/bin/sh, -c, \"\(script)\"], at_start: true } }\n")
        let daemon = try place.serve(environment: ["SOME_API_KEY": "sk-1", "WATCHDOG_USEC": "30000000"])
        try daemon.notification("READY=1")
        _ = try await place.run("run", "a")
        let text = try SQLiteShell.run(
            place.folder.data.database, "SELECT json_extract(output_data, '$.output') FROM pipeline_activities LIMIT 1")
        #expect(text.contains("SigBlk:\\t0000000000000000") || text.contains("SigBlk:\t0000000000000000"), "\(text)")
        #expect(!text.contains("NOTIFY_SOCKET") && !text.contains("WATCHDOG") && !text.contains("SOME_API_KEY"))
        #expect(text.contains("FOURRUNR_JOB=a"))
        let lines = text.split(separator: "\n").map { $0.filter { !$0.isWhitespace } }
        let own = lines.last { $0.hasPrefix("pid") }?.dropFirst(3)
        #expect(own.map { lines.contains(String($0)) } == true)
    }

    @Test func `backups are made, listed and restored, with and without a daemon`() async throws {
        let place = TestInstallation()
        #expect(try await place.run("backup", "create").code == 0)
        let name =
            try await place.run("backup", "list", "--json").output.firstMatch(of: /"name": "([^"]+)"/).map {
                String($0.1)
            } ?? ""
        #expect(name.hasSuffix("-manual.db"))
        let daemon = try place.serve()
        try daemon.notification("READY=1")
        #expect(try await place.run("run", "tick").code == 0)
        #expect(try await place.runs(ofJob: "tick") == 1)
        let restored = try await place.run("backup", "restore", name)
        #expect(restored.code == 0 && restored.output.contains("-before-restore.db"), "\(restored)")
        #expect(try await place.runs(ofJob: "tick") == 0)
        #expect(try await place.run("run", "tick").code == 0)
        daemon.send(SIGTERM)
        #expect(daemon.end() == 0)
        // The file is damaged; the backup replaces it.
        place.folder.write("data/leads.db", "ruined, and long enough for somebody to try and read a header from it")
        let rescued = try await place.run("backup", "restore", name)
        #expect(rescued.code == 0 && rescued.output.contains("damaged"), "\(rescued)")
        #expect(try await place.run("jobs").code == 0)
    }

    @Test func `migrations are shown, taken back and applied again`() async throws {
        let place = TestInstallation()
        _ = try await place.run("run", "health-check")
        #expect(try await place.run("migrate", "down", "--to", "2").output.contains("5 lead-search: taken back"))
        #expect(try await place.run("migrate", "status").output.contains("3       airtable-sync  no"))
        #expect(try await place.run("jobs").code == 65)
        #expect(try await place.run("migrate", "up").output.contains("5 lead-search: applied"))
        #expect(try await place.run("backup", "list").output.contains("before-migration"))
    }

    @Test func `lists are tables for people and JSON for programs`() async throws {
        let place = TestInstallation()
        _ = try await place.run("run", "tick")
        for verb in [
            ["jobs"], ["runs"], ["schedule", "next"], ["health"], ["config", "show"], ["migrate", "status"],
            ["backup", "list"],
        ] {
            let table = try await Program.run(verb + place.arguments)
            #expect(!table.output.contains("\u{1B}["), "\(verb)")
            let json = try await Program.run(verb + place.arguments + ["--json"])
            #expect(json.output.hasPrefix("[") || json.output.hasPrefix("{"), "\(verb) \(json)")
        }
        for verb in [
            ["serve"], ["check"], ["run"], ["reload"], ["jobs"], ["runs"], ["schedule", "next"], ["backup", "restore"],
            ["health"], ["migrate", "down"], ["config", "show"], ["version"],
        ] {
            let help = try await Program.run(verb + ["--help"])
            #expect(help.code == 0 && help.output.contains("EXIT CODES\n  0 "), "\(verb)")
        }
    }

    @Test func `the shipped files are right`() async throws {
        let outcome = try await Program.run(["check", "--config", "\(Program.root)/config/4runr.yaml"])
        #expect(outcome.code == 0, "\(outcome)")
        for name in ["development", "staging", "production"] {
            #expect(
                try await Program.run(
                    ["check", "--config", "\(Program.root)/config/4runr.yaml"],
                    environment: ["FOURRUNR_ENVIRONMENT": name]
                ).code == 0)
        }
    }

    @Test func `JSON lines go into a folder when asked`() async throws {
        let place = TestInstallation(settings: "log: { directory: LOGS, format: json }\n")
        place.folder.write("4runr.yaml", "log: { directory: \(place.folder.path)/logs, format: json }\n")
        let daemon = try place.serve()
        try daemon.notification("READY=1")
        _ = try await place.run("run", "tick")
        daemon.send(SIGTERM)
        #expect(daemon.end() == 0)
        let files = try await Program.run("/bin/sh", ["-c", "cat \(place.folder.path)/logs/4runr-*.jsonl"])
        #expect(
            files.output.split(separator: "\n").contains {
                $0.contains("\"event\":\"run-succeeded\"") && $0.contains("\"job\":\"tick\"")
            }, "\(files)")
    }

    @Test func `a program that ends well at its time-out has failed all the same`() async throws {
        let place = TestInstallation(
            schedule:
                "jobs: { a: { command: [/bin/sh, -c, \"trap 'exit 0' TERM; sleep 60 & wait\"], every: 1h, timeout: 1s }, b: { command: [/bin/true], after: a } }\n"
        )
        let outcome = try await place.run("run", "a")
        #expect(outcome.code == 1 && outcome.errors.contains("timed out after 1s"), "\(outcome)")
        #expect(try await place.runs(ofJob: "b") == 0)
    }

    @Test func `interrupting a run without a daemon ends the command and its row`() async throws {
        let place = TestInstallation(schedule: "jobs: { a: { command: [/bin/sleep, \"984\"], every: 1h } }\n")
        let outcome = try await Program.run(
            "/usr/bin/timeout", ["-s", "INT", "2", Program.path, "run", "a"] + place.arguments)
        #expect(outcome.code == 124, "\(outcome)")
        #expect(try await Program.run("/usr/bin/pgrep", ["-f", "sleep 984"]).code == 1)
        #expect(
            try SQLiteShell.run(place.folder.data.database, "SELECT activity_status FROM pipeline_activities")
                == "interrupted\n")
    }

    @Test func `a secret that a command prints is hidden`() async throws {
        let place = TestInstallation(
            schedule:
                "jobs: { a: { command: [/bin/sh, -c, \"echo key=$KEY\"], environment: { KEY: { secret: api_key } }, every: 1h } }\n"
        )
        let outcome = try await place.run("run", "a", environment: ["API_KEY": "sk-0123456789"])
        #expect(outcome.code == 0 && outcome.output.contains("key=<secret>"), "\(outcome)")
    }

    @Test func `a restore makes up for nothing from before it, damaged or not`() async throws {
        let place = TestInstallation(schedule: "jobs: { tick: { command: [/bin/true], every: 1s, catch_up: all } }\n")
        func serve(for seconds: UInt32) throws {
            let daemon = try place.serve()
            try daemon.notification("READY=1")
            sleep(seconds)
            daemon.send(SIGTERM)
            #expect(daemon.end() == 0)
        }
        try serve(for: 2)
        let name = try await place.run("backup", "create").output.split(separator: " ").first.map(String.init) ?? ""
        sleep(3)
        // A page is overwritten: the file can still be opened, but is not sound.
        place.folder.write(
            "ruin.sh",
            "size=$(stat -c %s $1); dd if=/dev/zero of=$1 bs=4096 seek=$((size / 4096 - 3)) count=2 conv=notrunc status=none\n"
        )
        _ = try await Program.run("/bin/sh", ["\(place.folder.path)/ruin.sh", place.folder.data.database])
        let restored = try await place.run("backup", "restore", name)
        #expect(restored.code == 0, "\(restored)")
        try serve(for: 1)
        #expect(try place.query("SELECT count(*) FROM pipeline_activities WHERE \"trigger\" = 'catch_up'") == "0")
        #expect(try place.query("PRAGMA integrity_check") == "ok")
    }

    @Test func `a relative data folder is found from elsewhere`() async throws {
        let place = TestInstallation()
        let daemon = try DaemonProcess(
            ["--config", "4runr.yaml", "--data", "data"], folder: place.folder, directory: place.folder.path)
        try daemon.notification("READY=1")
        #expect(try await place.run("run", "tick").code == 0)
    }

    @Test func `as root the program is the data's owner, all of it`() async throws {
        try #require(geteuid() == 0)
        let place = TestInstallation()
        chmod(place.folder.path, 0o755)
        mkdir(place.folder.data.path, 0o700)
        chown(place.folder.data.path, 65_534, 65_534)
        let daemon = try place.serve()
        // The notify socket belongs to root, so no notification can be sent to it. The control socket exists once the
        // daemon is ready.
        for _ in 0..<200 where access("\(place.folder.data.path)/control.sock", F_OK) != 0 { usleep(20_000) }
        let threads = try await Program.run(
            "/bin/sh", ["-c", "grep -h ^Uid: /proc/\(daemon.pid)/task/*/status | sort -u"])
        #expect(threads.output == "Uid:\t65534\t65534\t65534\t65534\n")
        #expect(try await place.run("run", "tick").code == 0)
        #expect(try await Program.run("/usr/bin/find", [place.folder.data.path, "-user", "root"]).output.isEmpty)
    }

    @Test func `health tells when the daemon cannot write`() async throws {
        let place = TestInstallation(schedule: "jobs: { tick: { command: [/bin/true], every: 1s } }\n")
        let daemon = try place.serve()
        try daemon.notification("READY=1")
        let store = try place.folder.store()
        let lock = LockHolder(store)
        try daemon.notification("STATUS=Degraded", within: 20)
        let outcome = try await place.run("health")
        #expect(outcome.code == 69 && outcome.output.contains("no job starts"), "\(outcome)")
        lock.release()
    }
}

extension TestInstallation {
    /// How many runs of a job succeeded.
    func runs(ofJob job: String) async throws -> Int {
        let text = try SQLiteShell.run(
            folder.data.database,
            "SELECT count(*) FROM pipeline_activities WHERE job_name = '\(job)' AND activity_status = 'success'")
        return Int(text.filter(\.isNumber)) ?? -1
    }
}

import Foundation
import Glibc
import Storage
import TestSupport
import Testing

/// The commands for schedules and jobs, as a person types them.
struct ScheduleTests {
    @Test func `explain says what an expression means, for people and for programs`() async throws {
        let people = try await Program.run([
            "schedule", "explain", "at 02:30", "--timezone", "America/Toronto", "--from", "2026-03-07 12:00:00",
            "--count",
            "2",
        ])
        #expect(people.code == 0, "\(people)")
        for line in [
            "every day at 02:30", "2026-03-08 02:30 does not exist in America/Toronto: the slot comes at 03:00",
            "2026-03-08 03:00:00 EDT", "2026-03-09 02:30:00 EDT",
        ] { #expect(people.output.contains(line), "\(people.output)") }
        let json = try await Program.run([
            "schedule", "explain", "Mon..Fri 9:00", "--json", "--timezone", "Europe/Berlin", "--from",
            "2026-01-02 12:00:00",
            "--count", "1",
        ])
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any], "\(json)")
        #expect(Set(object.keys) == ["expression", "kind", "normalized", "description", "timezone", "next"])
        #expect(object["kind"] as? String == "calendar" && object["timezone"] as? String == "Europe/Berlin")
        #expect(object["normalized"] as? String == "Mon..Fri *-*-* 09:00:00")
        #expect((object["next"] as? [String])?.first?.hasPrefix("2026-01-05T08:00:00") == true)
        let wrong = try await Program.run(["schedule", "explain", "0 8 * * mno"])
        #expect(wrong.code == 65 && wrong.errors.contains("did you mean \"mon\"?"), "\(wrong)")
        #expect(try await Program.run(["schedule", "explain"]).code == 64)
    }

    @Test func `explain answers a batch line by line, and a wrong line alone is an error`() async throws {
        let folder = TemporaryFolder()
        folder.write(
            "questions",
            "*/5 * * * *\tAmerica/Toronto\t1700000000\t3\nnonsense\tUTC\t0\t1\n30m\tUTC\t0\t2\n09:00\tNo/Where\t0\t1\n\n"
                + "2020-01-01\tUTC\t1700000000\t3\nMon *-05~07/1 12:00\tUTC\t1767225600\t1\n1\t2\n")
        let outcome = try await Program.run(
            "/bin/sh", ["-c", "exec \"$0\" schedule explain --batch <'\(folder.path)/questions'", Program.path])
        let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines[0] == "1700000100,1700000400,1700000700" && lines[2] == "1800,3600", "\(outcome)")
        #expect(lines[1].hasPrefix("error: ") && lines[3].hasPrefix("error: unknown time zone"))
        #expect(lines[4].hasPrefix("error: ") && lines[5].isEmpty && lines[6] == "1779710400")
        #expect(lines[7].hasPrefix("error: the line has 2 fields, not 4") && outcome.code == 0)
    }

    @Test func `diff and reload say what changes, with the next times before and after`() async throws {
        let place = TestInstallation(
            schedule: """
                timezone: UTC
                jobs:
                  stays: { command: [/bin/true], every: 1h }
                  moves: { command: [/bin/true], at: "03:00" }
                  slower: { command: [/bin/true], every: 2h }
                  goes: { command: [/bin/true], at: "05:00" }

                """)
        let other = """
            timezone: UTC
            jobs:
              stays: { command: [/bin/true], every: 1h }
              moves: { command: [/bin/true], at: "04:00" }
              slower: { command: [/bin/true], every: 2h, timeout: 5m }
              comes: { command: [/bin/true], at: "06:00" }

            """
        place.folder.write("other.yaml", other)
        let diff = try await place.run("schedule", "diff", "\(place.folder.path)/other.yaml")
        #expect(diff.code == 1, "\(diff)")
        func isTold(_ text: String) -> Bool {
            text.contains(/moves +changed +at 03:00 .*03:00:00 UTC +at 04:00 .*04:00:00 UTC/)
                && text.contains(/slower +edited/) && text.contains(/comes +added +- +- +at 06:00/)
                && text.contains(/goes +removed +at 05:00/) && text.contains("1 job as before")
        }
        #expect(isTold(diff.output), "\(diff.output)")
        let same = try await place.run("schedule", "diff", "\(place.folder.path)/schedule.yaml")
        #expect(same.code == 0 && same.output == "4 jobs as before\n")
        let daemon = try place.serve()
        try daemon.notification("READY=1")
        place.folder.write("schedule.yaml", other)
        let reload = try await place.run("reload")
        #expect(reload.code == 0 && isTold(reload.output), "\(reload)")
        let json = try await place.run("schedule", "diff", "/nowhere.yaml", "--json")
        #expect(json.code == 78 && json.errors.contains("/nowhere.yaml: cannot be read"))
    }

    @Test func `a job is paused, resumed, run and cancelled by name`() async throws {
        let place = TestInstallation(
            schedule: """
                jobs:
                  tick: { command: [/bin/true], every: 1s }
                  slow: { command: [/bin/sleep, "984"], calendar: "2099-01-01" }

                """)
        let daemon = try place.serve()
        try daemon.notification("READY=1")
        let paused = try await place.run("jobs", "pause", "tick")
        #expect(paused.code == 0 && paused.output == "tick is paused\n", "\(paused)")
        #expect(try await place.run("jobs", "pause", "tick").output == "tick is paused, as it was\n")
        // Slots that come now are recorded.
        try await place.until("SELECT slot_count >= 2 FROM pipeline_activities WHERE error_message = 'paused'", is: "1")
        #expect(try await place.run("jobs").output.contains(/tick +command +every 1s +paused/))
        let missed = try await place.run("runs", "--missed", "--job", "tick")
        #expect(missed.output.contains("skipped") && missed.output.contains("paused"), "\(missed)")
        #expect(try await place.run("jobs", "run", "tick").code == 0)
        #expect(try await place.run("jobs", "resume", "tick").output == "tick is not paused\n")
        #expect(try await place.run("jobs", "pause", "tock").code == 64)

        async let run = place.run("run", "slow")
        try await place.until(
            "SELECT count(*) FROM pipeline_activities WHERE job_name = 'slow' AND activity_status = 'running'", is: "1")
        let cancelled = try await place.run("jobs", "cancel", "slow")
        #expect(cancelled.code == 0 && cancelled.output.contains("of slow: cancelled"), "\(cancelled)")
        let outcome = try await run
        #expect(outcome.code == 75 && outcome.errors.contains("cancelled by cli:"), "\(outcome)")
        #expect(try await Program.run("/usr/bin/pgrep", ["-f", "sleep 984"]).code == 1)
        let nothing = try await place.run("jobs", "cancel", "slow")
        #expect(nothing.code == 64 && nothing.errors.contains("no run of slow is under way or waiting"), "\(nothing)")
    }

    @Test func `runs are followed as they start and end`() async throws {
        let place = TestInstallation(schedule: "jobs: { tick: { command: [/bin/sh, -c, \"exit 3\"], every: 1s } }\n")
        let daemon = try place.serve()
        try daemon.notification("READY=1")
        let command = "timeout 4 \"$0\" runs --follow \(place.arguments.joined(separator: " "))"
        let outcome = try await Program.run("/bin/sh", ["-c", command, Program.path])
        let ends = outcome.output.split(separator: "\n").filter { $0.contains("tick failed") }
        #expect(ends.count >= 2 && ends.allSatisfy { $0.contains("ended with status 3") }, "\(outcome)")
        let lines = try await Program.run("/bin/sh", ["-c", command + " --json | head -n 1", Program.path]).output
        #expect(lines.hasPrefix("{") && lines.hasSuffix("}\n") && lines.contains("\"job_name\":\"tick\""))
    }

    @Test func `a dead-man's switch hears of starts and ends, and people hear ever more rarely of failures`()
        async throws
    {
        let server = RawServer { _, _ in RawServer.answer(200) }
        let url = "http://127.0.0.1:\(server.port)"
        let place = TestInstallation(
            schedule: """
                jobs:
                  good: { command: [/bin/true], at_start: true, ping: "\(url)/ping/good?x=1" }
                  bad: { command: [/bin/sh, -c, "echo why; exit 3"], every: 1s, ping: { secret: bad_ping } }
                  quiet: { command: [/bin/false], every: 1s, on_failure: ignore }

                """)
        let daemon = try place.serve(environment: [
            "BAD_PING": "\(url)/ping/bad", "NOTIFY_WEBHOOK_URL": "\(url)/hook/token-0123456789",
        ])
        try daemon.notification("READY=1")
        @Sendable func asked(_ text: String) -> Int { server.requests.count { $0.contains(text) } }
        #expect(try await eventually(within: 30) { asked("POST /hook/") >= 3 && asked("POST /ping/good?x=1 ") == 1 })
        daemon.send(SIGTERM)
        #expect(daemon.end() == 0)
        #expect(asked("POST /ping/good/start?x=1 ") == 1 && asked("POST /ping/good/fail") == 0)
        #expect(
            asked("POST /ping/bad/start ") >= 4 && asked("POST /ping/bad/fail ") >= 4 && asked("POST /ping/bad ") == 0)
        let told = server.requests.filter { $0.hasPrefix("POST /hook/") }
        #expect(told.allSatisfy { $0.contains("{\"text\":\"bad on ") && !$0.contains("quiet") }, "\(told)")
        #expect(told[0].contains("failed (run ") && told[0].contains("ended with status 3: why"))
        #expect(told[1].contains("failed 2 times in a row") && told[2].contains("failed 4 times in a row"))
        // Neither address appears in a log or in the database.
        #expect(!daemon.output.contains("token-0123456789") && !daemon.output.contains("/ping/bad"))
        let dump = try SQLiteShell.run(place.folder.data.database, ".dump")
        #expect(!dump.contains("token-0123456789") && !dump.contains("/ping/bad"))
    }

    @Test func `what cannot be told holds up nothing and shows no address`() async throws {
        let server = RawServer { _, _ in RawServer.answer(404) }
        let place = TestInstallation(
            schedule:
                "jobs: { tick: { command: [/bin/true], every: 1s, ping: { secret: tick_ping } } }\n")
        let daemon = try place.serve(environment: ["TICK_PING": "http://127.0.0.1:\(server.port)/secret-path"])
        try daemon.notification("READY=1")
        try await place.until(
            "SELECT count(*) >= 3 FROM pipeline_activities WHERE activity_status = 'success'", is: "1")
        #expect(
            try await eventually(within: 30) {
                daemon.output.contains("the ping was not sent: the ping was answered with 404")
            })
        #expect(!daemon.output.contains("secret-path"))
    }

    @Test func `a schedule that its job outlasts is warned of`() async throws {
        let place = TestInstallation(schedule: "jobs: { tick: { command: [/bin/sleep, \"1.3\"], every: 1h } }\n")
        #expect(try await place.run("run", "tick").code == 0)
        place.folder.write("schedule.yaml", "jobs: { tick: { command: [/bin/sleep, \"1.3\"], every: 1s } }\n")
        // Armed once, so that the job is known.
        let daemon = try place.serve()
        try daemon.notification("READY=1")
        try await place.until(
            "SELECT count(*) >= 2 FROM pipeline_activities WHERE activity_status = 'success'", is: "1")
        let check = try await place.run("check")
        #expect(check.code == 0 && check.output.contains("job \"tick\" usually takes 1"), "\(check)")
        #expect(check.output.contains("its slots come 1s after each other; the slots between are skipped"), "\(check)")
        #expect(try await place.run("jobs").output.contains(/TAKES/))
    }

    /// A thousand edits of the shipped file, a few characters each.
    @Test func `random edits of a right file are answered with a place, and crash nothing`() async throws {
        let right = try String(contentsOfFile: "\(Program.root)/config/schedule.yaml", encoding: .utf8)
        let lines = right.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("#") }
        let text = Array(
            lines.joined(separator: "\n") + "\n  x: { command: [/bin/true], calendar: \"Mon..Fri *-*~3 0/2:30\" }\n")
        let pieces = Array("{}[]:,\"'*&!|>%@`#~-_. \t\n09azé\u{0}\u{1B}")
        let count = Program.isLong ? 20_000 : 1_000
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in 0..<2 {
                group.addTask {
                    let place = TestInstallation()
                    var random = SystemRandomNumberGenerator()
                    for _ in 0..<count / 2 {
                        var edited = text
                        for _ in 0..<Int.random(in: 1...4, using: &random) {
                            let place = Int.random(in: 0..<edited.count, using: &random)
                            switch Int.random(in: 0..<3, using: &random) {
                            case 0: edited.remove(at: place)
                            case 1: edited.insert(pieces.randomElement(using: &random) ?? " ", at: place)
                            default: edited.swapAt(place, Int.random(in: 0..<edited.count, using: &random))
                            }
                        }
                        place.folder.write("schedule.yaml", String(edited))
                        let outcome = try await place.run("check")
                        #expect([0, 78].contains(outcome.code), "lane \(lane): \(outcome)\n\(String(edited))")
                        guard outcome.code == 78 else { continue }
                        let said = outcome.output.split(separator: "\n")
                        #expect(
                            !said.isEmpty && said.allSatisfy { $0.contains(/^\/.+schedule\.yaml:\d+:\d+: ./) },
                            "\(outcome)\n\(String(edited))")
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}

extension TestInstallation {
    /// Waits until a query returns the expected value.
    func until(_ query: String, is expected: String) async throws {
        #expect(
            try await eventually(within: 30) { try SQLiteShell.run(folder.data.database, query) == expected + "\n" })
    }
}

import Glibc
import Storage
import TestSupport
import Testing

/// `kill -9` at random moments while jobs run every second.
struct CrashTests {
    @Test func `every slot is accounted for, none runs twice as a first attempt, and no row stays running`()
        async throws
    {
        let place = TestInstallation(
            schedule: """
                jobs:
                  quick: { command: [/bin/sh, -c, "echo $FOURRUNR_SLOT >>\\"$TMPDIR/quick\\""], every: 1s }
                  slow: { command: [/bin/sh, -c, "echo $FOURRUNR_SLOT >>\\"$TMPDIR/slow\\"; sleep 1.4"], every: 1s, catch_up: none }
                  all: { command: [/bin/true], every: 1s, catch_up: all }
                  next: { command: [/bin/true], after: quick }
                """)
        let rounds = Program.isLong ? 1_000 : 30
        for round in 0..<rounds {
            let daemon = try place.serve(environment: ["TMPDIR": place.folder.path])
            try daemon.notification("READY=1")
            usleep(UInt32.random(in: 0..<(round % 3 == 0 ? 2_500_000 : 400_000)))
            daemon.send(SIGKILL)
            #expect(daemon.end() == 128 + SIGKILL)
        }
        let daemon = try place.serve(environment: ["TMPDIR": place.folder.path])
        try daemon.notification("READY=1")
        // What `catch_up: all` still owes is made up for.
        for _ in 0..<300 {
            if try place.query("SELECT count(*) FROM pipeline_activities WHERE activity_status IN ('pending')") == "0" {
                break
            }
            usleep(100_000)
        }
        daemon.send(SIGTERM)
        #expect(daemon.end() == 0)

        #expect(try place.query("SELECT count(*) FROM pipeline_activities WHERE activity_status = 'running'") == "0")
        for job in ["quick", "slow", "all"] {
            // From the first slot to the last, each has exactly one first attempt or is in one skipped range.
            let rows = try place.query(
                """
                SELECT CAST(strftime('%s', scheduled_for) AS INTEGER), coalesce(slot_count, 1) FROM pipeline_activities
                WHERE job_name = '\(job)' AND scheduled_for IS NOT NULL AND attempt = 1 ORDER BY scheduled_for
                """
            ).split(separator: "\n").map { $0.split(separator: "|").compactMap { Int($0) } }
            var expected = rows.first?.first ?? 0
            for row in rows {
                #expect(row[0] == expected, "\(job): slot \(expected) is missing or doubled, found \(row[0])")
                expected = row[0] + row[1]
            }
            let last = try place.query(
                "SELECT CAST(strftime('%s', last_slot) AS INTEGER) + 1 FROM job_state WHERE job_name = '\(job)'")
            #expect("\(expected)" == last, "\(job)")
        }
        // If a command was started twice for one slot, two attempts at it are recorded.
        for job in ["quick", "slow"] {
            let starts = Dictionary(
                place.folder.read(job).split(separator: "\n").map { (String($0), 1) }, uniquingKeysWith: +)
            for (slot, count) in starts where count > 1 {
                let attempts =
                    Int(
                        try place.query(
                            "SELECT count(*) FROM pipeline_activities WHERE job_name = '\(job)' AND scheduled_for = '\(slot)'"
                        )) ?? 0
                #expect(count <= attempts, "\(job) \(slot)")
            }
        }
        #expect(
            try place.query(
                "SELECT count(*) FROM pipeline_activities WHERE job_name = 'next' AND activity_status = 'success'")
                != "0")
        #expect(try place.query("PRAGMA integrity_check") == "ok")
    }
}

extension TestInstallation {
    func query(_ sql: String) throws -> String {
        try SQLiteShell.run(folder.data.database, sql).trimmingSuffix(while: \.isNewline)
    }
}

extension String {
    fileprivate func trimmingSuffix(while isUnwanted: (Character) -> Bool) -> String {
        var text = self
        while let last = text.last, isUnwanted(last) { text.removeLast() }
        return text
    }
}

import Foundation
import Glibc
import Storage
import TestSupport
import Testing

/// What must not end the daemon, and what must.
struct EnduranceTests {
    /// Waits until the process handles SIGHUP, which it does before its `main`. What the kernel and the loader do
    /// before that cannot be changed.
    private func handlesHangup(_ pid: Int32) -> Bool {
        for _ in 0..<100_000 {
            let status = FileManager.default.contents(atPath: "/proc/\(pid)/status").map {
                String(decoding: $0, as: UTF8.self)
            }
            let line = status?.split(separator: "\n").first { $0.hasPrefix("SigCgt:") }
            if let mask = line?.split(whereSeparator: { $0 == "\t" || $0 == " " }).last,
                (UInt64(mask, radix: 16) ?? 0) & 1 == 1
            {
                return true
            }
        }
        return false
    }

    @Test func `a SIGHUP ends no daemon, however early it comes`() async throws {
        let place = TestInstallation()
        for pause in [0, 500, 1_000, 3_000, 6_000, 10_000, 20_000] {
            let daemon = try place.serve()
            #expect(handlesHangup(daemon.pid))
            usleep(useconds_t(pause))
            daemon.send(SIGHUP)
            try daemon.notification("READY=1")
            daemon.send(SIGTERM)
            #expect(daemon.end() == 0, "\(pause)")
        }
    }

    @Test func `signals that it has no use for end no daemon, and a job's program has them as ever`() async throws {
        let place = TestInstallation(
            schedule:
                "jobs: { signals: { command: [/bin/grep, -E, \"^Sig(Ign|Blk|Cgt)\", /proc/self/status], every: 1h } }\n"
        )
        let daemon = try place.serve()
        try daemon.notification("READY=1")
        for signal in [SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGPIPE, SIGIO, SIGPWR, 40] {
            daemon.send(signal)
        }
        let outcome = try await place.run("run", "signals")
        #expect(outcome.code == 0, "\(daemon.output)")
        let masks = outcome.output.split { !$0.isHexDigit && !$0.isLetter }.map { String($0) }.filter { $0.count == 16 }
        // SIGUSR1 is bit 9, SIGUSR2 11, SIGALRM 13: neither ignored, blocked nor caught.
        for mask in masks {
            let bits = UInt64(mask, radix: 16) ?? .max
            #expect(bits & (1 << 9 | 1 << 11 | 1 << 13) == 0, "\(outcome.output)")
        }
        daemon.send(SIGTERM)
        #expect(daemon.end() == 0)
    }

    @Test func `who waits for another process says so in the log`() async throws {
        let place = TestInstallation()
        try place.folder.data.prepare()
        let lock = try #require(try ExecutorLock.take(place.folder.data, socket: ""))
        let daemon = try place.serve()
        #expect(try await eventually { daemon.output.contains("waiting: process \(getpid()) is at work on") })
        withExtendedLifetime(lock) {}
        _ = consume lock
        try daemon.notification("READY=1")
    }

    @Test func `a chatty job leaves the log to others`() async throws {
        let place = TestInstallation(
            schedule:
                "jobs: { flood: { command: [/bin/sh, -c, \"yes flood | head -300000; echo last words\"], every: 1h } }\n"
        )
        let daemon = try place.serve()
        try daemon.notification("READY=1")
        #expect(try await place.run("run", "flood").code == 0)
        let lines = daemon.output.split(separator: "\n")
        #expect(lines.count < 600 && lines.contains { $0.contains("flood: last words") }, "\(lines.count)")
        #expect(
            lines.contains { $0.contains("lines were left out") } && lines.contains { $0.contains("flood succeeded") })
    }

    @Test func `the daemon's user is not the first whom a lack of memory hits`() async throws {
        let place = TestInstallation(
            schedule:
                "jobs: { score: { command: [/bin/sh, -c, \"sleep 0.3; cat /proc/$$/oom_score_adj\"], every: 1h } }\n")
        let outcome = try await place.run("run", "score")
        #expect(outcome.code == 0 && outcome.output.contains("500"), "\(outcome)")
    }

    @Test func `a request that never left the machine is no call of the month`() async throws {
        let place = TestInstallation(
            schedule: "jobs: { sync: { run: sync, every: 1h } }\n",
            settings:
                "airtable: { base_url: \"https://api.airtable.invalid\", base_id: appAbCdEfGhIjKlMn }\nserpapi: { base_url: \"http://127.0.0.1:9\" }\nprofile: { titles: [Founder] }\n"
        )
        let keys = ["AIRTABLE_TOKEN": "patAbCdEfGhIjKlMn.1", "SERPAPI_API_KEY": "0123456789abcdef"]
        for verb in ["sync", "scrape"] { #expect(try await place.run(verb, environment: keys).code == 1) }
        #expect(
            try await place.run("calls", more: ["--json"]).output.filter { !$0.isWhitespace } == "[]"
                || !(try SQLiteShell.run(place.folder.data.database, "SELECT sum(calls) FROM service_calls")).contains(
                    /[1-9]/)
        )
        #expect(try SQLiteShell.run(place.folder.data.database, "SELECT sum(api_calls) FROM sync_log") == "0\n")
    }
}

import Recurrence
import Scheduling
import Testing

struct ScheduleFileTests {
    @Test(arguments: [
        ("", "s.yaml:1:1: is empty"),
        ("[]", "s.yaml:1:1: the schedule must be a mapping"),
        ("jobs:", "s.yaml:1:1: there are no jobs"),
        ("jobs: { a: }", "s.yaml:1:9: job \"a\" is empty"),
        ("jobs: { a: 1 }", "s.yaml:1:12: job \"a\" must be a mapping of keys to values, not \"1\""),
        ("jobs: { a: { run: bakup, every: 1m } }", "s.yaml:1:19: unknown task \"bakup\"; did you mean \"backup\"?"),
        ("jobs: { a: { run: backup } }", "s.yaml:1:9: job \"a\" does not say when it runs"),
        ("jobs: { a: { every: 1m } }", "s.yaml:1:9: job \"a\" does not say what to do"),
        (
            "jobs: { a: { run: backup, every: 1m, at: \"09:00\" } }",
            "s.yaml:1:9: job \"a\" has every and at; keep exactly one trigger"
        ),
        ("jobs: { a: { run: backup, command: [/bin/true], every: 1m } }", "job \"a\" has both run and command"),
        (
            "jobs: { a: { run: backup, every: 30 } }",
            "s.yaml:1:34: every must be a time from 1s to 366d, such as 90s, 30m or 1h 30m, not \"30\"; a bare number has no unit: write 30s or 30m"
        ),
        ("jobs: { a: { run: backup, every: 1500ms } }", "whole number of seconds"),
        (
            "jobs: { a: { run: backup, evrey: 30m } }",
            "s.yaml:1:27: unknown key \"evrey\" in job \"a\"; did you mean \"every\"?"
        ),
        (
            "jobs: { a: { run: backup, at: 15:00 } }",
            "s.yaml:1:31: 15:00 without quotes is a number in YAML (base 60); put quotes around it: \"15:00\""
        ),
        ("jobs: { a: { run: backup, at: \"24:00\" } }", "midnight is \"00:00\""),
        ("jobs: { a: { run: backup, at: \"9.30\" } }", "is not a time of day"),
        ("jobs: { a: { run: backup, at: [] } }", "at is an empty list"),
        (
            "jobs: { a: { run: backup, at: \"09:00\", days: mon-fir } }",
            "s.yaml:1:46: \"mon-fir\" is not a day of the week"
        ),
        ("jobs: { a: { run: backup, every: 1m, days: mon } }", "days goes with at, not with every"),
        (
            "jobs: { a: { run: backup, cron: \"0 8 * * mon *\" } }",
            "cron must have 5 fields, not 6; another program's cron begins with seconds or ends with years"
        ),
        ("jobs: { a: { run: backup, cron: \"60 8 * * *\" } }", "minute: \"60\" is not from 0 to 59"),
        (
            "jobs: { a: { run: backup, cron: \"0 8 * * mno\" } }",
            "day of the week: \"mno\" is not from 0 to 7; did you mean \"mon\"?"
        ),
        ("jobs: { a: { run: backup, cron: \"0 8 31 2,4 *\" } }", "this date never comes"),
        ("jobs: { a: { run: backup, cron: \"5/10 * * * *\" } }", "a step needs a range"),
        ("jobs: { a: { run: backup, calendar: \"*-02-30\" } }", "s.yaml:1:37: this date never comes"),
        (
            "jobs: { a: { run: backup, calendar: \"Tue 2012-10-15\" } }",
            "that day never falls on that weekday"
        ),
        (
            "jobs: { a: { run: backup, calendar: \"*:*/5\" } }",
            "s.yaml:1:37: calendar: \"/5\" cannot follow *; a step needs"
        ),
        ("jobs: { a: { run: backup, calendar: [a] } }", "calendar must be a text in quotes"),
        ("jobs: { a: { run: backup, calendar: \"09:00\", days: mon } }", "the days stand before the time"),
        ("jobs: { a: { run: backup, every: 1m, when: failure } }", "when goes with after, not with every"),
        (
            "jobs: { a: { run: backup, after: b, when: failed }, b: { run: backup, every: 1m } }",
            "when must be success, failure, either"
        ),
        ("jobs: { a: { run: backup, every: 1m, jitter: 2d } }", "jitter must be a time from"),
        ("jobs: { a: { run: backup, every: 1m, group: \"a b\" } }", "is not a name for a group"),
        ("jobs: { a: { run: backup, every: 1m, ping: ftp://x } }", "ping must be a URL"),
        (
            "jobs: { a: { run: backup, every: 1m, ping: { secrt: x } } }",
            "unknown key \"secrt\" in ping; did you mean \"secret\"?"
        ),
        ("jobs: { a: { run: backup, every: 1m, on_failure: tell } }", "on_failure must be notify, ignore"),
        ("jobs: { a: { run: backup, every: 1m, catch_up_window: 0s } }", "catch_up_window must be a time from 1s"),
        (
            "jobs: { a: { run: backup, every: 1m, catch_up: none, catch_up_window: 1h } }",
            "warning: catch_up_window means nothing"
        ),
        ("jobs: { a: { run: backup, every: 1s } }", "warning: job \"a\" fires every second"),
        ("jobs: { a: { run: backup, calendar: \"*:*:*\" } }", "warning: job \"a\" fires every second"),
        ("jobs: { a: { run: backup, every: 1m, group: g } }", "warning: job \"a\" is the only one in group g"),
        (
            "jobs: { a: { run: backup, calendar: \"2020-01-01\" } }",
            "warning: job \"a\" will not run: its last time has passed"
        ),
        (
            "jobs: { a: { run: backup, at: \"02:30\", timezone: America/Toronto } }",
            "s.yaml:1:9: warning: job \"a\": 2026-03-08 02:30 does not exist in America/Toronto: the slot comes at 03:00"
        ),
        ("jobs: { a: { run: backup, cron: \"10-5 * * * *\" } }", "the range 10-5 runs backwards"),
        ("jobs: { a: { run: backup, cron: \"@reboot\" } }", "write at_start: true"),
        ("jobs: { a: { run: backup, cron: \"@dayly\" } }", "did you mean \"@daily\"?"),
        ("jobs: { a: { run: backup, cron: * * * * * } }", "put quotes around"),
        ("jobs: { a: { run: backup, after: b } }", "job \"a\" is to run after \"b\", which is no job"),
        ("jobs: { a: { run: backup, every: 1m }, b: { run: backup, after: [] } }", "s.yaml:1:58: after names no job"),
        (
            "jobs: { a: { run: backup, every: 1m, ping: {} } }",
            "ping names no secret; write a text, or { secret: NAME }"
        ),
        (
            "jobs: { a: { command: [/bin/true], every: 1m, environment: { X: { secret: } } } }",
            "environment of X names no secret"
        ),
        (
            "jobs: { a: { command: [/bin/true], every: 1m, environment: { X: \"a\\0b\" } } }",
            "the variable X holds a NUL character"
        ),
        (
            "jobs: { a: { command: [/bin/true], every: 1m, directory: \"/tmp\\0x\" } }",
            "directory holds a NUL character"
        ),
        ("jobs: { a: { run: backup, every: 1m, ping: \"https://\" } }", "ping must be a URL: "),
        (
            "jobs: { a: { run: backup, every: 1m, retry: { backoff: 1h, max: 1m } } }",
            "retry: max (1m) is shorter than backoff (1h)"
        ),
        ("jobs: { a: { run: backup, after: a } }", "job \"a\" cannot run after itself"),
        (
            "jobs: { a: { run: backup, after: c }, b: { run: backup, after: a }, c: { run: backup, after: b } }",
            "jobs run after each other in a circle: a → b → c → a"
        ),
        ("jobs: { a: { run: backup, at_start: false } }", "write enabled: false"),
        (
            "jobs: { a: { run: backup, every: 1m, enabled: no } }",
            "enabled must be true or false, not \"no\"; write false"
        ),
        ("jobs: { a: { run: backup, every: 1m, overlap: queue2 } }", "overlap must be skip, queue, replace"),
        ("jobs: { a: { run: backup, every: 1m, catch_up: twice } }", "catch_up must be none, once, all"),
        ("jobs: { a: { run: backup, every: 1m, timeout: 0s } }", "timeout must be a time from 1s"),
        ("jobs: { a: { run: backup, every: 1m, retry: 3 } }", "retry must be a mapping"),
        (
            "jobs: { a: { run: backup, every: 1m, retry: { attemps: 3 } } }",
            "unknown key \"attemps\" in retry; did you mean \"attempts\"?"
        ),
        ("jobs: { a: { run: backup, every: 1m, with: { keep: 3 } } }", "unknown key \"keep\" in with of job \"a\""),
        (
            "jobs: { a: { run: backup, every: 1m, with: { keep_daily: 99 } } }",
            "keep_daily must be a whole number from 1 to 10"
        ),
        (
            "timezone: Europe/Berln\njobs: { a: { run: backup, every: 1m } }",
            "s.yaml:1:11: unknown time zone \"Europe/Berln\"; did you mean \"Europe/Berlin\"?"
        ),
        (
            "jobs: { a: { command: echo hi, every: 1m } }",
            "command must be a list of the program and its arguments; no shell reads it: write [echo, hi]"
        ),
        ("jobs: { a: { command: [], every: 1m } }", "that begins with a program"),
        (
            "jobs: { a: { command: [/no/such/thing], every: 1m } }",
            "s.yaml:1:24: there is no command /no/such/thing; install it, or correct its path"
        ),
        ("jobs: { a: { command: [bin/x], every: 1m } }", "is a relative path"),
        ("jobs: { a: { command: [/etc/passwd], every: 1m } }", "cannot be executed"),
        (
            "jobs: { a: { command: [/bin/true], environment: { X: { secrte: y } }, every: 1m } }",
            "unknown key \"secrte\""
        ),
        ("jobs: { \"a b\": { run: backup, every: 1m } }", "is not a name for a job"),
        ("jbos: { a: { run: backup, every: 1m } }", "unknown key \"jbos\" in the schedule; did you mean \"jobs\"?"),
        ("jobs: { a: { run: backup, every: 2d } }", "warning: every 2d counts days of 24 hours of UTC"),
    ])
    func `what is wrong is said with its place and what was meant`(text: String, expected: String) {
        let said = Schedules.diagnostics(text)
        #expect(said.contains { $0.contains(expected) }, "\(said)")
    }

    @Test func `everything is found at once`() {
        let text =
            "timezone: Nowhere\njobs:\n  a: { run: x, every: 5 }\n  b: { at: 25:99 }\n  c: { run: backup, cron: 1, foo: 2 }\n"
        let said = Schedules.diagnostics(text)
        #expect(said.count >= 6, "\(said)")
        #expect(said.allSatisfy { $0.hasPrefix("s.yaml:") })
    }

    @Test func `what is right is read`() throws {
        let schedule = try Schedules.read(
            """
            timezone: America/Toronto
            jobs:
              a: { run: backup, at: "09:00", days: mon-fri, with: { keep_daily: 5 }, catch_up: all, retry: { attempts: 3, backoff: 1m }, timeout: 20m }
              b: { run: nothing, after: [a] }
              c: { command: [true], every: 1h, enabled: false, timezone: Europe/Berlin, environment: { A: b, K: { secret: key } }, directory: / }
              d: { run: nothing, at_start: true }
            """)
        #expect(schedule.jobs.map(\.trigger.text) == ["at 09:00 mon-fri", "after a", "every 1h", "at start"])
        #expect(
            schedule.jobs.map(\.zone.name) == [
                "America/Toronto", "America/Toronto", "Europe/Berlin", "America/Toronto",
            ])
        #expect(schedule.jobs.map(\.type) == ["backup", "nothing", "command", "nothing"])
    }

    @Test func `random edits of a right file never crash the reader and always leave a place to look at`() {
        let right =
            "timezone: Europe/Berlin\njobs:\n  scrape: { run: nothing, at: \"09:00\", days: mon-fri, catch_up: once, retry: { attempts: 3, backoff: 1m } }\n  backup: { run: backup, cron: \"0 2 * * 1-5\", with: { keep_daily: 3 } }\n  c: { command: [/bin/true, x], every: 30m }\n  d: { run: nothing, after: [c, scrape] }\n"
        var random = SystemRandomNumberGenerator()
        let bytes = Array(right.utf8)
        let signs = Array("{}[]:,\"'*&!|>%@`#-? \n\t0aZ~\u{0}".utf8)
        for _ in 0..<1_000 {
            var edited = bytes
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let position = Int.random(in: 0..<edited.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: edited.remove(at: position)
                case 1: edited.insert(signs.randomElement(using: &random) ?? 0, at: position)
                case 2: edited[position] = signs.randomElement(using: &random) ?? 0
                default: edited.removeSubrange(position..<min(edited.count, position + 12))
                }
                if edited.isEmpty { edited = [0x61] }
            }
            let text = String(decoding: edited, as: UTF8.self)
            for line in Schedules.diagnostics(text) {
                #expect(line.wholeMatch(of: /s\.yaml:\d+:\d+: .+/) != nil, "\(line)\n\(text)")
            }
        }
    }
}

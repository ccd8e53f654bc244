import AppConfiguration
import Foundation
import Recurrence
import Scheduling
import Values

/// Computes the next slot after the last one repeatedly: nanoseconds per call, for each kind of trigger.
enum ArithmeticBenchmark {
    private static let triggers = [
        ("every", "every: 5m"), ("at", "at: \"09:00\""), ("at-days", "at: [\"09:00\", \"17:30\"], days: mon-fri"),
        ("cron-step", "cron: \"*/5 * * * *\""), ("cron-fixed", "cron: \"30 2 * * 1-5\""),
        ("cron-monthly", "cron: \"0 8 1 * *\""), ("calendar-daily", "calendar: \"09:00\""),
        ("calendar-weekdays", "calendar: \"Mon..Fri *-*-* 09:00\""), ("calendar-step", "calendar: \"*:0/15\""),
        ("calendar-last-day", "calendar: \"*-*~01 18:00\""),
        ("calendar-first-saturday", "calendar: \"Sat *-*-1..7 18:00\""),
    ]

    static func run() throws {
        let reader = ScheduleReader(
            catalog: TaskCatalog([]), zones: ZoneDatabase(),
            host: CommandHost(
                environment: [:], secrets: SecretStore(environment: [:], folder: nil), runtime: .system()),
            missingCommand: .isWarning, machineID: "", now: Runtime.system().now)
        for (name, text) in triggers {
            let file = "/tmp/4runr-benchmark-\(UUID().uuidString).yaml"
            defer { try? FileManager.default.removeItem(atPath: file) }
            try "timezone: America/Toronto\njobs: { a: { command: [/bin/true], \(text) } }\n"
                .write(toFile: file, atomically: true, encoding: .utf8)
            let diagnostics = Diagnostics()
            guard let job = reader.read(file, diagnostics: diagnostics)?.jobs.first else {
                throw ConfigurationProblem(diagnostics.all)
            }
            let calls = 20_000
            var at = Timestamp(seconds: 1_767_225_600)
            let clock = ContinuousClock()
            let span = clock.measure {
                for _ in 0..<calls {
                    at = job.trigger.next(after: at, in: job.zone) ?? Timestamp(seconds: 1_767_225_600)
                }
            }
            try Figure(name: "next.\(name)", value: span / .nanoseconds(calls), unit: "ns", aim: 1_000).report()
        }
    }
}

import Foundation

/// Measures how well the Intake tells people apart, on generated people whose identity is known: people in several lists with
/// nicknames, initials, typing errors, other jobs and names, beside namesakes, relatives, colleagues with one switchboard
/// and exporters' own profiles. The names were not chosen for the rules, nor the rules for them.
enum PeopleBenchmark {
    static func run(_ daemon: MeasuredDaemon) throws {
        let folder = try daemon.prepare(schedule: "jobs: { health: { run: health-check, every: 1d } }\n")
        defer { daemon.remove(folder) }
        let people = 5_000
        var generator = PeopleGenerator(seed: 7)
        let records = generator.records(people: people)
        let path = "\(folder)/people.csv"
        try PeopleGenerator.csv(records).write(toFile: path, atomically: true, encoding: .utf8)
        _ = try Bench.run(daemon, ["leads", "import", path, "--map", "full_name=Full Name"], folder)
        let first = try Bench.run(daemon, ["leads", "list", "--limit", "1", "--json"], folder).output
        let before = try count(folder)
        for copy in ["again.csv", "third.csv"] {
            try FileManager.default.copyItem(atPath: path, toPath: "\(folder)/\(copy)")
            _ = try Bench.run(daemon, ["leads", "import", "\(folder)/\(copy)"], folder)
        }
        let after = try count(folder)
        try Figure(name: "people.new_on_repeat", value: after - before, unit: "leads", aim: 0).report()
        _ = first
        try report(folder, records: records.count)
        try removed(daemon, folder, path)
    }

    private static func count(_ folder: String) throws -> Double {
        Double(try sql(folder, "SELECT count(*) FROM leads WHERE deleted_at IS NULL").trimmingCharacters(in: .newlines))
            ?? 0
    }

    /// Compares the leads with the truth, which each record carries in its last column.
    private static func report(_ folder: String, records: Int) throws {
        let rows = try sql(
            folder, "SELECT lead_id, json_extract(content, '$.truth') FROM lead_records WHERE hash IS NOT NULL")
        var truths: [Substring: [Substring: Int]] = [:]
        var leads: [Substring: Set<Substring>] = [:]
        for row in rows.split(separator: "\n") {
            let parts = row.split(separator: "|")
            guard parts.count == 2 else { continue }
            truths[parts[0], default: [:]][parts[1], default: 0] += 1
            leads[parts[1], default: []].insert(parts[0])
        }
        let mixed = truths.values.filter { $0.count > 1 }
        // Pairs of records that are together, and that belong together.
        func pairs(_ count: Int) -> Double { Double(count * (count - 1)) / 2 }
        let together = truths.values.map { pairs($0.values.reduce(0, +)) }.reduce(0, +)
        let right = truths.values.flatMap { $0.values.map(pairs) }.reduce(0, +)
        let size = try sql(folder, "SELECT count(*) FROM lead_records WHERE hash IS NOT NULL")
        var truth: [Substring: Int] = [:]
        for counts in truths.values { for (person, count) in counts { truth[person, default: 0] += count } }
        let due = truth.values.map(pairs).reduce(0, +)
        try Figure(name: "people.records", value: Double(size.trimmingCharacters(in: .newlines)) ?? 0, unit: "1")
            .report()
        try Figure(name: "people.precision", value: together == 0 ? 1 : right / together, unit: "share").report()
        try Figure(name: "people.recall", value: due == 0 ? 1 : right / due, unit: "share").report()
        try Figure(name: "people.mixed_leads", value: Double(mixed.count), unit: "leads").report()
        try Figure(
            name: "people.doubled", value: Double(leads.values.filter { $0.count > 1 }.count), unit: "people"
        ).report()
        let shared = try sql(
            folder,
            """
            SELECT count(*) FROM (SELECT value FROM lead_keys k JOIN leads l ON l.id = k.lead_id
                WHERE k.kind = 'mailbox' AND l.deleted_at IS NULL
                    AND NOT EXISTS (SELECT 1 FROM shared_keys s WHERE s.kind = k.kind AND s.value = k.value)
                GROUP BY value HAVING count(DISTINCT lead_id) > 1)
            """)
        try Figure(
            name: "people.mailboxes_of_two", value: Double(shared.trimmingCharacters(in: .newlines)) ?? 0,
            unit: "mailboxes"
        ).report()
    }

    /// Deletes every tenth lead and imports the file once more with another column, so that no record is the same.
    private static func removed(_ daemon: MeasuredDaemon, _ folder: String, _ path: String) throws {
        let ids = try sql(folder, "SELECT id FROM leads WHERE id % 10 = 0 AND deleted_at IS NULL").split(
            separator: "\n"
        ).map(String.init)
        for start in stride(from: 0, to: ids.count, by: 500) {
            _ = try Bench.run(daemon, ["leads", "delete"] + ids[start..<min(ids.count, start + 500)], folder)
        }
        let text = try String(contentsOfFile: path, encoding: .utf8)
        var lines = text.components(separatedBy: "\r\n")
        if lines.count < 2 { lines = text.components(separatedBy: "\n") }
        let wider = lines.enumerated().map {
            $0.element.isEmpty ? "" : $0.element + ($0.offset == 0 ? ",seen" : ",again")
        }
        try wider.joined(separator: "\n").write(toFile: "\(folder)/wider.csv", atomically: true, encoding: .utf8)
        let live = try count(folder)
        _ = try Bench.run(daemon, ["leads", "import", "\(folder)/wider.csv"], folder)
        try Figure(name: "people.new_after_deletion", value: try count(folder) - live, unit: "leads").report()
        // Of the new ones, those whose profile or personal mailbox is a deleted person's.
        let back = try sql(
            folder,
            """
            SELECT count(DISTINCT k.lead_id) FROM lead_keys k JOIN leads l ON l.id = k.lead_id
            JOIN lead_keys d ON d.kind = k.kind AND d.value = k.value JOIN leads gone ON gone.id = d.lead_id
            WHERE k.kind IN ('profile', 'mailbox') AND l.deleted_at IS NULL AND gone.deleted_at IS NOT NULL
                AND l.created_at > gone.deleted_at
                AND NOT EXISTS (SELECT 1 FROM shared_keys s WHERE s.kind = k.kind AND s.value = k.value)
            """)
        try Figure(
            name: "people.brought_back", value: Double(back.trimmingCharacters(in: .newlines)) ?? 0, unit: "leads",
            aim: 0
        ).report()
    }

    private static func sql(_ folder: String, _ query: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
        process.arguments = ["\(folder)/data/leads.db", query]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}

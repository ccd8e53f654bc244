import ArgumentParser
import Foundation
import Glibc

/// The API under load, over a database of made-up leads: requests a second for one lead, a page of 50, and searches, and
/// beside them those of datasette on the same file. The load is made by wrk on the same machine, so that both share its cores.
struct APIBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "api", abstract: "Requests a second of the API, beside datasette.",
        discussion: "Needs sqlite3 and wrk (Debian's packages), and a Python that has datasette for the comparison.")

    @Option(help: "How many leads.")
    var leads = 1_000_000

    @Option(help: "Seconds for each kind of request.")
    var seconds = 10

    @Option(help: "A Python that has datasette.")
    var python: String?

    @Option(help: "The program to measure.")
    var program: String?

    func run() async throws {
        let daemon = MeasuredDaemon(program: program ?? MeasuredDaemon.sibling)
        let folder = try daemon.prepare(
            schedule: "jobs:\n" + (0..<20).map { "  job\($0): { command: [/bin/true], every: 1s }\n" }.joined())
        defer { daemon.remove(folder) }
        let data = "\(folder)/data"
        try FileManager.default.createDirectory(
            atPath: data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        _ = try Bench.run(daemon, ["migrate", "up"], folder)
        try shell("/usr/bin/sqlite3", ["\(data)/leads.db", Self.people(leads)])
        let token = try Bench.run(daemon, ["token", "create", "load", "--scope", "read"], folder).output
            .trimmingCharacters(in: .whitespacesAndNewlines)

        // Without jobs, so that only the API is measured.
        try "jobs: { tick: { command: [/bin/true], every: 1h } }\n".write(
            toFile: "\(folder)/schedule.yaml", atomically: true, encoding: .utf8)
        let port = 18_000 + Int(getpid() % 10_000)
        let running = try daemon.start(in: folder, environment: ["FOURRUNR_API_LISTEN": "127.0.0.1:\(port)"])
        try await Task.sleep(for: .seconds(1))
        for kind in Kind.allCases {
            let rate = try load(kind.script(token: token, leads: leads), port, folder)
            try Figure(name: "api.\(kind.rawValue)", value: rate, unit: "1/s").report()
        }
        let before = try Self.privateMemory(of: running.process.processIdentifier)
        _ = try load(Kind.page.script(token: token, leads: leads), port, folder, seconds: 60)
        let after = try Self.privateMemory(of: running.process.processIdentifier)
        try Figure(name: "api.memory-before", value: before, unit: "MB").report()
        try Figure(name: "api.memory-after-60s", value: after, unit: "MB").report()
        running.stop()
        try slots(daemon, folder, token, port)
        if let python { try await datasette(python, "\(data)/leads.db", folder) }
    }

    /// How late jobs start beside the pipeline's work and 500 requests a second, a third of each kind.
    private func slots(_ daemon: MeasuredDaemon, _ folder: String, _ token: String, _ port: Int) throws {
        let ticks = (0..<10).map { "  tick\($0): { command: [/bin/true], every: 1s }\n" }.joined()
        try ("jobs:\n  all: { run: pipeline, at_start: true }\n" + ticks).write(
            toFile: "\(folder)/schedule.yaml", atomically: true, encoding: .utf8)
        let sandbox = try Bench.StandIns(daemon)
        defer { sandbox.stop() }
        let environment = sandbox.environment.merging(["FOURRUNR_API_LISTEN": "127.0.0.1:\(port)"]) { $1 }
        let running = try daemon.start(in: folder, environment: environment)
        Thread.sleep(forTimeInterval: 1)
        let words = ["moss77", "toronto+founder", "plant+manager+lyon", "company+77", "ada8+moss7", "hamb"]
        let paths = (0..<300).map { number in
            let lead = number * 7_919 % max(1, leads - 60) + 1
            return switch number % 3 {
            case 0: "/api/leads/\(lead)"
            case 1: "/api/leads?limit=50&sort=id&id[from]=\(lead)"
            default: "/api/leads/search?limit=20&q=\(words[number / 3 % words.count])"
            }
        }
        let load = SteadyLoad(port: port, token: token, rate: 500, connections: 8, paths: paths)
        Thread.sleep(forTimeInterval: 20)
        let result = load.end()
        running.stop()
        try Figure(name: "api-slots.requests", value: Double(result.answered) / 20, unit: "1/s").report()
        try Figure(name: "api-slots.failed", value: Double(result.failed), unit: "1", aim: 0).report()
        let latencies = Figure.percentiles(result.latencies, [0.5, 0.99])
        try Figure(name: "api-slots.answer-p50", value: latencies[0], unit: "ms").report()
        try Figure(name: "api-slots.answer-p99", value: latencies[1], unit: "ms").report()
        try LeadBenchmark.lateness(of: "tick", named: "api-slots", aim: 20, daemon, folder)
    }

    private enum Kind: String, CaseIterable {
        case one, page, search

        /// The requests, in wrk's language. The searches are those of people: a whole word that some leads have, two common
        /// words, a beginning of a word, a name with a surname.
        func script(token: String, leads: Int) -> String {
            let path =
                switch self {
                case .one: "\"/api/leads/\" .. math.random(1, \(leads))"
                case .page: "\"/api/leads?limit=50&sort=id&id[from]=\" .. math.random(1, \(leads - 60))"
                case .search: "\"/api/leads/search?limit=20&q=\" .. \(APIBenchmark.words)"
                }
            return """
                request = function()
                  return wrk.format("GET", \(path), {Authorization = "Bearer \(token)", Host = "localhost"})
                end
                """
        }

        /// The same of datasette.
        var datasette: String {
            let path =
                switch self {
                case .one: "\"/leads/leads/\" .. math.random(1, 100000) .. \".json\""
                case .page:
                    "\"/leads/leads.json?_size=50&_nocount=1&_nofacet=1&_nosuggest=1&id__gte=\" .. math.random(1, 900000)"
                case .search:
                    "\"/leads/leads.json?_size=20&_nocount=1&_nofacet=1&_nosuggest=1&_search=\" .. \(APIBenchmark.words)"
                }
            return "request = function() return wrk.format(\"GET\", \(path)) end"
        }
    }

    private static let words =
        "({\"moss\" .. math.random(1, 2000), \"toronto+founder\", \"plant+manager+lyon\", \"company+\" .. math.random(1, 500), \"ada\" .. math.random(1, 50) .. \"+moss\" .. math.random(1, 2000), \"hamb\"})[math.random(6)]"

    private func load(_ script: String, _ port: Int, _ folder: String, seconds: Int? = nil) throws -> Double {
        let file = "\(folder)/load.lua"
        try script.write(toFile: file, atomically: true, encoding: .utf8)
        let output = try shell(
            "/usr/bin/wrk", ["-t1", "-c8", "-d\(seconds ?? self.seconds)", "-s", file, "http://127.0.0.1:\(port)"])
        if let bad = output.firstMatch(of: /Non-2xx[^\n]*/) { throw MeasuredDaemon.Failure(description: "\(bad.0)") }
        guard let match = output.firstMatch(of: /Requests\/sec: +([\d.]+)/), let rate = Double(match.1) else {
            throw MeasuredDaemon.Failure(description: output)
        }
        return rate
    }

    private func datasette(_ python: String, _ database: String, _ folder: String) async throws {
        let port = 28_000 + Int(getpid() % 10_000)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = [
            "-m", "datasette", "serve", database, "-p", "\(port)", "--setting", "default_facet_size", "1",
            "--setting", "suggest_facets", "off", "--setting", "sql_time_limit_ms", "10000",
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        // It would wait for connections that wrk left.
        defer { kill(process.processIdentifier, SIGKILL) }
        try await Task.sleep(for: .seconds(5))
        for kind in Kind.allCases {
            let rate = try load(kind.datasette, port, folder)
            try Figure(name: "datasette.\(kind.rawValue)", value: rate, unit: "1/s").report()
        }
    }

    @discardableResult
    private func shell(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw MeasuredDaemon.Failure(description: "\(program) ended with \(process.terminationStatus)")
        }
        return String(decoding: data, as: UTF8.self)
    }

    /// In MB.
    private static func privateMemory(of process: Int32) throws -> Double {
        let text = try String(contentsOfFile: "/proc/\(process)/smaps_rollup", encoding: .utf8)
        let kilobytes = text.split(separator: "\n").filter { $0.hasPrefix("Private_Dirty:") }
            .compactMap { Double($0.split(separator: " ")[1]) }
        return kilobytes.reduce(0, +) / 1_024
    }

    /// Fills the table of leads: 50 given names, 2,000 surnames, 500 companies, three places, five titles.
    private static func people(_ count: Int) -> String {
        """
        PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(count))
        INSERT INTO leads (uuid, full_name, first_name, last_name, title, company, email, website, location, industry,
            company_size, status, source, created_at, updated_at, change_number, raw_data)
        SELECT printf('%08x-0000-4000-8000-%012x', i, i), 'Ada' || (i % 50 + 1) || ' Moss' || (i % 2000 + 1),
            'Ada' || (i % 50 + 1), 'Moss' || (i % 2000 + 1),
            CASE i % 5 WHEN 0 THEN 'Head of Operations' WHEN 1 THEN 'Founder' WHEN 2 THEN 'CTO'
                WHEN 3 THEN 'Plant Manager' ELSE 'Operations Manager' END,
            'Company ' || (i % 500 + 1), 'ada' || i || '@company' || (i % 500) || '.example',
            'https://www.company' || (i % 500) || '.example/',
            CASE i % 3 WHEN 0 THEN 'Toronto, Ontario, Canada' WHEN 1 THEN 'Hamburg, Germany' ELSE 'Lyon, France' END,
            CASE i % 2 WHEN 0 THEN 'Logistics' ELSE 'Software' END, '51-200',
            CASE i % 3 WHEN 0 THEN 'new' WHEN 1 THEN 'cleaned' ELSE 'enriched' END, 'csv:people.csv',
            strftime('%Y-%m-%d %H:%M:%S.000', 1700000000 + i, 'unixepoch'),
            strftime('%Y-%m-%d %H:%M:%S.000', 1750000000 + i * 7919 % 10000000, 'unixepoch'), i, '{}' FROM n;
        PRAGMA wal_checkpoint(TRUNCATE);
        """
    }
}

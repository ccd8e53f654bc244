import Foundation
import Glibc
import Sandbox
import Storage
import TestSupport
import Testing

/// The commands for leads, as a person uses them.
struct LeadTests {
    private let place = TestInstallation(settings: LeadPlace.settings)

    private func importing(_ name: String, _ bytes: [UInt8], _ more: String...) async throws -> Program.Outcome {
        let path = "\(place.folder.path)/\(name)"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return try await place.run("leads", "import", path, more: more)
    }

    private func count() throws -> String { try place.query("SELECT count(*) FROM leads WHERE deleted_at IS NULL") }

    @Test func `a file is looked at, taken in, and taken in again without change`() async throws {
        let people = Array(
            "Full Name,Company,Email,Shoe\nAda King,Engines,ada@engines.example,38\n,,nobody,\nBob Stone,Acme,,\n".utf8)
        let dry = try await importing("people.csv", people, "--dry-run")
        #expect(dry.code == 0 && dry.output.contains("nothing was changed"), "\(dry)")
        #expect(dry.errors.contains("people.csv:3: refused:"))
        #expect(!FileManager.default.fileExists(atPath: place.folder.data.database))
        let first = try await importing("people.csv", people)
        #expect(first.code == 0 && first.output.contains("2  new") && first.output.contains("1  refused"), "\(first)")
        let again = try await importing("people.csv", people)
        #expect(again.output.contains("2  known already"))
        #expect(try count() == "2")
        #expect(try place.query("SELECT raw_data LIKE '%\"Shoe\":\"38\"%' FROM leads WHERE first_name = 'Ada'") == "1")
        #expect(
            try place.query(
                "SELECT count(*) FROM pipeline_activities WHERE job_name = 'import' AND activity_status = 'success'")
                == "2")
        let mapped = try await importing(
            "wer.csv", Array("Wer,Wo\nEva Klein,Werk\n".utf8), "--map", "full_name=Wer", "--map", "company=Wo")
        #expect(mapped.code == 0 && mapped.output.contains("1  new"))
    }

    @Test func `leads are added, found, changed, shown, exported and deleted by hand`() async throws {
        #expect(
            try await place.run("leads", "add", "full_name=Ada King", "company=Engines", "email=ada@engines.example")
                .code == 0)
        let twice = try await place.run("leads", "add", "full_name=King, Ada", "company=Engines Ltd", "title=CTO")
        #expect(twice.output.contains("lead 1: merged"), "\(twice)")
        #expect(try await place.run("leads", "search", "engin").output.contains("Ada King"))
        #expect(
            try await place.run("leads", "edit", "ada@engines.example", "title=CEO", "phone=416-555-0134").code == 0)
        let bad = try await place.run("leads", "edit", "1", "email=nope")
        #expect(bad.code == 64 && bad.errors.contains("not an email address"), "\(bad)")
        let show = try await place.run("leads", "show", "1")
        #expect(show.output.contains("CEO") && show.output.contains("+14165550134"))
        let history = try await place.run("leads", "history", "1")
        #expect(history.output.contains("edit"))
        let csv = try await place.run("leads", "export")
        #expect(csv.output.split(separator: "\r\n").count == 2 && csv.output.contains("Ada King"))
        let file = "\(place.folder.path)/out.json"
        #expect(try await place.run("leads", "export", "--format", "json", "--output", file).code == 0)
        #expect(try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: file))) is [Any])
        #expect(try await place.run("leads", "delete", "1").code == 0)
        #expect(try await place.run("leads", "list").output.contains("no leads"))
        let back = try await place.run("leads", "add", "full_name=Ada King", "company=Engines")
        #expect(back.code == 64 && back.errors.contains("deleted"))
        #expect(try await place.run("leads", "show", "999").code == 64)
        #expect(try await place.run("leads", "add", "shoe=38").code == 64)
    }

    @Test(arguments: [
        ("empty.csv", [UInt8](), 65), ("colours.csv", Array("Colour,Size\nred,1\n".utf8), 64),
        ("numbers.json", Array("[1, 2, 3]".utf8), 65), ("page.json", Array("<html>no</html>".utf8), 65),
        ("zero.csv", [UInt8](repeating: 0, count: 500), 65), ("quote.csv", Array("\"name,email\nA,b".utf8), 65),
        ("half.json", Array("[{\"full_name\": \"Ada King\", \"company\": \"E\"}, {\"full_name\": \"Bo".utf8), 0),
    ])
    func `a file that is none of people is told so, and nothing is stored by halves`(
        name: String, bytes: [UInt8], code: Int32
    )
        async throws
    {
        let outcome = try await importing(name, bytes)
        #expect(outcome.code == code, "\(outcome)")
        #expect(outcome.errors.contains(name) || outcome.output.contains(name), "\(outcome)")
    }

    @Test func `names of every kind are taken or refused, and none is fatal`() async throws {
        let names = [
            String(repeating: "Long ", count: 2_000), "🚀🚀", "محمد علي", "\u{202E}evil king", "Nul\u{0} King",
            "'; DROP TABLE leads; --",
            "O'Brien, \"Pat\"", "=cmd|calc", "李小龍", "e\u{301}\u{301}\u{301}a b",
        ]
        let lines = names.map { "{\"full_name\": \(json($0)), \"company\": \"Acme\"}" }.joined(separator: "\n")
        let outcome = try await importing("names.jsonl", Array(lines.utf8))
        #expect(outcome.code == 0 && outcome.errors.contains("refused"), "\(outcome)")
        #expect((Int(try count()) ?? 0) >= 7)
        #expect(try await place.run("leads", "list").code == 0)
        #expect(try place.query("SELECT max(length(full_name)) <= 140 FROM leads") == "1")
    }

    private func json(_ text: String) -> String {
        String(decoding: (try? JSONEncoder().encode(text)) ?? Data(), as: UTF8.self)
    }

    @Test func `a hundred megabytes are read in flat memory`() async throws {
        let path = "\(place.folder.path)/big.csv"
        _ = FileManager.default.createFile(atPath: path, contents: Data("Full Name,Company,Notes\n".utf8))
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.seekToEnd()
        // Few but long records, because the test is about reading them.
        let note = String(repeating: "x", count: 99_000)
        for number in 0..<1_050 { handle.write(Data("Ada King,Engines \(number),\(note)\n".utf8)) }
        try handle.close()
        let outcome = try await Program.run(
            "/bin/sh",
            [
                "-c",
                "\(Program.path) leads import \(path) \(place.arguments.joined(separator: " ")) & pid=$!; peak=0; while kill -0 $pid 2>/dev/null; do now=$(awk '/VmHWM/ {print $2}' /proc/$pid/status 2>/dev/null); peak=${now:-$peak}; sleep 0.05; done; wait $pid; echo code $? peak $peak",
            ])
        #expect(outcome.output.contains("1050  new") && outcome.output.contains("code 0"), "\(outcome)")
        let peak = outcome.output.split(separator: " ").last.flatMap { Int($0.filter(\.isNumber)) } ?? .max
        #expect(peak < 120_000, "kilobytes resident")
    }

    @Test func `as root a file is read that the data's owner may not read`() async throws {
        try #require(geteuid() == 0)
        chmod(place.folder.path, 0o755)
        mkdir(place.folder.data.path, 0o700)
        chown(place.folder.data.path, 65_534, 65_534)
        place.folder.write("private.csv", "Full Name,Company\nAda King,Engines\n")
        chmod("\(place.folder.path)/private.csv", 0o600)
        let outcome = try await place.run("leads", "import", "\(place.folder.path)/private.csv")
        #expect(outcome.code == 0 && outcome.output.contains("private.csv: 1 records"), "\(outcome)")
        #expect(try await Program.run("/usr/bin/find", [place.folder.data.path, "-user", "root"]).output.isEmpty)
    }

    @Test func `a key that is missing skips the job and names what to set, and a dry run changes nothing`() async throws
    {
        let scrape = try await place.run("scrape")
        #expect(scrape.code == 69 && scrape.errors.contains("SERPAPI_API_KEY"), "\(scrape)")
        let sync = try await place.run("sync")
        #expect(sync.code == 69 && sync.errors.contains("AIRTABLE_TOKEN"))
        let sandbox = try SandboxProcess()
        let dry = try await place.run("pipeline", "--dry-run", environment: sandbox.environment)
        #expect(dry.code == 0 && dry.output.contains("from result 0 on: site:linkedin.com/in"), "\(dry)")
        let calls = try await sandbox.state().calls
        #expect(calls.filter { $0.key != "airtable" }.values.reduce(0, +) == 0)
        #expect(try await sandbox.airtable("4Runr ID").isEmpty, "Airtable was only read")
        #expect(try count() == "0")
    }

    /// The odd sites of the Sandbox, those that take long or much apart.
    @Test func `why a site was not read is said`() async throws {
        let sandbox = try SandboxProcess()
        #expect(try await place.run("leads", "add", "full_name=Ada King", "company=Engines").code == 0)
        for (site, said) in [
            ("parked.example", "a parked domain"), ("challenge.example", "a check for robots"),
            ("shell.example", "only scripts would fill"), ("soon.example", "nobody has filled yet"),
            ("cookies.example", "a question about cookies"), ("closed.example", "robots.txt forbids"),
            ("loop.example", "redirects more than 5 times"), ("inward.example", "is not the address of a page"),
            ("latin.example", "latin.example/: read"), ("scripts.example", "scripts.example/: read"),
            ("robots.example", "robots.example/: read"), ("https://linktr.ee/acme", "is shared by many companies"),
        ] {
            #expect(try await place.run("leads", "edit", "1", "website=\(site)").code == 0)
            let outcome = try await place.run(
                "leads", "enrich", "1", "--force", "--explain", environment: sandbox.environment)
            #expect(outcome.code == 0 && outcome.output.contains(said), "\(site): \(outcome)")
        }
    }

    @Test func `without a model the template writes, and who writes has to be known`() async throws {
        let sandbox = try SandboxProcess()
        var environment = sandbox.environment
        environment["OPENAI_API_KEY"] = nil
        environment["FOURRUNR_OPENAI_BASE_URL"] = nil
        #expect(try await place.run("leads", "add", "full_name=Ada King", "company=Engines").code == 0)
        let outcome = try await place.run("pipeline", "--id", "1", environment: environment)
        #expect(outcome.code == 0 && outcome.output.contains("by template 1"), "\(outcome)")
        #expect(try place.query("SELECT ai_message LIKE 'Hi Ada,%' FROM leads") == "1")
        let other = TestInstallation(settings: "log: { level: info }\n")
        let another = try SandboxProcess()
        for (name, value) in another.environment where name.contains("AIRTABLE") { environment[name] = value }
        #expect(try await other.run("leads", "add", "full_name=Ada King", "company=Engines").code == 0)
        _ = try await other.run("pipeline", environment: environment)
        #expect(try other.query("SELECT ready_for_outreach FROM leads") == "0")
        let asked = try await other.run("write-messages", environment: environment)
        #expect(asked.code == 69 && "\(asked)".contains("messaging.sender_name"), "\(asked)")
        // Once it is set, the lead gets its message: the stage has not given up on it.
        environment["FOURRUNR_MESSAGING_SENDER_NAME"] = "Robin Sample"
        environment["FOURRUNR_MESSAGING_OFFER"] = "We help."
        _ = try await other.run("write-messages", environment: environment)
        #expect(try other.query("SELECT ready_for_outreach FROM leads") == "1")
    }
}

import AppConfiguration
import Glibc
import Testing
import TestSupport
import Values

struct TextFileTests {
    let folder = TemporaryFolder()

    private func problem(_ path: String) -> String {
        do throws(ConfigurationProblem) {
            _ = try TextFile.read(path)
            return ""
        } catch { return error.description }
    }

    @Test func `a file that cannot be read says why`() {
        #expect(problem("\(folder.path)/none").contains("no such file"))
        #expect(problem(folder.path).contains("is a directory"))
        #expect(problem("/dev/null").contains("not a regular file"))
    }

    @Test func `a file that is far too large is refused`() {
        let path = folder.write("big.yaml", String(repeating: "a: b\n", count: 3_500_000))
        #expect(problem(path).contains("larger than 16 MB"))
    }

    @Test func `a pipe does not make it wait`() {
        mkfifo("\(folder.path)/pipe", 0o600)
        #expect(problem("\(folder.path)/pipe").contains("not a regular file"))
    }

    @Test func `what is not UTF-8 is refused with its line`() {
        let path = folder.write("latin.yaml", "")
        let file = fopen(path, "w")
        fwrite([0x61, 0x0A, 0x62, 0x0A, 0xE9, 0x0A] as [UInt8], 1, 6, file)
        fclose(file)
        #expect(problem(path) == "\(path):3:1: is not UTF-8 text; save it as UTF-8")
    }
}

struct YAMLTests {
    private func problem(_ text: String) -> String {
        do throws(ConfigurationProblem) {
            _ = try YAMLValue.parse(text, file: "f.yaml")
            return ""
        } catch { return error.description }
    }

    @Test(arguments: [
        ("a: b: c", "f.yaml:1:5: is not YAML"), ("a: [1, 2", "f.yaml:2:1: is not YAML"),
        ("\ta: 1", "f.yaml:1:1: is not YAML"),
        ("a: 1\na: 2", "\"a\" stands twice"), ("a: *x", "f.yaml:1:4: is not YAML"),
        ("a: * * * * *", "put quotes around"),
        ("a: \"", "f.yaml:1:"), ("a: 1\n b: 2", "f.yaml:2:"), ("\u{1}", "f.yaml:1:1"),
    ])
    func `what is not YAML is refused with its position`(text: String, expected: String) {
        #expect(problem(text).contains(expected), "\(problem(text))")
    }

    @Test func `deep nesting is refused, not followed down`() {
        #expect(problem(String(repeating: "[", count: 100_000)).contains("is not YAML"))
        #expect(problem(String(repeating: "{a: ", count: 50_000)).contains("is not YAML"))
    }

    @Test(arguments: ["", "# only a comment\n", "---\n", "~", "null\n"])
    func `an empty file is no value`(text: String) throws { #expect(try YAMLValue.parse(text, file: "f") == nil) }

    @Test func `values know where they stand, and keep the text they were written with`() throws {
        let root = try #require(try YAMLValue.parse("a: 1\nb:\n  c: '012'\n", file: "f.yaml"))
        let inner = try #require(root.entries?.last?.value.entries?.first?.value)
        #expect(inner.text == "012")
        #expect(!inner.isPlain)
        #expect(inner.position.description == "f.yaml:3:6")
    }
}

struct SettingsTests {
    let folder = TemporaryFolder()

    private func load(_ text: String, environment: [String: String] = [:], _ ask: (Settings) -> Void) -> [String] {
        let file = folder.write("4runr.yaml", text)
        let diagnostics = Diagnostics()
        let settings = Settings.load(
            ConfigurationFiles(settings: file, schedule: ""), environment: environment, diagnostics: diagnostics)
        ask(settings)
        settings.reportUnknown()
        return diagnostics.all.map { $0.description.replacing(folder.path + "/", with: "") }
    }

    @Test func `a stronger layer wins over a weaker one`() {
        mkdir("\(folder.path)/environments", 0o755)
        folder.write("environments/staging.yaml", "b: { c: overlay, d: overlay }")
        let environment = ["FOURRUNR_ENVIRONMENT": "staging", "FOURRUNR_B_D": "variable"]
        let problems = load("b: { a: file, c: file, d: file }", environment: environment) { settings in
            #expect(settings.string("b.x", default: "default") == "default")
            #expect(settings.string("b.a", default: "default") == "file")
            #expect(settings.string("b.c", default: "default") == "overlay")
            #expect(settings.string("b.d", default: "default") == "variable")
            #expect(settings.entries.last?.origin == "environment variable FOURRUNR_B_D")
        }
        #expect(problems.isEmpty)
    }

    @Test func `everything wrong is reported at once, with positions and what was meant`() {
        let problems = load(
            "log:\n  levle: info\n  color: yes\ndaemon:\n  grace: 20\nport: 99999\nextra: 1\n",
            environment: ["FOURRUNR_LOG_LEVLE": "x"]
        ) { settings in
            _ = settings.string("log.level", default: "")
            _ = settings.bool("log.color", default: false)
            _ = settings.duration("daemon.grace", in: .zero ... .seconds(60), default: .zero)
            _ = settings.int("port", in: 1...65_535, default: 1)
        }
        #expect(
            problems == [
                "4runr.yaml:3:10: log.color must be true or false, not \"yes\"; write true",
                "4runr.yaml:5:10: daemon.grace must be a time from 0s to 1m, such as 90s, 30m or 1h 30m, not \"20\"; a bare number has no unit: write 20s or 20m",
                "4runr.yaml:6:7: port must be a whole number from 1 to 65535, not \"99999\"",
                "4runr.yaml:2:3: unknown setting \"log.levle\"; did you mean \"log.level\"?",
                "4runr.yaml:7:1: unknown setting \"extra\"; known: daemon.grace, log.color, log.level, port",
                "environment variable FOURRUNR_LOG_LEVLE: warning: is not the variable of any setting; did you mean FOURRUNR_LOG_LEVEL?",
            ])
    }

    @Test(arguments: ["", "# nothing\n", "- a\n", "text\n"])
    func `settings that are no mapping are refused`(text: String) { #expect(load(text) { _ in }.count == 1) }

    @Test func `an unknown environment is refused`() {
        #expect(
            load("a: 1", environment: ["FOURRUNR_ENVIRONMENT": "prodution"]) { _ = $0.string("a", default: "") }[0]
                .contains("did you mean \"production\"?"))
    }
}

struct SecretTests {
    let folder = TemporaryFolder()

    @Test func `a secret never prints itself`() {
        let secret = Secret("hunter2")
        var dumped = ""
        dump(secret, to: &dumped)
        #expect("\(secret) \(String(reflecting: secret)) \(dumped) \([secret])".contains("hunter2") == false)
        #expect(secret.reveal() == "hunter2")
    }

    @Test func `credentials come before the environment, and that before files`() throws {
        folder.write("4runr_key", "credential\n")
        mkdir("\(folder.path)/secrets", 0o700)
        folder.write("secrets/key", "file\n", mode: 0o600)
        folder.write("secrets/other", "file\n", mode: 0o600)
        let all = SecretStore(
            environment: ["CREDENTIALS_DIRECTORY": folder.path, "KEY": "variable"], folder: "\(folder.path)/secrets")
        #expect(try all.find("key")?.reveal() == "credential")
        let two = SecretStore(environment: ["KEY": "variable"], folder: "\(folder.path)/secrets")
        #expect(try two.find("key")?.reveal() == "variable")
        #expect(try two.find("other")?.reveal() == "file")
        #expect(try two.find("missing") == nil)
    }

    @Test func `a file that others may read is refused with what to do`() {
        let path = folder.write("key", "x", mode: 0o644)
        let store = SecretStore(environment: [:], folder: folder.path)
        #expect(throws: ConfigurationProblem.self) { try store.find("key") }
        #expect(
            store.problems().map(\.description) == ["\(path): may be read by others (mode 0644); chmod 600 \(path)"])
    }

    @Test func `an empty file is no secret`() {
        folder.write("key", " \n", mode: 0o600)
        #expect(throws: ConfigurationProblem.self) {
            try SecretStore(environment: [:], folder: folder.path).find("key")
        }
    }

    @Test(arguments: ["", "../etc/passwd", "a/b", "a b", "ключ"])
    func `a name cannot leave the folder`(name: String) {
        #expect(throws: ConfigurationProblem.self) { try SecretStore(environment: [:], folder: "/etc").find(name) }
    }
}

struct SuggestionTests {
    @Test func `the nearest name is found, and nothing far off`() {
        #expect(Suggestion.nearest(to: "bakcup", among: ["backup", "report"]) == "backup")
        #expect(Suggestion.nearest(to: "zzzzzz", among: ["backup", "report"]) == nil)
        #expect(Suggestion.nearest(to: String(repeating: "x", count: 100_000), among: ["backup"]) == nil)
    }

    @Test func `control characters never reach a line`() {
        let line = Diagnostic(.error, at: Position("f", line: 1, column: 1), "bad \"a\n\u{1B}[31mb\"").description
        #expect(line == "f:1:1: bad \"a\\n\\u{1b}[31mb\"")
    }
}

import AppConfiguration
import Foundation
import Glibc
import TestSupport
import Testing
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
        ("a: b: c", "f.yaml:1:5: is not YAML"), ("a: [1, 2", "f.yaml:1:4: is not YAML"),
        ("\ta: 1", "f.yaml:1:1: is not YAML"),
        ("a: 1\na: 2", "\"a\" appears twice"), ("a: *x", "f.yaml:1:4: is not YAML"),
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
        folder.write("4runr_key", "from-systemd\n")
        mkdir("\(folder.path)/secrets", 0o700)
        folder.write("secrets/key", "file\n", mode: 0o600)
        folder.write("secrets/other", "file\n", mode: 0o600)
        let all = SecretStore(
            environment: ["CREDENTIALS_DIRECTORY": folder.path, "KEY": "from-a-var"], folder: "\(folder.path)/secrets")
        #expect(try all.find("key")?.reveal() == "from-systemd")
        let two = SecretStore(environment: ["KEY": "from-a-var"], folder: "\(folder.path)/secrets")
        #expect(try two.find("key")?.reveal() == "from-a-var")
        #expect(try two.find("other")?.reveal() == "file")
        #expect(try two.find("missing") == nil)
        #expect(try two.origin(of: "key") == "the variable KEY" && two.origin(of: "other")?.hasSuffix("/other") == true)
    }

    @Test func `who can read the folder that systemd loads needs no systemd`() throws {
        mkdir("\(folder.path)/credentials", 0o700)
        folder.write("credentials/key", "in the folder\n", mode: 0o600)
        let store = SecretStore(
            environment: ["KEY": "from-a-var"], installed: "\(folder.path)/credentials", folder: nil)
        #expect(try store.find("key")?.reveal() == "in the folder")
        #expect(store.advice(for: "key").hasPrefix("sudo 4runr keys set key, then systemctl restart 4runr"))
        let none = SecretStore(environment: [:], installed: "\(folder.path)/nowhere", folder: nil)
        #expect(none.advice(for: "key") == "4runr keys set key, or set KEY in the environment")
    }

    @Test func `a file that others may read is refused with what to do`() {
        let path = folder.write("key", "x", mode: 0o644)
        let store = SecretStore(environment: [:], folder: folder.path)
        #expect(throws: ConfigurationProblem.self) { try store.find("key") }
        #expect(
            store.problems().map(\.description) == ["\(path): may be read by others (mode 0644); chmod 600 \(path)"])
    }

    @Test func `an empty file is no secret, and is pointed out`() throws {
        let path = folder.write("key", " \n", mode: 0o600)
        let store = SecretStore(environment: [:], folder: folder.path)
        #expect(try store.find("key") == nil)
        #expect(
            store.problems().map(\.description) == [
                "\(path): warning: is empty, so this key is not set; 4runr keys set key, or remove the file"
            ])
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

    @Test(arguments: [
        "\u{202E}", "\u{200B}", "\u{FEFF}", "\u{2066}", "\u{7F}", "\u{9B}", "\u{E0041}", "\u{2028}", "\r",
    ])
    func `nothing that hides or turns text reaches a line, and JSON stays what it is`(character: String) throws {
        let text = "a\(character)b"
        #expect(text.singleLine.allSatisfy { $0.isASCII } && text.singleLine.hasPrefix("a\\u{"))
        let json = "{\"x\":\"a\(character == "\r" || character == "\u{7F}" ? "" : character)b\"}"
        #expect(json.harmlessJSON.allSatisfy { $0.isASCII })
        let both = try [json, json.harmlessJSON].map {
            try JSONDecoder().decode([String: String].self, from: Data($0.utf8))
        }
        #expect(both[0] == both[1])
    }

    @Test func `joiners stay where a script or a picture needs them`() {
        #expect("می\u{200C}خواهم".singleLine == "می\u{200C}خواهم" && "👩\u{200D}🔧".singleLine == "👩\u{200D}🔧")
        #expect("paypal\u{200D}".singleLine == "paypal\\u{200d}")
    }

    @Test func `a key that only looks right is told from one that is`() {
        let hint = Suggestion.hint(for: "run\u{A0}", among: ["run", "command"])
        #expect(hint == "did you mean \"run\"? It holds a no-break space (U+00A0); type it again")
        #expect(Suggestion.hint(for: "ru\u{200B}n", among: ["run"])?.contains("cannot be seen (U+200B)") == true)
    }
}

struct AddressSettingTests {
    private func problems(_ key: String, _ value: String, _ read: (Settings) -> Void) -> [String] {
        let diagnostics = Diagnostics()
        let file = try? YAMLValue.parse("\(key): '\(value)'", file: "f.yaml")
        let settings = Settings(files: [file ?? nil].compactMap(\.self), environment: [:], diagnostics: diagnostics)
        read(settings)
        return diagnostics.all.map(\.description)
    }

    @Test(arguments: [
        "api.example.com", "ftp://api.example.com", "https://", "https://a b.example", "https://api.example:99999",
        "https://api.example:x/v1", "https://api.example/v1?x=1", "https://user:pw@api.example/v1", "http:/api.example",
        "https://..", "https://[::1", "",
    ])
    func `what is no address of a service is refused where it stands`(text: String) {
        let found = problems("a", text) { _ = $0.baseURL("a", default: "https://x.example") }
        #expect(found.count == 1 && found[0].hasPrefix("f.yaml:1:4: a: ") && !found[0].contains("x=1"), "\(found)")
    }

    @Test(arguments: [
        ("https://api.example.com/v1/", "https://api.example.com/v1"),
        ("http://127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("http://localhost", "http://localhost"),
    ])
    func `what is one is taken, without a slash at its end`(text: String, address: String) {
        var read = ""
        #expect(problems("a", text) { read = $0.baseURL("a", default: "https://x.example") }.isEmpty)
        #expect(read == address)
    }

    @Test(arguments: ["foo bar", "gopher://proxy.example", "http://", "proxy.example:0", "http://pro xy"])
    func `a proxy that cannot be one is refused`(text: String) {
        #expect(problems("p", text) { _ = $0.proxy("p") }.count == 1)
    }

    @Test(arguments: [
        "", "proxy.example:3128", "socks5h://127.0.0.1:9050", "http://user:proxy-password@proxy.example:3128",
    ])
    func `a proxy is taken in the forms that it has`(text: String) {
        #expect(problems("p", text) { _ = $0.proxy("p") }.isEmpty)
        #expect(!"refused by user:proxy-password@".withoutSecrets.contains("proxy-password") || !text.contains("@"))
    }
}

struct UnclosedTests {
    @Test(arguments: [
        ("jobs:\n  a: { run: \"backup, every: 1h }\n  b: { run: backup, every: 1h }\n", "f.yaml:2:13", "quote"),
        ("jobs:\n  a: 'x\n  b: y\n", "f.yaml:2:6", "quote"),
        ("jobs:\n  a: { run: backup, every: 1h\n", "f.yaml:2:6", "bracket"),
        ("list: [a, b\n", "f.yaml:1:7", "bracket"),
        ("log:\n  level: \"info\nairtable:\n  table: \"Leads\"\n", "f.yaml:2:10", "quote"),
        ("log: { level: info\nairtable: { table: x }\n", "f.yaml:1:6", "bracket"),
        ("a: [b, c\nd: 1\ne: 2\n", "f.yaml:1:4", "bracket"),
    ])
    func `what is not closed is reported where it was opened`(text: String, place: String, what: String) {
        do {
            _ = try YAMLValue.parse(text, file: "f.yaml")
            Issue.record("it was read")
        } catch {
            let said = error.description
            #expect(said.hasPrefix(place) && said.contains("the \(what) that is opened here is not closed"), "\(said)")
        }
    }
}

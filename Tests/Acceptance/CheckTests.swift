import Foundation
import Glibc
import Storage
import TestSupport
import Testing

/// Files and keys that cannot work, and how they are reported before anything is done.
struct CheckTests {
    @Test(arguments: [
        (
            "airtable: { base_id: tblAbCdEfGhIjKlMn }",
            ":1:22: airtable.base_id: \"tblAbCdEfGhIjKlMn\" is not the id of a base"
        ),
        ("airtable: { base_id: \"https://airtable.com/appAbCdEfGhIjKlMn/tblX\" }", "write appAbCdEfGhIjKlMn"),
        ("airtable: { table: \"\" }", ":1:20: airtable.table: is empty"),
        ("airtable: { base_url: api.airtable.com }", "has no scheme, such as https://; write https://api.airtable.com"),
        ("openai: { base_url: \"localhost:11434/v1\" }", "has no scheme"),
        ("serpapi: { base_url: \"https://\" }", "names no host"),
        ("network: { proxy: \"foo bar\" }", ":1:19: network.proxy: "),
        ("network: { ca_file: /etc/hostname }", "holds no certificate in PEM"),
        ("network: { ca_file: /nowhere/ca.pem }", ":1:21: network.ca_file: /nowhere/ca.pem cannot be read"),
        (
            "cleaning: { country: Germany }",
            ":1:22: cleaning.country: national telephone numbers of \"Germany\" are not known"
        ),
        ("cleaning: { country: XX }", "a code of two letters: "),
        ("log.level: debug", ":1:1: log.level is written as one key; write log: { level: … }"),
        ("airtable:\n  sync.timeout: 3", "airtable.sync"),
        ("openai: { base_url: \"https://user:AnotherSecret77@host.example/v1\" }", "it contains a password"),
        ("network: { proxy: \"http://[zzz]:3128\" }", "not an address of IPv6"),
        ("network: { proxy: \"http://h:+80\" }", "has a port"),
        ("network: { proxy: \"http://_:3128\" }", "names no host"),
        ("network: { hosts: [\"acme.example=foo:bar\"] }", "is not NAME=ADDRESS:PORT"),
        ("network: { hosts: [\"acme.example=127.0.0.1:99999\"] }", "is not NAME=ADDRESS:PORT"),
        ("network: { hosts: [\"a.example=127.0.0.1:1\", \"a.example=127.0.0.1:2\"] }", "each name once"),
        ("openai: { model: \" \" }", "is not the name of a model"),
        ("openai: { base_url: \"https://host.example/v1/chat/completions\" }", "write https://host.example/v1"),
        ("network: { ca_file: ca.pem }", "must be an absolute path"),
        ("secrets: { directory: rel }", "must be an absolute path"),
        ("log: { directory: /nowhere/at/all }", "log.directory: /nowhere/at/all"),
        ("secrets: { directory: /nowhere }", "there is no folder /nowhere"),
        ("messaging: { template: \"Hi {{firstname}}\" }", ":1:24: messaging.template: "),
        ("profile: { titles\u{A0}: [Founder] }", "no-break space (U+00A0)"),
        ("log: { level: \"info }\n", ":1:15: is not YAML: the quote that is opened here is not closed"),
    ])
    func `a value that cannot work is an error where it stands`(text: String, said: String) async throws {
        let place = TestInstallation(settings: text + "\n")
        let outcome = try await place.run("check")
        #expect(outcome.code == 78 && (outcome.output + outcome.errors).contains(said), "\(outcome)")
    }

    @Test func `what this machine lacks just now stops a check, and neither a start nor a reload`() async throws {
        let place = TestInstallation(
            schedule: "jobs: { tick: { command: [/bin/true], every: 1h, directory: /nowhere/mounted } }\n",
            settings: "network: { ca_file: /nowhere/ca.pem }\n")
        let check = try await place.run("check")
        #expect(check.code == 78 && check.output.contains("there is no folder /nowhere/mounted"), "\(check)")
        let daemon = try place.serve()
        try daemon.notification("READY=1")
        #expect(daemon.output.contains("warning") && daemon.output.contains("/nowhere/mounted"))
        let reload = try await place.run("reload")
        #expect(reload.code == 0 && reload.output.contains("/nowhere/mounted"), "\(reload)")
    }

    @Test func `as root a file that the daemon's user cannot read is an error`() async throws {
        try #require(geteuid() == 0)
        let place = TestInstallation()
        chmod(place.folder.path, 0o755)
        mkdir(place.folder.data.path, 0o700)
        chown(place.folder.data.path, 65_534, 65_534)
        #expect(try await place.run("check").code == 0)
        chmod("\(place.folder.path)/schedule.yaml", 0o600)
        let outcome = try await place.run("check")
        #expect(outcome.code == 78 && outcome.output.contains("schedule.yaml cannot be read by nobody"), "\(outcome)")
        chmod("\(place.folder.path)/schedule.yaml", 0o644)
        for path in ["secrets", "private"] { mkdir("\(place.folder.path)/\(path)", 0o700) }
        place.folder.write(
            "schedule.yaml",
            "jobs: { tick: { command: [/bin/true], every: 1h, directory: \(place.folder.path)/private } }\n")
        let folders = try await place.run("check")
        #expect(folders.code == 78, "\(folders)")
        for path in ["secrets", "private"] {
            #expect(folders.output.contains("\(path) cannot be read by nobody"), "\(folders)")
        }
    }

    @Test func `a reload refuses a command that is not there, and check for a start only warns of it`() async throws {
        let place = TestInstallation()
        let daemon = try place.serve()
        try daemon.notification("READY=1")
        place.folder.write("schedule.yaml", "jobs: { tick: { command: [/bin/ture], every: 1h } }\n")
        let reload = try await place.run("reload")
        #expect(reload.code == 78 && reload.errors.contains("there is no command /bin/ture"), "\(reload)")
        #expect(try await place.run("check").code == 78)
        #expect(try await place.run("check", "--for-start").code == 0)
    }

    @Test func `what is not configured is listed by check, health and the status`() async throws {
        let place = TestInstallation(
            schedule:
                "jobs: { scrape: { run: scrape, every: 1h }, messages: { run: write-messages, after: scrape }, sync: { run: sync, every: 1h } }\n"
        )
        let check = try await place.run("check")
        #expect(check.code == 0, "\(check)")
        for name in ["serpapi_api_key", "profile", "messaging", "airtable_token", "airtable.base_id"] {
            #expect(check.output.contains("not configured yet: \(name) ("), "\(check)")
        }
        let daemon = try place.serve()
        let ready = try daemon.notification("READY=1")
        #expect(ready.contains("Not configured: serpapi_api_key, profile, messaging, airtable_token, airtable.base_id"))
        let health = try await place.run("health")
        #expect(
            health.code == 0 && health.output.contains(/setup +warning +not configured yet: serpapi_api_key/),
            "\(health)")
    }

    @Test func `keys are set without being shown, checked for their form, listed and tested`() async throws {
        let place = TestInstallation()
        func set(_ name: String, _ text: String, _ more: [String] = []) async throws -> Program.Outcome {
            let program = try BackgroundProgram(
                ["keys", "set", name, "--config", "\(place.folder.path)/4runr.yaml"] + more, in: place.folder)
            program.write(text)
            program.endInput()
            return await program.outcome()
        }
        let key = String(repeating: "0123456789abcdef", count: 4)
        let done = try await set("serpapi_api_key", key + "\n")
        #expect(done.code == 0 && done.output.contains("/secrets/serpapi_api_key"), "\(done)")
        #expect(!(done.output + done.errors).contains(key))
        var status = stat()
        #expect(stat("\(place.folder.path)/secrets/serpapi_api_key", &status) == 0 && status.st_mode & 0o777 == 0o600)
        for (name, text, said) in [
            ("serpapi_api_key", "your key here", "a blank"), ("serpapi_api_key", "abc", "64 characters"),
            ("airtable_token", "keyAbCdEfGhIjKlMn", "of the old kind"), ("airtable_token", "patx", "personal"),
            ("openai_api_key", "hello-world-hello-world", "begin with sk-"),
            ("notify_webhook_url", "hooks.slack.com", "https://"),
            ("serpapi_api_key", "", "nothing was entered"),
        ] {
            let refused = try await set(name, text)
            #expect(refused.code == 65, "\(name): \(refused)")
            _ = said
        }
        #expect(place.folder.read("secrets/serpapi_api_key") == key + "\n")
        #expect(try await set("../x", "y").code == 64)
        let unknown = try await set("serpapi_key", key)
        #expect(unknown.code == 64 && unknown.errors.contains("known: serpapi_api_key, openai_api_key"), "\(unknown)")
        #expect(try await set("own_key", "\n", ["--any-form"]).code == 65)
        #expect(try await set("own_key", String(repeating: "abcdefgh\n", count: 20_000), ["--any-form"]).code == 65)
        #expect(try await set("own_key", "whatever it is\n", ["--any-form"]).code == 0)
        let list = try await place.run("keys", "list")
        #expect(
            list.output.contains(/serpapi_api_key +set/) && list.output.contains(/airtable_token +not set/), "\(list)")
        #expect(list.output.contains(/own_key +set +nothing asks for it/) && !list.output.contains(key))
        place.folder.write("sandbox.yaml", "jobs: { tick: { command: [/bin/true], every: 1h } }\n")
        let test = try await Program.run(["keys", "test", "--sandbox"] + place.arguments)
        #expect(test.code == 0 && test.output.contains(/serpapi_api_key +works +\d+ searches left/), "\(test)")
        #expect(
            test.output.contains(/airtable_token +works/) && test.output.contains(/openai_api_key +works/), "\(test)")
        let server = RawServer { _, _ in RawServer.answer(401, [], "{\"error\":\"Invalid API key \(key)\"}") }
        place.folder.write("4runr.yaml", "serpapi: { base_url: \"http://127.0.0.1:\(server.port)\" }\n")
        let refused = try await place.run("keys", "test")
        #expect(
            refused.code == 69 && refused.output.contains(/serpapi_api_key +refused/) && !refused.output.contains(key),
            "\(refused)")
        #expect(server.requests.count == 1)
    }

    @Test func `as root the command line has the keys that the unit has`() async throws {
        try #require(geteuid() == 0)
        let place = TestInstallation(
            settings: "airtable: { base_id: appAbCdEfGhIjKlMn, base_url: \"http://127.0.0.1:9\" }\n")
        chmod(place.folder.path, 0o755)
        mkdir(place.folder.data.path, 0o700)
        chown(place.folder.data.path, 65_534, 65_534)
        mkdir("\(place.folder.path)/credentials", 0o700)
        let without = try await place.run("sync", "status")
        #expect(without.errors.contains("sudo 4runr keys set airtable_token"), "\(without)")
        place.folder.write("credentials/airtable_token", "patAbCdEfGhIjKlMn.secret\n", mode: 0o600)
        let with = try await place.run("sync", "status")
        #expect(with.code == 0 && !with.errors.contains("no token"), "\(with)")
        let sync = try await place.run("sync")
        #expect(!(sync.output + sync.errors).contains("no token") && sync.errors.contains("127.0.0.1"), "\(sync)")
    }

    @Test func `an empty key file is a key that is not set`() async throws {
        let place = TestInstallation(schedule: "jobs: { scrape: { run: scrape, every: 1h } }\n")
        mkdir("\(place.folder.path)/secrets", 0o700)
        place.folder.write("secrets/serpapi_api_key", "\n", mode: 0o600)
        let daemon = try place.serve()
        try daemon.notification("READY=1")
        #expect(daemon.output.contains("serpapi_api_key: warning: is empty, so this key is not set"))
        #expect(try await place.run("run", "scrape").code == 69)
    }

    @Test func `the variable TZ is the zone of schedule and lists where the file names none`() async throws {
        let place = TestInstallation(schedule: "jobs: { tick: { command: [/bin/true], at: \"09:00\" } }\n")
        let next = try await place.run("schedule", "next", more: ["--count", "1"], environment: ["TZ": "Asia/Tokyo"])
        #expect(next.output.contains("09:00:00 JST") && next.output.contains("Asia/Tokyo"), "\(next)")
        let explain = try await Program.run(["schedule", "explain", "09:00"], environment: ["TZ": "Asia/Tokyo"])
        #expect(explain.output.contains("Asia/Tokyo"))
        let wrong = try await place.run("check", environment: ["TZ": "Middle/Earth"])
        #expect(wrong.output.contains("environment variable TZ: warning"), "\(wrong)")
    }

    @Test func `a job that there is not is an error to runs`() async throws {
        let place = TestInstallation()
        let outcome = try await place.run("runs", "--job", "tock")
        #expect(outcome.code == 64 && outcome.errors.contains("there is no job \"tock\""), "\(outcome)")
        #expect(outcome.errors.contains("did you mean \"tick\"?"))
        #expect(try await place.run("runs", "--job", "tick").code == 0)
    }

    @Test func `a message's subject is shown and exported`() async throws {
        let place = TestInstallation(schedule: "jobs: { pipeline: { run: pipeline, every: 1h } }\n")
        place.folder.write("sandbox.yaml", "jobs: { pipeline: { run: pipeline, every: 1h } }\n")
        let run = try await Program.run(["pipeline", "--limit", "1", "--sandbox"] + place.arguments)
        #expect(run.code == 0, "\(run)")
        let show = try await Program.run(["leads", "show", "1", "--sandbox"] + place.arguments)
        #expect(show.output.contains("Subject: A question about"), "\(show)")
        let json = try await Program.run(["leads", "show", "1", "--json", "--sandbox"] + place.arguments)
        #expect(json.output.contains("\"message_subject\":\"A question about"), "\(json)")
        let export = try await Program.run(["leads", "export", "--sandbox"] + place.arguments)
        #expect(export.output.contains("message_subject,ai_message") && export.output.contains("A question about"))
    }
}

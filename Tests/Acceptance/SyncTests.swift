import Foundation
import Sandbox
import Storage
import TestSupport
import Testing

/// The sync's commands, as a person uses them.
struct SyncTests {
    private let place = TestInstallation(settings: LeadPlace.settings)

    private func sync(_ sandbox: SandboxProcess, _ verb: String..., more: [String] = []) async throws -> Program.Outcome
    {
        try await Program.run(["sync"] + verb + place.arguments + more, environment: sandbox.environment)
    }

    @Test func `setup, a plan, the sync, its state, a conflict and its end`() async throws {
        let sandbox = try SandboxProcess(["--airtable-rate", "1000", "--airtable-penalty", "0"])
        place.folder.write(
            "airtable-fields.yaml",
            "conflict: manual\nfields: { full_name: Full Name, email: Email, company: Company, title: { field: Title, conflict: manual }, location: Locaton }\n"
        )
        let missing = try await sync(sandbox, "setup")
        #expect(
            missing.code == 0 && missing.output.contains("Locaton") && missing.output.contains("missing"), "\(missing)")
        #expect(missing.output.contains("did you mean \"Location\"?"))
        place.folder.write(
            "airtable-fields.yaml",
            "fields: { full_name: Full Name, email: Email, company: Company, title: { field: Title, conflict: manual }, location: City }\n"
        )
        let made = try await sync(sandbox, "setup", "--create-fields")
        #expect(made.code == 0 && made.output.contains("created"), "\(made)")
        _ = try await place.run(
            "leads", "add", "full_name=Ada King", "company=Engines", "email=ada@engines.example", "title=CTO")
        let plan = try await sync(sandbox, more: ["--dry-run"])
        #expect(
            plan.output.contains("create lead 1  Ada King") && plan.output.contains("title: - → \"CTO\""), "\(plan)")
        #expect(try await sandbox.airtable("Full Name").isEmpty)
        #expect(try await sync(sandbox).output.contains("created 1"))
        let record = try place.query("SELECT airtable_id FROM leads")
        try await sandbox.edit(
            "{\"action\": \"update\", \"record\": \"\(record)\", \"fields\": {\"Title\": \"Chair\"}}")
        _ = try await place.run("leads", "edit", "1", "title=CEO")
        let met = try await sync(sandbox, "pull")
        #expect(met.code == 0 && met.output.contains("conflicts 1"), "\(met)")
        let listed = try await sync(sandbox, "conflicts")
        #expect(
            listed.output.contains("CEO") && listed.output.contains("Chair") && listed.output.contains("CTO"),
            "\(listed)")
        let status = try await sync(sandbox, "status")
        #expect(status.code == 0 && status.output.contains("appSandbox0000001") && status.output.contains("conflicts"))
        let json = try JSONSerialization.jsonObject(
            with: Data(try await sync(sandbox, "status", more: ["--json"]).output.utf8))
        #expect(((json as? [String: Any])?["standing"] as? [String: Any])?["counts"] != nil)
        #expect(try await sync(sandbox, "resolve", "7", "--keep", "local").code == 64)
        #expect(try await sync(sandbox, "resolve", "1", "--keep", "airtable").code == 0)
        #expect(try await sync(sandbox, "push").code == 0)
        #expect(try place.query("SELECT title || airtable_synced FROM leads") == "Chair1")
        #expect(try await sync(sandbox, "conflicts").output.contains("no conflicts wait"))
        #expect(try await sync(sandbox, "conflicts", "--all").output.contains("airtable kept"))
        #expect(try await place.run("leads", "history", "1").output.contains("resolve"))
    }

    @Test func `a wrong mapping is refused with its place`() async throws {
        place.folder.write(
            "airtable-fields.yaml",
            "fields:\n  title: { field: Title, direction: sideways }\n  source: { field: Source, direction: both }\n  email: Title\n  status: { field: Status, words: { nwe: New } }\n  phone: { field: Phone, conflict: last-modified-wins }\n  verified: { field: V, as: number }\n"
        )
        let outcome = try await place.run("check")
        #expect(outcome.code == 78, "\(outcome)")
        for text in [
            "airtable-fields.yaml:2:", "direction must be both, push, pull", "source is kept by 4runr alone",
            "\"Title\" is the field of title already", "\"nwe\" is not a status", "did you mean \"new\"?",
            "last-modified-wins needs to know", "verified cannot be kept as number",
        ] {
            #expect((outcome.output + outcome.errors).contains(text), "\(text): \(outcome)")
        }
    }

    @Test func `a schedule that uses up the month's calls is warned of`() async throws {
        for (trigger, skip, isCostly) in [
            ("every: 30m", "0s", true), ("at: [\"09:00\", \"09:05\"]", "0s", false), ("every: 30m", "10m", true),
            ("every: 30m", "50m", false),
        ] {
            let place = TestInstallation(
                schedule: "jobs: { sync: { run: sync, \(trigger) } }\n",
                settings: "airtable: { monthly_calls: 1000, idle_skip: \(skip) }\n")
            let outcome = try await place.run("check")
            let isTold = (outcome.output + outcome.errors).contains("more often in a month than there are calls for")
            #expect(outcome.code == 0 && isTold == isCostly, "\(trigger) \(skip): \(outcome)")
        }
    }

    @Test func `deleted leads come back`() async throws {
        _ = try await place.run("leads", "add", "full_name=Ada King", "company=Engines", "email=ada@engines.example")
        #expect(try await place.run("leads", "delete", "1").code == 0)
        #expect(try await place.run("leads", "restore", "1").code == 0)
        #expect(try await place.run("leads", "restore", "1").code == 64)
        #expect(try await place.run("leads", "list").output.contains("Ada King"))
    }
}

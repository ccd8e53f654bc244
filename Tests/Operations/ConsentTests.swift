import Backups
import Foundation
import Glibc
import Leads
import Pipeline
import Storage
import TestSupport
import Testing
import Transport
import Values

@testable import Operations

/// Nobody is brought back, or written to who said no; each as a person meets it.
struct ConsentTests: PeopleSuite {
    let folder = TemporaryFolder()

    @Test func `a mailbox beside a record's own finds who was deleted, suppressed or opted out`() async throws {
        _ = try await add([.fullName: "Robert Sample", .email: "rsample@acme.example", .company: "Acme"])
        _ = try await add([.fullName: "Ada King", .email: "ada.king@engines.example"])
        _ = try await DeleteLeads.perform(.init(["1"]), in: context)
        _ = try await AddSuppressions.perform(.init(["mia@old.example"]), in: context)
        let report = try await importing(
            """
            Name,Email,Email 2,Email 3,Account Owner Email,Unsubscribed
            Bob Sample,bob@new.example,a.sample@new.example,rsample@acme.example,,
            R. Sample,r.sample@new.example; rsample@acme.example,,,,
            Mia Stone,mia@new.example,mia@old.example,,,
            Ada King,ada@home.example,ada.king@engines.example,,,yes
            Tom Reed,tom@reed.example,,,mia@old.example,
            Noor Haddad,noor@haddad.example,,,rsample@acme.example,

            """)
        #expect(report.removed == 2 && report.suppressed == 1 && report.merged == 1 && report.new == 2, "\(report)")
        #expect(try lead(2).optOut != nil)
    }

    @Test func `an address is the same however its domain is spelled`() async throws {
        _ = try await AddSuppressions.perform(.init(["bücher.example", "mia@xn--caf-dma.example"]), in: context)
        let report = try await importing(
            """
            Name,Email,Website
            Ada King,ada@xn--bcher-kva.example,
            Bob Stone,bob@shop.BÜCHER.example,
            Carl Cole,carl@ab--cd.bücher.example,
            Mia Reed,mia@café.example,
            Tom Reed,tom@acme.example,https://www.bücher.example/team
            Noor Haddad,noor@café.example,

            """)
        #expect(report.suppressed == 5 && report.new == 1, "\(report)")
        let again = try await importing("Name,Email,Title\nNoor Haddad,noor@xn--caf-dma.example,CTO\n", "again.csv")
        #expect(again.merged == 1 && again.new == 0, "\(again)")
        let known = try await AddSuppressions.perform(
            .init(["xn--bcher-kva.example", "mia@café.example"]), in: context)
        #expect(known.known == 2 && known.added == 0)
        _ = try await RemoveSuppressions.perform(.init(["xn--bcher-kva.example", "mia@café.example"]), in: context)
        #expect(try await ListSuppressions.perform(.init(limit: 9), in: context).count == 0)
        let lifted = try #require(try await ListRuns.perform(.init(), in: context).runs.first)
        #expect(lifted.type == "lift-suppression" && lifted.author == "cli:ann", "\(lifted)")
        #expect(lifted.inputData?.contains("mia@café.example") == true)
    }

    @Test(arguments: [
        "Unsubscribed from all email=TRUE", "HasOptedOutOfEmail=1", "Opted Out Primary Email=x", "Do Not Email=yes",
        "Status=Unsubscribed", "do_not_contact=Y", "Email Opt-Out=2024-03-01", "Email Opt In=no",
        "Marketing consent=withdrawn", "preferences.unsubscribed=true", "properties.do_not_contact=yes",
        "marketing.subscribed=false", "a.optedOut=1", "subscription.status=unsubscribed",
        "Lead Status=Do not contact", "Abgemeldet=ja", "Désabonné=oui", "GLOBAL_UNSUBSCRIBE=✓", "Subscribed=false",
    ])
    func `a file's opt-out is honoured`(_ column: String) async throws {
        let parts = column.split(separator: "=").map(String.init)
        let report = try await importing("Name,Email,\(parts[0])\nAda King,ada@engines.example,\(parts[1])\n")
        #expect(report.optedOut == 1 && report.standing == [parts[0]], "\(report)")
        let lead = try lead(1)
        #expect(
            lead.status == .unsubscribed && lead.optOut?.by == .file(report.run)
                && lead.optOut?.how.contains(parts[0]) == true)
    }

    @Test(arguments: [
        "Unsubscribed=no", "HasOptedOutOfEmail=FALSE", "Do Not Email=", "Status=Active",
        "Unsubscribe link=https://x.example/u",
        "HasOptedOutOfFax=1", "DoNotCall=1", "Opt Out Reason=none", "Subscribed=yes", "State=NY",
    ])
    func `a column that is not about email opt-outs opts nobody out`(_ column: String) async throws {
        let parts = column.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
        _ = try await importing("Name,Email,\(parts[0])\nAda King,ada@engines.example,\(parts[1])\n")
        #expect(try lead(1).optOut == nil)
    }

    @Test func `an export says where people stand, and an import of it in a new place knows`() async throws {
        for (number, status) in ["unsubscribed", "won", "lost", "bounced", "contacted", "replied", "cleaned"]
            .enumerated()
        {
            _ = try await add([.fullName: "\(Self.given[number]) King", .email: "ada\(number)@engines.example"])
            var edit = EditLead.Request("\(number + 1)", [:])
            edit.status = LeadStatus(rawValue: status)
            _ = try await EditLead.perform(edit, in: context)
        }
        var text = ""
        if let pieces = try await ExportLeads.stream(.init(.csv), in: context) {
            for try await piece in pieces { text += piece.text }
        }
        let other = PeopleTests()
        _ = try await other.importing(text)
        #expect(
            try await other.live().reversed().map(\.status) == [
                .unsubscribed, .won, .lost, .bounced, .contacted, .replied, .cleaned,
            ])
        #expect(try other.lead(1).optOut != nil && other.lead(2).optOut == nil)
    }

    @Test func `only a person lifts an opt-out, and what was ready is withdrawn`() async throws {
        _ = try await add([.fullName: "Ada King", .email: "ada@engines.example", .company: "Engines"])
        let store = try folder.store()
        var ready = LeadChange()
        (ready.message, ready.status) = (.some("Hi Ada"), .ready)
        try store.leads.change(try lead(1), ready, because: .stage, at: moment("2026-01-01 00:00"))
        try store.messages.saveDraft(
            DraftMessage(subject: "s", body: "Hi Ada", writer: "m"), campaignID: "c", of: 1,
            at: moment("2026-01-01 00:00"))
        var edit = EditLead.Request("1", [:])
        edit.optsOut = true
        let out = try await EditLead.perform(edit, in: context).view.lead
        #expect(out.optOut?.by == .person("ann") && out.message == nil && !out.isReady && out.status == .unsubscribed)
        #expect(try store.messages.subjects(of: [1]).isEmpty)
        #expect(try store.snapshot { try $0.ban(on: out) }?.contains("does not want") == true)
        _ = try await importing("Name,Email,Unsubscribed,Title\nAda King,ada@engines.example,no,CEO\n")
        #expect(try lead(1).optOut != nil && lead(1).fields[.title] == "CEO")
        edit.optsOut = nil
        edit.status = .contacted
        await #expect(throws: OperationProblem.self) { try await EditLead.perform(edit, in: context) }
        edit.optsOut = false
        #expect(try await EditLead.perform(edit, in: context).view.lead.optOut == nil)
        // The next stage knows, and the next import of the same file says nothing new.
        #expect(try lead(1).status == .contacted)
    }

    @Test func `a merge keeps an opt-out, and its undoing keeps what was done since`() async throws {
        _ = try await add([.fullName: "Ada King", .email: "ada@engines.example", .company: "Engines"])
        _ = try await add([.fullName: "A. King", .company: "Engines", .phone: "+14165550134"])
        var edit = EditLead.Request("2", [:])
        edit.optsOut = true
        _ = try await EditLead.perform(edit, in: context)
        #expect(try await ListDuplicates.perform(.init(limit: 10), in: context).pairs.count == 1)
        let merged = try await MergeLeads.perform(.init("1", "2"), in: context).view.lead
        #expect(merged.optOut != nil && merged.fields[.phone] == "+14165550134")
        #expect(try lead(2).mergedInto == 1 && lead(2).deletedAt != nil)
        // Its keys are the other's now.
        #expect(try await add([.fullName: "A. King", .company: "Engines", .phone: "+14165550134"]).id == 1)
        _ = try await EditLead.perform(.init("1", [.location: "Paris"]), in: context)
        let parted = try await UnmergeLead.perform(.init("1"), in: context)
        #expect(parted.lead == 2 && parted.from == 1 && parted.stays == ["location \"Paris\" (cli:ann)"], "\(parted)")
        #expect(try lead(2).deletedAt == nil && lead(2).optOut != nil && lead(2).fields[.phone] == "+14165550134")
        #expect(try lead(1).fields[.location] == "Paris" && lead(1).optOut == nil)
        // They are told apart now.
        #expect(try await ListDuplicates.perform(.init(limit: 10), in: context).pairs.isEmpty)
        await #expect(throws: OperationProblem.self) { try await UnmergeLead.perform(.init("1"), in: context) }
    }

    @Test func `what is suppressed is not taken in, and what is ready to it is withdrawn`() async throws {
        _ = try await add([.fullName: "Ada King", .email: "ada@mail.engines.example"])
        let store = try folder.store()
        var ready = LeadChange()
        (ready.message, ready.status) = (.some("Hi Ada"), .ready)
        try store.leads.change(try lead(1), ready, because: .stage, at: moment("2026-01-01 00:00"))
        let added = try await AddSuppressions.perform(.init(["engines.example", "bob@x.example"]), in: context)
        #expect(added.added == 2 && added.withdrawn == [1])
        #expect(try lead(1).message == nil && lead(1).status != .ready)
        let report = try await importing(
            "Name,Email,Website\nBob Stone,BOB+x@x.example,\nEve Ray,,www.engines.example\nDan Roe,dan@x.example,\n")
        #expect(report.suppressed == 1 && report.refused == 1 && report.new == 1, "\(report)")
        await #expect(throws: OperationProblem.self) {
            try await AddSuppressions.perform(.init(["engines.example", "nonsense"]), in: context)
        }
        #expect(
            try await RemoveSuppressions.perform(.init(["BOB@x.example"]), in: context).removed == ["BOB@x.example"])
        let list = try await ListSuppressions.perform(.init(limit: 10), in: context)
        #expect(list.count == 1 && list.suppressions.map(\.target.value) == ["engines.example"])
    }

    @Test func `of a list with both, the addresses are suppressed and not all who share a domain`() async throws {
        let path = folder.write(
            "list.csv", "Domain,Email\nmail.example,ada@mail.example\nx.example,bob@x.example; bo@y.example\n,none\n")
        let descriptor = open(path, O_RDONLY)
        defer { close(descriptor) }
        let report = try await ImportSuppressions.perform(.init("list.csv"), reading: descriptor, in: context)
        #expect(report.added == 3 && report.refused == ["none"], "\(report)")
        let list = try await ListSuppressions.perform(.init(limit: 10), in: context)
        #expect(list.suppressions.allSatisfy { $0.target.kind == .address })
    }

    @Test func `a restored backup brings nobody back who opted out or was deleted after it`() async throws {
        for name in ["Ada King", "Bob Stone", "Chen Li"] {
            _ = try await add([.fullName: name, .email: "\(name.prefix(3).lowercased())@x.example"])
        }
        let store = try folder.store()
        let service = BackupService(folder: folder.data, runtime: TestFiles().runtime)
        let backup = try service.create(of: store, .manual)
        var edit = EditLead.Request("1", [:])
        edit.optsOut = true
        _ = try await EditLead.perform(edit, in: context)
        _ = try await DeleteLeads.perform(.init(["2"]), in: context)
        _ = try await add([.fullName: "Late Comer", .email: "late@x.example"])
        let company = try store.companies.save(
            Company(domain: "late.example", site: "https://late.example/"), at: Timestamp(seconds: 0))
        try store.companies.link(4, to: company)
        func query(_ sql: String) throws -> String { try SQLiteShell.run(store.path, sql).tidied() }
        _ = try query(
            "INSERT INTO lead_values (lead_id, field, value, method, confidence, author, at, record_id) SELECT 4, 'title', 'CTO', 'm', 0.3, 'stage:scrape', '2026-01-01 00:00:00.000', id FROM lead_records WHERE lead_id = 4"
        )
        _ = try await DeleteLeads.perform(.init(["late@x.example"]), in: context)
        _ = try await AddSuppressions.perform(.init(["y.example"]), in: context)
        let carried = try service.restore(backup.name, into: store, by: .person("ann")).carried
        #expect(
            try query("SELECT author, input_data FROM pipeline_activities WHERE activity_type = 'restore'")
                == "cli:ann|{\"backup\":\"\(backup.name)\"}")
        #expect(carried.optOuts == 1 && carried.deletions == 2 && carried.suppressions == 1)
        // Its company is not taken along, and its values stay with the record that says them.
        #expect(try query("SELECT count(*) FROM leads WHERE company_id IS NOT NULL") == "0")
        #expect(
            try query(
                "SELECT count(*) FROM lead_values v LEFT JOIN lead_records r ON r.id = v.record_id WHERE v.record_id IS NOT NULL AND r.lead_id = v.lead_id"
            ) == "1")
        #expect(try lead(1).optOut?.by == .person("ann") && lead(2).deletedAt != nil && lead(3).deletedAt == nil)
        let report = try await importing("Name,Email\nL. Comer,late@x.example\nBob,bob@x.example\n")
        #expect(report.removed == 2, "\(report)")
        #expect(try store.holds.reason(of: .messages) == nil)
    }

    @Test func `where the replaced database cannot be read, messages wait for a person`() async throws {
        _ = try await add([.fullName: "Ada King", .email: "ada@x.example"])
        let service = BackupService(folder: folder.data, runtime: TestFiles().runtime)
        do {
            let store = try folder.store()
            _ = try service.create(of: store, .manual)
            try store.close()
        }
        let name = try #require(try service.list().first).name
        folder.write("data/leads.db", "damaged")
        #expect(try service.replaceFile(with: name, by: .person("ann")).carried == nil)
        #expect(try folder.store().runs.list(.init()).first?.author == "cli:ann")
        #expect(try folder.store().holds.reason(of: .messages)?.contains("could not be read") == true)
        #expect(try await ConfirmRestore.perform(.init(), in: context).reason.contains("could not be read"))
        #expect(try folder.store().holds.reason(of: .messages) == nil)
        await #expect(throws: OperationProblem.self) { try await ConfirmRestore.perform(.init(), in: context) }
    }

    @Test func `a no in a member that no record before had is honoured`() async throws {
        let people = (0..<300).map { #"{"name": "P\#($0) King", "email": "p\#($0)@x.example"}"# }
        let last = #"{"name": "Vera Nein", "email": "vera@x.example", "preferences": {"unsubscribed": true}}"#
        let report = try await importing("[\((people + [last]).joined(separator: ","))]", "people.json")
        #expect(report.optedOut == 1 && report.new == 301, "\(report)")
    }

    @Test(arguments: ["falsch", "faux", "false", "onwaar"])
    func `a consent that was not given is a no, in whatever language`(word: String) async throws {
        _ = try await importing("Name,Email,Einwilligung\nAda King,ada@x.example,\(word)\n")
        #expect(try lead(1).optOut != nil)
    }

    @Test func `what a person lifted stays so for what was known, and a new no is a no`() async throws {
        let text = "Name,Email,Unsubscribed\nAda King,ada@x.example,yes\n"
        _ = try await importing(text)
        #expect(try lead(1).optOut != nil)
        var edit = EditLead.Request("1", [:])
        edit.optsOut = false
        _ = try await EditLead.perform(edit, in: context)
        _ = try await importing(text, "again.csv")
        #expect(try lead(1).optOut == nil, "the same record says nothing new")
        _ = try await importing("Name,Email,Unsubscribed,Title\nAda King,ada@x.example,yes,CTO\n", "later.csv")
        #expect(try lead(1).optOut != nil)
    }
}

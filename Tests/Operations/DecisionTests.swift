import Backups
import Leads
import Storage
import TestSupport
import Testing
import Values

@testable import Operations

/// What was decided about people holds: against programs, under former names, and for what was written to them.
struct DecisionTests: PeopleSuite {
    let folder = TemporaryFolder()

    private var machine: OperationContext { context.acting(as: LeadAuthor(rawValue: "token:crm")) }
    private let begun = moment("2026-01-01 00:00")

    private func makeReady(_ id: Int64, _ text: String) throws {
        let store = try folder.store()
        var ready = LeadChange()
        (ready.message, ready.status) = (.some(text), .ready)
        try store.leads.change(try lead(id), ready, because: .stage, at: begun)
        try store.messages.saveDraft(
            DraftMessage(subject: "A question", body: text, writer: "m"), campaignID: "c\(id)", of: id, at: begun)
    }

    private func refused(
        _ kind: ErrorKind, _ work: () async throws -> Void, at location: SourceLocation = #_sourceLocation
    ) async {
        do {
            try await work()
            Issue.record("nothing was refused", sourceLocation: location)
        } catch let problem as OperationProblem {
            #expect(problem.errorKind == kind, "\(problem)", sourceLocation: location)
        } catch { Issue.record(error, sourceLocation: location) }
    }

    @Test func `a program takes no record out of what a person made one`() async throws {
        for name in ["Ada King", "Bob Stone", "Chen Li"] { _ = try await add([.fullName: name, .company: "X"]) }
        _ = try await MergeLeads.perform(.init("1", "2"), in: context)
        // Also when that one became part of another since.
        _ = try await MergeLeads.perform(.init("3", "1"), in: machine)
        var request = UnmergeLead.Request("3")
        request.record = 2
        await refused(.forbidden) { _ = try await UnmergeLead.perform(request, in: machine) }
        #expect(try await UnmergeLead.perform(request, in: context).lead == 4)
    }

    @Test func `two people stay two, also by way of a third`() async throws {
        for name in ["Ada King", "Bob Stone", "Chen Li"] { _ = try await add([.fullName: name, .company: "X"]) }
        _ = try await KeepLeadsApart.perform(.init("1", "2"), in: context)
        _ = try await MergeLeads.perform(.init("3", "2"), in: machine)
        await refused(.forbidden) { _ = try await MergeLeads.perform(.init("3", "1"), in: machine) }
        await refused(.forbidden) { _ = try await MergeLeads.perform(.init("1", "3"), in: machine) }
        #expect(try folder.store().leads.areApart(1, 3) && folder.store().leads.areApart(3, 1))
        await refused(.conflict) { _ = try await KeepLeadsApart.perform(.init("3", "2"), in: context) }
        _ = try await MergeLeads.perform(.init("3", "1"), in: context)
    }

    @Test func `a program brings back only what a program deleted`() async throws {
        for name in ["Ada King", "Bob Stone", "Chen Li"] { _ = try await add([.fullName: name, .company: "X"]) }
        _ = try await DeleteLeads.perform(.init(["1"]), in: machine)
        #expect(try await RestoreLeads.perform(.init(["1"]), in: machine).leads == [1])
        // Then it went in another way, as by a sync, of which no step says who it was.
        let store = try folder.store()
        var gone = LeadChange()
        gone.deletedAt = .some(moment("2026-01-02 00:00"))
        try store.leads.change(try lead(1), gone, because: .airtable(isPending: false), at: begun)
        await refused(.forbidden) { _ = try await RestoreLeads.perform(.init(["1"]), in: machine) }
        #expect(try await RestoreLeads.perform(.init(["1"]), in: context).leads == [1])

        let service = BackupService(folder: folder.data, runtime: TestFiles().runtime)
        let backup = try service.create(of: store, .manual)
        _ = try await DeleteLeads.perform(.init(["2"]), in: context)
        _ = try await add([.fullName: "Late Comer", .company: "X"])
        let late = try lead(4).uuid
        _ = try await DeleteLeads.perform(.init(["4"]), in: context)
        #expect(try service.restore(backup.name, into: store, by: .person("ann")).carried.deletions == 2)
        for lead in ["2", late] {
            await refused(.forbidden) { _ = try await RestoreLeads.perform(.init([lead]), in: machine) }
        }
    }

    @Test func `who was parted from another and deleted stays deleted after a restore`() async throws {
        _ = try await add([.fullName: "Ada King", .email: "ada@x.example"])
        _ = try await add([.fullName: "Quinn Roe", .email: "quinn@y.example"])
        _ = try await MergeLeads.perform(.init("1", "2"), in: context)
        _ = try await add([.fullName: "Eva Klein", .email: "eva@z.example"])
        _ = try await add([.fullName: "Noor Haddad", .email: "noor@z.example"])
        _ = try await MergeLeads.perform(.init("3", "4"), in: context)
        let store = try folder.store()
        let service = BackupService(folder: folder.data, runtime: TestFiles().runtime)
        let backup = try service.create(of: store, .manual)
        _ = try await UnmergeLead.perform(.init("2"), in: context)
        _ = try await DeleteLeads.perform(.init(["2"]), in: context)
        var split = UnmergeLead.Request("3")
        split.record = 4
        let made = try await UnmergeLead.perform(split, in: context).lead
        _ = try await DeleteLeads.perform(.init(["\(made)"]), in: context)
        let carried = try service.restore(backup.name, into: store, by: .person("ann")).carried
        #expect(carried.deletions == 2)
        #expect(try lead(2).deletedAt != nil && lead(2).mergedInto == nil)
        #expect(try lead(1).fields[.fullName] == "Ada King" && lead(3).fields[.fullName] == "Eva Klein")
        await refused(.conflict) { _ = try await add([.fullName: "Quinn Roe", .email: "quinn@y.example"]) }
        await refused(.conflict) { _ = try await add([.fullName: "Noor Haddad", .email: "noor@z.example"]) }
        #expect(try await live().count == 2)
    }

    @Test func `a restore goes through where a part has nothing of its own`() async throws {
        for name in ["Ada King", "Bob Stone", "Chen Li"] { _ = try await add([.fullName: name, .company: "X"]) }
        _ = try await MergeLeads.perform(.init("2", "1"), in: context)
        var split = UnmergeLead.Request("2")
        split.record = 1
        _ = try await UnmergeLead.perform(split, in: context)
        let store = try folder.store()
        let service = BackupService(folder: folder.data, runtime: TestFiles().runtime)
        let backup = try service.create(of: store, .manual)
        _ = try await MergeLeads.perform(.init("3", "2"), in: context)
        _ = try await DeleteLeads.perform(.init(["3"]), in: context)
        _ = try service.restore(backup.name, into: store, by: .person("ann"))
        #expect(try lead(3).deletedAt != nil)
        await refused(.conflict) { _ = try await add([.fullName: "Chen Li", .company: "X"]) }
    }

    @Test func `a record belongs to who has the name now, before who had it`() async throws {
        _ = try await add([.fullName: "Ann Fox", .company: "Zeta", .email: "ann.lee@zeta.example"])
        _ = try await EditLead.perform(.init("1", [.fullName: "Ann Lee"]), in: context)
        #expect(
            try await add([.fullName: "Ann Fox", .company: "Zeta", .email: "ann.fox@zeta.example"]).result == "new")
        let third = try await add([.fullName: "Ann Fox", .company: "Zeta", .phone: "+14165550133"])
        #expect(third.id == 2 && third.result == "merged", "\(third)")
    }

    @Test func `a no is kept, whatever else becomes of the request`() async throws {
        _ = try await add([.fullName: "Ada King", .email: "ada@x.example"])
        var no = AddLead.Request(LeadFields([.fullName: "Ada King", .email: "ada@x.example"]))
        no.optsOut = true
        _ = try await DeleteLeads.perform(.init(["1"]), in: context)
        await refused(.conflict) { _ = try await AddLead.perform(no, in: machine) }
        #expect(try lead(1).optOut?.by == LeadAuthor(rawValue: "token:crm"))
        _ = try await RestoreLeads.perform(.init(["1"]), in: context)
        // A person lifts it; that it is said again is news, as it is not in a file.
        var lift = EditLead.Request("1", [:])
        lift.optsOut = false
        _ = try await EditLead.perform(lift, in: context)
        #expect(try await AddLead.perform(no, in: machine).result == "merged")
        #expect(try lead(1).optOut != nil)
        // A suppressed domain may be lifted one day.
        _ = try await AddSuppressions.perform(.init(["nein.example"]), in: context)
        var other = AddLead.Request(LeadFields([.fullName: "Vera Nein", .email: "vera@nein.example"]))
        other.optsOut = true
        await refused(.conflict) { _ = try await AddLead.perform(other, in: machine) }
        _ = try await RemoveSuppressions.perform(.init(["nein.example"]), in: context)
        await refused(.conflict) { _ = try await add([.fullName: "Vera Nein", .email: "vera@nein.example"]) }
    }

    @Test func `a person is known by the name that was corrected, and stays opted out`() async throws {
        let profile = "https://www.linkedin.com/in/wei-zhang-82"
        var no = AddLead.Request(
            LeadFields([
                .fullName: "Wei Zhang", .company: "Altco", .email: "wei@altco.example", .linkedInURL: profile,
            ]))
        no.optsOut = true
        _ = try await AddLead.perform(no, in: context)
        _ = try await EditLead.perform(.init("1", [.fullName: "William Zhang"]), in: context)
        for fields: [LeadField: String] in [
            [.fullName: "Wei Zhang", .company: "Neuco", .email: "wz@neuco.example", .linkedInURL: profile],
            [.fullName: "Wei Zhang", .company: "Altco", .email: "wei@altco.example", .title: "CTO"],
            [.fullName: "Wei Zhang", .company: "Altco", .location: "Paris"],
        ] {
            let added = try await add(fields)
            #expect(added.id == 1 && added.result != "new", "\(added)")
        }
        #expect(try lead(1).optOut != nil && lead(1).fields[.fullName] == "William Zhang")
        // Also one that became part of another.
        _ = try await add([.fullName: "Ada King", .company: "Engines"])
        no = AddLead.Request(
            LeadFields([.fullName: "Zoe Lovelace", .linkedInURL: "https://www.linkedin.com/in/zoe-l"]))
        no.optsOut = true
        _ = try await AddLead.perform(no, in: context)
        _ = try await MergeLeads.perform(.init("2", "3"), in: context)
        let again = try await add([
            .fullName: "Zoe Lovelace", .linkedInURL: "https://www.linkedin.com/in/zoe-l", .email: "zoe@new.example",
        ])
        #expect(again.id == 2 && again.result == "merged", "\(again)")
        // Another person who has the profile of a colleague is no third name of theirs.
        let other = try await add([.fullName: "Tom Reed", .company: "Altco", .linkedInURL: profile])
        #expect(other.result == "new", "\(other)")
    }

    @Test(arguments: [
        ([LeadField.fullName: "Ilse Anders"], false), ([.company: "Beta"], false), ([.title: "CFO"], false),
        ([.lastName: "Kingsley"], true), ([.company: "Alpha GmbH"], true), ([.phone: "+14165550134"], true),
        ([.location: "Paris"], true), ([.title: "CTO and founder"], true),
    ])
    func `a message does not outlive what it says`(_ changes: [LeadField: String], _ stays: Bool) async throws {
        _ = try await add([.fullName: "Mona King", .company: "Alpha", .title: "CTO", .email: "mona@alpha.example"])
        try makeReady(1, "Hi Mona, as CTO of Alpha you know how it is.")
        let view = try await EditLead.perform(.init("1", changes), in: context).view
        #expect((view.lead.message != nil) == stays && (view.lead.status == .ready) == stays, "\(view.lead)")
        #expect((view.subject != nil) == stays)
    }

    @Test func `a message goes with whoever has it, and is due again only while one is awaited`() async throws {
        let store = try folder.store()
        func due(_ id: Int64) throws -> Bool {
            try SQLiteShell.run(
                store.path, "SELECT count(*) FROM lead_stages WHERE stage = 'write-message' AND lead_id = \(id)")
                == "1\n"
        }
        func enrich(_ id: Int64) throws {
            var change = LeadChange()
            change.enrichedAt = begun
            try store.leads.change(try lead(id), change, because: .stage, at: begun)
        }
        // One that is ready becomes part of one that is not.
        _ = try await add([.fullName: "Gus Ray", .company: "Copper", .email: "gus@copper.example"])
        _ = try await add([.fullName: "Gus Ray", .email: "gus@home.example"])
        try enrich(1)
        try makeReady(2, "Hi Gus")
        let one = try await MergeLeads.perform(.init("1", "2"), in: context).view.lead
        #expect(one.status == .ready && one.message == "Hi Gus")
        let renamed = try await EditLead.perform(.init("1", [.fullName: "Zoe Quist"]), in: context).view.lead
        #expect(try renamed.message == nil && renamed.status == .enriched && due(1))
        // Whose way has ended gets none.
        _ = try await add([.fullName: "Carl Lenz", .company: "Y"])
        try enrich(3)
        try makeReady(3, "Hi Carl")
        var won = EditLead.Request("3", [.fullName: "Karla Lentz"])
        won.status = .won
        _ = try await EditLead.perform(won, in: context)
        #expect(try !due(3))
        // A message that is taken from a lead again leaves it due for one of its own.
        _ = try await add([.fullName: "Ivy Roe", .company: "Z", .email: "ivy@z.example"])
        _ = try await add([.fullName: "I. Roe", .email: "roe@home.example"])
        try enrich(4)
        try makeReady(5, "Hello there")
        #expect(try await MergeLeads.perform(.init("4", "5"), in: context).view.lead.message == "Hello there")
        _ = try await UnmergeLead.perform(.init("5"), in: context)
        #expect(try lead(4).message == nil && lead(5).message == "Hello there")
    }

    @Test func `a message is taken back when somebody else at the mailbox says no`() async throws {
        _ = try await add([.fullName: "Ada King", .email: "x@y.example"])
        try makeReady(1, "Hi Ada")
        let report = try await importing("Name,Email,Company,Unsubscribed\nHorst Krampf,x@y.example,Oo,yes\n")
        #expect(report.optedOut == 1)
        #expect(try lead(1).message == nil && lead(1).status != .ready)
        // Who said no may get the mailbox afterwards, too.
        _ = try await add([.fullName: "Bob Stone", .email: "bob@y.example"])
        let bob = try #require(try await live().first { $0.displayName == "Bob Stone" }).id
        try makeReady(bob, "Hi Bob")
        let horst = try #require(try await live().first { $0.displayName == "Horst Krampf" }).id
        _ = try await EditLead.perform(.init("\(horst)", [.email: "bob@y.example"]), in: context)
        #expect(try lead(bob).message == nil && lead(bob).status != .ready)
    }

    @Test func `two leads that become one have one message, and none that is not ready says so`() async throws {
        for name in ["Ada King", "Bob Stone"] { _ = try await add([.fullName: name, .company: "X"]) }
        let store = try folder.store()
        for id: Int64 in [1, 2] {
            try store.messages.saveDraft(
                DraftMessage(subject: "s", body: "Text \(id)", writer: "m"), campaignID: "c\(id)", of: id,
                heldBecause: "why", at: begun)
        }
        _ = try await MergeLeads.perform(.init("1", "2"), in: context)
        let drafts = try await ListMessages.perform(.init(), in: context).messages.filter { $0.status == "draft" }
        #expect(drafts.map(\.body) == ["Text 1"])
        var held = ListMessages.Request()
        held.isHeld = true
        #expect(try await ListMessages.perform(held, in: context).messages.map(\.body) == ["Text 1"])
        await refused(.conflict) { _ = try await ReleaseMessage.perform(.init(message: 2), in: context) }
        #expect(try await ReleaseMessage.perform(.init(message: 1), in: context).view.lead.message == "Text 1")

        _ = try await add([.fullName: "Chen Li", .company: "Y"])
        try makeReady(3, "Hi Chen")
        var no = AddLead.Request(LeadFields([.fullName: "Dora Ray", .company: "Y"]))
        no.optsOut = true
        _ = try await AddLead.perform(no, in: context)
        _ = try await MergeLeads.perform(.init("3", "4"), in: context)
        _ = try await UnmergeLead.perform(.init("3"), in: context)
        #expect(try lead(3).message == nil && lead(3).status == .cleaned && lead(3).optOut == nil)
        // Of two that are ready, one message is cancelled; parted, its lead is not ready either.
        for name in ["Emil", "E."] {
            _ = try await add([.fullName: "\(name) Fox", .email: "fox@\(name.count).example"])
        }
        for id: Int64 in [5, 6] { try makeReady(id, "Hello there") }
        _ = try await MergeLeads.perform(.init("5", "6"), in: context)
        _ = try await UnmergeLead.perform(.init("6"), in: context)
        #expect(try lead(5).status == .ready && lead(6).status == .cleaned && lead(6).message == nil)
    }

    @Test func `what was written to a lead goes along only while it fits`() async throws {
        _ = try await add([.fullName: "Ada King", .company: "Engines"])
        _ = try await add([.fullName: "Bob Stone", .company: "Quarries"])
        try makeReady(2, "Hi Bob, how are things at Quarries?")
        let merged = try await MergeLeads.perform(.init("1", "2"), in: context).view.lead
        #expect(merged.message == nil || merged.fields[.fullName] == "Bob Stone", "\(merged)")
    }

    @Test func `only a person lets any number of records be deleted`() async throws {
        var request = RunSync.Request()
        request.allowsDeletes = true
        await refused(.forbidden) { _ = try await RunSync.perform(request, in: machine) }
    }

    @Test func `an upsert says whether it changed anything`() async throws {
        _ = try await add([.fullName: "Ada King", .email: "ada@x.example"])
        func upsert(_ status: LeadStatus) async throws -> String {
            var request = UpsertLead.Request(by: .email, uuid: nil, [.email: "ada@x.example"])
            request.status = status
            return try await UpsertLead.perform(request, in: context).result
        }
        #expect(try await upsert(.contacted) == "changed")
        #expect(try await upsert(.contacted) == "known")
    }

    @Test func `a page of doubtful pairs ends after a while, and the next goes on`() async throws {
        let names = ["Ada", "Bob", "Chen", "Dora", "Emil", "Faye", "Gus", "Hana", "Ivan", "Jane"]
        let rows = (0..<500).map { "\(names[$0 % 10])\("abcde".map { "\($0)" }[$0 / 10 % 5])y Smith,Works \($0 / 50)" }
        _ = try await importing("Name,Company\n\(rows.joined(separator: "\n"))\nA. Smith,Works Z\nAda Smith,Works Z\n")
        var (request, pages, pairs): (ListDuplicates.Request, Int, [DoubtfulPair]) = (.init(limit: 100), 0, [])
        repeat {
            let page = try await ListDuplicates.perform(request, in: context)
            pages += 1
            pairs += page.pairs
            request.after = page.next
        } while request.after != nil && pages < 50
        #expect(pages > 1 && pages < 50 && pairs.contains { $0.first.name == "A. Smith" }, "\(pages) \(pairs)")
        #expect(Set(pairs.map { [$0.first.id, $0.second.id] }).count == pairs.count)
    }
}

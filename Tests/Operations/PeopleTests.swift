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

/// Nobody is lost or doubled; each as a person meets it.
struct PeopleTests: PeopleSuite {
    let folder = TemporaryFolder()

    @Test(arguments: ["LinkedIn", "Email"])
    func `one repeated value makes no file one lead, and the report says so`(column: String) async throws {
        let value = column == "Email" ? "exporter@agency.example" : "https://www.linkedin.com/in/the-exporter"
        let rows = (0..<400).map {
            "\(Self.given[$0 % 15]) \("BKLMNPRSTV".map { "\($0)a" }[$0 / 15 % 10])rt\("aeiou".map { "\($0)n" }[$0 % 5]),Co \($0),\(value)"
        }
        let report = try await importing("Name,Company,\(column)\n\(rows.joined(separator: "\n"))\n")
        #expect(report.new == 400 && report.merged == 0, "\(report)")
        #expect(
            report.shared.count == 1 && report.shared[0].hasSuffix(column == "Email" ? "agency.example" : "exporter"))
    }

    @Test func `who was deleted does not come back, in whatever spelling`() async throws {
        _ = try await add([.fullName: "Robert Sample", .email: "rsample@acme.example", .company: "Acme"])
        _ = try await add([.phone: "+14165550134"])
        _ = try await add([.fullName: "Cher", .company: "Stage", .phone: "+14165550135"])
        _ = try await DeleteLeads.perform(.init(["1", "2", "3"]), in: context)
        let report = try await importing(
            """
            Name,Company,Email,Phone,Title
            R. Sample,,rsample@acme.example,,CEO
            Robret Sample,Acme Inc,RSample+news@acme.example,,
            Somebody Else,,rsample@acme.example,,
            ,,,416-555-0134,Boss
            Cher,Stage,,416 555 0135,Singer

            """)
        #expect(report.removed == 5 && report.new == 0, "\(report)")
        #expect(try await live().isEmpty)
    }

    @Test func `one personal mailbox is one lead, and one that two people share gets one message`() async throws {
        let report = try await importing(
            """
            Name,Email,Company
            Robert Sample,rs@acme.example,Acme
            R. Sample,RS@acme.example,
            Jürgen Groß,jg@acme.example,Acme
            Juergen Gross,jg@acme.example,
            Tom Reed,family@reeds.example,Reeds
            Mary Reed,family@reeds.example,Reeds

            """)
        #expect(report.new == 4 && report.merged == 2, "\(report)")
        let store = try folder.store()
        var ready = LeadChange()
        (ready.message, ready.status) = (.some("Hi Tom"), .ready)
        let leads = try await live()
        let tom = try #require(leads.first { $0.displayName == "Tom Reed" })
        let mary = try #require(leads.first { $0.displayName == "Mary Reed" })
        #expect(try store.snapshot { try $0.ban(on: mary) } == nil)
        try store.leads.change(tom, ready, because: .stage, at: moment("2026-01-01 00:00"))
        #expect(try store.snapshot { try $0.ban(on: mary) }?.contains("at most") == true)
        let pairs = try await ListDuplicates.perform(.init(limit: 10), in: context).pairs
        #expect(pairs.map(\.reason) == ["one mailbox, but the names differ"])
        #expect(try await ExplainLead.perform(.init("\(mary.id)"), in: context).sharesMailboxWith == [tom.id])
    }

    @Test(arguments: [1, 2, 3, 7]) func `doubtful pairs are listed page by page, each once`(limit: Int) async throws {
        // Of each company, one who may be either of two; some share a number, too.
        let rows = (0..<6).map { number in
            let phone = number % 2 == 0 ? "+1416555013\(number)" : ""
            return
                "Anselm King,Engines \(number),,\nAda King,Engines \(number),,\(phone)\nA. King,Engines \(number),,\(phone)\n"
        }
        _ = try await importing(
            "Name,Company,Email,Phone\n\(rows.joined())Tom Reed,,f@reeds.example,\nMary Reed,,f@reeds.example,\n")
        let all = try await ListDuplicates.perform(.init(limit: 100), in: context)
        #expect(all.pairs.count == 13 && all.next == nil, "\(all.pairs.count)")
        #expect(Set(all.pairs.map { [$0.first.id, $0.second.id] }).count == 13)
        var (request, paged): (ListDuplicates.Request, [DoubtfulPair]) = (.init(limit: limit), [])
        repeat {
            let page = try await ListDuplicates.perform(request, in: context)
            paged += page.pairs
            request.after = page.next
        } while request.after != nil
        #expect(paged == all.pairs)
    }

    @Test func `a pair beyond what is looked at of a large group is listed by what else shows it`() async throws {
        let crowd = (0..<55).map {
            "\("BKLMNPRSTV".map { "\($0)" }[$0 / 6])ob Aa\("abcdef".map { "\($0)" }[$0 % 6])son,,,+14165550139\n"
        }
        let rows = crowd.joined() + "Ada Zzimmer,Works,,+14165550139\nA. Zzimmer,Works,,+14165550139\n"
        _ = try await importing("Name,Company,Email,Phone\n\(rows)")
        let pairs = try await ListDuplicates.perform(.init(limit: 10_000), in: context).pairs
        #expect(pairs.contains { $0.first.name.hasSuffix("Zzimmer") && $0.second.name.hasSuffix("Zzimmer") })
    }

    @Test func `the same file again makes nothing new, under whatever name`() async throws {
        // No key at all but one, many of one surname at one company, and one that a person corrects.
        let rows = (0..<150).map {
            "\("BKLMNPRSTV".map { "\($0)" }[$0 / 15])\(Self.given[$0 % 15].lowercased()) King,Engines,,"
        }
        let text =
            "Name,Company,Email,Phone\n\(rows.joined(separator: "\n"))\nAda Stone,Acme,old@acme.example,\nCher,,,+14165550135\n"
        let first = try await importing(text)
        #expect(first.new == 152, "\(first)")
        _ = try await EditLead.perform(
            .init("151", [.email: "new@acme.example", .fullName: "Ada Miller"]), in: context)
        let again = try await importing(text, "other.csv")
        #expect(again.known == 152 && again.new == 0, "\(again)")
        // Another record with the former address is the same person's.
        let former = try await importing("Name,Email,Title\nAda Stone,old@acme.example,CTO\n")
        #expect(try former.merged == 1 && lead(151).fields[.title] == "CTO")
        #expect(try lead(151).fields[.email] == "new@acme.example")
        // With one more column none of them is the same record; the very same name is found nevertheless.
        let wider = text.replacing("Phone\n", with: "Phone,Seen\n").replacing(",,\n", with: ",,,today\n")
        #expect(try await importing(wider).new == 0)
    }

    @Test func `the person's own mailbox goes before a role's and a mistyped one`() async throws {
        _ = try await importing(
            "Name,Company,Email\nAda King,Engines,info@engines.example\nBob Stone,Stones,bob@gmial.com\n")
        _ = try await importing(
            "Name,Company,Email\nAda King,Engines,ada@engines.example\nBob Stone,Stones,bob@gmail.com\n")
        _ = try await importing(
            "Name,Company,Email,X\nAda King,Engines,sales@engines.example,1\nBob Stone,Stones,bob@gmial.com,1\n")
        #expect(try lead(1).fields[.email] == "ada@engines.example" && lead(2).fields[.email] == "bob@gmail.com")
        let said = try await ExplainLead.perform(.init("1"), in: context)
        let email = try #require(said.fields.first { $0.field == .email })
        #expect(email.others.map(\.value) == ["sales@engines.example", "info@engines.example"])
        #expect(said.records.count == 3)
    }

    @Test func `a record that two leads share a key with makes them one, and that can be undone`() async throws {
        _ = try await importing(
            """
            Name,LinkedIn,Email,Company
            Robert Sample,linkedin.com/in/robert-sample,,Acme
            R. Sample,,rs@acme.example,

            """)
        let report = try await importing(
            "Name,LinkedIn,Email\nBob Sample,linkedin.com/in/robert-sample,rs@acme.example\n")
        #expect(report.joined == 1 && report.merged == 1, "\(report)")
        #expect(try await live().map(\.id) == [1])
        #expect(try await UnmergeLead.perform(.init("1"), in: context).lead == 2)
        #expect(try await live().count == 2)
        // A single record is taken out, too.
        let out = try await ExplainLead.perform(.init("1"), in: context).records.last { $0.source == "csv:people.csv" }
        var request = UnmergeLead.Request("1")
        request.record = try #require(out).id
        let parted = try await UnmergeLead.perform(request, in: context)
        #expect(try lead(parted.lead).fields[.fullName] == "Bob Sample")
    }

    @Test func `what cleaning leaves out is counted by field, with the first lines`() async throws {
        let report = try await importing(
            """
            Name,Email,Phone
            Ada King,ada@engines.example,1.41556E+10
            Bob Stone,bob stone@x.example,'+1 415 555 0142
            Chen Li,jane(at)poe.example,020 7946 0958
            Dora Ray,dora@x.example,14155550143.0

            """)
        #expect(report.new == 3 && report.refused == 1, "\(report)")
        #expect(report.dropped["phone"]?.count == 1 && report.dropped["phone"]?.first.first?.line == 2)
        #expect(report.dropped["email"]?.count == 1 && report.dropped["email"]?.first.first?.line == 3)
        #expect(try lead(2).fields[.phone] == "+14155550142" && lead(2).fields[.email] == nil)
        #expect(try lead(3).fields[.phone] == "+14155550143")
    }

    @Test func `the contact fields of a lead are what its records and values say`() async throws {
        _ = try await importing("Name,Company,Email,Title\nAda King,Engines,ada@engines.example,CTO\n")
        _ = try await EditLead.perform(.init("1", [.title: "CEO", .company: ""]), in: context)
        _ = try await importing("Name,Company,Email,Title\nAda King,Other Co,ada@engines.example,Chair\n")
        let store = try folder.store()
        #expect(try store.leads.fold(of: 1).fields == lead(1).fields)
        // A person's word stays, an emptied field included.
        #expect(try lead(1).fields[.title] == "CEO" && lead(1).fields[.company] == nil)
    }
}

import Cleaning
import Leads
import Matching
import Testing
import Values

struct MatcherTests {
    private func clean(_ fields: [LeadField: String]) throws -> CleanLead {
        try Cleaner().clean(LeadDraft(fields: LeadFields(fields), source: "test"))
    }

    /// A lead as the database would have it.
    private func stored(_ id: Int64, _ fields: [LeadField: String], deleted: Bool = false) throws -> Lead {
        let clean = try clean(fields)
        var lead = Lead(
            id: id, uuid: "u\(id)", fields: clean.fields, status: .new, processing: .new,
            createdAt: Timestamp(seconds: 0),
            updatedAt: Timestamp(seconds: 0), revision: 1)
        if deleted { lead.deletedAt = Timestamp(seconds: 1) }
        return lead
    }

    struct Pair: Sendable, CustomTestStringConvertible {
        let name: String
        let known: [LeadField: String]
        let new: [LeadField: String]
        let merges: Bool
        var testDescription: String { name }
    }

    @Test(arguments: [
        Pair(
            name: "the same profile, another job",
            known: [.fullName: "Ada King", .linkedInURL: "linkedin.com/in/ada", .company: "Old"],
            new: [.fullName: "Ada Lovelace", .linkedInURL: "ca.linkedin.com/in/Ada/", .company: "New"], merges: true),
        Pair(
            name: "two profiles, the same name and company",
            known: [.fullName: "Ada King", .linkedInURL: "linkedin.com/in/ada", .company: "X"],
            new: [.fullName: "Ada King", .linkedInURL: "linkedin.com/in/ada2", .company: "X"], merges: false),
        Pair(
            name: "the same mailbox, spelled otherwise", known: [.fullName: "Ada King", .email: "a.king@gmail.com"],
            new: [.fullName: "Ada King", .email: "aking+x@gmail.com"], merges: true),
        Pair(
            name: "one mailbox, two given names", known: [.fullName: "Ada King", .email: "king@x.example"],
            new: [.fullName: "Bob King", .email: "king@x.example"], merges: false),
        Pair(
            name: "a mailbox of a function is nobody's", known: [.fullName: "Ada King", .email: "info@x.example"],
            new: [.fullName: "Bob Stone", .email: "info@x.example"], merges: false),
        Pair(
            name: "name and company in other spellings", known: [.fullName: "Robert King", .company: "Acme Inc."],
            new: [.fullName: "King, Bob", .company: "The ACME Company"], merges: true),
        Pair(
            name: "namesakes with two mailboxes of one domain",
            known: [.fullName: "John Doe", .company: "Acme", .email: "jdoe@acme.example"],
            new: [.fullName: "John Doe", .company: "Acme", .email: "jdoe2@acme.example"], merges: false),
        Pair(
            name: "a switchboard's number", known: [.fullName: "Ada King", .phone: "+14165550134"],
            new: [.fullName: "Bob Stone", .phone: "416-555-0134"], merges: false),
        Pair(
            name: "a number and a name", known: [.fullName: "Ada King", .phone: "+14165550134"],
            new: [.fullName: "Ada King", .phone: "416-555-0134", .company: "New"], merges: true),
        Pair(
            name: "an initial proves nothing", known: [.fullName: "John King", .company: "Acme"],
            new: [.fullName: "J. King", .company: "Acme"], merges: false),
    ])
    func `two records are one person, or are not`(_ pair: Pair) throws {
        let known = try stored(7, pair.known)
        let decision = Matcher.decide(try clean(pair.new), among: [known])
        if pair.merges {
            guard case .merge(into: 7, _, _) = decision else { return #expect(Bool(false), "\(decision)") }
        } else {
            #expect(decision == .insert)
        }
    }

    @Test func `a merge fills gaps and overwrites nothing`() throws {
        let known = try stored(7, [.fullName: "Ada King", .company: "Acme", .title: "CTO"])
        let new = try clean([.fullName: "Ada King", .company: "ACME Inc.", .title: "Boss", .email: "ada@acme.example"])
        guard case .merge(_, let fields, let keys) = Matcher.decide(new, among: [known]) else {
            return #expect(Bool(false))
        }
        #expect(fields[.title] == "CTO" && fields[.company] == "Acme" && fields[.email] == "ada@acme.example")
        #expect(keys.email == "ada@acme.example")
    }

    @Test func `who was removed stays removed, and two who both could be it are left apart`() throws {
        let fields: [LeadField: String] = [.fullName: "Bob King", .company: "Acme"]
        #expect(Matcher.decide(try clean(fields), among: [try stored(7, fields, deleted: true)]) == .removed(7))
        let candidates = [
            try stored(1, [.fullName: "Robert King", .company: "Acme"]),
            try stored(2, [.fullName: "Rob King", .company: "Acme"]),
        ]
        #expect(Matcher.decide(try clean(fields), among: candidates) == .insert)
        // Neither does a profile that none of them has decide it.
        let found = fields.merging([.linkedInURL: "linkedin.com/in/bobking"]) { $1 }
        #expect(Matcher.decide(try clean(found), among: candidates) == .insert)
        // One that both have does; a living lead goes before a removed one.
        let profile = [LeadField.linkedInURL: "linkedin.com/in/bobking"]
        let twins = [
            try stored(3, profile.merging([.fullName: "R. King"]) { $1 }, deleted: true),
            try stored(4, profile.merging([.fullName: "Rob K"]) { $1 }),
        ]
        guard case .merge(into: 4, _, _) = Matcher.decide(try clean(found), among: twins) else {
            return #expect(Bool(false))
        }
    }
}

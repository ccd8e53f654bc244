import Cleaning
import Leads
import Testing
import Values

struct CleaningTests {
    private func clean(_ fields: [LeadField: String]) throws -> CleanLead {
        try Cleaner().clean(LeadDraft(fields: LeadFields(fields), source: "test", author: .file(1)))
    }

    @Test func `each field comes into its form, and what is not valid is left out with a note`() throws {
        let lead = try clean([
            .fullName: "SMITH, JOHN", .email: "John@ACME.example; x@y", .phone: "(416) 555-0134",
            .company: " Acme  Inc. ",
            .website: "acme.example", .linkedInURL: "ca.linkedin.com/in/JSmith?x", .location: "Toronto\u{0}",
        ])
        #expect(lead.fields[.fullName] == "John Smith")
        #expect(lead.fields[.firstName] == "John" && lead.fields[.lastName] == "Smith")
        #expect(lead.fields[.email] == "john@acme.example")
        #expect(lead.fields[.phone] == "+14165550134")
        #expect(lead.fields[.linkedInURL] == "https://www.linkedin.com/in/jsmith")
        #expect(
            LeadKey.keys(of: lead.fields) == [
                LeadKey(.profile, "jsmith"), LeadKey(.mailbox, "john@acme.example"),
                LeadKey(.name, "smith|acme|john"), LeadKey(.phone, "+14165550134|smith|john"),
            ])
        let bad = try clean([
            .fullName: "A B", .company: "C", .email: "nope", .phone: "1", .website: "x", .linkedInURL: "y",
        ])
        #expect(bad.notes.count == 4 && bad.fields[.email] == nil)
    }

    @Test func `a profile among the web sites, and a company in the title, are found`() throws {
        let lead = try clean([
            .fullName: "Ada L", .website: "https://linkedin.com/in/ada", .title: "CTO at Engines Ltd",
        ])
        #expect(lead.fields[.linkedInURL] != nil && lead.fields[.website] == nil)
        #expect(lead.fields[.title] == "CTO" && lead.fields[.company] == "Engines Ltd")
    }

    @Test(
        arguments: [[:], [.fullName: "Ada"], [.email: "x"], [.title: "CEO"], [.fullName: "\u{0}", .company: "C"]]
            as [[LeadField: String]])
    func `what nobody can be reached or told apart by is no lead`(fields: [LeadField: String]) {
        #expect(throws: Cleaner.Refusal.self) { try clean(fields) }
    }

    @Test func `a name of ten thousand characters is cut, not stored and not fatal`() throws {
        let lead = try clean([.fullName: String(repeating: "Ab ", count: 5_000), .company: "C"])
        #expect((lead.fields[.fullName] ?? "").count <= 140)
        #expect(lead.content.count <= 4_100)
    }
}

import Cleaning
import Leads
import Matching
import Testing
import Values

struct MatcherTests {
    private func clean(_ fields: [LeadField: String]) throws -> LeadFields {
        try Cleaner().clean(LeadDraft(fields: LeadFields(fields), source: "test", author: .file(1))).fields
    }

    /// A lead as the database would have it.
    private func stored(
        _ id: Int64, _ fields: [LeadField: String], isDeleted: Bool = false, others: Set<Int64> = []
    ) throws -> MatchCandidate {
        let clean = try clean(fields)
        return MatchCandidate(
            id: id, name: clean[.fullName], isDeleted: isDeleted, keys: Set(LeadKey.keys(of: clean)), others: others)
    }

    private func verdict(_ fields: [LeadField: String], among known: [MatchCandidate]) throws
        -> IntakeDecision.Verdict
    { Matcher.decide(try clean(fields), among: known).verdict }

    private func isMerge(_ verdict: IntakeDecision.Verdict, into id: Int64) -> Bool {
        if case .merge(id, _, _) = verdict { true } else { false }
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
        let verdict = try verdict(pair.new, among: [try stored(7, pair.known)])
        #expect(pair.merges ? isMerge(verdict, into: 7) : verdict == .insert, "\(verdict)")
    }

    private static let mailbox = "robert.sample@acme.example"

    @Test(arguments: [
        "R. Sample", "Rob Sample", "Robret Sample", "Robert Sampel", "Sample, Robert", "Robert Miller", "Robbo Sample",
        "Robert", "Dr. Robert J. Sample", "",
    ])
    func `one mailbox is one person unless the names contradict plainly`(name: String) throws {
        let known = try stored(7, [.fullName: "Robert Sample", .email: Self.mailbox])
        #expect(isMerge(try verdict([.fullName: name, .email: Self.mailbox], among: [known]), into: 7))
    }

    @Test(arguments: [
        ("Jürgen Groß", "Juergen Gross"), ("Jurgen Gross", "Jürgen Groß"), ("Tobi Klein", "Tobias Klein"),
        ("Steffi Graf", "Stefanie Graf"), ("Jean-Pierre Blanc", "Jean Blanc"), ("J. Luis Vega", "Luis Vega"),
        ("Ann Lee", "Anna Lee"), ("Katherine O'Neil", "Catherine ONeil"), ("Sara Diaz", "Sarah Díaz Ruiz"),
    ])
    func `a spelling or a short form is no contradiction`(first: String, second: String) throws {
        for (one, other) in [(first, second), (second, first)] {
            let known = try stored(7, [.fullName: one, .email: Self.mailbox])
            #expect(isMerge(try verdict([.fullName: other, .email: Self.mailbox], among: [known]), into: 7), "\(one)")
        }
    }

    @Test(arguments: [
        ("Gustav Bjørnstad", "Gurra Bjørnstad", "gustav.bjornstad", true),
        ("Gustav Bjørnstad", "Gurra Bjørnstad", "g.bjoernstad", true),
        ("Mercedes Ortega Espinosa", "Merxu Ortega Espinosa", "mortegaespinosa", true),
        ("Gustav Bjørnstad", "Gurra Bjørnstad", "the.bjornstads", false),
        ("Gustav Bjørnstad", "Gurra Bjørnstad", "fam.bjornstad", false),
        ("Gustav Bjørnstad", "Gurra Lind", "g.bjornstad", false),
        ("Daniel Schön", "Daniela Schön", "d.schoen", false), ("Robert Sample", "Ralph Sample", "rsample", false),
    ])
    func `a short form of no list is one person's in a mailbox that is named after the person`(
        first: String, second: String, mailbox: String, isOne: Bool
    ) throws {
        for (one, other) in [(first, second), (second, first)] {
            let known = try stored(7, [.fullName: one, .email: "\(mailbox)@acme.example"])
            let verdict = try verdict([.fullName: other, .email: "\(mailbox)@acme.example"], among: [known])
            #expect(isMerge(verdict, into: 7) == isOne, "\(one)")
        }
    }

    @Test(arguments: [
        ("Robert Sample", "Mary Sample"), ("Martin Weber", "Martina Weber"), ("Paul Reed", "Paula Reed"),
        ("Mario Rossi", "Maria Rossi"), ("R. Sample", "R. Miller"), ("Dan Ross", "Ian Ross"),
        ("John Doe Jr.", "John Doe Sr."), ("Carl Meyer", "Carol Meyer"), ("Robert Sample", "Rupert Sample"),
    ])
    func `names of two people keep a mailbox and a profile from making them one`(first: String, second: String) throws {
        for (one, other) in [(first, second), (second, first)] {
            let known = try stored(
                7, [.fullName: one, .email: Self.mailbox, .linkedInURL: "linkedin.com/in/the-exporter"])
            #expect(try verdict([.fullName: other, .email: Self.mailbox], among: [known]) == .insert, "\(one)")
            #expect(
                try verdict([.fullName: other, .linkedInURL: "linkedin.com/in/the-exporter"], among: [known])
                    == .insert, "\(one)")
        }
    }

    @Test func `a profile that says neither name makes no two people with one given name one`() throws {
        let known = try stored(7, [.fullName: "John Smith", .linkedInURL: "linkedin.com/in/the-exporter"])
        #expect(
            try verdict([.fullName: "John Brown", .linkedInURL: "linkedin.com/in/the-exporter"], among: [known])
                == .insert)
    }

    @Test func `a value that three people with other names have is no key`() throws {
        let link = "linkedin.com/in/the-exporter"
        let known = try ["Ada King", "Bob Stone"].enumerated().map {
            try stored(Int64($0), [.fullName: $1, .linkedInURL: link])
        }
        let decision = Matcher.decide(
            try clean([.fullName: "Chen Li", .linkedInURL: link]), among: known)
        #expect(decision == IntakeDecision(.insert, shared: [LeadKey(.profile, "the-exporter")]))
        // Nor does it show who an initial is.
        let four = known + [try stored(5, [.fullName: "Chen Li", .linkedInURL: link])]
        #expect(try verdict([.fullName: "B. Stone", .linkedInURL: link], among: four) == .insert)
    }

    @Test func `who was removed stays removed, and two who both could be it are left apart`() throws {
        let fields: [LeadField: String] = [.fullName: "Bob King", .company: "Acme"]
        #expect(try verdict(fields, among: [try stored(7, fields, isDeleted: true)]) == .removed(7))
        let candidates = [
            try stored(1, [.fullName: "Robert King", .company: "Acme"]),
            try stored(2, [.fullName: "Rob King", .company: "Acme"]),
        ]
        #expect(try verdict(fields, among: candidates) == .insert)
        // Neither does a profile that none of them has decide it.
        let found = fields.merging([.linkedInURL: "linkedin.com/in/bobking"]) { $1 }
        #expect(try verdict(found, among: candidates) == .insert)
        // One that both have does; a living lead goes before a removed one.
        let profile = [LeadField.linkedInURL: "linkedin.com/in/bobking"]
        let twins = [
            try stored(3, profile.merging([.fullName: "R. King"]) { $1 }, isDeleted: true),
            try stored(4, profile.merging([.fullName: "Rob K"]) { $1 }),
        ]
        #expect(isMerge(try verdict(found, among: twins), into: 4))
    }

    @Test(arguments: ["R. Sample", "Robret Sample", "Mary Sample", "Somebody Else", ""])
    func `a deleted person's mailbox and profile are remembered, whatever the name beside them`(name: String) throws {
        let known = try stored(
            7, [.fullName: "Robert Sample", .email: Self.mailbox, .linkedInURL: "linkedin.com/in/rs"], isDeleted: true)
        #expect(try verdict([.fullName: name, .email: Self.mailbox], among: [known]) == .removed(7))
        #expect(try verdict([.fullName: name, .linkedInURL: "linkedin.com/in/rs"], among: [known]) == .removed(7))
        // Nor does another address, that of somebody who lives, bring the person back.
        let other = try stored(8, [.fullName: "Robert Sample", .email: "rs@home.example"])
        #expect(
            try verdict(
                [.fullName: "Robert Sample", .email: "rs@home.example", .linkedInURL: "linkedin.com/in/rs"],
                among: [known, other]) == .removed(7))
    }

    @Test func `a switchboard blocks no colleague of somebody who was deleted`() throws {
        let number = "+14165550134"
        let known = try stored(
            7, [.fullName: "Robert Sample", .phone: number, .email: "info@acme.example"], isDeleted: true)
        for (name, verdict) in [
            ("Ada King", IntakeDecision.Verdict.insert), ("Robert Miller", .insert), ("R. Miller", .insert),
            ("R. Sample", .removed(7)), ("Bob Sampel", .removed(7)), ("", .removed(7)),
        ] {
            #expect(try self.verdict([.fullName: name, .phone: number], among: [known]) == verdict, "\(name)")
            #expect(
                try self.verdict([.fullName: name, .email: "info@acme.example"], among: [known]) == verdict, "\(name)")
        }
        let nameless = try stored(8, [.phone: number], isDeleted: true)
        #expect(try verdict([.fullName: "Cher", .phone: number], among: [nameless]) == .removed(8))
        let oneWord = try stored(9, [.fullName: "Cher", .phone: number], isDeleted: true)
        #expect(try verdict([.fullName: "Cher", .phone: number, .company: "Acme"], among: [oneWord]) == .removed(9))
    }

    @Test func `a record that two leads share a key with makes them one, unless somebody said that they are two`()
        throws
    {
        let one = try stored(1, [.fullName: "Robert Sample", .linkedInURL: "linkedin.com/in/rs"])
        let record: [LeadField: String] = [
            .fullName: "Bob Sample", .linkedInURL: "linkedin.com/in/rs", .email: Self.mailbox,
        ]
        let other = try stored(2, [.fullName: "R. Sample", .email: Self.mailbox])
        #expect(
            try verdict(record, among: [one, other])
                == .merge(into: 1, rule: LeadKey(.profile, "rs"), joining: [2]))
        let apart = try stored(2, [.fullName: "R. Sample", .email: Self.mailbox], others: [1])
        #expect(
            try verdict(record, among: [one, apart])
                == .merge(into: 1, rule: LeadKey(.profile, "rs"), joining: []))
    }
}

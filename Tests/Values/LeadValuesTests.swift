import Testing
import Values

/// What people, forms and web pages write, and what it means.
struct LeadValuesTests {
    @Test(arguments: [
        ("John Smith", "John Smith"), ("Smith, John", "John Smith"), ("  john   smith ", "John Smith"),
        ("JOHN MCDONALD", "John McDonald"), ("Dr. Maria van der Berg, PhD", "Maria van der Berg"),
        ("García, Jesús G. \"Chuy\"", "Jesús G. García"), ("Sanford D. Bishop, Jr.", "Sanford D. Bishop Jr."),
        ("Nicole (Nikki) Budzinski", "Nicole Budzinski"), ("🚀 Ada Lovelace 🚀", "Ada Lovelace"),
        ("Ada\u{0}Lovelace", "AdaLovelace"), ("Nicholas J. Begich III", "Nicholas J. Begich III"),
        ("Jane Doe (she/her)", "Jane Doe"), ("Mr. John O'Brien", "John O'Brien"),
        ("Jean-Luc Picard", "Jean-Luc Picard"),
        ("محمد علي", "محمد علي"), ("李 小龍", "李 小龍"), ("Madonna", "Madonna"), ("Ms. Kim", "Kim"),
    ])
    func `a name is read whatever stands around it`(text: String, name: String) {
        #expect(PersonName(parsing: text)?.description == name)
    }

    @Test(arguments: ["", "   ", "12345", "🚀🚀", "()", ",", "\"\"", "\u{200B}"])
    func `what has no letter is no name`(text: String) {
        #expect(PersonName(parsing: text) == nil)
    }

    @Test(arguments: [
        ("Robert Smith", "Bob Smith", true), ("Bernard Sanders", "Sanders, Bernard", true),
        ("Chuck Edwards", "Edwards, Charles (Chuck)", true), ("J. Luis Correa", "Correa, J.", true),
        ("Earl L. \"Buddy\" Carter", "Carter, Earl", true), ("Morgan Griffith", "H. Morgan Griffith", true),
        ("John Smith", "Jane Smith", false), ("John A. Smith", "John B. Smith", false),
        ("John Smith Jr.", "John Smith Sr.", false), ("J. Smith", "John Smith", false),
        ("Maria Lopez", "Mario Lopez", false),
    ])
    func `two given names can be one person's, or cannot`(left: String, right: String, same: Bool) throws {
        let left = try #require(PersonName(parsing: left))
        let right = try #require(PersonName(parsing: right))
        #expect(left.canBeSamePerson(as: right) == same)
        #expect(right.canBeSamePerson(as: left) == same)
    }

    @Test(arguments: [
        ("Ada@Example.COM", "Ada@example.com"), ("mailto:a.b@c.example?subject=x", "a.b@c.example"),
        ("Ada <ada@x.example>", "ada@x.example"), ("josé@exämple.example", "josé@exämple.example"),
        ("a@b.co,", "a@b.co"), ("mailto:%20jane@acme.example", "jane@acme.example"),
    ])
    func `an address is read`(text: String, address: String) {
        #expect(EmailAddress(parsing: text)?.description == address)
    }

    @Test(arguments: [
        "", "a", "a@", "@b.example", "a@b", "a..b@c.example", ".a@c.example", "a b@c.example", "a@c..example",
        "a@-c.example", "a@1.2.3.4", "a@c.example@d", "\(String(repeating: "x", count: 65))@c.example",
    ])
    func `what is no address is refused`(text: String) {
        #expect(EmailAddress(parsing: text) == nil)
    }

    @Test(arguments: [
        ("acme.example", "acme.example"), ("BÜCHER.example", "xn--bcher-kva.example"),
        ("bu\u{308}cher.example", "xn--bcher-kva.example"), ("mail.straße.example", "mail.xn--strae-oqa.example"),
        ("例え.テスト", "xn--r8jz45g.xn--zckzah"), ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("ab--cd.Bücher.example", "ab--cd.xn--bcher-kva.example"),
        ("a\u{25A0}.example", "a\u{25A0}.example"), ("", ""),
        (String(repeating: "ü", count: 300), String(repeating: "ü", count: 300)),
    ])
    func `a domain has one spelling in ASCII, and what is no domain is left as it is`(written: String, ascii: String) {
        #expect(DomainName.ascii(written) == ascii)
    }

    @Test func `spellings of one mailbox have one key, and functions are known`() {
        #expect(EmailAddress(parsing: "J.Doe+news@gmail.com")?.matchKey == "jdoe@gmail.com")
        #expect(EmailAddress(parsing: "j.doe@Acme.example")?.matchKey == "j.doe@acme.example")
        #expect(EmailAddress(parsing: "Jo@BÜCHER.example")?.matchKey == "jo@xn--bcher-kva.example")
        #expect(EmailAddress(parsing: "jo@xn--bcher-kva.example")?.matchKey == "jo@xn--bcher-kva.example")
        #expect(EmailAddress(parsing: "jose\u{301}@x.example")?.local == "jos\u{E9}")
        #expect(EmailAddress(parsing: "info@acme.example")?.isRole == true)
        #expect(EmailAddress(parsing: "ina@acme.example")?.isRole == false)
    }

    @Test(arguments: [
        ("https://www.linkedin.com/in/ada-l/", "ada-l"), ("http://ca.linkedin.com/in/Ada-L?trk=x#y", "ada-l"),
        ("linkedin.com/in/jos%C3%A9", "josé"), ("https://www.linkedin.com/comm/in/ada", "ada"),
        ("https://www.linkedin.com/mwlite/in/ada", "ada"), ("https://linkedin.com/in/ada/en", "ada"),
        ("https://www.linkedin.com/pub/ada-l/1/2/3", "ada-l-321"),
    ])
    func `a profile is known by its slug`(text: String, slug: String) {
        #expect(LinkedInProfile(parsing: text)?.slug == slug)
    }

    @Test(arguments: [
        "https://www.linkedin.com/company/acme", "https://www.linkedin.com/pub/dir/+/Smith",
        "https://evil.example/in/ada",
        "https://www.linkedin.com/jobs/1", "https://notlinkedin.com/in/ada", "ada",
    ])
    func `what is no profile is refused`(text: String) {
        #expect(LinkedInProfile(parsing: text) == nil)
    }

    @Test(arguments: [
        ("202-224-3441", "+12022243441"), ("(416) 555-0134", "+14165550134"), ("+44 (0)20 7946 0958", "+442079460958"),
        ("1.800.555.0199 ext. 12", "+18005550199 ext. 12"), ("011 49 30 123456", "+4930123456"),
        ("tel:+1-416-555-0134", "+14165550134"), ("0049 30 123456", "+4930123456"),
    ])
    func `a number is brought into one form`(text: String, number: String) {
        #expect(PhoneNumber(parsing: text)?.description == number)
    }

    @Test(arguments: ["", "12", "call me", "555-0134", "123-456-7890", "+1 416", "+0123456789", "99999999999999999"])
    func `what cannot be dialled is refused`(text: String) {
        #expect(PhoneNumber(parsing: text) == nil)
    }

    @Test func `a number without a country is that of the setting`() {
        #expect(PhoneNumber(parsing: "020 7946 0958", country: "GB")?.e164 == "+442079460958")
        #expect(PhoneNumber(parsing: "030 123456", country: "DE")?.e164 == "+4930123456")
    }

    @Test(arguments: [
        ("United States House of Representatives", "US House of Representatives"), ("Acme Inc.", "ACME, Inc"),
        ("Maple & Stone Builders Inc.", "Maple and Stone Builders"), ("The Acme Company", "Acme Co."),
        ("Müller GmbH", "Muller"), ("A.C.M.E. Corp", "ACME Corporation"), ("Acme Technologies", "Acme Technology LLC"),
    ])
    func `spellings of a company have one key`(left: String, right: String) {
        #expect(CompanyName(parsing: left)?.matchKey == CompanyName(parsing: right)?.matchKey)
    }

    @Test func `companies that differ have keys that differ`() {
        #expect(CompanyName(parsing: "US Senate")?.matchKey != CompanyName(parsing: "US House")?.matchKey)
        #expect(CompanyName(parsing: "Acme East")?.matchKey != CompanyName(parsing: "Acme West")?.matchKey)
        #expect(CompanyName(parsing: "Inc.") != nil)
    }

    @Test(arguments: [
        ("acme.example", "https://acme.example"),
        ("HTTP://WWW.Acme.example/About?x=1#y", "http://www.acme.example/About?x=1"),
        ("https://acme.example:443/", "https://acme.example"),
    ])
    func `a web address is read`(text: String, address: String) {
        #expect(WebAddress(parsing: text)?.description == address)
    }

    @Test(arguments: [
        "", "localhost", "ftp://a.example", "http://1.2.3.4", "a b.example", "http://user@a.example", "javascript:x",
    ])
    func `what is no web address is refused`(text: String) {
        #expect(WebAddress(parsing: text) == nil)
    }

    @Test func `text is one line of what can be seen`() {
        #expect("a\u{0}b\u{202E}c \t\n d\u{FEFF}".tidied() == "abc d")
        #expect(String(repeating: "x", count: 10_000).tidied(limit: 100).count == 100)
        #expect("👩‍👩‍👧 é".tidied() == "👩‍👩‍👧 é")
        #expect("Łódź, O'Brien Ñandú-Straße".folded == "lodz obrien nandu strasse")
        #expect("A.B.C. & Co".folded == "abc co")
        // Plain letters have a way of their own, to the same end.
        for text in ["O'Brien, Jr.", " A  b\t", "'", ".", "", "a.b-c'd", "--x--", "U.S. Steel", "\u{7F}a\u{0}b", "A'"] {
            #expect("\(text) é".folded == "\(text.folded) e".trimmed, "\(text)")
            #expect("é \(text)".folded == "e \(text.folded)".trimmed, "\(text)")
        }
    }
}

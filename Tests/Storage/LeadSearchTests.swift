import Leads
import TestSupport
import Testing
import Values

@testable import Storage

/// What a search finds among many leads that share words.
struct LeadSearchTests {
    private let folder = TemporaryFolder()
    private let now = moment("2026-01-01 00:00:00")

    private func add(_ name: String, _ company: String, title: String = "", _ store: Store) throws -> Int64 {
        let lead = CleanLead(
            fields: LeadFields([.fullName: name, .company: company, .title: title]), source: "test", author: .file(1),
            scrapedAt: nil, record: [:], notes: [])
        return try store.leads.insert(lead, uuid: "u-\(name)-\(company)", at: now)
    }

    @Test func `beginnings of common and of rare words are found, the newest first`() throws {
        let store = try folder.store()
        let rare = try add("Ada Manville", "Engines", store)
        for number in 1...600 { _ = try add("Person \(number)", "Firm", title: "Manager", store) }
        let last = try add("Zoe Last", "Mandarin Foods", title: "Management", store)
        // Enough of the newest that begin with man have it.
        #expect(try store.leads.search("mana", limit: 3).map(\.id) == [last, last - 1, last - 2])
        // None of those has it: it is looked for among all.
        #expect(try store.leads.search("manvi", limit: 3).map(\.id) == [rare])
        #expect(try store.leads.search("ada manv", limit: 3).map(\.id) == [rare])
        #expect(try store.leads.search("mandar", limit: 3).map(\.id) == [last])
    }

    @Test func `the name counts more than the company, and a whole word more than its beginning`() throws {
        let store = try folder.store()
        let name = try add("Ada Stone", "Engines", store)
        let beginning = try add("Bea Stoneham", "Mills", store)
        let company = try add("Cy Brook", "Stone", store)
        _ = try add("Di Vale", "Fields", store)
        #expect(try store.leads.search("stone", limit: 10).map(\.id) == [name, company, beginning])
    }

    @Test func `leads that were deleted do not hide those that were not`() throws {
        let store = try folder.store()
        let kept = try add("Ada Stone", "Engines", store)
        for number in 1...150 {
            let id = try add("Stone \(number)", "Stone", store)
            var change = LeadChange()
            change.deletedAt = .some(now)
            try store.leads.change(try #require(try store.leads.find(id)), change, because: .person, at: now)
        }
        #expect(try store.leads.search("stone", limit: 5).map(\.id) == [kept])
    }

    @Test func `parts of words are found in names and addresses, also where every lead has their letters`() throws {
        let store = try folder.store()
        let part = try add("Ada Xabcdex", "Éclairage Brunn", store)
        // More than are looked at one by one, and none of them has the word.
        for number in 1...1_001 { _ = try add("Abc\(number) Bcd Cde", "Firm", store) }
        #expect(try store.leads.search("ABCDE", limit: 5).map(\.id) == [part])
        #expect(try store.leads.search("abcde clair", limit: 5).map(\.id) == [part])
        #expect(try store.leads.search("éclair runn", limit: 5).map(\.id) == [part])
        #expect(try store.leads.search("abcde zzz", limit: 5).isEmpty)
        #expect(try store.leads.search("bcd999", limit: 5).isEmpty)
        // A whole word comes before a part, and each lead once.
        let whole = try add("Bea Abcde", "Firm", store)
        #expect(try store.leads.search("abcde", limit: 5).map(\.id) == [whole, part])
        #expect(try store.leads.search("abcde", limit: 1).map(\.id) == [whole])
    }

    @Test func `parts are found in other scripts' lower case, and ranked like the rest`() throws {
        let store = try folder.store()
        let greek = try add("Γιώργος Παπαδόπουλος", "Αθήνα", store)
        let turkish = try add("Ada Kocaİstanbul", "Firm", store)
        #expect(try store.leads.search("ΠΟΥΛΟΣ", limit: 5).map(\.id) == [greek])
        #expect(try store.leads.search("İstanbul", limit: 5).map(\.id) == [turkish])
        // A whole word in the name is better than a part of the company's.
        let person = try add("Ada King", "Wingmail", store)
        let company = try add("Bea Stone", "Canada Wingmail", store)
        #expect(try store.leads.search("ada gmai", limit: 5).map(\.id) == [person, company])
        // A hyphen separates words, and a hyphen by itself is not a word. Some letters take in a quotation mark that follows.
        let luc = try add("Jean-Luc Brook", "Engines", store)
        let bakery = try add("Cy Vale", "Jean-Luc Bakery", store)
        #expect(try store.leads.search("jean-luc", limit: 5).map(\.id) == [luc, bakery])
        #expect(try store.leads.search("brook - engines", limit: 5).map(\.id) == [luc])
        #expect(try store.leads.search("\u{0D4E}\"", limit: 5).isEmpty)
        #expect(try store.leads.search("- . @", limit: 5).isEmpty)
    }
}

import Leads
import TestSupport
import Testing
import Values

@testable import Storage

/// The one way in which a lead changes: what a cause means for Airtable, and what follows.
struct LeadChangeTests {
    private let folder = TemporaryFolder()
    private let made = moment("2026-01-01 00:00:00")
    private let now = moment("2026-01-02 00:00:00")

    /// A lead that Airtable has, and that it refused when it was last sent.
    private func refusedLead(_ store: Store) throws -> Lead {
        let clean = CleanLead(
            fields: LeadFields([.fullName: "Ada King", .company: "Engines", .email: "a@b.example"]), source: "test",
            author: .file(1), scrapedAt: nil, record: ["a": "b"], notes: [])
        let id = try store.leads.insert(clean, uuid: "u-1", at: made)
        var standing = SyncQueries.Standing()
        (standing.record, standing.isPending) = (.some("rec1"), false)
        try store.sync.note(standing, of: id)
        try store.sync.link("rec1", to: id, .linked)
        try store.sync.fail(id, .update, error: "no option", count: 3, again: nil, at: made)
        return try #require(try store.leads.find(id))
    }

    @Test(arguments: [
        (ChangeCause.person, true, true, true), (.intake, true, true, true), (.stage, true, true, true),
        (.merge, true, true, true), (.unmerge, true, true, true), (.rollback, true, true, true),
        (.recordLost, true, true, true), (.airtable(isPending: true), true, true, false),
        (.airtable(isPending: false), true, false, false), (.bookkeeping, false, false, false),
    ])
    func `a cause says who is told`(cause: ChangeCause, raises: Bool, pending: Bool, forgives: Bool) throws {
        let store = try folder.store()
        let lead = try refusedLead(store)
        #expect(lead.isInStep && !lead.isSyncPending)
        var change = LeadChange()
        change.status = .contacted
        try store.leads.change(lead, change, because: cause, at: now)
        let after = try #require(try store.leads.find(lead.id))
        #expect(after.status == .contacted)
        #expect(after.revision == lead.revision + (raises ? 1 : 0))
        #expect(after.updatedAt == (raises ? now : made))
        #expect(after.isSyncPending == pending && after.isInStep == !pending)
        let status = try #require(try store.sync.status(of: lead.id))
        #expect(status.error == (forgives ? nil : "no option") && status.attempts == (forgives ? 0 : 3))
    }

    @Test func `only news of the person make a lead the later one of two changes`() throws {
        let store = try folder.store()
        let lead = try refusedLead(store)
        var stale = LeadChange()
        stale.needsEnrichment = false
        try store.leads.change(lead, stale, because: .stage, at: now)
        try store.leads.change(lead, LeadChange(), because: .recordLost, at: now)
        try store.leads.change(lead, LeadChange(), because: .person, at: now)
        #expect(try store.leads.find(lead.id)?.updatedAt == made)
        try store.leads.change(lead, stale, because: .airtable(isPending: false), at: now)
        #expect(try store.leads.find(lead.id)?.updatedAt == now)
    }

    @Test func `a lead is in step only while its record is there and nobody has to decide`() throws {
        let store = try folder.store()
        let id = try refusedLead(store).id
        func isInStep() throws -> Bool { try #require(try store.leads.find(id)).isInStep }
        let conflict = SyncQueries.NewConflict(
            column: "title", base: nil, local: "a", airtable: "b", cell: nil, resolution: nil)
        try store.sync.add(conflict, to: id, at: now)
        #expect(try !isInStep())
        try store.sync.settle("title", of: id, as: .local, at: now)
        #expect(try isInStep())
        try store.sync.hold(["rec1"])
        #expect(try !isInStep())
        try store.sync.link("rec1", to: id, .linked)
        #expect(try isInStep())
        try store.sync.unlink(id)
        #expect(try !isInStep())
    }

    @Test func `who is deleted is due for nothing, and who is back is looked at again`() throws {
        let store = try folder.store()
        let lead = try refusedLead(store)
        var change = LeadChange()
        change.deletedAt = .some(now)
        try store.leads.change(lead, change, because: .person, at: now)
        let deleted = try #require(try store.leads.find(lead.id))
        #expect(deleted.deletedAt == now && !deleted.isInStep)
        #expect(try store.due.count(.enrich, at: now) == 0)
        change.deletedAt = .some(nil)
        try store.leads.change(deleted, change, because: .person, at: now)
        #expect(try store.leads.find(lead.id)?.deletedAt == nil)
        #expect(try store.due.count(.enrich, at: now) == 1)
    }

    @Test func `every field is written, read and emptied`() throws {
        let store = try folder.store()
        let lead = try refusedLead(store)
        var fields = LeadFields()
        for field in LeadField.allCases { fields[field] = "value of \(field.rawValue)" }
        fields[.linkedInURL] = "https://www.linkedin.com/in/ada"
        var change = LeadChange()
        change.fields = fields
        try store.leads.change(lead, change, because: .intake, at: now)
        let full = try #require(try store.leads.find(lead.id))
        #expect(full.fields == fields && !full.needsEnrichment)
        #expect(try store.leads.candidates([LeadKey(.profile, "ada")]).found.map(\.id) == [lead.id])
        // A former key remains a key.
        #expect(try store.leads.candidates([LeadKey(.mailbox, "a@b.example")]).found.map(\.id) == [lead.id])
        change.fields = LeadFields([.email: "x@y.example"])
        try store.leads.change(full, change, because: .intake, at: now)
        #expect(try store.leads.find(lead.id)?.fields == LeadFields([.email: "x@y.example"]))
    }
}

import Leads
import TestSupport
import Testing
import Values

/// Which status may follow which, and what a change is followed by.
struct LeadLifecycleTests {
    private func lead(_ fields: [LeadField: String], _ change: (inout Lead) -> Void = { _ in }) -> Lead {
        var lead = Lead(
            id: 1, uuid: "u", fields: LeadFields(fields), status: .cleaned, processing: .new,
            createdAt: moment("2026-01-01"),
            updatedAt: moment("2026-01-01"), revision: 1)
        change(&lead)
        return lead
    }

    @Test(arguments: LeadStatus.allCases)
    func `what is found out leads forward, and changes nothing that people said`(status: LeadStatus) {
        let after = LeadLifecycle.status(status, after: .enriched)
        #expect(after == ([.new, .scraped, .cleaned].contains(status) ? .enriched : status))
    }

    @Test(arguments: LeadStatus.allCases)
    func `a message makes nobody ready whose way has ended`(status: LeadStatus) {
        let after = LeadLifecycle.status(status, after: .messageWritten)
        switch status {
        case .won, .lost, .unsubscribed, .bounced: #expect(after == nil)
        case .contacted, .replied: #expect(after == status)
        default: #expect(after == .ready)
        }
    }

    @Test(arguments: LeadField.allCases)
    func `another company or address is looked at again, and nothing else is`(field: LeadField) {
        let before = lead([.fullName: "Ada King", .company: "Engines"])
        var fields = before.fields
        fields[field] = "something else"
        let isLookedAt = [LeadField.company, .website, .email].contains(field)
        #expect(LeadLifecycle.stagesDue(for: before, becoming: fields) == (isLookedAt ? [.enrich] : []))
    }

    @Test func `who could not be written to for want of a name or a title may be now`() {
        let nameless = lead([.email: "a@b.example"]) { $0.isEnriched = true }
        let named = LeadFields([.email: "a@b.example", .fullName: "Ada King"])
        #expect(LeadLifecycle.stagesDue(for: nameless, becoming: named) == [.writeMessage])
        let written = lead([.email: "a@b.example"]) {
            $0.isEnriched = true
            $0.message = "Hi"
        }
        #expect(LeadLifecycle.stagesDue(for: written, becoming: named) == [])
    }

    @Test func `every column is listed once, with the fields in their order`() {
        let names = LeadColumn.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.filter { LeadField(rawValue: $0) != nil } == LeadField.allCases.map(\.rawValue))
        let lead = lead([.fullName: "Ada King"]) { $0.message = "Hi" }
        let values = Dictionary(LeadColumn.all.map { ($0.name, $0.value(of: lead, subject: "S")) }) { $1 }
        #expect(values["full_name"] == .text("Ada King") && values["company"] == LeadColumn.Value.none)
        #expect(values["message_subject"] == .text("S") && values["sync_pending"] == .flag(true))
    }
}

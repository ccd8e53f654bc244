import Foundation
import Leads
import Operations
import Storage
import TestSupport
import Testing
import Values

/// Use cases that read, each asked as a verb or a route asks it.
struct ReadingTests {
    private let folder = TemporaryFolder()
    private var data: FolderAccess { FolderAccess(folder.data, runtime: .test()) }

    /// Three leads; the second has a message, the third is deleted.
    private func fill() throws {
        let store = try folder.store()
        let now = moment("2026-01-01 00:00:00")
        for (number, name) in ["Ada King", "Bob Stone", "Chen Li"].enumerated() {
            let clean = CleanLead(
                fields: LeadFields([.fullName: name, .company: "Engines", .email: "p\(number)@engines.example"]),
                keys: MatchKeys(email: "p\(number)@engines.example"), source: "test", scrapedAt: nil, record: [:],
                notes: [])
            _ = try store.leads.insert(clean, uuid: "uuid-\(number)", at: now)
        }
        let (bob, chen) = (try #require(try store.leads.find(2)), try #require(try store.leads.find(3)))
        var change = LeadChange()
        (change.message, change.status) = (.some("Hi Bob"), .ready)
        try store.leads.change(bob, change, because: .stage, at: now)
        try store.messages.saveDraft(
            DraftMessage(subject: "Engines", body: "Hi Bob", writer: "t"), campaignID: "c", of: 2, at: now)
        change = LeadChange()
        change.deletedAt = .some(now)
        try store.leads.change(chen, change, because: .person, at: now)
        try store.due.fail(.enrich, lead: 1, error: "no site", again: nil)
        try store.calls.count("serpapi", at: now)
    }

    @Test func `leads are listed with the subjects of their messages, and deleted ones where they are asked for`()
        async throws
    {
        try fill()
        var request = ListLeads.Request()
        #expect(try await ListLeads.perform(request, on: data).leads.map(\.lead.id) == [2, 1])
        #expect(try await ListLeads.perform(request, on: data).leads.map(\.subject) == ["Engines", nil])
        request.withRemoved = true
        #expect(try await ListLeads.perform(request, on: data).leads.count == 3)
        (request.isReady, request.withRemoved) = (true, false)
        #expect(try await ListLeads.perform(request, on: data).leads.map(\.lead.id) == [2] && request.isNarrow)
    }

    @Test func `requests and responses travel as JSON and come back the same`() async throws {
        try fill()
        var request = ListLeads.Request()
        (request.status, request.limit) = (.ready, 5)
        let sent = try JSONDecoder().decode(ListLeads.Request.self, from: try JSONEncoder().encode(request))
        #expect(sent == request)
        let response = try await ShowLead.perform(.init("1"), on: data)
        #expect(try JSONDecoder().decode(ShowLead.Response.self, from: try JSONEncoder().encode(response)) == response)
        #expect(response.troubles == [.enrich: "no site"] && response.view.lead.displayName == "Ada King")
    }

    @Test func `who is not there is an error that says how to look, and without a database there is nothing`()
        async throws
    {
        await #expect(throws: OperationProblem.self) { try await ShowLead.perform(.init("ada@none.example"), on: data) }
        #expect(try await ListLeads.perform(.init(), on: data).leads.isEmpty)
        #expect(try await ListRuns.perform(.init(), on: data).runs.isEmpty)
        #expect(try await ServiceCalls.perform(.init(until: moment("2026-01-01 00:00")), on: data).lines.isEmpty)
        try fill()
        await #expect(throws: OperationProblem.self) {
            try await ShowLeadHistory.perform(.init("9", limit: 1), on: data)
        }
        await #expect(throws: OperationProblem.self) { try await FindLeads.perform(.init(["1", "nobody"]), on: data) }
        await #expect(throws: OperationProblem.self) { try await ListSteps.perform(.init(of: 7, limit: 1), on: data) }
        #expect(try await FindLeads.perform(.init(["2", "uuid-0", "p1@engines.example"]), on: data).leads == [1, 2])
        #expect(try await SearchLeads.perform(.init("stone", limit: 5), on: data).leads.map(\.lead.id) == [2])
        let calls = try await ServiceCalls.perform(.init(until: moment("2026-01-31 00:00")), on: data)
        #expect(calls.lines == [.init(service: "serpapi", today: 0, month: 1)])
    }

    @Test func `an unknown job is told from one that has not run`() async throws {
        let store = try folder.store()
        _ = try store.runs.commit([.open(NewRun(job: "a", type: "t", status: .pending, trigger: .manual))], version: "")
        var request = ListRuns.Request()
        request.job = "a"
        #expect(try await ListRuns.perform(request, on: data).knowsJob)
        request.status = .failed
        let none = try await ListRuns.perform(request, on: data)
        #expect(none.runs.isEmpty && none.knowsJob)
        request.job = "b"
        #expect(try await !ListRuns.perform(request, on: data).knowsJob)
    }
}

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
    private var context: OperationContext { .test(FolderAccess(folder.data, runtime: .test())) }

    /// Three leads; the second has a message, the third is deleted.
    private func fill() throws {
        let store = try folder.store()
        let now = moment("2026-01-01 00:00:00")
        for (number, name) in ["Ada King", "Bob Stone", "Chen Li"].enumerated() {
            let clean = CleanLead(
                fields: LeadFields([.fullName: name, .company: "Engines", .email: "p\(number)@engines.example"]),
                source: "test", author: .file(1), scrapedAt: nil, record: [:], notes: [])
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
        #expect(try await ListLeads.perform(request, in: context).leads.map(\.lead.id) == [2, 1])
        #expect(try await ListLeads.perform(request, in: context).leads.map(\.subject) == ["Engines", nil])
        request.withRemoved = true
        #expect(try await ListLeads.perform(request, in: context).leads.count == 3)
        (request.isReady, request.withRemoved) = (true, false)
        #expect(try await ListLeads.perform(request, in: context).leads.map(\.lead.id) == [2] && request.isNarrow)
    }

    @Test func `requests and responses travel as JSON and come back the same`() async throws {
        try fill()
        var request = ListLeads.Request()
        (request.status, request.limit) = (.ready, 5)
        let sent = try JSONDecoder().decode(ListLeads.Request.self, from: try JSONEncoder().encode(request))
        #expect(sent == request)
        let response = try await ShowLead.perform(.init("1"), in: context)
        #expect(try JSONDecoder().decode(ShowLead.Response.self, from: try JSONEncoder().encode(response)) == response)
        #expect(response.troubles == [.enrich: "no site"] && response.view.lead.displayName == "Ada King")
    }

    @Test func `who is not there is an error that says how to look, and without a database there is nothing`()
        async throws
    {
        await #expect(throws: OperationProblem.self) {
            try await ShowLead.perform(.init("ada@none.example"), in: context)
        }
        #expect(try await ListLeads.perform(.init(), in: context).leads.isEmpty)
        #expect(try await ListRuns.perform(.init(), in: context).runs.isEmpty)
        #expect(try await CountCalls.perform(.init(until: moment("2026-01-01 00:00")), in: context).lines.isEmpty)
        try fill()
        await #expect(throws: OperationProblem.self) {
            try await ShowLeadHistory.perform(.init("9", limit: 1), in: context)
        }
        await #expect(throws: OperationProblem.self) {
            try await FindLeads.perform(.init(["1", "nobody"]), in: context)
        }
        await #expect(throws: OperationProblem.self) {
            try await ListSteps.perform(.init(of: 7, limit: 1), in: context)
        }
        #expect(
            try await FindLeads.perform(.init(["2", "uuid-0", "p1@engines.example"]), in: context).leads == [1, 2])
        #expect(try await SearchLeads.perform(.init("stone", limit: 5), in: context).leads.map(\.lead.id) == [2])
        let calls = try await CountCalls.perform(.init(until: moment("2026-01-31 00:00")), in: context)
        #expect(calls.lines == [.init(service: "serpapi", today: 0, month: 1)])
    }

    @Test func `an unknown job is told from one that has not run`() async throws {
        let store = try folder.store()
        _ = try store.runs.commit([.open(NewRun(job: "a", type: "t", status: .pending, trigger: .manual))], version: "")
        var request = ListRuns.Request()
        request.job = "a"
        #expect(try await ListRuns.perform(request, in: context).runs.count == 1)
        request.status = .failed
        #expect(try await ListRuns.perform(request, in: context).runs.isEmpty)
        // A job of the schedule that has not run.
        request.job = "sync"
        #expect(try await ListRuns.perform(request, in: context).runs.isEmpty)
        request.job = "b"
        await #expect(throws: OperationProblem.self) { try await ListRuns.perform(request, in: context) }
    }

    @Test(arguments: [-1, 0, .max])
    func `a number out of bounds is refused, whoever asks`(number: Int) async throws {
        try fill()
        let context = context
        var (leads, runs) = (ListLeads.Request(), ListRuns.Request())
        (leads.limit, runs.limit) = (number, number)
        func refuses(_ work: () async throws -> Void) async {
            let problem = await #expect(throws: OperationProblem.self) { try await work() }
            #expect(problem?.errorKind == .usage && problem?.message.hasSuffix(", not \(number)") == true)
        }
        await refuses { _ = try await ListLeads.perform(leads, in: context) }
        await refuses { _ = try await SearchLeads.perform(.init("a", limit: number), in: context) }
        await refuses { _ = try await ShowLeadHistory.perform(.init("1", limit: number), in: context) }
        await refuses { _ = try await ListRuns.perform(runs, in: context) }
        await refuses { for try await _ in FollowRuns.stream(runs, in: context) {} }
        await refuses { _ = try await ListSteps.perform(.init(of: 1, limit: number), in: context) }
        await refuses { _ = try await ListConflicts.perform(.init(all: true, limit: number), in: context) }
        await refuses { _ = try await ListSlots.perform(.init(job: nil, count: number, from: nil), in: context) }
        guard number != 0 else { return }
        await refuses { _ = try await ShowSyncStatus.perform(.init(entries: number), in: context) }
        var expression = ExplainExpression.Request("every 5m")
        expression.count = number
        let asked = expression
        await refuses { _ = try await ExplainExpression.perform(asked, in: context) }
    }

    @Test func `how the sync stands is read without a database, and none is made`() async throws {
        let status = try await ShowSyncStatus.perform(.init(entries: 5), in: context)
        #expect(status.standing.base == nil && status.standing.log.isEmpty && status.advice == "no token")
        #expect(try await ListConflicts.perform(.init(all: true, limit: 5), in: context).conflicts.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: folder.data.database))
        let store = try folder.store()
        var entry = SyncQueries.Entry("pull", startedAt: moment("2026-01-01 00:00"))
        let row = try store.sync.begin(entry)
        (entry.status, entry.completedAt) = ("success", moment("2026-01-01 00:01"))
        try store.sync.end(row, entry)
        #expect(
            try await ShowSyncStatus.perform(.init(entries: 5), in: context).standing.log.map(\.status) == ["success"])
    }

    @Test func `the schedule is compared with another file, and its settings are shown`() async throws {
        var files = TestFiles()
        files.others["new.yaml"] = "jobs: { backup: { run: backup, at: \"03:30\" }, more: { run: sync, every: 1h } }"
        let context = OperationContext.test(FolderAccess(folder.data, runtime: .test()), files: files)
        let found = try await CompareSchedules.perform(.init("new.yaml"), in: context).difference
        #expect(found.changes.map { "\($0.job) \($0.kind)" } == ["backup changed", "more added", "sync removed"])
        #expect(found.unchanged == 0)
        let shown = try await ShowSettings.perform(.init(), in: context)
        #expect(shown.scheduleFile == "schedule.yaml" && shown.dataFolder == folder.data.path)
        #expect(shown.entries.contains { $0.key.hasPrefix("health.") && $0.origin == "default" })
    }

    @Test func `an expression is explained in words, with its next times`() async throws {
        var request = ExplainExpression.Request("at 09:00 mon-fri")
        (request.timezone, request.count, request.from) = ("America/Toronto", 2, moment("2026-01-02 00:00"))
        let found = try await ExplainExpression.perform(request, in: context)
        #expect(found.explanation.kind == "at" && found.explanation.timezone == "America/Toronto")
        #expect(found.explanation.next == [moment("2026-01-02 14:00"), moment("2026-01-05 14:00")])
        #expect(found.local[0] == "2026-01-02 09:00:00 EST")
        await #expect(throws: OperationProblem.self) {
            try await ExplainExpression.perform(.init("at 25:00"), in: context)
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func `whoever follows runs gets those that are there, and then each as it changes`() async throws {
        let store = try folder.store()
        func open(_ job: String) throws {
            var run = NewRun(job: job, type: "t", status: .running, trigger: .manual)
            run.startedAt = moment("2026-01-01 00:00")
            _ = try store.runs.commit([.open(run)], version: "")
        }
        try open("a")
        var request = ListRuns.Request()
        request.job = "a"
        var runs = FollowRuns.stream(request, in: context).makeAsyncIterator()
        #expect(try await runs.next()?.id == 1)
        try open("b")
        try open("a")
        #expect(try await runs.next()?.id == 3)
        let ending = RunEnding(.success, at: moment("2026-01-01 00:00"), duration: .seconds(1))
        _ = try store.runs.commit([.close(run: 1, ending)], version: "")
        let ended = try await runs.next()
        #expect(ended?.id == 1 && ended?.status == .success)
    }
}

import AppConfiguration
import Leads
import Recurrence
import Scheduling
import Storage
import TestSupport
import Testing
import Values

@testable import Operations

/// What a list says of the next start of a job whose starts are spread.
struct ListingTests {
    private let folder = TemporaryFolder()

    private func schedule() throws -> Schedule {
        let path = folder.write(
            "schedule.yaml", "timezone: UTC\njobs: { spread: { run: nothing, at: \"09:00\", jitter: 2h } }\n")
        let reader = ScheduleReader(
            catalog: TaskCatalog([TaskKind("nothing", summary: "")]), zones: ZoneDatabase(),
            host: CommandHost(environment: [:], secrets: SecretStore(environment: [:], folder: nil), runtime: .test()),
            missingCommand: .isWarning, machineID: "machine", now: moment("2026-01-01 00:00"))
        return try #require(reader.read(path, diagnostics: Diagnostics()))
    }

    @Test func `the next start has the job's jitter in it, and a slot that waits for it is not passed over`() throws {
        let (store, schedule) = (try folder.store(), try schedule())
        let job = try #require(schedule.job("spread"))
        #expect(job.delay > .zero && job.delay < .seconds(7_200))
        var state = JobState(job: "spread", triggerHash: job.triggerHash, effectiveSince: moment("2026-01-01 00:00"))
        _ = try store.runs.commit([.arm(state)], version: "")
        func next(at now: Timestamp) throws -> (slot: Timestamp?, start: Timestamp?) {
            let line = try ListJobs.lines(of: schedule, in: store, now: now)[0]
            return (line.nextSlot, line.nextAt)
        }
        let slot = moment("2026-01-02 09:00")
        #expect(try next(at: moment("2026-01-02 00:00")) == (slot, slot + job.delay))
        // The slot has come, and its start has not.
        #expect(try next(at: slot + .seconds(1)) == (slot, slot + job.delay))
        state.lastSlot = slot
        _ = try store.runs.commit([.advance(job: "spread", lastSlot: slot)], version: "")
        #expect(try next(at: slot + job.delay + .seconds(1)).slot == moment("2026-01-03 09:00"))
        let slots = ListSlots.slots(
            of: schedule, try store.runs.open().states, .init(job: nil, count: 2, from: nil), now: slot + .seconds(1))
        #expect(slots.map(\.at) == [slot, moment("2026-01-03 09:00")])
        #expect(slots[0].startsAt == slot + job.delay && slots.allSatisfy { $0.paused == false })
        state.pause = JobPause(at: slot, until: moment("2026-01-03 00:00"))
        _ = try store.runs.commit([.pause(state)], version: "")
        let paused = ListSlots.slots(
            of: schedule, try store.runs.open().states, .init(job: nil, count: 2, from: nil), now: slot + .seconds(1))
        #expect(paused.map(\.paused) == [true, false])
        #expect(
            ListSlots.slots(of: schedule, nil, .init(job: nil, count: 1, from: nil), now: slot).map(\.paused) == [nil])
    }

    @Test func `a job that was armed after the slot owes nothing of it`() throws {
        let (store, schedule) = (try folder.store(), try schedule())
        let job = try #require(schedule.job("spread"))
        let state = JobState(
            job: "spread", triggerHash: job.triggerHash, effectiveSince: moment("2026-01-02 09:00") + .milliseconds(500)
        )
        _ = try store.runs.commit([.arm(state)], version: "")
        let line = try ListJobs.lines(of: schedule, in: store, now: moment("2026-01-02 09:00") + .seconds(1))[0]
        #expect(line.nextSlot == moment("2026-01-03 09:00"))
    }
}

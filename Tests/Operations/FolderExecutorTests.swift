import Leads
import Storage
import Synchronization
import TestSupport
import Testing
import Values

@testable import Operations

/// Who carries requests out for a data folder.
struct FolderExecutorTests {
    private let folder = TemporaryFolder()

    private func executor(_ local: @escaping FolderExecutor.Local) -> FolderExecutor {
        FolderExecutor(FolderAccess(folder.data, runtime: .test()), version: "1", local: local)
    }

    @Test func `without a daemon this process does what can be done, and the rest is said to need one`() async throws {
        _ = try folder.store()
        let asked = Mutex<[ExecutorRequest]>([])
        let executor = executor { request, _ in
            asked.withLock { $0.append(request) }
            return .paused(PauseResult(job: "a", pause: JobPause(at: nil), changed: true))
        }
        _ = try await executor.perform(.pause(job: "a", JobPause(at: nil))) { _ in }
        #expect(asked.withLock { $0 } == [.pause(job: "a", JobPause(at: nil))])
        for request in [ExecutorRequest.reload, .status, .cancel(job: "a")] {
            await #expect(throws: OperationProblem.self) { try await executor.perform(request) { _ in } }
        }
        #expect(asked.withLock { $0.count } == 1)
        #expect(try await executor.daemonStatus() == nil)
    }

    @Test func `while another process holds the folder without a socket, all has to wait, and a restore says so`()
        async throws
    {
        _ = try folder.store()
        let lock = try #require(try ExecutorLock.take(folder.data, socket: ""))
        let executor = executor { _, _ in throw OperationProblem(.internal, "not here") }
        await #expect(throws: OperationProblem.self) { try await executor.perform(.createBackup) { _ in } }
        guard case .busy(let who) = try await executor.perform(.restoreBackup(name: "x"), onEvent: { _ in }) else {
            Issue.record("it was done")
            return
        }
        #expect(who.contains("is at work on this folder"))
        withExtendedLifetime(lock) {}
    }
}

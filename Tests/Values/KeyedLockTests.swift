import Synchronization
import TestSupport
import Testing
import Values

/// What happened, in order, and how many are at it.
private final class Log: Sendable {
    private let state = Mutex((words: [String](), inside: 0))

    var words: [String] { state.withLock(\.words) }
    func add(_ word: String) { state.withLock { $0.words.append(word) } }
    func enter() -> Int {
        state.withLock {
            $0.inside += 1; return $0.inside
        }
    }
    func leave() { state.withLock { $0.inside -= 1 } }
}

struct KeyedLockTests {
    private let lock = KeyedLock()

    @Test func `one at a time with a key, in the order in which they came, and others at once`() async throws {
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let (lock, log) = (lock, Log())
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await lock.withLock("a") {
                    log.add("first")
                    for await _ in gate { break }
                }
            }
            #expect(try await eventually(within: 200) { log.words == ["first"] })
            try await lock.withLock("b") { log.add("other") }
            for _ in 0..<50 {
                group.addTask {
                    try await lock.withLock("a") {
                        #expect(log.enter() == 1)
                        await Task.yield()
                        log.leave()
                        log.add("later")
                    }
                }
            }
            open.yield()
            try await group.waitForAll()
        }
        #expect(log.words == ["first", "other"] + Array(repeating: "later", count: 50))
    }

    @Test func `who is cancelled while waiting leaves the line, and holds nobody up`() async throws {
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let lock = lock
        let holder = Task { try await lock.withLock("a") { for await _ in gate { break } } }
        let waiter = Task { try await lock.withLock("a") { Issue.record("it was its turn") } }
        waiter.cancel()
        await #expect(throws: CancellationError.self) { try await waiter.value }
        open.yield()
        try await holder.value
        #expect(try await lock.withLock("a") { 7 } == 7)
    }

    @Test func `an error gives the key back`() async throws {
        struct Broken: Error {}
        await #expect(throws: Broken.self) { try await lock.withLock("a") { throw Broken() } }
        #expect(try await lock.withLock("a") { true })
    }
}

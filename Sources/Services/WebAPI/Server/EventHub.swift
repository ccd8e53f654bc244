import Operations
import Synchronization
import Values

/// Tells those who follow the changes when there are new ones. Only while somebody follows, it looks whether anything was
/// stored, by whatever process.
final class EventHub: Sendable {
    enum Word: Sendable {
        case changed
        /// Nothing has happened for a while.
        case nothing
    }

    private struct State {
        var followers: [Int: AsyncStream<Word>.Continuation] = [:]
        var last = 0
        var isStopped = false
    }

    private let state = Mutex(State())
    private let arrivals = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    private let context: OperationContext

    /// How many may follow at a time.
    static let limit = 64
    private static let pause = Duration.milliseconds(250)
    /// After how many looks without a change a word is sent all the same, so that the connection is seen to live.
    private static let patience = 60

    init(_ context: OperationContext) { self.context = context }

    /// A stream of words, which ends when the server stops. Nil when too many follow already.
    func follow() -> AsyncStream<Word>? {
        let (stream, continuation) = AsyncStream.makeStream(of: Word.self, bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state -> Int? in
            guard !state.isStopped, state.followers.count < Self.limit else { return nil }
            state.last += 1
            state.followers[state.last] = continuation
            return state.last
        }
        guard let number else { return nil }
        continuation.onTermination = { [weak self] _ in
            _ = self?.state.withLock { $0.followers.removeValue(forKey: number) }
        }
        // It may have missed something already.
        continuation.yield(.changed)
        arrivals.continuation.yield()
        return stream
    }

    func stop() {
        let followers = state.withLock { state in
            state.isStopped = true
            return state.followers.values.map { $0 }
        }
        followers.forEach { $0.finish() }
        arrivals.continuation.finish()
    }

    /// Looks for changes until it is stopped.
    func run() async {
        for await _ in arrivals.stream {
            var (known, looks): (FollowChanges.Place?, Int) = (nil, 0)
            while state.withLock({ !$0.followers.isEmpty && !$0.isStopped }), !Task.isCancelled {
                looks += 1
                // A database that cannot be read now is looked at again.
                let now = try? await FollowChanges.now(in: context)
                if let now, now != known {
                    known = now
                    looks = 0
                    say(.changed)
                } else if looks >= Self.patience {
                    looks = 0
                    say(.nothing)
                }
                try? await context.runtime.sleep(for: Self.pause)
            }
        }
    }

    private func say(_ word: Word) {
        let followers = state.withLock { $0.followers.values.map { $0 } }
        for follower in followers { follower.yield(word) }
    }
}

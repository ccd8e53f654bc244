public import Dispatch
import Glibc
public import Values

/// A timer that fires once.
public protocol WakeTimer: Sendable {
    /// Sets the moment, on the wall clock, at which to fire. Replaces the previous one; nil for never.
    func set(for moment: Timestamp?)
}

/// A one-shot Dispatch wall-clock timer. A repeating one would stop firing when the clock is set back.
///
/// `@unchecked`: the source is created in the initialiser, and scheduling it is allowed from any thread.
public final class DispatchWakeTimer: WakeTimer, @unchecked Sendable {
    private let source: any DispatchSourceTimer

    /// - Parameters:
    ///   - queue: the queue on which `ring` is called.
    ///   - ring: called when the moment has come, occasionally a little before it.
    public init(queue: DispatchQueue, ring: @escaping @Sendable () -> Void) {
        source = DispatchSource.makeTimerSource(queue: queue)
        source.setEventHandler(handler: ring)
        source.schedule(wallDeadline: .distantFuture)
        source.activate()
    }

    deinit { source.cancel() }

    public func set(for moment: Timestamp?) {
        guard let moment else {
            source.schedule(wallDeadline: .distantFuture)
            return
        }
        let time = timespec(
            tv_sec: Int(moment.seconds), tv_nsec: Int(moment.milliseconds - moment.seconds * 1_000) * 1_000_000)
        source.schedule(wallDeadline: DispatchWallTime(timespec: time), leeway: .nanoseconds(0))
    }
}

/// Runs an actor on a Dispatch queue, so that it may make blocking calls and timers can enter it without a hop.
public final class DispatchQueueExecutor: SerialExecutor {
    /// The queue that all work runs on.
    public let queue: DispatchQueue

    public init(label: String) { queue = DispatchQueue(label: label) }

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    public func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    public func checkIsolated() { dispatchPrecondition(condition: .onQueue(queue)) }
}

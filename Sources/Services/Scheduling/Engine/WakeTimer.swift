public import Dispatch
import Glibc
public import Values

/// An alarm that rings once.
public protocol WakeTimer: Sendable {
    /// Rings at that moment of the wall clock, in place of whatever was set before; nil for never.
    func set(for moment: Timestamp?)
}

/// A one-shot Dispatch wall timer. A repeating one would fall silent when the clock is set back.
///
/// `@unchecked`: the source is made in the initialiser; scheduling it is allowed from any thread.
public final class DispatchWakeTimer: WakeTimer, @unchecked Sendable {
    private let source: any DispatchSourceTimer

    /// - Parameters:
    ///   - queue: where `ring` is called.
    ///   - ring: called when the moment has come, now and then a hair before it.
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

/// Runs an actor on a Dispatch queue, so that it may call what blocks and be entered by timers without a hop.
public final class DispatchQueueExecutor: SerialExecutor {
    /// The one queue.
    public let queue: DispatchQueue

    public init(label: String) { queue = DispatchQueue(label: label) }

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    public func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    public func checkIsolated() { dispatchPrecondition(condition: .onQueue(queue)) }
}

internal import CSystemd
public import Dispatch
import Glibc

/// Calls back when the wall clock is set: by an NTP step, by `timedatectl set-time`, or on resume with a wrong clock.
///
/// libdispatch's own wall-clock timers do not notice this. It uses a timerfd with TFD_TIMER_CANCEL_ON_SET,
/// timerfd_create(2).
///
/// `@unchecked Sendable`: the source is created and activated in the initialiser. After that it is only cancelled,
/// which Dispatch allows from any thread.
public final class ClockSetSource: @unchecked Sendable {
    private let source: any DispatchSourceRead

    /// Returns nil when the kernel has no such timer. The caller then relies on its regular wake-ups.
    ///
    /// - Parameters:
    ///   - queue: the queue on which `handler` is called.
    ///   - handler: called once each time the clock has been set.
    public init?(queue: DispatchQueue, handler: @escaping @Sendable () -> Void) {
        let descriptor = fourrunr_clock_set_descriptor()
        guard descriptor >= 0 else { return nil }
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        source.setEventHandler {
            if fourrunr_clock_set_acknowledge(descriptor) == 1 { handler() }
        }
        source.setCancelHandler { close(descriptor) }
        source.activate()
    }

    deinit { source.cancel() }
}

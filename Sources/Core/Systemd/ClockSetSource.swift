internal import CSystemd
public import Dispatch
import Glibc

/// Calls back when somebody sets the wall clock: a step of NTP, `timedatectl set-time`, a resume with a wrong clock.
///
/// libdispatch's own wall timers do not notice it. Works by a timerfd with TFD_TIMER_CANCEL_ON_SET, timerfd_create(2).
///
/// `@unchecked`: the source is made and activated in the initialiser and after that only cancelled, which Dispatch
/// allows from any thread.
public final class ClockSetSource: @unchecked Sendable {
    private let source: any DispatchSourceRead

    /// Nil when the kernel has no such timer; the caller then lives by its regular wake-ups.
    ///
    /// - Parameters:
    ///   - queue: where `handler` is called.
    ///   - handler: called once for each time the clock was set.
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

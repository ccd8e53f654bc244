public import Dispatch
import Glibc

/// Calls back when files in folders are added, removed, replaced or written: inotify(7).
///
/// `@unchecked Sendable`: the source is created and activated in the initialiser. After that it is only cancelled,
/// which Dispatch allows from any thread.
public final class FolderWatch: @unchecked Sendable {
    private let source: any DispatchSourceRead

    /// Returns nil when none of the folders can be watched.
    ///
    /// - Parameters:
    ///   - queue: the queue on which `handler` is called.
    ///   - handler: called once for changes that happen together. It receives no details.
    public init?(folders: some Sequence<String>, queue: DispatchQueue, handler: @escaping @Sendable () -> Void) {
        let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        guard descriptor >= 0 else { return nil }
        let events = UInt32(IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_DELETE | IN_ATTRIB)
        let watched = folders.map { inotify_add_watch(descriptor, $0, events) }.filter { $0 >= 0 }
        guard !watched.isEmpty else {
            close(descriptor)
            return nil
        }
        source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        source.setEventHandler {
            var buffer = [UInt8](repeating: 0, count: 16 << 10)
            var hasEvents = false
            while read(descriptor, &buffer, buffer.count) > 0 { hasEvents = true }
            if hasEvents { handler() }
        }
        source.setCancelHandler { close(descriptor) }
        source.activate()
    }

    deinit { source.cancel() }
}

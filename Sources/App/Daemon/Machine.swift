import AppConfiguration
import Glibc

/// Identifies this machine.
enum Machine {
    /// The same at every start: machine-id(5), otherwise the host's name.
    static var id: String {
        let text = (try? TextFile.read("/etc/machine-id"))?.filter { !$0.isWhitespace } ?? ""
        return text.isEmpty ? name : text
    }

    /// The host's name, for messages.
    static var name: String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

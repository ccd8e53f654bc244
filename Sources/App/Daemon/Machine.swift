import AppConfiguration
import Glibc

/// What tells this machine from others.
enum Machine {
    /// The same on every start: machine-id(5), else the host's name.
    static var id: String {
        let text = (try? TextFile.read("/etc/machine-id"))?.filter { !$0.isWhitespace } ?? ""
        return text.isEmpty ? name : text
    }

    /// The host's name, for people.
    static var name: String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

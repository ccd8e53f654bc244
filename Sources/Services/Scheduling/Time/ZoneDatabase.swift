import AppConfiguration
import Glibc

/// The system's zones, read once each; a new one, as each reload makes, follows an upgrade of tzdata.
///
/// Used by one thread at a time: its owner's.
public final class ZoneDatabase {
    private let folder: String
    private let localFile: String
    private var loaded: [String: TimeZoneRules] = [:]

    /// - Parameters:
    ///   - folder: where the zone files are.
    ///   - localFile: the link that says which zone is the system's.
    public init(folder: String = "/usr/share/zoneinfo", localFile: String = "/etc/localtime") {
        self.folder = folder
        self.localFile = localFile
    }

    /// The name of the system's own zone; `UTC` where none is set.
    public var systemZoneName: String {
        var buffer = [CChar](repeating: 0, count: 4_096)
        let count = readlink(localFile, &buffer, buffer.count - 1)
        guard count > 0 else { return "UTC" }
        let target = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard let range = target.firstRange(of: "zoneinfo/") else { return "UTC" }
        return String(target[range.upperBound...])
    }

    /// The zone of that name, or nil when the system has none.
    public func zone(_ name: String) -> TimeZoneRules? {
        if let known = loaded[name] { return known }
        guard ZoneDatabase.isSafe(name) else { return nil }
        guard let bytes = ZoneDatabase.read("\(folder)/\(name)"), let zone = TimeZoneRules(name: name, file: bytes)
        else {
            return name == "UTC" ? .utc : nil
        }
        loaded[name] = zone
        return zone
    }

    /// The folders in which something happens when these zones, or the choice of the system's, are changed.
    public func folders(of names: some Sequence<String>) -> Set<String> {
        let files = names.filter(ZoneDatabase.isSafe).map { "\(folder)/\($0)" } + [localFile]
        return Set(files.map { path in path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "." })
    }

    /// What was meant by a name that is no zone's.
    public func hint(for name: String) -> String {
        suggestion(for: name).map { "did you mean \"\($0)\"?" }
            ?? "names are those of /usr/share/zoneinfo, such as Europe/Berlin"
    }

    /// The known zone whose name is nearest to a wrong one, for a hint.
    private func suggestion(for name: String) -> String? {
        guard let table = try? TextFile.read("\(folder)/tzdata.zi") else {
            return Suggestion.nearest(to: name, among: ["UTC", "Europe/Berlin", "Europe/London", "America/New_York"])
        }
        // Lines `Z Name …` and `L Target Name` hold every name.
        let names = table.split(separator: "\n").compactMap { line -> String? in
            let words = line.split(separator: " ", maxSplits: 3)
            if words.first == "Z", words.count > 1 { return String(words[1]) }
            if words.first == "L", words.count > 2 { return String(words[2]) }
            return nil
        }
        return Suggestion.nearest(to: name, among: names)
    }

    /// A zone's name never leaves the folder.
    private static func isSafe(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 100 && !name.hasPrefix("/") && !name.hasPrefix(".") && !name.contains("..")
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/_+-".contains($0)) }
    }

    private static func read(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        // The largest zone file is a few kilobytes.
        var bytes = [UInt8](repeating: 0, count: 256 << 10)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        return count > 0 ? Array(bytes[..<count]) : nil
    }
}

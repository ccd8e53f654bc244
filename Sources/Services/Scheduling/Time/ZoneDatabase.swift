import AppConfiguration
import Glibc

/// The system's zones, read once each. A new one, as each reload makes, follows an upgrade of tzdata; `forgetChanged` does
/// so within one.
///
/// Used by one thread at a time: its owner's.
public final class ZoneDatabase {
    private struct Loaded {
        let zone: TimeZoneRules
        let stamp: FileStamp
    }

    private struct FileStamp: Equatable {
        let device, inode, size, seconds, nanoseconds: Int
    }

    private let folder: String
    private let localFile: String
    private var loaded: [String: Loaded] = [:]

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
        if let known = loaded[name] { return known.zone }
        guard ZoneDatabase.isSafe(name) else { return nil }
        let path = "\(folder)/\(name)"
        guard let stamp = ZoneDatabase.stamp(path), let bytes = ZoneDatabase.read(path),
            let zone = TimeZoneRules(name: name, file: bytes)
        else { return name == "UTC" ? .utc : nil }
        loaded[name] = Loaded(zone: zone, stamp: stamp)
        return zone
    }

    /// Forgets every zone whose file is another than when it was read. Answers whether there was any.
    public func forgetChanged() -> Bool {
        let stale = loaded.filter { ZoneDatabase.stamp("\(folder)/\($0.key)") != $0.value.stamp }.keys
        for name in stale { loaded[name] = nil }
        return !stale.isEmpty
    }

    /// The known zone whose name is nearest to a wrong one, for a hint.
    public func suggestion(for name: String) -> String? {
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

    private static func stamp(_ path: String) -> FileStamp? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return FileStamp(
            device: Int(status.st_dev), inode: Int(status.st_ino), size: Int(status.st_size),
            seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
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

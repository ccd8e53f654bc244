import Glibc
import Values

/// The system's time zones. Each is read once, so a new database is created at each reload, to notice an upgrade of
/// tzdata.
///
/// Used by one thread at a time, its owner's.
public final class ZoneDatabase {
    private let folder: String
    private let localFile: String
    /// The environment variable TZ; nil if it is not set.
    private let variable: String?
    private var loaded: [String: TimeZoneRules] = [:]

    /// - Parameters:
    ///   - folder: the folder with the zone files.
    ///   - localFile: the link that says which zone is the system's.
    ///   - variable: the process's environment variable TZ, which takes precedence, as in other programs; nil if it is
    ///     not set.
    public init(
        folder: String = "/usr/share/zoneinfo", localFile: String = "/etc/localtime", variable: String? = nil
    ) {
        self.folder = folder
        self.localFile = localFile
        self.variable = variable
    }

    /// The zone that the variable TZ names, tzset(3): `:Europe/Berlin`, `Europe/Berlin`, or the path of a zone file.
    /// Empty means UTC. Nil if it is not set.
    private var namedByVariable: String? {
        guard var name = variable else { return nil }
        if name.hasPrefix(":") { name.removeFirst() }
        if name == localFile { return nil }
        if name.hasPrefix("\(folder)/") { name.removeFirst(folder.count + 1) }
        return name.isEmpty ? "UTC" : name
    }

    /// Why the variable TZ is ignored; nil if it is not ignored or not set.
    public var variableProblem: String? {
        guard let name = namedByVariable, zone(name) == nil else { return nil }
        return "\"\(name.shortened(to: 60))\" is not a time zone known to this machine"
    }

    /// The name of the zone that applies if none is named: that of the variable TZ, else the machine's own, else `UTC`.
    public var systemZoneName: String {
        if let name = namedByVariable, zone(name) != nil { return name }
        return machineZoneName
    }

    /// The zone named `systemZoneName`; UTC if its file is missing.
    public var system: TimeZoneRules { zone(systemZoneName) ?? .utc }

    private var machineZoneName: String {
        var buffer = [CChar](repeating: 0, count: 4_096)
        let count = readlink(localFile, &buffer, buffer.count - 1)
        guard count > 0 else { return "UTC" }
        let target = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard let range = target.firstRange(of: "zoneinfo/") else { return "UTC" }
        return String(target[range.upperBound...])
    }

    /// The zone with this name; nil if the system has none.
    public func zone(_ name: String) -> TimeZoneRules? {
        if let known = loaded[name] { return known }
        guard let bytes = ZoneDatabase.isSafe(name) ? ZoneDatabase.read("\(folder)/\(name)") : nil,
            let zone = TimeZoneRules(name: name, file: bytes)
        else {
            // A zone written out as a rule, as in tzset(3): EST5EDT,M3.2.0,M11.1.0.
            if name == namedByVariable, let zone = TimeZoneRules(name: name, posix: name) {
                loaded[name] = zone
                return zone
            }
            return name == "UTC" ? .utc : nil
        }
        loaded[name] = zone
        return zone
    }

    /// The folders to watch for changes of these zones, or of the system's choice of zone.
    public func folders(of names: some Sequence<String>) -> Set<String> {
        let files = names.filter(ZoneDatabase.isSafe).map { "\(folder)/\($0)" } + [localFile]
        return Set(files.map { path in path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "." })
    }

    /// What was probably meant by an unknown zone name.
    public func hint(for name: String) -> String {
        ZoneSuggestion.hint(for: name, among: names)
            ?? "names are those of /usr/share/zoneinfo, such as Europe/Berlin"
    }

    /// The names of all zones; empty if the system has no list.
    private var names: [String] {
        guard let bytes = ZoneDatabase.read("\(folder)/tzdata.zi", limit: 1 << 20) else { return [] }
        let table = String(decoding: bytes, as: UTF8.self)
        // The lines `Z Name …` and `L Target Name` contain every name.
        return table.split(separator: "\n").compactMap { line -> String? in
            let words = line.split(separator: " ", maxSplits: 3)
            if words.first == "Z", words.count > 1 { return String(words[1]) }
            if words.first == "L", words.count > 2 { return String(words[2]) }
            return nil
        }
    }

    /// Whether a name is safe as a path within the folder.
    private static func isSafe(_ name: String) -> Bool {
        !name.isEmpty && !["Factory", "localtime", "posixrules"].contains(name) && name.utf8.count <= 100
            && !name.hasPrefix("/") && !name.hasPrefix(".") && !name.contains("..")
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/_+-".contains($0)) }
    }

    /// - Parameter limit: in bytes. The largest zone file has a few kilobytes.
    private static func read(_ path: String, limit: Int = 256 << 10) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: limit)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        return count > 0 ? Array(bytes[..<count]) : nil
    }
}

import Glibc

public enum ZoneFileBytes {
    struct Missing: Error {}

    public static func read(_ name: String) throws -> [UInt8] {
        guard let file = fopen("/usr/share/zoneinfo/\(name)", "r") else { throw Missing() }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        return Array(bytes[..<fread(&bytes, 1, bytes.count, file)])
    }
}

extension TemporaryFolder {
    /// Replaces a file by renaming, as dpkg does.
    public func copyZone(_ zone: String, as name: String) throws {
        let bytes = try ZoneFileBytes.read(zone)
        let file = fopen("\(path)/\(name).new", "w")
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
        rename("\(path)/\(name).new", "\(path)/\(name)")
    }
}

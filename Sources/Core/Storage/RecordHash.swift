/// A hash of a record's content. Equal records have equal hashes; whether two are equal is decided by the content itself.
enum RecordHash {
    /// FNV-1a, 64 bits.
    static func of(_ content: String) -> Int64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in content.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return Int64(bitPattern: hash)
    }
}

import Glibc

/// Tells public internet addresses from those that an outsider must not make us call: the special-purpose registries of
/// RFC 6890, and IPv6 forms that embed an IPv4 address.
enum PublicAddress {
    static func isPublic(_ address: UnsafePointer<sockaddr>) -> Bool {
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                isPublic(v4: UInt32(bigEndian: $0.pointee.sin_addr.s_addr))
            }
        case AF_INET6:
            return address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { pointer in
                withUnsafeBytes(of: pointer.pointee.sin6_addr) { isPublic(v6: Array($0)) }
            }
        default: return false
        }
    }

    static func isPublic(v4 address: UInt32) -> Bool {
        let special: [(UInt32, UInt32)] = [
            (0x0000_0000, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8), (0xA9FE_0000, 16),
            (0xAC10_0000, 12), (0xC000_0000, 24), (0xC000_0200, 24), (0xC058_6300, 24), (0xC0A8_0000, 16),
            (0xC612_0000, 15), (0xC633_6400, 24), (0xCB00_7100, 24), (0xE000_0000, 3),
        ]
        return !special.contains { network, bits in address >> (32 - bits) == network >> (32 - bits) }
    }

    static func isPublic(v6 bytes: [UInt8]) -> Bool {
        guard bytes.count == 16 else { return false }
        func embedded(at index: Int) -> Bool {
            isPublic(v4: bytes[index..<index + 4].reduce(0) { $0 << 8 | UInt32($1) })
        }
        if bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10] == 0xFF, bytes[11] == 0xFF { return embedded(at: 12) }
        if bytes[..<12].elementsEqual([0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]) { return embedded(at: 12) }
        if bytes[0] == 0x20, bytes[1] == 0x02 { return embedded(at: 2) }
        // Only 2000::/3 is allocated for the public internet. Within it, the documentation and Teredo ranges are not
        // public.
        guard bytes[0] & 0xE0 == 0x20 else { return false }
        return !(bytes[0] == 0x20 && bytes[1] == 0x01 && (bytes[2...3].elementsEqual([0x0D, 0xB8]) || bytes[2] < 0x02))
    }
}

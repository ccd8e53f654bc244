/// Reads the system's time zone files, RFC 8536, versions 1 to 4.
struct ZoneFile {
    /// When each stretch begins, in seconds since 1970, in order.
    var transitions: [Int64] = []
    /// In seconds east of UTC. There is one more than transitions, because the first applies before the first
    /// transition.
    var offsets: [Int32] = []
    /// The abbreviation for each offset.
    var abbreviations: [String] = []
    /// What applies after the last transition; nil if the last offset applies forever.
    var rule: ZoneRule?

    /// Returns nil if the bytes are not a complete, consistent zone file.
    init?(_ bytes: [UInt8]) {
        var reader = Reader(bytes: bytes)
        guard let first = reader.header() else { return nil }
        var header = first
        var width = 4
        if header.version >= 2 {
            guard reader.skip(first.size(width: 4)), let second = reader.header() else { return nil }
            header = second
            width = 8
        }
        // Files in right/ count leap seconds. They are meant for clocks that do so too, and would be wrong by half a
        // minute here.
        guard header.types > 0, header.leaps == 0, header.times < 100_000, header.characters < 10_000,
            reader.remaining >= header.size(width: width)
        else { return nil }
        for _ in 0..<header.times { transitions.append(reader.integer(width)) }
        let kinds = (0..<header.times).map { _ in Int(reader.integer(1) & 0xFF) }
        let types = (0..<header.types).map { _ in
            (
                offset: Int32(truncatingIfNeeded: reader.integer(4)), daylight: reader.integer(1) != 0,
                name: Int(reader.integer(1) & 0xFF)
            )
        }
        let names = (0..<header.characters).map { _ in UInt8(truncatingIfNeeded: reader.integer(1)) }
        guard kinds.allSatisfy({ $0 < types.count }), types.allSatisfy({ abs(Int($0.offset)) < 26 * 3_600 }),
            zip(transitions, transitions.dropFirst()).allSatisfy({ $0 < $1 }),
            // The earliest transition that tzdata writes is -2^59, which stands for the beginning of time.
            transitions.allSatisfy({ (-1 << 59...1 << 59).contains($0) })
        else { return nil }
        func name(at index: Int) -> String {
            String(decoding: names.dropFirst(index).prefix { $0 != 0 }, as: UTF8.self)
        }
        // RFC 8536, section 3.2: type 0 applies before the first transition.
        for kind in [0] + kinds {
            offsets.append(types[kind].offset)
            abbreviations.append(name(at: types[kind].name))
        }
        guard width == 8 else { return }
        _ = reader.skip(header.leaps * (width + 4) + header.standards + header.universals)
        let footer = reader.rest.drop { $0 == 0x0A }.prefix { $0 != 0x0A }
        if !footer.isEmpty {
            guard let rule = ZoneRule(parsing: String(decoding: footer, as: UTF8.self)) else { return nil }
            self.rule = rule
        }
    }

    private struct Header {
        let version: Int
        let universals, standards, leaps, times, types, characters: Int

        func size(width: Int) -> Int {
            times * (width + 1) + types * 6 + characters + leaps * (width + 4) + standards + universals
        }
    }

    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        var remaining: Int { bytes.count - position }
        var rest: ArraySlice<UInt8> { bytes[position...] }

        init(bytes: [UInt8]) { self.bytes = bytes }

        mutating func skip(_ count: Int) -> Bool {
            guard count >= 0, count <= remaining else { return false }
            position += count
            return true
        }

        /// A big-endian signed integer. The caller has checked that there are enough bytes.
        mutating func integer(_ width: Int) -> Int64 {
            var value: Int64 = bytes[position] & 0x80 != 0 && width > 1 ? -1 : 0
            for _ in 0..<width {
                value = value << 8 | Int64(bytes[position])
                position += 1
            }
            return value
        }

        mutating func header() -> Header? {
            guard remaining >= 44, Array(bytes[position..<position + 4]) == Array("TZif".utf8) else { return nil }
            let letter = bytes[position + 4]
            position += 20
            let counts = (0..<6).map { _ in Int(integer(4)) }
            guard counts.allSatisfy({ (0...1_000_000).contains($0) }) else { return nil }
            return Header(
                version: letter == 0 ? 1 : Int(letter) - 48, universals: counts[0], standards: counts[1],
                leaps: counts[2],
                times: counts[3], types: counts[4], characters: counts[5])
        }
    }
}

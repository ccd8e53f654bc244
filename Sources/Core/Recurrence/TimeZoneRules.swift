/// A time zone of the system: which offset applies at which time.
///
/// All calculations use whole seconds since 1970. The file's transitions are extended by its rule through the year
/// 2500, so that one binary search finds any offset.
public final class TimeZoneRules: Sendable, Equatable {
    /// The name in `/usr/share/zoneinfo`: `America/Toronto`.
    public let name: String
    /// When each stretch of constant offset begins. The first begins at the beginning of time.
    private let starts: [Int64]
    /// The offset of each stretch, in seconds east of UTC.
    private let offsets: [Int32]
    private let abbreviations: [String]

    /// UTC, which needs no file.
    public static let utc = TimeZoneRules(name: "UTC", starts: [.min], offsets: [0], abbreviations: ["UTC"])

    /// A zone whose clock is never changed.
    static func fixed(offset: Int64) -> TimeZoneRules {
        TimeZoneRules(name: "", starts: [.min], offsets: [Int32(offset)], abbreviations: [""])
    }

    private static let lastYear = 2_500

    private init(name: String, starts: [Int64], offsets: [Int32], abbreviations: [String]) {
        self.name = name
        self.starts = starts
        self.offsets = offsets
        self.abbreviations = abbreviations
    }

    /// Whether the zones have the same name and always show the same time, past and future.
    public static func == (left: TimeZoneRules, right: TimeZoneRules) -> Bool {
        left === right
            || left.name == right.name && left.starts == right.starts && left.offsets == right.offsets
                && left.abbreviations == right.abbreviations
    }

    /// Returns nil if the bytes are not a zone file.
    public convenience init?(name: String, file bytes: [UInt8]) {
        guard let file = ZoneFile(bytes) else { return nil }
        var starts = [Int64.min] + file.transitions
        var offsets = file.offsets
        var abbreviations = file.abbreviations
        if let rule = file.rule {
            let last = file.transitions.last ?? .min
            if rule.daylight == nil, last == .min {
                offsets = [rule.standard.offset]
                abbreviations = [rule.standard.name]
            }
            Self.extend(&starts, &offsets, &abbreviations, by: rule, after: last)
        }
        self.init(name: name, starts: starts, offsets: offsets, abbreviations: abbreviations)
    }

    /// A zone given by a POSIX rule, such as `EST5EDT,M3.2.0,M11.1.0`. Returns nil if the text is not one.
    convenience init?(name: String, posix text: String) {
        guard let rule = ZoneRule(parsing: text) else { return nil }
        var (starts, offsets, abbreviations) = ([Int64.min], [rule.standard.offset], [rule.standard.name])
        Self.extend(&starts, &offsets, &abbreviations, by: rule, after: .min)
        self.init(name: name, starts: starts, offsets: offsets, abbreviations: abbreviations)
    }

    /// Continues the transitions by a rule through the last year.
    private static func extend(
        _ starts: inout [Int64], _ offsets: inout [Int32], _ abbreviations: inout [String], by rule: ZoneRule,
        after last: Int64
    ) {
        guard let summer = rule.daylight else { return }
        for year in min(1_970 + Int(max(last, 0) / 31_556_952), lastYear)...lastYear {
            for change in rule.changes(year: year) where change.at > last {
                let kind = change.daylight ? (summer.name, summer.offset) : rule.standard
                guard offsets.last != kind.1 || abbreviations.last != kind.0 else { continue }
                starts.append(change.at)
                offsets.append(kind.1)
                abbreviations.append(kind.0)
            }
        }
    }

    /// The index of the stretch that contains a moment.
    private func stretch(at seconds: Int64) -> Int {
        var low = 0
        var high = starts.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if starts[middle] <= seconds { low = middle } else { high = middle - 1 }
        }
        return low
    }

    /// The offset at a moment, in seconds east of UTC.
    public func offset(at seconds: Int64) -> Int64 { Int64(offsets[stretch(at: seconds)]) }

    /// The abbreviation in use at a moment: `EST`.
    public func abbreviation(at seconds: Int64) -> String { abbreviations[stretch(at: seconds)] }

    /// When the offset next changes after a moment; nil if it never does.
    public func nextTransition(after seconds: Int64) -> Int64? {
        let next = stretch(at: seconds) + 1
        return next < starts.count ? starts[next] : nil
    }

    /// The latest local time that the clock has already shown at a moment. Later local times are shown for the first
    /// time.
    func repeatedUntil(_ seconds: Int64) -> Int64 {
        var index = stretch(at: seconds)
        var latest = local(seconds)
        while index > 0, starts[index] > seconds - 2 * 86_400 {
            latest = max(latest, starts[index] + Int64(offsets[index - 1]))
            index -= 1
        }
        return latest
    }

    /// Seconds since 1970-01-01 00:00 in the zone's local time.
    public func local(_ seconds: Int64) -> Int64 { seconds + offset(at: seconds) }

    /// The moment at which the zone's clock first shows a local time. If it never does, because the clock was set
    /// forward past it, returns the first moment after the gap, however long the gap is.
    public func firstMoment(showing local: Int64) -> Int64 {
        // Offsets are within 26 hours, so only the stretches near the same number of UTC seconds matter.
        var index = stretch(at: local - 26 * 3_600)
        while true {
            let candidate = local - Int64(offsets[index])
            guard candidate >= starts[index] else {
                return starts[index]
            }
            if index + 1 == starts.count || candidate < starts[index + 1] { return candidate }
            index += 1
        }
    }
}

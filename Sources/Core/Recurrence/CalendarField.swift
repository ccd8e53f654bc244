import Values

/// The numbers that one part of a calendar expression allows, such as `1,5..11/2,20/3`.
///
/// Seconds are counted in microseconds, everything else in its own unit.
struct CalendarField: Hashable, Sendable {
    /// A value, a range, or a start value from which values repeat.
    struct Part: Hashable, Sendable {
        var start: Int
        /// The last value; nil for a single value, or if values repeat up to the largest possible one.
        var stop: Int?
        /// The step; zero for a single value.
        var step: Int

        /// The first value at or after another; nil if there is none.
        func first(from value: Int) -> Int? {
            if start >= value { return start }
            guard step > 0 else { return nil }
            let next = start + (value - start + step - 1) / step * step
            return stop.map { next <= $0 } ?? true ? next : nil
        }

        /// The same days, counted from the other end of a month with this many days.
        func mirrored(in days: Int) -> Part {
            // A higher number is an earlier day.
            guard let stop else { return Part(start: days + 1 - start, stop: nil, step: step) }
            return Part(
                start: days + 1 - max(start, stop), stop: days + 1 - min(start, stop), step: step)
        }
    }

    /// Empty for `*`.
    var parts: [Part] = []

    static let any = CalendarField()

    static func only(_ value: Int) -> CalendarField { CalendarField(parts: [Part(start: value, stop: nil, step: 0)]) }

    var isAny: Bool { parts.isEmpty }

    /// Whether values continue up to the largest possible one: `*`, `0/15`.
    var isOpen: Bool { isAny || parts.contains { $0.step > 0 && $0.stop == nil } }

    /// The first allowed number at or after another; nil if there is none up to `limit`.
    func first(from value: Int, through limit: Int) -> Int? {
        guard !isAny else { return value <= limit ? value : nil }
        var least = Int.max
        for part in parts {
            if let found = part.first(from: value) { least = min(least, found) }
        }
        return least <= limit ? least : nil
    }

    /// Like `first`, for days counted from the end of a month with this many days: 1 is its last.
    func firstFromEnd(from value: Int, days: Int) -> Int? {
        CalendarField(parts: parts.map { $0.mirrored(in: days) }).first(from: value, through: days)
    }

    /// A bit for each allowed number up to `limit`, which is at most 63.
    func mask(through limit: Int) -> UInt64 {
        var mask: UInt64 = 0
        var value = 0
        while let next = first(from: value, through: limit) {
            mask |= 1 << UInt64(next)
            value = next + 1
        }
        return mask
    }

    /// Sorted, without repeats, and with each range ending at a value that its step reaches.
    func normalized() -> CalendarField {
        let whole = parts.map { part in
            var part = part
            if let stop = part.stop, part.step > 0 { part.stop = stop - (stop - part.start) % part.step }
            return part
        }
        func order(_ part: Part) -> (Int, Int, Int) { (part.start, part.stop ?? -1, part.step) }
        return CalendarField(
            parts: whole.sorted { order($0) < order($1) }.reduce(into: []) { if $0.last != $1 { $0.append($1) } })
    }
}

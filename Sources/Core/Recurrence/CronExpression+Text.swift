import Values

extension CronExpression {
    /// Five fields in numbers, each said in one way: `0 8 * * 1`.
    var normalized: String {
        [
            Self.field(minutes, 0...59, isStarred: minuteIsStarred),
            Self.field(UInt64(hours), 0...23, isStarred: hourIsStarred),
            Self.field(UInt64(daysOfMonth), 1...31, isStarred: dayIsStarred),
            Self.field(UInt64(months), 1...12, isStarred: months & 0x1FFE == 0x1FFE),
            Self.field(UInt64(daysOfWeek.bits), 0...6, isStarred: weekdayIsStarred),
        ].joined(separator: " ")
    }

    /// - Parameter isStarred: whether the field begins with a star, which has a meaning of its own.
    private static func field(_ bits: UInt64, _ range: ClosedRange<Int>, isStarred: Bool) -> String {
        func set(_ step: Int) -> UInt64 {
            stride(from: range.lowerBound, through: range.upperBound, by: step).reduce(0) { $0 | 1 << UInt64($1) }
        }
        // The star has a meaning of its own, so it stays in front: the smallest step whose values are all there.
        if isStarred, let step = (1...max(7, range.upperBound)).first(where: { set($0) & ~bits == 0 }) {
            let rest = field(bits & ~set(step), range, isStarred: false)
            return (step == 1 ? "*" : "*/\(step)") + (rest.isEmpty ? "" : ",\(rest)")
        }
        return NumberList.stretches(bits, range).map { $0 == $1 ? "\($0)" : "\($0)-\($1)" }.joined(separator: ",")
    }
}

/// Sets of small numbers as people list them.
enum NumberList {
    /// Single numbers, and stretches of three and more as their ends.
    static func stretches(_ bits: UInt64, _ range: ClosedRange<Int>) -> [(Int, Int)] {
        var found: [(Int, Int)] = []
        for value in range where bits >> UInt64(value) & 1 == 1 {
            if let last = found.last, last.1 == value - 1 {
                found[found.count - 1].1 = value
            } else {
                found.append((value, value))
            }
        }
        return found.flatMap { $0.1 - $0.0 == 1 ? [($0.0, $0.0), ($0.1, $0.1)] : [$0] }
    }

    /// The one step by which the set goes through the whole range from its first number; nil when there is none, or it is 1.
    static func step(_ bits: UInt64, _ range: ClosedRange<Int>) -> (first: Int, step: Int)? {
        let values = range.filter { bits >> UInt64($0) & 1 == 1 }
        guard values.count > 2 else { return nil }
        let step = values[1] - values[0]
        guard step > 1, zip(values, values.dropFirst()).allSatisfy({ $1 - $0 == step }),
            (values.last ?? 0) + step > range.upperBound, values[0] < range.lowerBound + step
        else { return nil }
        return (values[0], step)
    }

    /// The same where the step goes on from one round to the next: every 15 minutes of an hour, but not every 7, since after
    /// :56 comes :00.
    static func evenStep(_ bits: UInt64, _ range: ClosedRange<Int>) -> (first: Int, step: Int)? {
        step(bits, range).flatMap { range.count % $0.step == 0 ? $0 : nil }
    }

    /// `a`, `a and b`, `a, b and c`.
    static func joined(_ items: [String]) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return "\(items.dropLast().joined(separator: ", ")) and \(last)"
    }
}

import Values

extension CronExpression {
    /// The expression's five fields as numbers, in a normal form: `0 8 * * 1`.
    var normalized: String {
        [
            Self.field(minutes, 0...59, isStarred: minuteIsStarred),
            Self.field(UInt64(hours), 0...23, isStarred: hourIsStarred),
            Self.field(UInt64(daysOfMonth), 1...31, isStarred: dayIsStarred),
            Self.field(UInt64(months), 1...12, isStarred: months & 0x1FFE == 0x1FFE),
            Self.field(UInt64(daysOfWeek.bits), 0...6, isStarred: weekdayIsStarred),
        ].joined(separator: " ")
    }

    /// - Parameter isStarred: whether the field begins with a star, which changes its meaning.
    private static func field(_ bits: UInt64, _ range: ClosedRange<Int>, isStarred: Bool) -> String {
        func set(_ step: Int) -> UInt64 {
            stride(from: range.lowerBound, through: range.upperBound, by: step).reduce(0) { $0 | 1 << UInt64($1) }
        }
        // The leading star changes the meaning, so it is kept. Its step is the smallest one whose values are all in the
        // set.
        if isStarred, let step = (1...max(7, range.upperBound)).first(where: { set($0) & ~bits == 0 }) {
            let rest = field(bits & ~set(step), range, isStarred: false)
            return (step == 1 ? "*" : "*/\(step)") + (rest.isEmpty ? "" : ",\(rest)")
        }
        return NumberList.stretches(bits, range).map { $0 == $1 ? "\($0)" : "\($0)-\($1)" }.joined(separator: ",")
    }
}

/// Formats sets of small numbers for people.
enum NumberList {
    /// The numbers as ranges. Runs of three or more become one range; other numbers stay single.
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

    /// The first number and the step, if the set goes through the whole range with one step greater than 1; nil
    /// otherwise.
    static func step(_ bits: UInt64, _ range: ClosedRange<Int>) -> (first: Int, step: Int)? {
        let values = range.filter { bits >> UInt64($0) & 1 == 1 }
        guard values.count > 2 else { return nil }
        let step = values[1] - values[0]
        guard step > 1, zip(values, values.dropFirst()).allSatisfy({ $1 - $0 == step }),
            (values.last ?? 0) + step > range.upperBound, values[0] < range.lowerBound + step
        else { return nil }
        return (values[0], step)
    }

    /// Like `step`, but only if the step divides the range evenly: every 15 minutes of an hour, but not every 7,
    /// because :56 is followed by :00.
    static func evenStep(_ bits: UInt64, _ range: ClosedRange<Int>) -> (first: Int, step: Int)? {
        step(bits, range).flatMap { range.count % $0.step == 0 ? $0 : nil }
    }

    /// `a`, `a and b`, `a, b and c`.
    static func joined(_ items: [String]) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return "\(items.dropLast().joined(separator: ", ")) and \(last)"
    }
}

public import Values

/// The slots of a trigger within a span of time.
public struct SlotSpan: Equatable {
    public let first: Timestamp
    public let last: Timestamp
    /// The number of slots, at least 1. At `countLimit` it is only a lower bound.
    public let count: Int
    /// The slot before the last; nil if there is only one, or if there are too many to count.
    public let beforeLast: Timestamp?
    /// The first slot after the span.
    public let next: Timestamp?

    /// Slots beyond this number are not counted one by one: for a clock that started in 1970, that would take minutes.
    public static let countLimit = 200_000

    /// The slots from `first`, which must be a slot, through `end`. Returns nil if `first` is after `end`.
    public init?(of trigger: Trigger, from first: Timestamp, through end: Timestamp, in zone: TimeZoneRules) {
        guard first <= end else { return nil }
        self.first = first
        if case .every(let seconds) = trigger {
            let steps = (end.seconds - first.seconds) / seconds
            last = Timestamp(seconds: first.seconds + steps * seconds)
            count = Int(steps) + 1
            beforeLast = steps > 0 ? Timestamp(seconds: last.seconds - seconds) : nil
            next = Timestamp(seconds: first.seconds + (steps + 1) * seconds)
            return
        }
        var last = first
        var beforeLast: Timestamp?
        var count = 1
        var next = trigger.next(after: last, in: zone)
        while let slot = next, slot <= end {
            beforeLast = last
            last = slot
            count += 1
            next = trigger.next(after: slot, in: zone)
            if count == Self.countLimit {
                let tail = Self.lastSlots(2, of: trigger, notBefore: slot, through: end, in: zone)
                last = tail.last ?? slot
                beforeLast = tail.count == 2 ? tail[0] : slot
                next = trigger.next(after: last, in: zone)
                break
            }
        }
        self.last = last
        self.beforeLast = beforeLast
        self.count = count
        self.next = next
    }

    /// The last slots through `end`, in order: at most `limit`, and none before `first`, which must be a slot. Searches
    /// back from the end in growing steps, so a long span takes no longer than a short one.
    public static func lastSlots(
        _ limit: Int, of trigger: Trigger, notBefore first: Timestamp, through end: Timestamp, in zone: TimeZoneRules
    ) -> [Timestamp] {
        var back = Duration.seconds(60)
        while true {
            let start = end - back
            var found: [Timestamp] = start < first ? [first] : []
            var slot = trigger.next(after: max(start, first), in: zone)
            while let candidate = slot, candidate <= end {
                found.append(candidate)
                slot = trigger.next(after: candidate, in: zone)
            }
            if found.count >= limit || start < first { return found.suffix(limit) }
            back = back * 8
        }
    }
}

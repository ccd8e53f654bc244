public import Values

/// The effect that an upcoming change of a zone's clocks has on a time of day.
public struct ClockChange: Sendable {
    public enum Effect: Sendable, Equatable {
        /// The time does not occur. The slot comes right after the gap.
        case skipped
        /// The time occurs twice. The slot comes at the first occurrence.
        case repeated
    }

    public let effect: Effect
    /// When the slot comes.
    public let slot: Timestamp
    /// The time that the trigger asks for, as the clock would have shown it.
    public let wanted: Timestamp
    let zone: TimeZoneRules

    /// `2027-03-14 02:30 does not exist in America/Toronto: the slot comes at 03:00`
    public var text: String {
        let asked = wanted.description.prefix(16)
        let comes = Timestamp(seconds: zone.local(slot.seconds)).description
        switch effect {
        case .skipped:
            let shown = comes.prefix(10) == asked.prefix(10) ? comes.dropFirst(11).prefix(5) : comes.prefix(16)
            return "\(asked) does not exist in \(zone.name): the slot comes at \(shown)"
        case .repeated:
            return
                "\(asked) comes twice in \(zone.name): the slot comes at the first, \(zone.abbreviation(at: slot.seconds))"
        }
    }
}

extension Trigger {
    /// For each upcoming change of the clocks, the first slot that it skips or repeats, in order of time.
    ///
    /// - Parameter span: how far to look ahead.
    public func clockChanges(after moment: Timestamp, within span: Duration, in zone: TimeZoneRules) -> [ClockChange] {
        guard isTimed, !followsElapsedTime else { return [] }
        var changes: [ClockChange] = []
        var at = moment.seconds
        let end = (moment + span).seconds
        while let transition = zone.nextTransition(after: at), transition < end {
            at = transition
            let (before, after) = (zone.offset(at: transition - 1), zone.offset(at: transition))
            // A clock that is not changed shows which times are skipped or repeated.
            let unchanged = TimeZoneRules.fixed(offset: before)
            let (start, effect): (Int64, ClockChange.Effect) =
                after > before ? (transition, .skipped) : (transition - (before - after), .repeated)
            let until = after > before ? transition + (after - before) : transition
            guard before != after,
                let wanted = next(after: Timestamp(milliseconds: start * 1_000 - 1), in: unchanged),
                wanted.seconds < until
            else { continue }
            let slot = effect == .skipped ? Timestamp(seconds: transition) : wanted
            changes.append(
                ClockChange(
                    effect: effect, slot: slot, wanted: Timestamp(seconds: unchanged.local(wanted.seconds)), zone: zone)
            )
        }
        return changes
    }
}

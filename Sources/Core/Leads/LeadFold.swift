public import Values

/// Computes a lead's contact fields from everything that was said about the person. Pure: storage calls it, and what it
/// returns is what `leads` holds.
///
/// For each field, a person's word comes before a machine's, what is likely to be meant before what looks mistyped, a
/// person's own mailbox before a role's, a full name before an initial; then the higher confidence, then the later one.
public enum LeadFold {
    /// A value that was said for a field.
    public struct Claim: Sendable, Equatable, Codable {
        public let field: LeadField
        /// Nil when a person emptied the field.
        public let value: String?
        public let author: LeadAuthor
        /// The record's source, or how the value was found.
        public let source: String
        public let confidence: Double
        /// Whether it is a person's word about this very field.
        public let isPerson: Bool
        public let at: Timestamp
        public let evidence: String?
        /// The number of the record that says it; nil for a value of `lead_values`.
        public let record: Int64?
        /// Breaks ties of values that were said at the same moment.
        fileprivate let order: Int64
    }

    /// The result.
    public struct Folded: Sendable, Equatable {
        public let fields: LeadFields
        /// For each field, the claim that holds; then the others that differ, the next best first.
        public let claims: [LeadField: [Claim]]
        /// What was read somewhere and is not certain enough to be a value.
        public let unsure: [LeadField: [Claim]]
    }

    public static func fold(records: [LeadRecord], values: [LeadValue]) -> Folded {
        var all: [LeadField: [Claim]] = [:]
        // A program that says something else of a field than in its record before has corrected itself.
        let corrected = values.filter { $0.author.isProgram && $0.confidence >= LeadReading.sure }
        for record in records {
            for field in record.fields.present {
                guard
                    !corrected.contains(where: {
                        $0.field == field && $0.author == record.author && $0.at > record.firstSeen
                    })
                else { continue }
                all[field, default: []].append(
                    Claim(
                        field: field, value: record.fields[field], author: record.author, source: record.source,
                        confidence: record.author.confidence, isPerson: record.author.isPersonInRecords,
                        at: record.firstSeen, evidence: nil, record: record.id,
                        order: record.id))
            }
        }
        // Of what one author said about a field, the last word counts.
        var last: [LeadField: [LeadAuthor: LeadValue]] = [:]
        var unsure: [LeadField: [Claim]] = [:]
        for value in values {
            // What a machine is not sure of is kept as evidence and holds nowhere.
            if value.confidence < LeadReading.sure, !value.author.isPerson {
                unsure[value.field, default: []].append(claim(value))
                continue
            }
            if let known = last[value.field]?[value.author], (known.at, known.id) > (value.at, value.id) { continue }
            last[value.field, default: [:]][value.author] = value
        }
        for (field, byAuthor) in last {
            for value in byAuthor.values { all[field, default: []].append(claim(value)) }
        }
        var fields = LeadFields()
        var claims: [LeadField: [Claim]] = [:]
        for (field, said) in all {
            let sorted = said.sorted { isBetter($0, $1) }
            guard let best = sorted.first else { continue }
            var kept = [best]
            for claim in sorted.dropFirst() where !kept.contains(where: { $0.value == claim.value }) {
                kept.append(claim)
            }
            claims[field] = kept
            fields[field] = best.value
        }
        nameParts(&fields, &claims, all)
        return Folded(fields: fields, claims: claims, unsure: unsure)
    }

    private static func claim(_ value: LeadValue) -> Claim {
        Claim(
            field: value.field, value: value.value, author: value.author, source: value.method,
            confidence: value.confidence, isPerson: value.author.isPerson, at: value.at, evidence: value.evidence,
            record: nil, order: value.id)
    }

    /// Given name and surname are those of the full name that holds, never of another one.
    private static func nameParts(
        _ fields: inout LeadFields, _ claims: inout [LeadField: [Claim]], _ all: [LeadField: [Claim]]
    ) {
        // They are never decided on their own.
        (claims[.firstName], claims[.lastName]) = (nil, nil)
        guard let best = claims[.fullName]?.first else { return }
        let name = best.value.flatMap { PersonName(parsing: $0) }
        for (field, parsed) in [(LeadField.firstName, name?.given), (.lastName, name?.family)] {
            let own = all[field]?.first {
                $0.record == best.record && $0.author == best.author && $0.at == best.at
            }
            fields[field] = best.value == nil ? nil : own?.value ?? parsed
        }
    }

    private static func isBetter(_ left: Claim, _ right: Claim) -> Bool {
        let (mine, theirs) = (rank(left), rank(right))
        for (one, other) in zip(mine, theirs) where one != other { return one > other }
        if left.at != right.at { return left.at > right.at }
        return left.order > right.order
    }

    private static func rank(_ claim: Claim) -> [Double] {
        var isPerson = claim.isPerson
        var quality = 0.0
        switch claim.field {
        case .email:
            let email = claim.value.flatMap { EmailAddress(parsing: $0) }
            // What a lead had before its records were kept: a role's mailbox was hardly anybody's choice.
            if claim.author == .migration, email?.isRole == true { isPerson = false }
            quality = (email?.isMistyped == true ? -2 : 0) + (email?.isRole == true ? -1 : 0)
        case .fullName, .firstName, .lastName:
            if let name = claim.value.flatMap({ PersonName(parsing: $0) }) {
                quality =
                    (name.family.filter(\.isLetter).count < 2 ? -2 : 0)
                    + (name.given.filter(\.isLetter).count < 2 ? -1 : 0)
            }
            if claim.field != .fullName { quality = 0 }
        default: break
        }
        // Who decides about one field says more than who brings a whole record.
        return [
            isPerson ? (claim.record == nil ? 2 : 1) : 0, isPerson && claim.record == nil ? 0 : quality,
            claim.confidence,
        ]
    }
}

public import Leads
public import Storage
import Values

extension DoubtfulPair {
    /// What shows a pair, the plainest first.
    private static let kinds: [LeadKey.Kind] = [.mailbox, .profile, .phone, .name]

    /// The pairs of leads that share a mailbox, a profile, a number, or surname and company, and whose names neither
    /// show that they are one nor that they are two. Those that a person told apart are left out.
    ///
    /// - Parameter place: where the previous page ended; nil for the first page.
    /// - Returns: the pairs, fewer than the limit where many had to be compared, and where the page ends; nil if there are no more.
    public static func list(
        in transaction: Transaction, after place: Place? = nil, limit: Int
    ) throws -> (pairs: [DoubtfulPair], end: Place?) {
        var (pairs, compared): ([DoubtfulPair], Int) = ([], 0)
        var end = place
        for kind in kinds.drop(while: { place != nil && $0 != place?.kind }) {
            var last = place?.kind == kind ? place?.before ?? "" : ""
            while true {
                let groups = try transaction.leads.groups(sharing: kind, after: last, limit: 200)
                guard !groups.isEmpty else { break }
                for group in groups {
                    defer { last = group.stem }
                    let leads = try group.leads.sorted().compactMap { try transaction.leads.find($0) }
                        .filter { $0.deletedAt == nil }
                    let known = place?.kind == kind && place?.stem == group.stem ? place : nil
                    for (number, lead) in leads.enumerated() {
                        for other in leads[(number + 1)...] {
                            if let known, (lead.id, other.id) <= (known.first, known.second) { continue }
                            guard compared < comparisons, pairs.count < limit else { return (pairs, end) }
                            compared += 1
                            end = Place(kind: kind, before: last, stem: group.stem, first: lead.id, second: other.id)
                            guard try !isShown(before: kind, lead, other, in: transaction),
                                let reason = doubt(kind, lead, other),
                                try !transaction.leads.areApart(lead.id, other.id)
                            else { continue }
                            pairs.append(DoubtfulPair(lead, other, reason: reason))
                        }
                    }
                }
            }
        }
        return (pairs, nil)
    }

    /// How many pairs are compared for a page, so that it takes no longer than a moment.
    private static let comparisons = 10_000

    /// Whether a plainer kind of key shows the pair.
    private static func isShown(
        before kind: LeadKey.Kind, _ lead: Lead, _ other: Lead, in transaction: Transaction
    ) throws -> Bool {
        let (mine, theirs) = (LeadKey.keys(of: lead.fields), LeadKey.keys(of: other.fields))
        return try kinds.prefix { $0 != kind }.contains { kind in
            guard let key = mine.first(where: { $0.kind == kind }),
                theirs.contains(where: { $0.kind == kind && $0.stem == key.stem }), doubt(kind, lead, other) != nil
            else { return false }
            // Of a large group, only some are looked at.
            let group = try transaction.leads.group(sharing: key)
            return group.contains(lead.id) && group.contains(other.id)
        }
    }

    /// Why two leads that share a key may be one; nil when they are plainly two.
    private static func doubt(_ kind: LeadKey.Kind, _ lead: Lead, _ other: Lead) -> String? {
        let names = [lead, other].map { $0.fields[.fullName].flatMap { PersonName(parsing: $0) } }
        let contradicts: Bool
        let isCompatible: Bool
        if let mine = names[0], let theirs = names[1] {
            (contradicts, isCompatible) = (mine.contradicts(theirs), mine.isCompatible(with: theirs))
        } else {
            (contradicts, isCompatible) = (false, true)
        }
        switch kind {
        case .mailbox: return contradicts ? "one mailbox, but the names differ" : "one mailbox"
        case .profile: return contradicts ? "one profile, but the names differ" : "one profile"
        case .phone: return isCompatible ? "one telephone number, and the names may be one" : nil
        case .name:
            guard isCompatible else { return nil }
            let profiles = [lead, other].compactMap { $0.fields[.linkedInURL] }
            return Set(profiles).count > 1 ? nil : "one company, and the names may be one"
        case .role: return nil
        }
    }
}

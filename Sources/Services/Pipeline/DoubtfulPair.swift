public import Leads
public import Storage
import Values

extension DoubtfulPair {
    /// The pairs of leads that share a mailbox, a profile, a number, or surname and company, and whose names neither
    /// show that they are one nor that they are two. Those that a person told apart are left out.
    public static func list(in transaction: Transaction, limit: Int) throws -> [DoubtfulPair] {
        var pairs: [DoubtfulPair] = []
        var seen: Set<[Int64]> = []
        for kind in [LeadKey.Kind.mailbox, .profile, .phone, .name] {
            var last = ""
            while pairs.count < limit {
                let groups = try transaction.leads.groups(sharing: kind, after: last, limit: 200)
                guard let end = groups.last else { break }
                last = end.stem
                for group in groups where pairs.count < limit {
                    let leads = try group.leads.compactMap { try transaction.leads.find($0) }
                        .filter { $0.deletedAt == nil }
                    for (place, lead) in leads.enumerated() {
                        for other in leads[(place + 1)...] where pairs.count < limit {
                            guard !seen.contains([lead.id, other.id]), let reason = doubt(kind, lead, other),
                                try !transaction.leads.areApart(lead.id, other.id)
                            else { continue }
                            seen.insert([lead.id, other.id])
                            pairs.append(DoubtfulPair(lead, other, reason: reason))
                        }
                    }
                }
            }
        }
        return pairs
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

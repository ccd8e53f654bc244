public import Leads
import Values

/// Decides whether a record belongs to a person who is already in the database.
///
/// Records are compared by LinkedIn profile first, then by email, by name with company, and by phone. If two profiles
/// differ, or the given names cannot belong to one person, they are two people, whatever else they share.
public enum Matcher {
    /// - Parameter candidates: leads that share a key with the record, including removed ones.
    public static func decide(_ lead: CleanLead, among candidates: [Lead]) -> IntakeDecision {
        guard let match = match(lead, among: candidates) else { return .insert }
        guard match.deletedAt == nil else { return .removed(match.id) }
        var fields = match.fields
        // Values entered by a person or by an earlier source are not overwritten. The record itself is stored with the
        // lead.
        for field in LeadField.allCases where fields[field] == nil { fields[field] = lead.fields[field] }
        return .merge(into: match.id, fields: fields, keys: MatchKeys(of: fields))
    }

    static func match(_ lead: CleanLead, among candidates: [Lead]) -> Lead? {
        guard !candidates.isEmpty else { return nil }
        let record = Evidence(lead.fields, lead.keys)
        let known = candidates.map { (lead: $0, evidence: Evidence($0.fields, MatchKeys(of: $0.fields))) }
        for rule in [sameProfile, sameEmail, sameNameAndCompany, samePhone] {
            let found = known.filter { rule(record, $0.evidence) }
            guard found.count > 1 else {
                if let only = found.first { return only.lead }
                continue
            }
            // If several leads match, only an identical name decides, and among those the oldest lead.
            let exact = found.filter { $0.evidence.name?.description.folded == record.name?.description.folded }
            let live = exact.filter { $0.lead.deletedAt == nil }
            if let eldest = (live.isEmpty ? exact : live).min(by: { $0.lead.id < $1.lead.id }) { return eldest.lead }
            // A profile belongs to one person, whatever names its leads have.
            if found.allSatisfy({ sameProfile(record, $0.evidence) }) {
                let live = found.filter { $0.lead.deletedAt == nil }
                return (live.isEmpty ? found : live).map(\.lead).min { $0.id < $1.id }
            }
        }
        return nil
    }

    private struct Evidence {
        let name: PersonName?
        let keys: MatchKeys

        init(_ fields: LeadFields, _ keys: MatchKeys) {
            name = fields[.fullName].flatMap { PersonName(parsing: $0) }
            self.keys = keys
        }
    }

    private static func equal(_ left: String?, _ right: String?) -> Bool { left != nil && left == right }
    private static func differ(_ left: String?, _ right: String?) -> Bool {
        left != nil && right != nil && left != right
    }

    private static func sameProfile(_ left: Evidence, _ right: Evidence) -> Bool {
        equal(left.keys.linkedIn, right.keys.linkedIn)
    }

    private static func sameEmail(_ left: Evidence, _ right: Evidence) -> Bool {
        guard equal(left.keys.email, right.keys.email), !differ(left.keys.linkedIn, right.keys.linkedIn) else {
            return false
        }
        guard let mine = left.name, let theirs = right.name, !mine.family.isEmpty, !theirs.family.isEmpty else {
            return true
        }
        return mine.canBeSamePerson(as: theirs)
    }

    private static func sameNameAndCompany(_ left: Evidence, _ right: Evidence) -> Bool {
        equal(left.keys.nameCompany, right.keys.nameCompany) && canBeOne(left, right)
    }

    private static func samePhone(_ left: Evidence, _ right: Evidence) -> Bool {
        equal(left.keys.phone, right.keys.phone) && canBeOne(left, right)
    }

    private static func canBeOne(_ left: Evidence, _ right: Evidence) -> Bool {
        guard let mine = left.name, let theirs = right.name, mine.canBeSamePerson(as: theirs),
            !differ(left.keys.linkedIn, right.keys.linkedIn)
        else { return false }
        // Two mailboxes in one domain belong to two people: jdoe@ and jdoe2@.
        if let mine = left.keys.email, let theirs = right.keys.email, mine != theirs {
            return mine.split(separator: "@").last != theirs.split(separator: "@").last
        }
        return true
    }
}

public import Leads
public import Values

/// Decides whether a record belongs to a person who is already in the database. Pure.
///
/// A profile and a personal mailbox are a person's own: they show who it is unless the names plainly contradict. Surname
/// and company, a telephone number and a role's mailbox are shared by colleagues: they show it only where the given
/// names agree. A value that three people with contradicting names have belongs to nobody, and shows nothing.
public enum Matcher {
    /// - Parameters:
    ///   - candidates: leads that share a key with the record, including deleted ones.
    ///   - ignored: keys of the record that are known to belong to nobody.
    public static func decide(
        _ fields: LeadFields, among candidates: [MatchCandidate], ignoring ignored: [LeadKey] = []
    ) -> IntakeDecision {
        guard !candidates.isEmpty else { return IntakeDecision(.insert) }
        let name = fields[.fullName].flatMap { PersonName(parsing: $0) }
        let known = candidates.map { Known($0, for: name) }
        var keys = LeadKey.keys(of: fields).filter { !ignored.contains($0) }
        let shared = keys.filter { key in
            guard key.kind == .profile || key.kind == .mailbox else { return false }
            return areContradicting([name] + known.filter { $0.lead.keys.contains(key) }.map(\.name))
        }
        keys.removeAll { shared.contains($0) }
        return IntakeDecision(verdict(fields, name, keys, known), shared: shared)
    }

    /// Candidates that may be the record's person under another name than the one that they have now: they have a key of the
    /// person's own with it, or were called the very same at the same company. What they were called is worth looking up.
    ///
    /// - Parameter keys: the record's.
    public static func renamed(
        _ fields: LeadFields, _ keys: [LeadKey], among candidates: [MatchCandidate]
    ) -> [Int64] {
        let own = keys.filter { [.profile, .mailbox, .name].contains($0.kind) }
        // Their keys are looked at first, because reading names takes longer.
        let near = candidates.filter { candidate in own.contains { candidate.keys.contains($0) } }
        guard !near.isEmpty, let name = fields[.fullName].flatMap({ PersonName(parsing: $0) }) else { return [] }
        return near.filter { candidate in
            candidate.name.flatMap { PersonName(parsing: $0) }.map { !name.isCompatible(with: $0) } ?? false
        }.map(\.id)
    }

    /// Whether three of the names are those of different people: they contradict each other, or have other surnames.
    public static func areContradicting(_ names: [PersonName?]) -> Bool {
        var apart: [PersonName] = []
        for case let name? in names where apart.allSatisfy({ !$0.isCompatible(with: name) }) {
            apart.append(name)
            if apart.count == 3 { return true }
        }
        return false
    }

    private struct Known {
        let lead: MatchCandidate
        let name: PersonName?
        /// Whether the lead has another name now.
        var isFormer = false

        /// - Parameter record: the record's name. Of the lead's names, the one that is compatible with it counts.
        init(_ lead: MatchCandidate, for record: PersonName?) {
            self.lead = lead
            let present = lead.name.flatMap { PersonName(parsing: $0) }
            guard let record, present?.isCompatible(with: record) == false else {
                name = present
                return
            }
            let former = lead.otherNames.lazy.compactMap { PersonName(parsing: $0) }.first {
                $0.isCompatible(with: record)
            }
            (name, isFormer) = (former ?? present, former != nil)
        }
    }

    private static func verdict(
        _ fields: LeadFields, _ name: PersonName?, _ keys: [LeadKey], _ known: [Known]
    ) -> IntakeDecision.Verdict {
        let own = keys.filter { $0.kind == .profile || $0.kind == .mailbox }
        var found: [(key: LeadKey, lead: Known)] = []
        for key in own {
            let holders = known.filter { $0.lead.keys.contains(key) }
            let live = holders.filter { !$0.lead.isDeleted && isPossible(key, name, $0) }
            // Who was deleted is not brought back, whatever the name beside the address.
            if live.isEmpty, let deleted = holders.first(where: { $0.lead.isDeleted }) {
                return .removed(deleted.lead.id)
            }
            for lead in live where !found.contains(where: { $0.lead.lead.id == lead.lead.id }) {
                found.append((key, lead))
            }
        }
        if let best = best(found.map(\.lead), name),
            let key = found.first(where: { $0.lead.lead.id == best.lead.id })?.key
        {
            return .merge(into: best.lead.id, rule: key, joining: joining(best, found.map(\.lead)))
        }
        for kind in [LeadKey.Kind.name, .phone, .role] {
            guard let key = keys.first(where: { $0.kind == kind }) else { continue }
            let near = known.filter { isSimilar(key, fields, name, $0) }
            guard !near.isEmpty else { continue }
            // Of several who could be it, only the one with the same name is.
            let same = namesakes(near, name)
            let chosen = near.count == 1 ? near : same
            if let live = chosen.filter({ !$0.lead.isDeleted }).min(by: { $0.lead.id < $1.lead.id }) {
                return .merge(into: live.lead.id, rule: key, joining: [])
            }
            if let deleted = (chosen.isEmpty ? near.filter(\.lead.isDeleted) : chosen).first, deleted.lead.isDeleted,
                !near.contains(where: { !$0.lead.isDeleted })
            {
                return .removed(deleted.lead.id)
            }
        }
        return .insert
    }

    /// Whether the lead may be the person of a record with the same profile or mailbox.
    private static func isPossible(_ key: LeadKey, _ name: PersonName?, _ lead: Known) -> Bool {
        guard let mine = name, let theirs = lead.name else { return true }
        guard !mine.contradicts(theirs) else {
            return key.kind == .mailbox && mine.isUnlistedForm(of: theirs, in: key.value.prefix { $0 != "@" })
        }
        if key.kind == .mailbox || mine.isCompatible(with: theirs) { return true }
        // People marry and keep their profile. A profile that says neither name may be anybody's.
        let slug = key.value.folded
        return slug.contains(mine.given.folded) && slug.contains(theirs.given.folded)
    }

    /// The leads with the very same name: those that have it now, or else those that had it.
    private static func namesakes(_ leads: [Known], _ name: PersonName?) -> [Known] {
        let same = leads.filter { $0.name?.description.folded == name?.description.folded }
        let present = same.filter { !$0.isFormer }
        return present.isEmpty ? same : present
    }

    /// The lead with the very same name goes first, then the oldest.
    private static func best(_ leads: [Known], _ name: PersonName?) -> Known? {
        let same = namesakes(leads, name)
        return (same.isEmpty ? leads : same).min { $0.lead.id < $1.lead.id }
    }

    /// The other leads that the record shows to be the same person, as far as no name contradicts another.
    private static func joining(_ best: Known, _ leads: [Known]) -> [Int64] {
        var one = [best]
        for lead in leads where lead.lead.id != best.lead.id {
            let agrees = one.allSatisfy { other in
                guard !other.lead.others.contains(lead.lead.id), !lead.lead.others.contains(other.lead.id) else {
                    return false
                }
                guard let mine = other.name, let theirs = lead.name else { return true }
                return !mine.contradicts(theirs)
            }
            if agrees { one.append(lead) }
        }
        return one.dropFirst().map(\.lead.id)
    }

    /// Whether a key that colleagues share, together with the names, shows that it is the same person.
    private static func isSimilar(_ key: LeadKey, _ fields: LeadFields, _ name: PersonName?, _ lead: Known) -> Bool {
        let theirs = lead.lead.keys.filter { $0.kind == key.kind }
        switch key.kind {
        case .name: guard theirs.contains(where: { $0.stem == key.stem }) else { return false }
        case .phone: guard theirs.contains(where: { $0.stem == key.stem }) else { return false }
        default: guard theirs.contains(key) else { return false }
        }
        guard let mine = name, let other = lead.name else {
            // Without a name, a number or a role's mailbox is all that is known of somebody.
            if lead.lead.isDeleted { return key.kind != .name }
            return key.kind != .name && name == nil && lead.name == nil
        }
        if lead.lead.isDeleted || lead.lead.isOptedOut, key.kind != .name { return mine.isCompatible(with: other) }
        guard isOnePerson(mine, other) else { return false }
        // Somebody of the same name at the same company who was deleted, or said no, is not taken for a namesake.
        if lead.lead.isDeleted || lead.lead.isOptedOut, mine.description.folded == other.description.folded {
            return true
        }
        guard !haveDifferent(.profile, fields, lead) else { return false }
        return key.kind != .name && key.kind != .phone || haveCompatibleMailboxes(fields, lead)
    }

    private static func isOnePerson(_ mine: PersonName, _ other: PersonName) -> Bool {
        if mine.family.isEmpty, other.family.isEmpty { return mine.given.folded == other.given.folded }
        return !mine.familyKey.isEmpty && mine.familyKey == other.familyKey && mine.canBeSamePerson(as: other)
    }

    private static func keys(_ kind: LeadKey.Kind, of fields: LeadFields) -> [String] {
        LeadKey.keys(of: fields).filter { $0.kind == kind }.map(\.value)
    }

    private static func haveDifferent(_ kind: LeadKey.Kind, _ fields: LeadFields, _ lead: Known) -> Bool {
        let (mine, theirs) = (keys(kind, of: fields), lead.lead.keys.filter { $0.kind == kind }.map(\.value))
        return !mine.isEmpty && !theirs.isEmpty && !mine.contains { theirs.contains($0) }
    }

    /// Two mailboxes in one domain belong to two people: `jdoe@` and `jdoe2@`.
    private static func haveCompatibleMailboxes(_ fields: LeadFields, _ lead: Known) -> Bool {
        guard haveDifferent(.mailbox, fields, lead) else { return true }
        let domains = lead.lead.keys.filter { $0.kind == .mailbox }.compactMap { $0.value.split(separator: "@").last }
        return !keys(.mailbox, of: fields).contains { mailbox in
            mailbox.split(separator: "@").last.map { domains.contains($0) } ?? false
        }
    }
}

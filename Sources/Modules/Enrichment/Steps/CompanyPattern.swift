import Leads
import Values

/// An address by the way in which the company forms its people's addresses. It is a candidate: it becomes the lead's only
/// if a setting allows it and the domain takes mail.
enum CompanyPattern: EnrichmentStep {
    static let name = "pattern"

    static func run(_ work: inout EnrichmentWork) async throws {
        guard let company = work.company, let name = work.lead.fields[.fullName].flatMap({ PersonName(parsing: $0) })
        else { return }
        var known = try await work.memory.knownAddresses(at: company.domain)
        for mailbox in company.mailboxes { if let owner = mailbox.owner { known.append((owner, mailbox.address)) } }
        let certain = known.compactMap { entry -> (name: PersonName, address: EmailAddress)? in
            guard let person = PersonName(parsing: entry.name), let address = EmailAddress(parsing: entry.address),
                DomainName.registrable(of: address.domain) == company.domain
            else { return nil }
            return (person, address)
        }
        let learnt = AddressPattern.learnt(from: certain)
        if let learnt, learnt != company.pattern { try await work.memory.keep(learnt, of: company.domain) }
        guard work.value(.email) == nil else { return }
        // If a colleague has the address already, it cannot be this person's.
        let kind: EnrichmentSettings.Candidates = learnt.map { $0.count >= 2 } == true ? .pattern : .guess
        let pattern = learnt?.pattern ?? .givenFamily
        guard let local = pattern.local(for: name), let address = EmailAddress(parsing: "\(local)@\(company.domain)"),
            !known.contains(where: { $0.address == address.description })
        else { return }
        let isAllowed = work.settings.candidates == .guess || work.settings.candidates == .pattern && kind == .pattern
        let words =
            learnt.map { "\($0.count) addresses of \(company.domain) have the form \($0.pattern.rawValue)" }
            ?? "the commonest form of addresses"
        var confidence = LeadReading.unsure
        if isAllowed, await work.mail?.takesMail(company.domain) == true {
            confidence = kind == .pattern ? 0.65 : LeadReading.sure
            work.enrichment.emailConfidence = kind.rawValue
            work.enrichment.emailSource = "generated"
        }
        work.say("\(address): a candidate, \(words)\(confidence < LeadReading.sure ? "; not taken" : "")")
        work.find(
            .email, address.description, source: kind.rawValue, confidence: confidence,
            evidence: words)
    }
}

import Leads
import Values

/// The company's own pages: those of the site that the lead names, else of the one that a search finds and whose own page
/// names the company.
enum CompanySite: EnrichmentStep {
    static let name = "site"

    static func run(_ work: inout EnrichmentWork) async throws {
        if work.company != nil { return }
        if let (site, source, _) = work.ownSite {
            work.say("site \(site.site), by \(source)")
            // A network that is never visited is said to be one.
            if SharedHosts.has(site), work.settings.manners.allows(site.host) {
                throw SiteProblem(
                    message: "\(site.host): is shared by many companies, so it is not read", isTransient: false)
            }
            work.enrichment.method = "pages of \(site.site)"
            let company = try await read(site, &work)
            work.take(company)
            try await work.memory.keep(company, for: work.lead.id)
            return
        }
        guard let name = work.lead.fields[.company] else {
            work.enrichment.notes.append("no web site is known")
            return
        }
        guard work.settings.findsWebsites, let finder = work.finder else {
            work.enrichment.notes.append("no web site is known, and none is searched for")
            return
        }
        let candidates: [WebAddress]
        do {
            // Otherwise, colleagues enriched at the same time would each pay for the same search.
            candidates = try await work.searchLock.withLock(CompanyName(parsing: name)?.matchKey ?? name) {
                try await finder.websites(of: name)
            }
        } catch let error as CancellationError { throw error } catch let error as any PresentableError {
            // No search is left: a limit of the user's own.
            throw SiteProblem(
                message: "\(error)", isTransient: true, isLimit: error.errorKind == .unavailable)
        }
        var trouble: SiteProblem?
        for site in candidates.prefix(3) {
            do {
                let company = try await read(site, &work)
                guard SiteVerification.isOf(name, company) else {
                    work.say("\(site.site): does not name \(name)")
                    continue
                }
                work.say("\(site.site): names \(name)")
                work.enrichment.method = "pages of \(site.site), found by a web search"
                work.take(company)
                try await work.memory.keep(company, for: work.lead.id)
                return
            } catch let problem as SiteProblem {
                work.say(problem.message)
                if problem.isTransient { trouble = trouble ?? problem }
            }
        }
        if let trouble { throw trouble }
        work.enrichment.notes.append(
            candidates.isEmpty ? "no web site was found" : "no site that was found names \(name)")
    }

    private static func read(_ site: WebAddress, _ work: inout EnrichmentWork) async throws -> Company {
        let domain = DomainName.registrable(of: site.host)
        let known = try await work.memory.company(at: domain)
        var people = try await work.memory.people(at: domain)
        if let name = work.lead.fields[.fullName], !people.contains(name) { people.append(name) }
        let lines = TraceLines()
        defer { for line in lines.all { work.say(line) } }
        do {
            return try await work.reader.read(
                site, domain: domain, known: work.isForced ? nil : known, people: people,
                companies: [work.lead.fields[.company]].compactMap(\.self), trace: lines.add)
        } catch let problem as SiteProblem {
            // What was read before is still what is known.
            if problem.isTransient, let known, known.readAt != nil {
                lines.add("\(problem.message); what was read at \(known.readAt.map { "\($0)" } ?? "") is used")
                return known
            }
            throw problem
        }
    }

    private final class TraceLines {
        private(set) var all: [String] = []
        func add(_ line: String) { all.append(line) }
    }
}

/// Whether a site is a company's: its own pages name it.
enum SiteVerification {
    static func isOf(_ name: String, _ company: Company) -> Bool {
        guard let wanted = CompanyName(parsing: name)?.matchKey, !wanted.isEmpty else { return false }
        let names = ([company.facts.name?.value].compactMap(\.self) + company.facts.otherNames).compactMap {
            CompanyName(parsing: $0)?.matchKey
        }
        if names.contains(wanted) { return true }
        // `Lanebridge` and `Lanebridge Technologies`: one begins like the other, and the host has the name.
        let label = CompanyNames.label(WebAddress(parsing: company.site)?.host ?? company.domain)
        let first = wanted.split(separator: " ").first.map(String.init) ?? ""
        guard first.count >= 4, label.contains(first) || CompanyNames.isLike(wanted, label) else { return false }
        return names.contains { $0.hasPrefix(wanted + " ") || wanted.hasPrefix($0 + " ") && $0.count >= 4 }
    }
}

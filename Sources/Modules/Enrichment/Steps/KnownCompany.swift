import Leads
import Values

/// What is remembered of the lead's company, as long as it is not out of date.
enum KnownCompany: EnrichmentStep {
    static let name = "known"

    static func run(_ work: inout EnrichmentWork) async throws {
        guard !work.isForced else { return }
        var domain = work.ownSite.map { DomainName.registrable(of: $0.site.host) }
        if domain == nil, let key = work.lead.fields[.company].flatMap({ CompanyName(parsing: $0) })?.matchKey {
            // If two companies have the name, neither is taken.
            let sites = try await work.memory.sites(named: key)
            domain = sites.count == 1 ? WebAddress(parsing: sites[0]).map { DomainName.registrable(of: $0.host) } : nil
        }
        guard let domain, let company = try await work.memory.company(at: domain), let readAt = company.readAt,
            readAt + work.settings.pagesLast > work.runtime.now
        else { return }
        work.say("\(domain): known, read at \(readAt)")
        work.take(company)
        try await work.memory.keep(company, for: work.lead.id)
    }
}

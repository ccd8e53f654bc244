import Enrichment
import LeadSources
import Pipeline
import Scheduling

extension StageKind {
    static let enrich = StageKind(
        task: TaskKind(
            EnrichStage.name, summary: "fill the gaps of leads from their companies' sites",
            parameters: [
                TaskParameter("force", .flag, isByHand: true), TaskParameter("explain", .flag, isByHand: true),
            ], isOverLeads: true)
    ) { assembly, parameters in
        let (settings, client, runtime, store) = (
            assembly.settings, assembly.client, assembly.runtime, assembly.store
        )
        let limits = settings.of(ScrapeSettings.self)
        let budget = SearchBudget(store: store, perDay: limits.searchesPerDay, perMonth: limits.searchesPerMonth)
        let finder = assembly.serpAPI.map {
            WebsiteSearchFinder(store: store, client: $0, budget: budget, runtime: runtime)
        }
        let mail = DNSMailDomains(mapped: Set(settings.network.hosts.keys))
        return EnrichStage(
            store: store, settings: settings.enrichment, backoff: settings.backoff, runtime: runtime,
            isForced: parameters.flag("force"), explains: parameters.flag("explain"),
            enricher: {
                Enricher(
                    client: client, finder: finder, memory: StoredCompanies(store: store, runtime: runtime), mail: mail,
                    settings: settings.enrichment, profileSources: [SerpAPIClient.service], runtime: runtime)
            })
    }
}

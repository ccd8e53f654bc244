import Enrichment
import LeadSources
import Pipeline
import Scheduling

extension StageKind {
    static let enrich = StageKind(
        task: TaskKind(EnrichStage.name, summary: "fill the gaps of leads from their companies' sites")
    ) { assembly, _ in
        let (settings, client, runtime, store) = (
            assembly.settings, assembly.client, assembly.runtime, assembly.store
        )
        let finder = assembly.serpAPI.map { WebsiteSearchFinder(store: store, client: $0, runtime: runtime) }
        return EnrichStage(
            store: store, settings: settings.enrichment, backoff: settings.backoff, runtime: runtime,
            enricher: {
                Enricher(
                    client: client, finder: finder, settings: settings.enrichment,
                    profileSources: [SerpAPIClient.service], runtime: runtime)
            })
    }
}

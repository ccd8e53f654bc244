import AppConfiguration
import LeadSources
import Pipeline
import Recurrence
import Scheduling
import Values

extension StageKind {
    static let scrape = StageKind(
        task: TaskKind(
            ScrapeStage.name, summary: "find people by web search; with: { max_leads: new leads a day }",
            parameters: [maxLeads], isOverLeads: true),
        settings: ScrapeSettings.self,
        gaps: { settings in
            let profile = Gap(name: "profile", advice: "say who is wanted: titles, industries, locations")
            return settings.gaps(ofKey: SerpAPISettings.keyName)
                + (settings.profile.strategies.isEmpty ? [profile] : [])
        }
    ) { assembly, parameters in
        let (settings, zone) = (assembly.settings, assembly.loaded.schedule.zone)
        return ScrapeStage(
            intake: assembly.intake, store: assembly.store, client: assembly.serpAPI,
            advice: settings.secrets.advice(for: SerpAPISettings.keyName), profile: settings.profile,
            settings: settings.of(ScrapeSettings.self), maxLeads: parameters.number(maxLeads.name),
            runtime: assembly.runtime,
            startOfDay: { moment in
                let local = zone.local(moment.seconds)
                return Timestamp(seconds: moment.seconds - local + local.flooredDivision(by: 86_400) * 86_400)
            })
    }
}

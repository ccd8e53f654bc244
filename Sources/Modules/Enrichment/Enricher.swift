public import Leads
import Synchronization
public import Transport
public import Values

/// Fills a lead's empty fields from what is known and written of its company, and records the source of each value.
public final class Enricher: Sendable {
    private let runtime: Runtime
    private let finder: (any WebsiteFinder)?
    private let memory: any CompanyMemory
    private let mail: (any MailDomains)?
    private let settings: EnrichmentSettings
    private let profileSources: Set<String>
    private let reader: SiteReader
    private let searchLock = KeyedLock()

    /// - Parameter profileSources: the sources whose leads have a profile that was listed by a web search.
    public init(
        client: HTTPClient, finder: (any WebsiteFinder)?, memory: any CompanyMemory, mail: (any MailDomains)? = nil,
        settings: EnrichmentSettings, profileSources: Set<String>, runtime: Runtime
    ) {
        self.runtime = runtime
        self.finder = finder
        self.memory = memory
        self.mail = mail
        self.settings = settings
        self.profileSources = profileSources
        reader = SiteReader(client: client, settings: settings, runtime: runtime)
    }

    /// The time limit for the next site.
    var budget: Duration { reader.budget }

    /// The result of enriching a lead.
    public struct Outcome: Sendable {
        public let enrichment: Enrichment
        /// Why the result is incomplete, if another attempt can help; nil otherwise.
        public let trouble: String?
        /// The limit from the settings that stopped it early; nil if it was not stopped.
        public let limit: String?
        /// What was done, a clause each.
        public let trace: [String]
    }

    /// Throws only a `CancellationError` or what the memory throws. Other failures are reported in the outcome, together
    /// with what was found.
    ///
    /// - Parameter isForced: reads pages anew that were read lately.
    public func enrich(_ lead: Lead, isForced: Bool = false) async throws -> Outcome {
        var work = EnrichmentWork(
            lead: lead, settings: settings, reader: reader, memory: memory, finder: finder, mail: mail,
            isForced: isForced,
            runtime: runtime, searchLock: searchLock)
        if lead.source.map(profileSources.contains) == true, lead.fields[.linkedInURL] != nil {
            work.enrichment.verifiedBy = "the profile was listed by a web search"
        }
        var trouble: String?
        var limit: String?
        for name in settings.order {
            guard let step = EnrichmentSteps.kinds.first(where: { $0.name == name }) else { continue }
            if work.isComplete, step.name != CompanyPattern.name {
                work.say("\(name): nothing is missing any more")
                continue
            }
            do { try await step.run(&work) } catch let problem as SiteProblem {
                work.enrichment.notes.append(problem.message)
                work.say(problem.message)
                if problem.isLimit {
                    limit = limit ?? problem.message
                } else if problem.isTransient {
                    trouble = trouble ?? problem.message
                }
            }
        }
        if work.enrichment.method.isEmpty {
            work.enrichment.method = work.company.map { "what is known of \($0.domain)" } ?? "nothing was found"
        }
        return Outcome(enrichment: work.enrichment, trouble: trouble, limit: limit, trace: work.trace)
    }
}

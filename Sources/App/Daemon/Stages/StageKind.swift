import Pipeline
import Scheduling

/// A kind of stage: its task, and how to create it from an assembly.
struct StageKind: Sendable {
    let task: TaskKind
    /// Settings that only this stage has; `LeadSettings.of` returns them.
    var settings: (any StageSettings.Type)?
    /// What the stage needs and is not configured yet.
    var gaps: @Sendable (LeadSettings) -> [Gap] = { _ in [] }
    let make: @Sendable (Assembly, TaskParameters) -> any Stage

    /// In the order in which a lead passes through them.
    static let all: [StageKind] = [.scrape, .enrich, .writeMessages, .sync]

    /// The number of new leads per day; overrides the settings.
    static let maxLeads = TaskParameter("max_leads", .number(0...100_000))
}

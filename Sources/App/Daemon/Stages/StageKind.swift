import Pipeline
import Scheduling

/// A kind of stage: its task, and how it is made of the rooms.
struct StageKind: Sendable {
    let task: TaskKind
    let make: @Sendable (Assembly, TaskParameters) -> any Stage

    /// In the order of a lead's way.
    static let all: [StageKind] = [.scrape, .enrich, .writeMessages, .sync]

    /// New leads a day, in place of the settings'.
    static let maxLeads = TaskParameter("max_leads", .number(0...100_000))
}

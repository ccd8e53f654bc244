public import AppConfiguration

/// A step in the processing of leads: scrape, enrich, write-messages or sync. It works on the leads that are due for
/// it, or on those that a person named.
public protocol Stage: Sendable {
    /// The name of its task, its command and its rows.
    var name: String { get }

    /// Does the work. Throws a `StageProblem`, a `StorageError`, or a `CancellationError`.
    func run(_ context: StageContext) async throws -> StageReport
}

/// The settings that only one stage has.
public protocol StageSettings: Sendable {
    /// Reads them. Problems go to the diagnostics behind `settings`.
    init(_ settings: Settings)
}

/// A step of a lead's way: scrape, enrich, write-messages, sync. It works on the leads that are due for it, or on those
/// that a person named.
public protocol Stage: Sendable {
    /// The name of its task, its verb and its rows.
    var name: String { get }

    /// Does the work. Throws a `StageProblem`, a `StorageError`, or a `CancellationError`.
    func run(_ context: StageContext) async throws -> StageReport
}

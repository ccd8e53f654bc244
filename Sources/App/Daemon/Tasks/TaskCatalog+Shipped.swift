public import Scheduling

extension TaskCatalog {
    /// The tasks that the program has.
    public static func shipped(_ services: ServiceBox) -> TaskCatalog {
        TaskCatalog(
            StageTask.kinds(services) + [
                PipelineTask.kind(services), BackupTask.kind(services), HealthCheckTask.kind(services),
                PruneTask.kind(services),
            ])
    }
}

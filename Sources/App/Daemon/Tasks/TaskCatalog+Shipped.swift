public import Scheduling

extension TaskCatalog {
    /// The tasks that the program has.
    public static func shipped(_ services: ServiceBox) -> TaskCatalog {
        TaskCatalog([BackupTask.kind(services), HealthCheckTask.kind(services)])
    }
}

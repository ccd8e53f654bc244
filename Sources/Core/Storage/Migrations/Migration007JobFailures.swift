extension Migration {
    /// How often in a row a job has failed. It is stored so that a restart does not reset the count for its
    /// notifications.
    static let jobFailures = Migration(
        number: 7, name: "job-failures",
        up: "ALTER TABLE job_state ADD COLUMN failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0);",
        down: "ALTER TABLE job_state DROP COLUMN failures;")
}

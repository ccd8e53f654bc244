import Leads
import Values

/// Measures one step of one lead, for the step's row.
struct StepTimer {
    private let runtime: Runtime
    private let startedAt: Timestamp
    private let begun: Duration

    init(_ runtime: Runtime) {
        self.runtime = runtime
        startedAt = runtime.now
        begun = runtime.uptime
    }

    /// Sets the step's end and duration.
    func finish(_ step: inout Step) {
        step.endedAt = runtime.now
        step.duration = runtime.uptime - begun
    }

    func step(_ context: StageContext, _ type: String, lead: Int64?) -> Step {
        Step(
            run: context.run, job: context.job, type: type, leadID: lead, startedAt: startedAt,
            endedAt: runtime.now,
            duration: runtime.uptime - begun)
    }
}

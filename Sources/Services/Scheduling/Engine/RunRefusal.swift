public import Values

/// Why a run that was requested by name does not start.
public enum RunRefusal: PresentableError, Equatable {
    case unknown(String)
    /// The task does not accept the parameters.
    case parameters(String)
    case alreadyRunning(job: String, run: Int64)
    /// An earlier run was closed, but its work goes on.
    case leftBehind(job: String, run: Int64)
    /// Another job of its group is running.
    case groupBusy(job: String, group: String, by: String)
    case notRunning(String)
    case disabled(String)
    case unavailable(String)
    case stopping

    public var errorKind: ErrorKind {
        switch self {
        case .unknown: .notFound
        case .parameters: .usage
        case .notRunning, .disabled: .conflict
        case .alreadyRunning, .leftBehind, .groupBusy: .busy
        case .unavailable, .stopping: .temporary
        }
    }

    public var message: String {
        switch self {
        case .unknown(let name): "there is no job or task \"\(name)\""
        case .parameters(let problem): problem
        case .alreadyRunning(let job, let run): "\(job) is running already (run \(run))"
        case .leftBehind(let job, let run):
            "run \(run) of \(job) did not end when it was asked to and is still at work; a restart of the daemon ends it"
        case .groupBusy(let name, let group, let other):
            "\(name) cannot run while \(other) does: both are in group \(group)"
        case .notRunning(let name): "no run of \(name) is under way or waiting"
        case .disabled(let name): "\(name) is disabled in the schedule file; it has nothing to pause"
        case .unavailable(let reason): reason
        case .stopping: "the daemon is stopping"
        }
    }
}

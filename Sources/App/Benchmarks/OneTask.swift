import Scheduling
import Values

/// The task registry of a schedule with a single task, `note`.
struct OneTask: TaskRegistry {
    let task: any JobTask

    static let catalog = TaskCatalog([TaskKind("note", summary: "")])

    var catalog: TaskCatalog { Self.catalog }

    func task(for work: JobWork) throws(RunProblem) -> any JobTask { task }
}

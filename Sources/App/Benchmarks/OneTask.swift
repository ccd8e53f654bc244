import Scheduling
import Values

/// The tasks of a schedule that has only one: `note`.
struct OneTask: TaskRegistry {
    let task: any JobTask

    static let catalog = TaskCatalog([TaskKind("note", summary: "")])

    var catalog: TaskCatalog { Self.catalog }

    func task(for work: JobWork) throws(RunProblem) -> any JobTask { task }
}

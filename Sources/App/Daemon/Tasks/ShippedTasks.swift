import Scheduling
import Values

/// A task of the program: what is known about it without running it, and how to create it from an assembly.
struct ShippedTask: Sendable {
    let kind: TaskKind
    let make: @Sendable (Assembly, TaskParameters) -> any JobTask
}

/// The program's tasks: the stages, and those listed here.
struct ShippedTasks: TaskRegistry {
    private static let all: [ShippedTask] =
        StageKind.all.map(ShippedTask.init) + [.pipeline, .prune, .backup, .healthCheck]

    static let catalog = TaskCatalog(all.map(\.kind))

    /// The components that a task works with: those in force when it is launched.
    let assembly: InForce<Assembly>

    var catalog: TaskCatalog { Self.catalog }

    func task(for work: JobWork) throws(RunProblem) -> any JobTask {
        let assembly = assembly.value
        switch work {
        case .command(let command): return CommandTask(command, on: assembly.loaded.commandHost)
        case .task(let name, let parameters):
            guard let task = Self.all.first(where: { $0.kind.name == name }) else {
                throw RunProblem("there is no longer a task \"\(name)\"", canRetry: false)
            }
            return task.make(assembly, parameters)
        }
    }
}

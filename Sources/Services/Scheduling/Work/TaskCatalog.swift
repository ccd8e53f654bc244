public import AppConfiguration

/// A task that a schedule file may name behind `run`.
public struct TaskKind: Sendable {
    public let name: String
    /// One clause for a list.
    public let summary: String
    /// Reads what stands behind `with` (nil when nothing does), and answers the task; nil when it could not be read,
    /// and then the diagnostics say why.
    public let make: @Sendable (_ with: YAMLMapping?, _ diagnostics: Diagnostics) -> (any JobTask)?

    public init(
        _ name: String, summary: String,
        make: @escaping @Sendable (_ with: YAMLMapping?, _ diagnostics: Diagnostics) -> (any JobTask)?
    ) {
        self.name = name
        self.summary = summary
        self.make = make
    }
}

/// The tasks that there are.
public struct TaskCatalog: Sendable {
    /// By name, in alphabetical order.
    public let kinds: [TaskKind]

    public init(_ kinds: [TaskKind]) { self.kinds = kinds.sorted { $0.name < $1.name } }

    public func kind(_ name: String) -> TaskKind? { kinds.first { $0.name == name } }
    public var names: [String] { kinds.map(\.name) }
}

import Values

/// What is known about a task without running it.
public struct TaskKind: Sendable {
    /// The word after `run` in a schedule file.
    public let name: String
    /// One clause, for lists.
    public let summary: String
    public let parameters: [TaskParameter]
    /// Whether it works on leads, so that a run can be limited to some of them, or only say what it would do.
    public let isOverLeads: Bool

    public init(_ name: String, summary: String, parameters: [TaskParameter] = [], isOverLeads: Bool = false) {
        self.name = name
        self.summary = summary
        self.parameters = parameters
        self.isOverLeads = isOverLeads
    }
}

/// The program's tasks, in alphabetical order.
public struct TaskCatalog: Sendable {
    public let kinds: [TaskKind]

    public init(_ kinds: [TaskKind]) { self.kinds = kinds.sorted { $0.name < $1.name } }

    public func kind(_ name: String) -> TaskKind? { kinds.first { $0.name == name } }
    public var names: [String] { kinds.map(\.name) }

    /// What is wrong with the parameters that a program or a person sends for one run of a task; nil when nothing is.
    public func problem(with parameters: TaskParameters, of name: String) -> String? {
        guard let kind = kind(name) else { return parameters.values.isEmpty ? nil : "\(name) takes no parameters" }
        for (name, value) in parameters.values.sorted(by: { $0.key < $1.key }) {
            guard let parameter = kind.parameters.first(where: { $0.name == name }) else {
                let hint = Suggestion.hint(for: name, among: kind.parameters.map(\.name)).map { "; \($0)" } ?? ""
                return "\(kind.name) has no parameter \"\(name.shortened(to: 60))\"\(hint)"
            }
            guard parameter.form.takes(value) else { return "\(kind.name): \(name) must be \(parameter.form.words)" }
        }
        return nil
    }
}

public import Values

/// Why something that a person asked for was not done, as it travels to who asked: every error that reaches a person in one
/// form.
public struct OperationProblem: PresentableError, Codable, Equatable {
    public let errorKind: ErrorKind
    /// One line for each thing that is wrong.
    public let lines: [String]

    public init(_ kind: ErrorKind, _ lines: String...) {
        errorKind = kind
        self.lines = lines
    }

    private init(_ kind: ErrorKind, lines: [String]) {
        errorKind = kind
        self.lines = lines
    }

    /// The problem that any error stands for.
    public init(any error: any Error) {
        switch error {
        case let problem as OperationProblem: self = problem
        case let error as any PresentableError:
            self.init(error.errorKind, lines: error.description.split(separator: "\n").map(String.init))
        default: self.init(.internal, "\(error)")
        }
    }

    public var message: String { lines.joined(separator: "\n") }
}

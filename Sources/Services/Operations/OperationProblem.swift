public import Values

/// Why something that a person requested was not done. Every error that reaches a person is sent in this form.
public struct OperationProblem: PresentableError, Codable, Equatable {
    public let errorKind: ErrorKind
    /// One line for each problem.
    public let lines: [String]

    public init(_ kind: ErrorKind, _ lines: String...) {
        errorKind = kind
        self.lines = lines
    }

    public init(_ kind: ErrorKind, lines: [String]) {
        errorKind = kind
        self.lines = lines
    }

    /// Converts any error.
    public init(any error: any Error) {
        switch error {
        case let problem as OperationProblem: self = problem
        case let error as any PresentableError:
            self.init(error.errorKind, lines: error.description.split(separator: "\n").map(String.init))
        default: self.init(.internal, "\(error)")
        }
    }

    /// Throws unless a number of a request is within its bounds.
    static func require(
        _ number: Int, _ name: String, in bounds: ClosedRange<Int>
    ) throws(OperationProblem) {
        guard bounds.contains(number) else {
            throw OperationProblem(
                .usage, "\(name) must be from \(bounds.lowerBound) to \(bounds.upperBound), not \(number)")
        }
    }

    public var message: String { lines.joined(separator: "\n") }
}

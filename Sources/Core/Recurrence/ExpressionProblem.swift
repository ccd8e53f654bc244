public import Values

/// Why an expression of the schedule language is not one.
public struct ExpressionProblem: PresentableError, Equatable {
    public let message: String
    /// What to write instead; nil where nothing is obvious.
    public let hint: String?

    public init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }

    public var errorKind: ErrorKind { .data }
}

public import Values

/// Why a text is not a valid expression of the schedule language.
public struct ExpressionProblem: PresentableError, Equatable {
    public let message: String
    /// What to write instead; nil if there is no obvious answer.
    public let hint: String?

    public init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }

    public var errorKind: ErrorKind { .data }
}

/// Why an expression of the schedule language is not one.
public struct ExpressionProblem: Error, Equatable, Sendable, CustomStringConvertible {
    public let message: String
    /// What to write instead; nil where nothing is obvious.
    public let hint: String?

    public init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }

    public var description: String { hint.map { "\(message); \($0)" } ?? message }
}

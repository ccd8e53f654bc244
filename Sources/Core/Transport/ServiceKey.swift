public import Values

/// A key for an external service: its purpose, its form, and how to test it. It is defined next to the settings of what
/// uses it.
public struct ServiceKey: Sendable {
    /// The secret's name: letters, digits and underscores.
    public let name: String
    /// The service, and what it is for, in a clause.
    public let purpose: String
    /// Why a text cannot be the key; nil if it can.
    public let formProblem: @Sendable (String) -> String?
    /// The request that tests the key. It costs nothing.
    public let question: @Sendable (Secret) -> HTTPRequest
    /// What a successful response tells, in one clause; empty for nothing.
    public let reading: @Sendable (HTTPResponse) -> String

    public init(
        _ name: String, purpose: String, formProblem: @escaping @Sendable (String) -> String?,
        question: @escaping @Sendable (Secret) -> HTTPRequest,
        reading: @escaping @Sendable (HTTPResponse) -> String
    ) {
        self.name = name
        self.purpose = purpose
        self.formProblem = formProblem
        self.question = question
        self.reading = reading
    }
}

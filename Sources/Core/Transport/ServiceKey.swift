public import Values

/// A key that a service outside wants: what it is for, what it looks like, and how the service is asked whether it takes
/// it. It is described beside the settings of what uses it.
public struct ServiceKey: Sendable {
    /// The secret's name: letters, digits and underscores.
    public let name: String
    /// The service, and what it is for, in a clause.
    public let purpose: String
    /// What is wrong with the form of a text that is to be the key; nil when it can be one.
    public let formProblem: @Sendable (String) -> String?
    /// A request that costs nothing and needs the key.
    public let question: @Sendable (Secret) -> HTTPRequest
    /// What a successful answer tells, in a clause; empty for nothing.
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

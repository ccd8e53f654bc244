/// A use case: its request and its response, independent of how either is presented. Commands and routes are built on
/// it.
///
/// There is one file for each. Those that read a file, take a secret, return many leads, or go on for ever have their own
/// form of `perform`.
public protocol Operation {
    associatedtype Request: Sendable, Codable
    associatedtype Response: Sendable, Codable

    /// Throws an `OperationProblem`, or another error that can be shown to a person.
    static func perform(_ request: Request, in context: OperationContext) async throws -> Response
}

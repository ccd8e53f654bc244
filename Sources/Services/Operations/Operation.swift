/// A use case: what is asked, what is answered, and nothing of how either is written down. A verb and a route are skins of
/// it.
///
/// A file each. Those that take a file in, hand many leads out, or go on without end have a `perform` of their own shape.
public protocol Operation {
    associatedtype Request: Sendable, Codable
    associatedtype Response: Sendable, Codable

    /// Throws an `OperationProblem`, or another error that can be shown to a person.
    static func perform(_ request: Request, in context: OperationContext) async throws -> Response
}

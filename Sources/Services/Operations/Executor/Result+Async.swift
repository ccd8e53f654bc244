extension Result where Failure == OperationProblem {
    /// The result of the body: what it returns or throws.
    public init(_ body: () async throws(OperationProblem) -> Success) async {
        do throws(OperationProblem) { self = .success(try await body()) } catch { self = .failure(error) }
    }
}

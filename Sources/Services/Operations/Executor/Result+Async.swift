extension Result where Failure == OperationProblem {
    /// What the body answers or throws.
    public init(_ body: () async throws(OperationProblem) -> Success) async {
        do throws(OperationProblem) { self = .success(try await body()) } catch { self = .failure(error) }
    }
}

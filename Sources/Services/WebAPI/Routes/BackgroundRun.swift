import Leads
import Operations
import Synchronization
import Values

/// Work that is a run: it goes on after the answer, which says where it can be followed.
enum BackgroundRun {
    static let outcomes: [Route.Outcome] = [
        .json(202, "It is under way; the run is where `Location` says.", RunRoutes.schema, headers: ["Location"]),
        .json(200, "It has ended within `wait`.", RunRoutes.schema, headers: ["Location"]),
    ]

    private static let path = "/api/runs/"

    /// The run that an answer is about, which was under way then or had ended; nil if it is about none.
    static func run(of answer: StoredAnswer) -> Int64? {
        guard [200, 202].contains(answer.status), let place = answer.headers["location"], place.hasPrefix(path) else {
            return nil
        }
        return Int64(place.dropFirst(path.count))
    }

    /// Starts it, and answers as soon as its row is written or, with `wait`, when it has ended.
    static func start(
        _ call: Call, _ perform: @escaping @Sendable (OperationContext) async throws -> Void
    ) async throws -> Answer {
        let (beginnings, beginning) = AsyncStream.makeStream(of: Result<Int64, OperationProblem>.self)
        let (endings, ending) = AsyncStream.makeStream(of: Void.self)
        let context = call.context.reporting { event in
            if case .runStarted(let id) = event { beginning.yield(.success(id)) }
        }
        try call.server.goOn {
            do { try await perform(context) } catch { beginning.yield(.failure(OperationProblem(any: error))) }
            beginning.finish()
            ending.finish()
        }
        var first: Result<Int64, OperationProblem>?
        for await word in beginnings {
            first = word
            break
        }
        guard let run = try first?.get() else {
            throw APIProblem(503, "the run did not begin; the daemon may be stopping")
        }
        let place = path + "\(run)"
        let seconds = call.query.number("wait", default: 0)
        var hasEnded = false
        if seconds > 0 {
            let waited = await Deadline.run(within: .seconds(seconds)) { for await _ in endings {} }
            if case .answer = waited { hasEnded = true }
        }
        let row = try await ShowRun.perform(.init(run), in: call.context)
        return try Answer.json(RunView(row), status: hasEnded ? 200 : 202).with("Location", place)
    }
}

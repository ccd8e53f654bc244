import FoundationEssentials

/// What goes over the control socket: a request as one line of JSON, then any number of events, then one answer or
/// problem, each a line.
enum ControlMessage: Codable {
    case event(ExecutorEvent)
    case answer(ExecutorAnswer)
    case problem(OperationProblem)

    var line: [UInt8] { (try? JSONEncoder().encode(self)).map(Array.init) ?? [] }

    init?(line: [UInt8]) {
        guard let message = try? JSONDecoder().decode(ControlMessage.self, from: Data(line)) else { return nil }
        self = message
    }
}

extension ExecutorRequest {
    var line: [UInt8] { (try? JSONEncoder().encode(self)).map(Array.init) ?? [] }

    init?(line: [UInt8]) {
        guard let request = try? JSONDecoder().decode(ExecutorRequest.self, from: Data(line)) else { return nil }
        self = request
    }
}

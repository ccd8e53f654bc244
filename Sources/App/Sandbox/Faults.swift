import FoundationEssentials
import Synchronization

/// A fault that a stand-in produces on demand.
public struct Fault: Sendable, Codable, Equatable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// Responds with an error status and the service's own body.
        case status
        /// Responds after a number of milliseconds.
        case slow
        /// Does the work, but breaks the connection in the middle of the response.
        case cut
        /// Responds with status 200 and half of the JSON.
        case malformed
        /// Responds with status 200 and an HTML page.
        case html
        /// Never responds.
        case hang
        /// Airtable only, when a further page of a list is requested: the list has expired.
        case expire
        /// Responds with an error status, 400 by default, whose message repeats the key that was sent, surrounded by
        /// terminal control characters.
        case echo
        /// Responds one byte per second.
        case drip
        /// OpenAI only: a content filter rejects the prompt.
        case filter
        /// OpenAI only: the message contains a placeholder that was not filled in.
        case placeholder
    }

    public var kind: Kind
    /// For `status` and `echo`.
    public var status: Int?
    /// For `slow`.
    public var milliseconds: Int?
    /// How many calls it affects; nil for all.
    public var count: Int?
    /// How many calls succeed before it.
    public var after: Int?

    public init(_ kind: Kind, status: Int? = nil, milliseconds: Int? = nil, count: Int? = nil, after: Int? = nil) {
        self.kind = kind
        self.status = status
        self.milliseconds = milliseconds
        self.count = count
        self.after = after
    }
}

/// The services that have stand-ins.
public enum StandInService: String, Sendable, Codable, CaseIterable {
    case serpapi
    case airtable
    case openai
    case sites
}

/// Counts calls by service, and holds the faults that come next.
final class FaultBoard: Sendable {
    private struct State {
        var faults: [StandInService: [Fault]] = [:]
        var calls: [StandInService: Int] = [:]
    }

    private let state = Mutex(State())

    var calls: [String: Int] {
        state.withLock { state in
            Dictionary(uniqueKeysWithValues: StandInService.allCases.map { ($0.rawValue, state.calls[$0] ?? 0) })
        }
    }

    func set(_ fault: Fault, for service: StandInService) {
        state.withLock { $0.faults[service, default: []].append(fault) }
    }
    func clear(_ service: StandInService) { state.withLock { $0.faults[service] = nil } }

    /// Counts a call, and returns the fault that it is to have; nil for none.
    func call(_ service: StandInService) -> Fault? {
        state.withLock { state in
            state.calls[service, default: 0] += 1
            var faults = state.faults[service] ?? []
            guard var fault = faults.first else { return nil }
            if let after = fault.after, after > 0 {
                fault.after = after - 1
                state.faults[service]?[0] = fault
                return nil
            }
            if let count = fault.count {
                fault.count = count - 1
                if count <= 1 { faults.removeFirst() } else { faults[0] = fault }
                state.faults[service] = faults
            }
            return fault
        }
    }
}

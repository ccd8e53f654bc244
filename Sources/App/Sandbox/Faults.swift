import FoundationEssentials
import Synchronization

/// What goes wrong at a stand-in on demand.
public struct Fault: Sendable, Codable, Equatable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// An error status with the service's own body.
        case status
        /// Answers after so many milliseconds.
        case slow
        /// Does the work, and breaks the connection in the middle of the answer.
        case cut
        /// Answers 200 with half of the JSON.
        case malformed
        /// Answers 200 with a page for people.
        case html
        /// Never answers.
        case hang
        /// Airtable only, a page that is read on: the list is given up.
        case expire
        /// An error status, 400 where none is named, whose message repeats the key that was sent, with what a terminal would
        /// act on around it.
        case echo
        /// Answers a byte a second.
        case drip
        /// OpenAI only: a filter takes offence at the prompt.
        case filter
        /// OpenAI only: a message with a gap that nobody filled.
        case placeholder
    }

    public var kind: Kind
    /// For `status` and `echo`.
    public var status: Int?
    /// For `slow`.
    public var milliseconds: Int?
    /// How many calls it hits; nil for all.
    public var count: Int?
    /// How many calls go well before.
    public var after: Int?

    public init(_ kind: Kind, status: Int? = nil, milliseconds: Int? = nil, count: Int? = nil, after: Int? = nil) {
        self.kind = kind
        self.status = status
        self.milliseconds = milliseconds
        self.count = count
        self.after = after
    }
}

/// The services that there are stand-ins for.
public enum StandInService: String, Sendable, Codable, CaseIterable {
    case serpapi
    case airtable
    case openai
    case sites
}

/// What was called how often, and what goes wrong next.
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

    /// Counts a call, and answers what is to go wrong with it.
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

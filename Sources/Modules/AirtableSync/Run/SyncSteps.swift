import Leads
import Storage
import Values

/// Builds the rows of `pipeline_activities` that record what a sync did with leads.
struct SyncSteps: Sendable {
    let run: Int64?
    let job: String

    private struct Input: Encodable { let leads: [Int64] }

    private struct Output: Encodable { let changes: [SyncChange] }

    enum Kind: String {
        case pull
        case push
        case delete
    }

    func step(
        _ kind: Kind, of leads: [Int64], changes: [SyncChange] = [], error: String? = nil, from begun: Timestamp,
        to ended: Timestamp
    ) -> Step {
        var step = Step(
            run: run, job: job, type: "sync-\(kind.rawValue)", status: error == nil ? .success : .failed,
            leadID: leads.count == 1 ? leads.first : nil, startedAt: begun, endedAt: ended,
            duration: ended.since(begun))
        step.input = StableJSON.text(of: Input(leads: leads))
        step.output = changes.isEmpty ? nil : StableJSON.text(of: Output(changes: changes))
        step.error = error
        return step
    }
}

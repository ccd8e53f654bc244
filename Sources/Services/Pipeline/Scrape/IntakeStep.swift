import Leads
import Values

/// The row that records what the Intake did with a record.
enum IntakeStep {
    private struct Output: Encodable {
        let result: String
        var changed: [String]?
        var reason: String?
    }

    static func word(_ result: IntakeResult) -> String {
        switch result {
        case .inserted: "new"
        case .merged: "merged"
        case .unchanged: "known"
        case .removed: "removed before"
        case .suppressed: "suppressed"
        case .refused: "refused"
        }
    }

    static func make(_ draft: LeadDraft, _ result: IntakeResult, _ timer: StepTimer, _ context: StageContext) -> Step {
        var step = timer.step(context, "intake", lead: nil)
        var output = Output(result: word(result))
        switch result {
        case .inserted(let id), .unchanged(let id), .removed(let id): step.leadID = id
        case .merged(let id, let changed):
            step.leadID = id
            output.changed = changed.map(\.rawValue)
        case .suppressed(let reason): output.reason = reason
        case .refused(let reason):
            step.status = .failed
            step.error = reason
        }
        step.input = StableJSON.text(of: draft.record)
        step.output = StableJSON.text(of: output)
        return step
    }
}

public import Leads
public import Values

/// A run, a step or a range of slots, as programs read it: its input and output are values rather than text.
public struct RunView: Sendable, Codable {
    public let id: Int64
    public let parentID: Int64?
    public let causedBy: Int64?
    public let retryOf: Int64?
    public let leadID: Int64?
    public let jobName: String
    public let type: String
    public let status: ActivityStatus
    public let trigger: RunTrigger
    public let attempt: Int
    public let scheduledFor: Timestamp?
    public let scheduledThrough: Timestamp?
    public let slotCount: Int?
    public let notBefore: Timestamp?
    public let startedAt: Timestamp?
    public let completedAt: Timestamp?
    public let durationSeconds: Double?
    public let description: String?
    public let errorMessage: String?
    public let author: String?
    public let inputData: JSONValue?
    public let outputData: JSONValue?

    public init(_ row: Activity) {
        (id, parentID, causedBy, retryOf, leadID) = (row.id, row.parentID, row.causedBy, row.retryOf, row.leadID)
        (jobName, type, status, trigger, attempt) = (row.jobName, row.type, row.status, row.trigger, row.attempt)
        (scheduledFor, scheduledThrough, slotCount) = (row.scheduledFor, row.scheduledThrough, row.slotCount)
        (notBefore, startedAt, completedAt) = (row.notBefore, row.startedAt, row.completedAt)
        (durationSeconds, description, errorMessage) = (row.durationSeconds, row.description, row.errorMessage)
        author = row.author
        inputData = JSONValue(stored: row.inputData)
        outputData = JSONValue(stored: row.outputData)
    }
}

extension Activity {
    /// Whether it was a dry run.
    public var isDryRun: Bool {
        guard case .object(let asked)? = JSONValue(stored: inputData) else { return false }
        return asked["dry_run"] == .bool(true)
    }
}

import Leads
public import Messaging
public import Storage
import Synchronization
public import Values

/// Writes a message to each lead that is due for one: by a model if one is configured, otherwise from the templates.
///
/// No message is paid for twice: a call to a model is recorded before it is made. If its outcome is unknown, it is not
/// repeated, and the lead's message comes from the templates.
public struct WriteMessagesStage: Stage {
    private let store: Store
    private let writers: [any MessageWriter]
    /// What to set before any message can be written; nil when nothing is missing.
    private let advice: String?
    private let settings: MessagingSettings
    private let backoff: Duration
    private let unclear: UnclearRefusals
    private let runtime: Runtime

    /// - Parameters:
    ///   - writers: in the order in which they are tried.
    ///   - backoff: how long a lead waits after its first failure.
    ///   - unclear: kept from run to run.
    public init(
        store: Store, writers: [any MessageWriter], advice: String?, settings: MessagingSettings, backoff: Duration,
        unclear: UnclearRefusals, runtime: Runtime
    ) {
        self.store = store
        self.writers = writers
        self.advice = advice
        self.settings = settings
        self.backoff = backoff
        self.unclear = unclear
        self.runtime = runtime
    }

    public static let name = "write-messages"
    public var name: String { Self.name }
    private static let atOnce = 4

    public func run(_ context: StageContext) async throws -> StageReport {
        if let advice {
            throw StageProblem.unconfigured("who writes, and what is offered, has to be known: \(advice)")
        }
        if let advice = try await store.read({ try $0.holds.advice(on: .messages) }) {
            throw StageProblem.unconfigured(advice)
        }
        let report = Mutex(StageReport(name, isDryRun: context.isDryRun))
        let leads = DueLeads(store: store, stage: .writeMessage, context: context, at: runtime.now)
        let obstacle = Mutex<WritingProblem?>(nil)
        do {
            let total = try await leads.forEach(atOnce: WriteMessagesStage.atOnce) { due in
                if context.isDryRun {
                    report.withLock { $0.note("\(due.lead.id) \(due.lead.displayName)") }
                    return
                }
                // A problem that prevents one message prevents all. Messages that are being written are finished.
                guard obstacle.withLock({ $0 == nil }) else { return }
                let (word, note): (String, String?)
                do { (word, note) = try await write(due, context) } catch let problem as WritingProblem {
                    return obstacle.withLock { $0 = problem }
                }
                report.withLock {
                    $0.count(word)
                    if let note { $0.note(note) }
                }
            }
            if context.isDryRun {
                report.withLock { $0.count("would write by \(writers.first?.kind ?? "nobody")", total) }
            }
            if let problem = obstacle.withLock({ $0 }) { throw problem }
        } catch let problem as WritingProblem {
            // No lead has used up an attempt.
            throw StageProblem.failed(problem.description, canRetry: false, report: report.withLock { $0 })
        }
        return report.withLock { $0 }
    }

    private struct Output: Encodable {
        let subject: String
        let writer: String
        let characters: Int
        let notes: [String]
    }

    /// Returns what happened, in one word, and a remark if there is one.
    private func write(_ due: DueLead, _ context: StageContext) async throws -> (String, String?) {
        let timer = StepTimer(runtime)
        let lead = due.lead
        let (campaign, description, ban) = try await store.read { transaction in
            (
                try transaction.messages.nextCampaignID(of: lead),
                try transaction.enrichment.find(of: lead.id)?.companyDescription, try transaction.ban(on: lead)
            )
        }
        let (facts, left) = MessageFacts(lead, description: description, sender: settings.sender).withoutOrders
        var step = timer.step(context, StageName.writeMessage.rawValue, lead: lead.id)
        step.input = StableJSON.text(of: Dictionary(facts.values.map { ($0.name, $0.value) }) { $1 })
        if let ban { return try await giveUp(due, ban, step, timer) }
        guard LeadLifecycle.status(lead.status, after: .messageWritten) != nil else {
            return try await giveUp(due, "it is \(lead.status.rawValue)", step, timer)
        }
        if let gap = facts.gap {
            return try await giveUp(due, "\(gap): too little to write about; a person has to", step, timer)
        }
        var notes = left.map { "\($0) gives orders to whoever reads it, and was left out" }
        for (place, writer) in writers.enumerated() {
            switch try await draft(by: writer, facts, campaign, lead) {
            case .written(let message):
                return try await keep(message, by: writer, campaign, lead, notes, step, timer)
            case .held(let message, let why): return try await hold(message, why, campaign, due, step, timer)
            case .next(let why): notes.append(why)
            case .later(let why):
                guard place < writers.count - 1, due.attempts + 1 >= settings.attempts else {
                    return try await putOff(due, why, step, timer)
                }
                notes.append("\(why), \(settings.attempts) times")
            }
        }
        return try await giveUp(due, notes.last ?? "there is no template (messaging.template)", step, timer)
    }

    /// Stores a message and the row of its step.
    private func keep(
        _ message: DraftMessage, by writer: any MessageWriter, _ campaign: String, _ lead: Lead, _ notes: [String],
        _ step: Step, _ timer: StepTimer
    ) async throws -> (String, String?) {
        var step = step
        timer.finish(&step)
        let output = Output(
            subject: message.subject, writer: message.writer, characters: message.body.count, notes: notes)
        step.output = StableJSON.text(of: output)
        let (row, now) = (step, runtime.now)
        let isKept = try await store.write { transaction in
            try transaction.runs.add([row])
            return try WriteMessagesStage.save(message, campaign, of: lead, at: now, in: transaction)
        }
        guard isKept else {
            return (
                "left out",
                "lead \(lead.id): while the message was written, it changed, was removed, its way ended, or messages to it were forbidden"
            )
        }
        return ("by \(writer.kind)", notes.first.map { "lead \(lead.id): \($0)" })
    }

    /// Stores a message on the lead, and as the draft of a campaign. Returns false when the lead is not to get one any
    /// more, or is another by now.
    ///
    /// - Parameter before: the lead that it was written to.
    private static func save(
        _ message: DraftMessage, _ campaign: String, of before: Lead, at now: Timestamp, in transaction: Transaction
    ) throws -> Bool {
        let id = before.id
        try transaction.messages.endModelCall(campaign)
        // What was forbidden while the message was written forbids it, too.
        guard let lead = try transaction.leads.find(id), lead.deletedAt == nil, try transaction.ban(on: lead) == nil,
            let status = LeadLifecycle.status(lead.status, after: .messageWritten)
        else {
            try transaction.due.finish(.writeMessage, lead: id)
            return false
        }
        // It stays due: the next message is about what is so now.
        let text = "\(message.subject)\n\(message.body)"
        guard !LeadLifecycle.isOutdated(text, of: before.fields, becoming: lead.fields) else { return false }
        var change = LeadChange()
        change.message = .some(message.body)
        change.processing = .completed
        change.status = status
        try transaction.leads.change(lead, change, because: .stage, at: now)
        try transaction.messages.saveDraft(message, campaignID: campaign, of: id, at: now)
        try transaction.due.finish(.writeMessage, lead: id)
        return true
    }

    private enum Draft {
        case written(DraftMessage)
        /// This writer has no message; the next writer is tried.
        case next(String)
        /// It is plainly unfit; a person has to look at it.
        case held(DraftMessage, String)
        /// This writer may have one later.
        case later(String)
    }

    /// Asks one writer for a message. A paid call is recorded first, so that it is not paid for twice.
    private func draft(
        by writer: any MessageWriter, _ facts: MessageFacts, _ campaign: String, _ lead: Lead
    ) async throws -> Draft {
        let now = runtime.now
        if writer.isPaid, try await !store.write({ try $0.messages.beginModelCall(campaign, lead: lead.id, at: now) }) {
            return .next(
                "an earlier call to the \(writer.kind) was cut off and may have been paid for, so it was not repeated")
        }
        func forget() async throws {
            if writer.isPaid { try await store.write { try $0.messages.endModelCall(campaign) } }
        }
        do {
            let message = try await writer.write(facts)
            if writer.isPaid { unclear.reset() }
            guard writer.writesFreely else {
                let problems = MessageCheck.problems(in: message, facts: facts)
                return problems.isEmpty
                    ? .written(message)
                    : .next("the \(writer.kind)'s message was refused: \(problems.joined(separator: ", "))")
            }
            let problems = MessageGate.problems(in: message, facts: facts, language: settings.language)
            return problems.isEmpty ? .written(message) : .held(message, problems.joined(separator: "; "))
        } catch let problem as WritingProblem {
            switch problem.kind {
            case .configuration:
                try await forget()
                throw problem
            case .refused:
                try await forget()
                return .later(problem.description)
            case .unknown: return .next("\(problem); it may have been paid for, so it was not repeated")
            case .unusable: return .next(problem.description)
            case .unclear:
                // The refusal is blamed on the lead, so that it holds up no other. After several in a row, a setting is
                // blamed.
                let count = unclear.add()
                guard count >= UnclearRefusals.limit else { return .next(problem.description) }
                try await forget()
                throw WritingProblem(
                    .configuration, "\(problem); nor did it take the \(count - 1) before")
            }
        }
    }

    /// Stores a message that a person has to look at.
    private func hold(
        _ message: DraftMessage, _ why: String, _ campaign: String, _ due: DueLead, _ step: Step, _ timer: StepTimer
    ) async throws -> (String, String?) {
        let (lead, now) = (due.lead.id, runtime.now)
        try await store.write { transaction in
            try transaction.messages.endModelCall(campaign)
            try transaction.messages.saveDraft(message, campaignID: campaign, of: lead, heldBecause: why, at: now)
        }
        try await fail(due, "the message is held back: \(why)", again: nil, step, timer)
        return ("held back", "lead \(lead): \(why)")
    }

    private func putOff(_ due: DueLead, _ why: String, _ step: Step, _ timer: StepTimer) async throws -> (
        String, String?
    ) {
        let wait = Backoff.ofLeads(backoff).delay(ofLeadAfter: due.attempts + 1, runtime)
        try await fail(due, why, again: runtime.now + wait, step, timer)
        return ("put off", "lead \(due.lead.id): \(why)")
    }

    private func giveUp(_ due: DueLead, _ why: String, _ step: Step, _ timer: StepTimer) async throws -> (
        String, String?
    ) {
        try await fail(due, why, again: nil, step, timer)
        return ("left to a person", "lead \(due.lead.id): \(why)")
    }

    private func fail(
        _ due: DueLead, _ why: String, again: Timestamp?, _ step: Step, _ timer: StepTimer
    ) async throws {
        var step = step
        step.status = .failed
        step.error = why
        timer.finish(&step)
        let (row, now) = (step, runtime.now)
        try await store.write { transaction in
            try transaction.due.fail(.writeMessage, lead: due.lead.id, error: why, again: again)
            if again == nil, let lead = try transaction.leads.find(due.lead.id), lead.message == nil {
                var change = LeadChange()
                change.processing = .failed
                try transaction.leads.change(lead, change, because: .bookkeeping, at: now)
            }
            try transaction.runs.add([row])
        }
    }
}

/// Counts consecutive refusals that do not say whether one lead or a setting is the reason.
public final class UnclearRefusals: Sendable {
    private let count = Mutex(0)

    /// After this many in a row, a setting is blamed.
    static let limit = 3

    public init() {}

    func reset() { count.withLock { $0 = 0 } }

    /// Adds one and returns the count.
    func add() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}

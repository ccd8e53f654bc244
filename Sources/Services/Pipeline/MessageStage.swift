import Leads
public import Messaging
public import Storage
import Synchronization
public import Values

/// Writes a message to each lead that is due for one: by a model where one is configured, else by the templates.
///
/// No message is paid for twice: a call to a model is written down before it is made, and one whose end nobody knows is not
/// made again; that lead's message comes from the templates.
public struct MessageStage: Sendable {
    private let store: Store
    private let model: ChatModel?
    private let templates: TemplateWriter?
    private let settings: MessagingSettings
    private let backoff: Duration
    private let runtime: Runtime
    /// Refusals in a row that do not say whose they are.
    private let unclear = Unclear()
    private static let unclearLimit = 3

    private final class Unclear: Sendable { let count = Mutex(0) }

    public init(
        store: Store, model: ChatModel?, templates: TemplateWriter?, settings: MessagingSettings, backoff: Duration,
        runtime: Runtime
    ) {
        self.store = store
        self.model = model
        self.templates = templates
        self.settings = settings
        self.backoff = backoff
        self.runtime = runtime
    }

    public static let name = "write-messages"
    private static let atOnce = 4

    public func run(_ context: StageContext) async throws -> StageReport {
        if model == nil, let advice = templates?.settingsToSet(settings) {
            throw StageProblem.unconfigured("who writes, and what is offered, has to be known: \(advice)")
        }
        let report = Mutex(StageReport(MessageStage.name, isDryRun: context.isDryRun))
        let leads = DueLeads(store: store, stage: .writeMessage, context: context, at: runtime.now)
        let obstacle = Mutex<ModelProblem?>(nil)
        do {
            let total = try await leads.forEach(atOnce: MessageStage.atOnce) { due in
                if context.isDryRun {
                    report.withLock { $0.note("\(due.lead.id) \(due.lead.displayName)") }
                    return
                }
                // What keeps one from being written keeps all; those that are under way still come to their end.
                guard obstacle.withLock({ $0 == nil }) else { return }
                let (word, note): (String, String?)
                do { (word, note) = try await write(due, context) } catch let problem as ModelProblem {
                    return obstacle.withLock { $0 = problem }
                }
                report.withLock {
                    $0.count(word)
                    if let note { $0.note(note) }
                }
            }
            if context.isDryRun {
                report.withLock { $0.count(model == nil ? "would write by template" : "would write by model", total) }
            }
            if let problem = obstacle.withLock({ $0 }) { throw problem }
        } catch let problem as ModelProblem {
            // None of the leads has spent an attempt.
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

    /// Answers what happened in a word, and what is worth noting.
    private func write(_ due: DueLead, _ context: StageContext) async throws -> (String, String?) {
        let timer = StepTimer(runtime)
        let lead = due.lead
        let (campaign, description) = try await store.read { transaction in
            (
                try transaction.messages.nextCampaignID(of: lead),
                try transaction.enrichment.find(of: lead.id)?.companyDescription
            )
        }
        let facts = MessageFacts(lead, description: description, settings: settings)
        var step = timer.step(context, Stage.writeMessage.rawValue, lead: lead.id)
        step.input = StableJSON.text(of: Dictionary(facts.values.map { ($0.name, $0.value) }) { $1 })
        if let gap = facts.gap {
            return try await giveUp(due, "\(gap): too little to write about; a person has to", step, timer)
        }
        var notes: [String] = []
        var message: DraftMessage?
        if let model {
            switch try await ask(model, facts, campaign, lead) {
            case .written(let text): message = text
            case .template(let why): notes.append(why)
            case .later(let why):
                guard due.attempts + 1 < settings.attempts else {
                    notes.append("\(why), \(settings.attempts) times")
                    break
                }
                return try await putOff(due, why, step, timer)
            }
        }
        let isModels = message != nil
        if message == nil {
            switch templates?.write(facts) {
            case .success(let text)?: message = text
            case nil: return try await giveUp(due, "there is no template (messaging.template)", step, timer)
            case .failure(let problem)? where problem.isOfSettings:
                return try await putOff(due, problem.description, step, timer)
            case .failure(let problem)?: return try await giveUp(due, problem.description, step, timer)
            }
        }
        guard let text = message else { return ("failed", nil) }
        let problems = MessageCheck.problems(in: text, facts: facts)
        guard problems.isEmpty else {
            return try await giveUp(
                due, "the template's message was refused: \(problems.joined(separator: ", "))", step, timer)
        }
        let stored = text
        timer.finish(&step)
        let output = Output(
            subject: stored.subject, writer: stored.writer, characters: stored.body.count, notes: notes)
        step.output = StableJSON.text(of: output)
        let (row, now) = (step, runtime.now)
        let isKept = try await store.write { transaction in
            try transaction.runs.add([row])
            return try MessageStage.save(stored, campaign, of: lead.id, at: now, in: transaction)
        }
        guard isKept else {
            return ("left out", "lead \(lead.id): it was removed, or its way ended, while the message was written")
        }
        return (isModels ? "by model" : "by template", notes.first.map { "lead \(lead.id): \($0)" })
    }

    /// Stores a message on the lead, and as the draft of a campaign. False when the lead is to get none any more.
    private static func save(
        _ message: DraftMessage, _ campaign: String, of id: Int64, at now: Timestamp, in transaction: Transaction
    ) throws -> Bool {
        try transaction.messages.endModelCall(campaign)
        guard let lead = try transaction.leads.find(id), lead.deletedAt == nil,
            let status = LeadLifecycle.status(lead.status, after: .messageWritten)
        else { return false }
        var change = LeadChange()
        change.message = .some(message.body)
        change.stage = .completed
        change.status = status
        try transaction.leads.change(lead, change, because: .stage, at: now)
        try transaction.messages.saveDraft(message, campaignID: campaign, of: id, at: now)
        try transaction.due.finish(.writeMessage, lead: id)
        return true
    }

    private enum Asked {
        case written(DraftMessage)
        /// It was paid for, or may have been.
        case template(String)
        case later(String)
    }

    private func ask(_ model: ChatModel, _ facts: MessageFacts, _ campaign: String, _ lead: Lead) async throws -> Asked
    {
        let now = runtime.now
        guard try await store.write({ try $0.messages.beginModelCall(campaign, lead: lead.id, at: now) }) else {
            return .template(
                "an earlier call to the model was cut off and may have been paid for, so it was not repeated")
        }
        func forget() async throws {
            try await store.write { try $0.messages.endModelCall(campaign) }
        }
        do {
            let message = try await model.write(facts)
            unclear.count.withLock { $0 = 0 }
            let problems = MessageCheck.problems(in: message, facts: facts)
            guard problems.isEmpty else {
                return .template("the model's message was refused: \(problems.joined(separator: ", "))")
            }
            return .written(message)
        } catch let problem as ModelProblem {
            switch problem.kind {
            case .configuration:
                try await forget()
                throw problem
            case .refused:
                try await forget()
                return .later(problem.description)
            case .unknown: return .template("\(problem); it may have been paid for, so it was not repeated")
            case .unusable: return .template(problem.description)
            case .unclear:
                // It is taken for the lead's, which holds nobody else up; what meets one after the other is everybody's.
                let count = unclear.count.withLock { count in
                    count += 1
                    return count
                }
                guard count >= Self.unclearLimit else { return .template(problem.description) }
                try await forget()
                throw ModelProblem(
                    .configuration,
                    "\(problem), and did not take the \(count - 1) before; see openai.model and openai.base_url")
            }
        }
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
                change.stage = .failed
                try transaction.leads.change(lead, change, because: .bookkeeping, at: now)
            }
            try transaction.runs.add([row])
        }
    }
}

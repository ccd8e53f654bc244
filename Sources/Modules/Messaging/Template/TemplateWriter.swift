import Leads

/// Writes messages by filling in the templates in the settings. They cost nothing and are always the same.
struct TemplateWriter: MessageWriter {
    let subject: MessageTemplate
    let body: MessageTemplate

    let kind = "template"
    let isPaid = false
    let writesFreely = false

    func write(_ facts: MessageFacts) throws(WritingProblem) -> DraftMessage {
        let missing =
            subject.missing(in: facts) + body.missing(in: facts).filter { !subject.missing(in: facts).contains($0) }
        guard missing.isEmpty else {
            let settings = missing.filter(MessageFacts.namesOfSender.contains)
            let hint = settings.isEmpty ? "" : "; \(TemplateSettings.advice(settings))"
            // If only settings are missing, the lead is not at fault: once they are set, every lead can be written to.
            throw WritingProblem(
                settings.count == missing.count ? .refused : .unusable,
                "\(missing.joined(separator: ", ")) is not known\(hint)")
        }
        return DraftMessage(
            subject: subject.fill(with: facts).tidiedLines, body: body.fill(with: facts).tidiedLines, writer: kind)
    }
}

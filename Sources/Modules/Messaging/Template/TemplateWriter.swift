import Leads

/// Writes messages by filling in the templates of the settings; free, and the same each time.
struct TemplateWriter: MessageWriter {
    let subject: MessageTemplate
    let body: MessageTemplate

    let kind = "template"
    let isPaid = false

    func write(_ facts: MessageFacts) throws(WritingProblem) -> DraftMessage {
        let missing =
            subject.missing(in: facts) + body.missing(in: facts).filter { !subject.missing(in: facts).contains($0) }
        guard missing.isEmpty else {
            let settings = missing.filter(MessageFacts.namesOfSender.contains)
            let hint = settings.isEmpty ? "" : "; \(TemplateSettings.advice(settings))"
            // What only settings lack is mended for every lead by setting it.
            throw WritingProblem(
                settings.count == missing.count ? .refused : .unusable,
                "\(missing.joined(separator: ", ")) is not known\(hint)")
        }
        return DraftMessage(
            subject: subject.fill(with: facts).tidiedLines, body: body.fill(with: facts).tidiedLines, writer: kind)
    }
}

import AppConfiguration
import Leads
import Testing
import Values

@testable import Messaging

struct MessagingTests {
    private func settings(_ values: [String: String] = [:]) -> MessagingSettings {
        let diagnostics = Diagnostics()
        return MessagingSettings(Settings(files: [], environment: values, diagnostics: diagnostics))
    }

    private func facts(_ fields: [LeadField: String]) -> MessageFacts {
        var lead = Lead(
            id: 1, uuid: "u", fields: LeadFields(fields), status: .new, stage: .new, createdAt: Timestamp(seconds: 0),
            updatedAt: Timestamp(seconds: 0), revision: 1)
        lead.source = "t"
        return MessageFacts(
            lead, description: nil,
            settings: settings(["FOURRUNR_MESSAGING_SENDER_NAME": "Robin", "FOURRUNR_MESSAGING_OFFER": "We help."]))
    }

    @Test(arguments: [
        "Hi {{first_name}},", "Hi [Your Name],", "Dear {name}", "Hi <company>", "Hi %FIRST_NAME%", "Hi $name", "Hi XXX",
        "TBD", "at [Company Name] we", "{{ first", "Hi [First]",
    ])
    func `a gap that nobody filled is seen`(text: String) {
        #expect(MessageCheck.placeholder(in: text) != nil)
    }

    @Test(arguments: [
        "Hi Ada, 50% of teams save $300 a month (see [1]).", "It is 5 < 6 and 7 > 3.", "Q&A about R&D at X-Ray Inc.",
        "Up 20% or 30% in 2026.", "Write me at a@b.example <https://b.example>.",
    ])
    func `plain text has no gap`(text: String) {
        #expect(MessageCheck.placeholder(in: text) == nil, "\(text)")
    }

    @Test func `a template is filled in, says what it lacks, and what it does not know`() throws {
        let writer = try TemplateWriter(settings())
        let message = try writer.write(facts([.fullName: "Ada King", .company: "Engines"])).get()
        #expect(message.subject == "A question about Engines" && message.body.hasPrefix("Hi Ada,"))
        #expect(message.body.contains("We help.") && message.body.hasSuffix("Robin"))
        #expect(MessageCheck.problems(in: message, facts: facts([.fullName: "Ada King"])).isEmpty)
        guard case .failure = writer.write(facts([.company: "Engines"])) else { return #expect(Bool(false)) }
        #expect(throws: MessageTemplate.Problem.self) { try MessageTemplate("{{firstname}}") }
        #expect(throws: MessageTemplate.Problem.self) { try MessageTemplate("{{first_name") }
    }

    @Test func `too few facts are left to a person`() {
        #expect(facts([.fullName: "Ada King"]).gap != nil)
        #expect(facts([.company: "Engines"]).gap != nil)
        #expect(facts([.fullName: "Ada King", .title: "CEO"]).gap == nil)
    }
}

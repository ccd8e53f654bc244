import AppConfiguration
import Leads
import TestSupport
import Testing
import Transport
import Values

@testable import Messaging

struct MessagingTests {
    private func settings(_ values: [String: String] = [:]) -> MessagingSettings {
        MessagingSettings(Settings(files: [], environment: values, diagnostics: Diagnostics()))
    }

    private func facts(_ fields: [LeadField: String]) -> MessageFacts {
        var lead = Lead(
            id: 1, uuid: "u", fields: LeadFields(fields), status: .new, processing: .new,
            createdAt: Timestamp(seconds: 0),
            updatedAt: Timestamp(seconds: 0), revision: 1)
        lead.source = "t"
        return MessageFacts(lead, description: nil, sender: Sender(name: "Robin", company: "", offer: "We help."))
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
        let writers = settings().writers(TestClient.make(), secrets: [:])
        let writer = try #require(writers.first as? TemplateWriter)
        let message = try writer.write(facts([.fullName: "Ada King", .company: "Engines"]))
        #expect(message.subject == "A question about Engines" && message.body.hasPrefix("Hi Ada,"))
        #expect(message.body.contains("We help.") && message.body.hasSuffix("Robin"))
        #expect(MessageCheck.problems(in: message, facts: facts([.fullName: "Ada King"])).isEmpty)
        #expect(throws: WritingProblem(.unusable, "first_name is not known")) {
            try writer.write(facts([.company: "Engines"]))
        }
        #expect(throws: MessageTemplate.Problem.self) { try MessageTemplate("{{firstname}}") }
        #expect(throws: MessageTemplate.Problem.self) { try MessageTemplate("{{first_name") }
    }

    @Test func `a model comes before the template if it has a key, or a server of its own that may need none`() {
        func kinds(_ values: [String: String] = [:], _ secrets: [String: Secret] = [:]) -> [String] {
            settings(values).writers(TestClient.make(), secrets: secrets).map(\.kind)
        }
        #expect(kinds() == ["template"])
        #expect(kinds([:], ["openai_api_key": Secret("sk-0123456789abcdef0123")]) == ["model", "template"])
        #expect(kinds(["FOURRUNR_OPENAI_BASE_URL": "http://127.0.0.1:11434/v1"]) == ["model", "template"])
    }

    @Test func `advice is given only if no writer can write`() {
        let nothing = settings()
        #expect(
            nothing.advice(secrets: [:])
                == "set messaging.sender_name and messaging.offer, or a model's key: openai_api_key")
        #expect(nothing.advice(secrets: ["openai_api_key": Secret("sk-0123456789abcdef0123")]) == nil)
        let sender = ["FOURRUNR_MESSAGING_SENDER_NAME": "Robin", "FOURRUNR_MESSAGING_OFFER": "We help."]
        #expect(settings(sender).advice(secrets: [:]) == nil)
    }

    @Test func `too few facts are left to a person`() {
        #expect(facts([.fullName: "Ada King"]).gap != nil)
        #expect(facts([.company: "Engines"]).gap != nil)
        #expect(facts([.fullName: "Ada King", .title: "CEO"]).gap == nil)
    }
}

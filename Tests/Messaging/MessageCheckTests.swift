import Leads
import Testing

@testable import Messaging

/// What keeps a message from being ready.
struct MessageCheckTests {
    @Test(arguments: [
        ("Hi {{first_name}},", true), ("Hi {name},", true), ("Hi [First Name],", true), ("I like <company>.", true),
        ("Dear %FIRST_NAME%", true), ("Hi $name,", true), ("XXX", true), ("TBD", true), ("TODO: more", true),
        ("Hi Ada, 100% of it", false), ("see [1]", false), ("it costs $5", false), ("a < b > c", false),
        ("Jean-Luc said {…}", false), ("mail me <ada@x.example>", false), ("We XX", false),
    ])
    func `a gap that nobody filled is found, and what only looks like one is not`(text: String, isGap: Bool) {
        #expect((MessageCheck.placeholder(in: text) != nil) == isGap, "\(text)")
    }
}

import Glibc
import TestSupport
import Testing

/// The unit under a real systemd, as root on a server meets it. Each scenario is a script of what a person would type.
@Suite(.serialized)
struct RealSystemdTests {
    @Test(arguments: ["install", "reload", "stop", "watchdog", "trouble", "leads", "jobs", "unit"])
    func `a real systemd and the shipped unit get on`(scenario: String) async throws {
        try #require(geteuid() == 0, "booting a systemd needs root: run the tests with sudo")
        let here = "\(Program.root)/Tests/RealSystemd"
        let outcome = try await Program.run("\(here)/boot", ["\(here)/scenarios/\(scenario)", "240"])
        #expect(outcome.code == 0, "\(outcome.output)\n\(outcome.errors)")
        #expect(outcome.output.contains("ok: "), "the scenario expected nothing")
    }
}

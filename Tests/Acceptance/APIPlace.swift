import Foundation
import TestSupport
import Testing

/// A daemon with an API, and tokens for it.
struct APIPlace {
    /// A lead, as a body.
    static let ada = #"{"full_name": "Ada King", "company": "Engines", "email": "ada@engines.example"}"#

    let place: TestInstallation
    let daemon: DaemonProcess
    let port: Int

    init(
        schedule: String =
            "jobs: { tick: { command: [/bin/true], every: 1h }, health: { run: health-check, every: 30m } }\n",
        settings: String = "log: { level: info }\n", environment: [String: String] = [:]
    ) throws {
        place = TestInstallation(schedule: schedule, settings: settings)
        daemon = try place.serve(environment: environment)
        try daemon.notification("READY=1")
        port = try daemon.apiPort()
    }

    /// A client with a token of its own.
    func client(_ scope: String, more: [String] = []) async throws -> APIClient {
        let name = "t\(UInt32.random(in: 0 ... .max))"
        let made = try await place.run("token", "create", name, "--scope", scope, more: more)
        #expect(made.code == 0, "\(made)")
        return APIClient(port: port, token: made.output.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    var anonymous: APIClient { APIClient(port: port) }
}

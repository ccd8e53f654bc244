import Logging
import Operations
import Sandbox
import ServiceLifecycle
import Storage
import UnixSignals
import Values

/// Runs with local stand-ins in place of the external services.
public enum SandboxMode {
    /// If the installation is the Sandbox's, starts the stand-ins, calls the body with an installation whose settings
    /// and keys point to them, and stops them afterwards. Otherwise just calls the body.
    static func within<Value: Sendable>(
        _ installation: Installation, logger: Logger,
        _ body: @escaping @Sendable (Installation) async throws -> Value
    ) async throws -> Value {
        guard installation.isSandbox else { return try await body(installation) }
        try installation.folder.prepare()
        var options = Sandbox.Options()
        options.airtableFile = "\(installation.folder.path)/airtable.json"
        options.airtablePenalty = 2
        try check(options)
        let sandbox = Sandbox(options, logger: quiet)
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                try await sandbox.run()
                return nil
            }
            group.addTask {
                guard let address = await sandbox.address() else { return nil }
                logger.info("the stand-ins listen on 127.0.0.1:\(address.port)")
                return try await body(installation.pointing(to: address, hosts: sandbox.siteHosts))
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CancellationError()
        }
    }

    private static func check(_ options: Sandbox.Options) throws(OperationProblem) {
        if let problem = options.fileProblem { throw OperationProblem(.unavailable, problem) }
    }

    /// Runs the stand-ins by themselves until they are told to stop, and announces how to use them. Throws an
    /// `OperationProblem` when they cannot listen.
    ///
    /// - Parameters:
    ///   - port: 0 for any free one.
    ///   - seed: the same seed produces the same people.
    ///   - records: the file in which Airtable's records are kept; nil to discard them.
    ///   - airtableRate: how many calls per second Airtable allows.
    ///   - airtablePenalty: for how many seconds it returns status 429 after more.
    ///   - airtableMonth: how many calls per month it allows; nil for no limit.
    public static func serveAlone(
        port: Int, seed: UInt64, records: String?, airtableRate: Int, airtablePenalty: Double, airtableMonth: Int?,
        announce: @escaping @Sendable ([String]) -> Void
    ) async throws {
        var asked = Sandbox.Options()
        (asked.port, asked.seed, asked.airtableFile) = (port, seed, records)
        (asked.airtablePerSecond, asked.airtablePenalty) = (airtableRate, airtablePenalty)
        asked.airtableMonthlyCalls = airtableMonth
        let options = asked
        try check(options)
        let sandbox = Sandbox(options, logger: quiet)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                guard let address = await sandbox.address() else { return }
                let keys = Sandbox.keys.map { "\($0.key.uppercased())=\($0.value)" }.sorted()
                let settings = settings(for: address, hosts: sandbox.siteHosts, penalty: options.airtablePenalty).map {
                    "\(Installation.variable(for: $0.key))=\($0.value)"
                }
                announce(["# the stand-ins listen on 127.0.0.1:\(address.port)"] + settings + keys)
            }
            group.addTask {
                var configuration = ServiceGroupConfiguration(
                    services: [sandbox], gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
                // Does not wait for a request that hangs on demand.
                configuration.maximumGracefulShutdownDuration = .seconds(1)
                do { try await ServiceGroup(configuration: configuration).run() } catch {
                    throw OperationProblem(
                        .unavailable, "port \(options.port): the stand-ins cannot listen there: \(error)")
                }
            }
            try await group.waitForAll()
        }
    }

    /// Discards the messages of the Sandbox's own server.
    static let quiet = Logger(label: "sandbox", factory: { _ in SwiftLogNoOpLogHandler() })

    /// The settings that point to the stand-ins, by key.
    ///
    /// - Parameter penalty: for how many seconds Airtable returns status 429 after too many calls.
    static func settings(
        for address: Sandbox.Address, hosts: [String], penalty: Double = 2
    ) -> [(key: String, value: String)] {
        [
            ("serpapi.base_url", address.serpAPI), ("airtable.base_url", address.airtable),
            ("airtable.base_id", Sandbox.airtableBase), ("airtable.table", Sandbox.airtableTable),
            ("airtable.pause_after_429", "\(min(600, Int(penalty.rounded(.up))))s"),
            ("openai.base_url", address.openAI), ("openai.model", "sandbox-1"),
            ("network.hosts", hosts.map { "\($0)=\(address.sites)" }.joined(separator: ",")),
            ("pipeline.backoff", "3s"), ("network.proxy", ""),
        ]
    }

    /// The Sandbox's search profile, and who writes the messages.
    static let story: [(key: String, value: String)] = [
        ("profile.titles", "Head of Operations,Founder,Operations Manager"), ("profile.locations", "Toronto,Ontario"),
        ("messaging.sender_name", "Robin Sample"), ("messaging.sender_company", "Sample & Co."),
        (
            "messaging.offer",
            "We take the paperwork out of dispatching, so that a team of ten can do the work of fifteen."
        ),
    ]
}

extension Installation {
    /// The same installation, with the settings and keys of the stand-ins instead of the owner's.
    func pointing(to address: Sandbox.Address, hosts: [String]) -> Installation {
        var environment = environment
        for (key, value) in SandboxMode.settings(for: address, hosts: hosts) + SandboxMode.story {
            environment[Installation.variable(for: key)] = value
        }
        // The owner's keys are never sent to a stand-in, nor a stand-in's key to anyone else.
        environment["CREDENTIALS_DIRECTORY"] = nil
        for name in LeadSettings.keyNames { environment[name.uppercased()] = nil }
        environment[Installation.variable(for: "secrets.directory")] = "\(folder.path)/secrets"
        for (name, key) in Sandbox.keys { environment[name.uppercased()] = key }
        return Installation(
            files: files, folder: folder, environment: environment, runtime: runtime, isSandbox: true)
    }
}

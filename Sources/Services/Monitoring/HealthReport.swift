/// The result of all health checks.
public struct HealthReport: Sendable, Codable, Equatable {
    /// The state of one part.
    public enum Status: String, Sendable, Codable, Comparable {
        case ok
        /// It works, but someone should look at it.
        case warning
        case failing

        public static func < (left: Status, right: Status) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .ok: 0
            case .warning: 1
            case .failing: 2
            }
        }
    }

    /// One part that was checked.
    public struct Check: Sendable, Codable, Equatable {
        public let name: String
        public let status: Status
        /// What was found, and what to do if something is wrong.
        public let message: String

        public init(_ name: String, _ status: Status, _ message: String) {
            self.name = name
            self.status = status
            self.message = message
        }

        /// A check of what is not configured yet. It is a warning, because jobs are skipped for it.
        public init(missing: [String]) {
            self.init(
                "setup", missing.isEmpty ? .ok : .warning,
                missing.isEmpty
                    ? "every job has what it needs" : "not configured yet: \(missing.joined(separator: "; "))")
        }
    }

    /// The worst status of all checks.
    public let status: Status
    public let checks: [Check]

    public init(_ checks: [Check]) {
        self.checks = checks
        status = checks.map(\.status).max() ?? .ok
    }
}

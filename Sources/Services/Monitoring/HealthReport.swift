/// What a look at the whole came to.
public struct HealthReport: Sendable, Codable, Equatable {
    /// How a part is.
    public enum Status: String, Sendable, Codable, Comparable {
        case ok
        /// It works, and somebody should look at it.
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

    /// One part that was looked at.
    public struct Check: Sendable, Codable, Equatable {
        public let name: String
        public let status: Status
        /// What was found, and what to do where something is wrong.
        public let message: String

        public init(_ name: String, _ status: Status, _ message: String) {
            self.name = name
            self.status = status
            self.message = message
        }

        /// What is not configured yet: a warning, since jobs are skipped for it.
        public init(missing: [String]) {
            self.init(
                "setup", missing.isEmpty ? .ok : .warning,
                missing.isEmpty
                    ? "every job has what it needs" : "not configured yet: \(missing.joined(separator: "; "))")
        }
    }

    /// The worst of the checks.
    public let status: Status
    public let checks: [Check]

    public init(_ checks: [Check]) {
        self.checks = checks
        status = checks.map(\.status).max() ?? .ok
    }
}

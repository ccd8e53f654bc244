public import Values

/// What the holder of a token may do. Each scope contains those before it.
public enum AccessScope: String, Sendable, Codable, CaseIterable, Comparable {
    /// See everything but secrets.
    case read
    /// Change leads, messages and suppressions.
    case write
    /// Start, pause and cancel jobs.
    case run
    /// Restore backups, and see the settings.
    case admin

    public static func < (left: AccessScope, right: AccessScope) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .read: 0
        case .write: 1
        case .run: 2
        case .admin: 3
        }
    }
}

/// A token with which a program uses the interface: a row of `api_tokens`. The token itself is kept nowhere.
public struct AccessToken: Sendable, Equatable, Codable, Identifiable {
    public let id: Int64
    /// Unique among the tokens in force.
    public let name: String
    public let scope: AccessScope
    /// Whether what comes with the token is a person's word.
    public let isPerson: Bool
    public let createdAt: Timestamp
    public let createdBy: String
    /// Nil for never.
    public let expiresAt: Timestamp?
    /// When it was last used, to the hour; nil for never.
    public var usedAt: Timestamp?
    public var revokedAt: Timestamp?
    public var revokedBy: String?

    public init(
        id: Int64, name: String, scope: AccessScope, isPerson: Bool, createdAt: Timestamp, createdBy: String,
        expiresAt: Timestamp?
    ) {
        self.id = id
        self.name = name
        self.scope = scope
        self.isPerson = isPerson
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.expiresAt = expiresAt
    }

    /// Whether it may be used at this time.
    public func isInForce(at now: Timestamp) -> Bool { revokedAt == nil && expiresAt.map { $0 > now } ?? true }

    /// As whom its holder acts.
    public var author: LeadAuthor { .token(name, isPerson: isPerson) }
}

/// An answer that was given to a request, so that the same request gets the same answer.
public struct StoredAnswer: Sendable, Equatable {
    /// The HTTP status.
    public let status: Int
    /// Names in lower case.
    public let headers: [String: String]
    public let body: String

    public init(status: Int, headers: [String: String], body: String) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// What is to be done about a request with a key of its own.
public enum RequestBeginning: Sendable, Equatable {
    /// It is new: carry it out.
    case begun
    /// The same request is being carried out.
    case underWay
    /// The same request was carried out.
    case answered(StoredAnswer)
    /// The key was used for another request.
    case other
}

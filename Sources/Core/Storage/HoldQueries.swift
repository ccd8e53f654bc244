internal import GRDB
public import Values

/// What waits until a person has looked at something.
public struct HoldQueries {
    let session: Session

    /// What is held back.
    public enum Hold: String, Sendable {
        /// Messages: after a restore that could not carry over who said no.
        case messages
    }

    /// Why something is held back; nil when it is not.
    public func reason(of hold: Hold) throws(StorageError) -> String? {
        try session.read {
            try String.fetchOne($0, sql: "SELECT reason FROM holds WHERE name = ?", arguments: [hold.rawValue])
        }
    }

    /// Why something is held back, and what a person does to let it go on; nil when it is not.
    public func advice(on hold: Hold) throws(StorageError) -> String? {
        try reason(of: hold).map { "\(hold.rawValue) wait for a person: \($0); to go on: 4runr backup confirm" }
    }

    public func set(_ hold: Hold, because reason: String, at now: Timestamp) throws(StorageError) {
        try session.write {
            try $0.execute(
                sql: """
                    INSERT INTO holds (name, reason, since) VALUES (?, ?, ?)
                    ON CONFLICT (name) DO UPDATE SET reason = excluded.reason
                    """, arguments: [hold.rawValue, reason, now.description])
        }
    }

    /// Returns false if it was not held back.
    public func lift(_ hold: Hold) throws(StorageError) -> Bool {
        try session.write { database in
            try database.execute(sql: "DELETE FROM holds WHERE name = ?", arguments: [hold.rawValue])
            return database.changesCount > 0
        }
    }
}

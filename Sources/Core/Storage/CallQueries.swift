internal import GRDB
public import Values

/// How often each external service was called: the table `service_calls`.
public struct CallQueries {
    let session: Session

    /// Counts a call of a service, on the UTC day on which it is made.
    public func count(_ service: String, at now: Timestamp) throws(StorageError) {
        try session.write { database in
            try database.execute(
                sql: """
                    INSERT INTO service_calls (service, day, calls) VALUES (?, ?, 1)
                    ON CONFLICT (service, day) DO UPDATE SET calls = service_calls.calls + 1
                    """, arguments: [service, now.day])
        }
    }

    /// Takes back the count of a call that was not made after all.
    public func takeBack(_ service: String, at now: Timestamp) throws(StorageError) {
        try session.write { database in
            try database.execute(
                sql: "UPDATE service_calls SET calls = calls - 1 WHERE service = ? AND day = ? AND calls > 0",
                arguments: [service, now.day])
        }
    }

    /// The number of calls of each service from one day to another, both inclusive, UTC, as `YYYY-MM-DD`.
    public func counts(from first: String, through last: String) throws(StorageError) -> [String: Int] {
        try session.read { database in
            let rows = try Row.fetchAll(
                database,
                sql:
                    "SELECT service, sum(calls) AS calls FROM service_calls WHERE day BETWEEN ? AND ? GROUP BY service",
                arguments: [first, last])
            return Dictionary(try rows.map { (try $0.value("service") as String, try $0.value("calls") as Int) }) { $1 }
        }
    }
}

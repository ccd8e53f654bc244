internal import GRDB

/// What each strategy of a search brought: the table `search_yields`.
public struct YieldQueries {
    let session: Session

    /// What a strategy brought over some days.
    public struct Yield: Sendable, Codable, Equatable {
        public let strategy: String
        /// Searches that were paid for.
        public let searches: Int
        /// People among their results.
        public let people: Int
        public let newLeads: Int
        /// The last day on which it was used: `YYYY-MM-DD`.
        public let lastDay: String
    }

    /// Adds to a strategy's day.
    public func add(
        _ service: String, strategy: String, day: String, searches: Int = 0, people: Int = 0, newLeads: Int = 0
    ) throws(StorageError) {
        try session.write {
            try $0.cachedStatement(
                sql: """
                    INSERT INTO search_yields (service, strategy, day, searches, people, new_leads) VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT (service, strategy, day) DO UPDATE SET
                        searches = search_yields.searches + excluded.searches,
                        people = search_yields.people + excluded.people,
                        new_leads = search_yields.new_leads + excluded.new_leads
                    """
            ).execute(arguments: [service, strategy, day, searches, people, newLeads])
        }
    }

    /// What each strategy brought since a day, the most used first.
    public func all(_ service: String, since day: String) throws(StorageError) -> [Yield] {
        try session.read { database in
            try Row.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT strategy, sum(searches) AS searches, sum(people) AS people, sum(new_leads) AS new_leads,
                            max(day) AS last_day
                        FROM search_yields WHERE service = ? AND day >= ?
                        GROUP BY strategy ORDER BY sum(searches) DESC, strategy
                        """), arguments: [service, day]
            ).map { row in
                Yield(
                    strategy: try row.value("strategy"), searches: try row.value("searches"),
                    people: try row.value("people"), newLeads: try row.value("new_leads"),
                    lastDay: try row.value("last_day"))
            }
        }
    }

    /// A strategy's day.
    public struct Day: Sendable, Equatable {
        public let strategy: String
        /// `YYYY-MM-DD`
        public let day: String
        public let searches: Int
        public let newLeads: Int
    }

    /// What each strategy brought on each day since one.
    public func byDay(_ service: String, since day: String) throws(StorageError) -> [Day] {
        try session.read { database in
            try Row.fetchAll(
                database.cachedStatement(
                    sql:
                        "SELECT strategy, day, searches, new_leads FROM search_yields WHERE service = ? AND day >= ? ORDER BY day, strategy"
                ),
                arguments: [service, day]
            ).map {
                Day(
                    strategy: try $0.value("strategy"), day: try $0.value("day"), searches: try $0.value("searches"),
                    newLeads: try $0.value("new_leads"))
            }
        }
    }

    /// The number of searches that were paid for since a day.
    public func searches(_ service: String, since day: String) throws(StorageError) -> Int {
        try session.read {
            try Int.fetchOne(
                $0.cachedStatement(
                    sql: "SELECT coalesce(sum(searches), 0) FROM search_yields WHERE service = ? AND day >= ?"),
                arguments: [service, day]) ?? 0
        }
    }
}

public import Leads
import Pipeline
import Storage
import Values

/// Suppresses addresses and domains: nobody is written to there, and what is ready is withdrawn.
public enum AddSuppressions: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// Addresses (`ada@acme.example`) and domains (`acme.example`).
        public let targets: [String]
        public let reason: String?

        public init(_ targets: [String], reason: String? = nil) {
            self.targets = targets
            self.reason = reason
        }
    }

    public struct Response: Sendable, Codable, Equatable {
        /// How many were not suppressed before.
        public let added: Int
        public let known: Int
        /// Leads whose message was withdrawn.
        public let withdrawn: [Int64]
        /// What is neither an address nor a domain: the first hundred.
        public let refused: [String]
    }

    /// Throws an `OperationProblem` when a text is neither an address nor a domain; nothing is changed then. Throws a
    /// `StorageError`, too.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let wrong = request.targets.filter { Suppression.Target(parsing: $0) == nil }
        guard wrong.isEmpty else {
            throw OperationProblem(
                .usage,
                lines: wrong.prefix(20).map {
                    "\"\($0.shortened(to: 80))\" is neither an address nor a domain; for example ada@acme.example or acme.example"
                })
        }
        return try await add(request, in: context)
    }

    /// Like `perform`, but leaves out what is neither an address nor a domain.
    static func add(_ request: Request, in context: OperationContext) async throws -> Response {
        try await context.workByHand("suppressions") { hand in
            let moment = hand.runtime.now
            var (list, refused): ([Suppression], [String]) = ([], [])
            for text in request.targets {
                if let target = Suppression.Target(parsing: text) {
                    list.append(Suppression(target, author: hand.author, at: moment, reason: request.reason))
                } else if refused.count < 100 {
                    refused.append(text.shortened(to: 200))
                }
            }
            let targets = Set(list.map(\.target))
            func withdrawable(_ transaction: Transaction) throws -> [Int64] {
                try transaction.leads.ready { $0.suppressionTargets.contains(where: targets.contains) }
            }
            func response(_ added: Int, _ withdrawn: [Int64]) -> Response {
                Response(added: added, known: list.count - added, withdrawn: withdrawn, refused: refused)
            }
            // Few are one transaction; of a long list, others can write in between.
            guard list.count > 500 else {
                return try hand.transaction { transaction in
                    let added = try transaction.suppressions.add(list)
                    let ids = try withdrawable(transaction)
                    try withdraw(ids[...], hand, in: transaction, at: moment)
                    return response(added, ids)
                }
            }
            var added = 0
            for start in stride(from: 0, to: list.count, by: 500) {
                let some = Array(list[start..<min(list.count, start + 500)])
                added += try hand.store.transaction { try $0.suppressions.add(some) }
            }
            let ids = try hand.store.snapshot(withdrawable)
            for start in stride(from: 0, to: ids.count, by: 200) {
                let some = ids[start..<min(ids.count, start + 200)]
                try hand.store.transaction { try withdraw(some, hand, in: $0, at: moment) }
            }
            return response(added, ids)
        }
    }

    private static func withdraw(
        _ leads: ArraySlice<Int64>, _ hand: HandWork, in transaction: Transaction, at moment: Timestamp
    ) throws {
        for id in leads {
            let lead = try transaction.lead(named: "\(id)")
            guard lead.message != nil else { continue }
            try transaction.leads.withdrawMessage(of: lead, at: moment)
            try transaction.runs.add([Step(byHand: "withdraw-message", of: id, by: hand.author, at: moment)])
        }
    }
}

/// Lifts suppressions: all of the named ones, or none.
public enum RemoveSuppressions: Operation {
    public struct Request: Sendable, Codable, Equatable {
        public let targets: [String]

        public init(_ targets: [String]) { self.targets = targets }
    }

    public struct Response: Sendable, Codable, Equatable { public let removed: [String] }

    /// Throws an `OperationProblem` when one of them is not suppressed or a program asks, or a `StorageError`.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        guard context.author.isPerson else {
            throw OperationProblem(
                .forbidden, "only a person lifts a suppression: with a token that was made --person")
        }
        return try await context.workByHand("suppressions") { hand in
            try hand.transaction { transaction in
                let removed = try request.targets.map { text in
                    guard let target = Suppression.Target(parsing: text), try transaction.suppressions.remove(target)
                    else {
                        throw OperationProblem(
                            .notFound, "\(text.shortened(to: 80)) is not suppressed; see: 4runr suppress list")
                    }
                    return target.written
                }
                // The row that said who suppressed it is gone; this one says who lifted it.
                try transaction.runs.add([
                    Step(byHand: "lift-suppression", ["targets": removed], by: hand.author, at: hand.runtime.now)
                ])
                return Response(removed: removed)
            }
        }
    }
}

/// The suppressions, in the order of their values, addresses first.
public enum ListSuppressions: Operation {
    public struct Request: Sendable, Codable, Equatable {
        /// The last one of the previous page; nil for the first page.
        public var after: Suppression.Target?
        public let limit: Int

        public init(limit: Int) { self.limit = limit }
    }

    public struct Response: Sendable, Codable, Equatable {
        public let suppressions: [Suppression]
        /// How many there are in all.
        public let count: Int
    }

    /// Throws a `StorageError`. Before the first database is created, the list is empty.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        try OperationProblem.require(request.limit, "limit", in: 1...10_000)
        let found = try await context.data.look { transaction in
            Response(
                suppressions: try transaction.suppressions.list(after: request.after, limit: request.limit),
                count: try transaction.suppressions.count())
        }
        return found ?? Response(suppressions: [], count: 0)
    }
}

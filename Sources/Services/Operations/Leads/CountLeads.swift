import Storage
import Values

/// How many leads there are of each kind, from counters that are kept as leads change.
public enum CountLeads: Operation {
    public struct Request: Sendable, Codable, Equatable { public init() {} }

    public struct Response: Sendable, Codable, Equatable {
        /// Leads that are not deleted, as all of the following are but the last two.
        public let total: Int
        public let ready: Int
        public let needsEnrichment: Int
        public let optedOut: Int
        public let byStatus: [String: Int]
        public let bySource: [String: Int]
        public let deleted: Int
        /// Leads that became part of another.
        public let merged: Int
        public let suppressions: Int
    }

    /// Throws a `StorageError`. All counts are 0 until the database is created.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let found = try await context.data.look { (try $0.counters.leads(), try $0.suppressions.count()) }
        let (counts, suppressions) = found ?? ([:], 0)
        func part(_ prefix: String) -> [String: Int] {
            var part: [String: Int] = [:]
            for (name, count) in counts where name.hasPrefix(prefix) {
                part[String(name.dropFirst(prefix.count))] = count
            }
            return part
        }
        return Response(
            total: counts["live"] ?? 0, ready: counts["ready"] ?? 0, needsEnrichment: counts["needs_enrichment"] ?? 0,
            optedOut: counts["opted_out"] ?? 0, byStatus: part("status."), bySource: part("source."),
            deleted: counts["deleted"] ?? 0, merged: counts["merged"] ?? 0, suppressions: suppressions)
    }
}

import HTTPTypes
import Leads
import Operations
import Values

/// Lists of leads.
enum LeadListRoutes {
    static let all = [list, search, duplicates, export, statistics]

    static let list = Route(
        method: .get, path: "/api/leads", tag: "Leads", summary: "Lists leads.",
        text: "Filters and sorts by the columns that have an index, and by no others. Several filters all have to fit.",
        scope: .read,
        parameters: LeadFilter.columns + [
            LeadFilter.deleted, LeadFilter.sort, .limit, .cursor,
            .query("total", .flag, "Whether the leads of all pages are counted. That takes longer the more there are."),
        ],
        outcomes: [
            .json(
                200, "A page of leads.",
                .page(
                    "leads", of: .lead,
                    [.init(name: "total", schema: Schema.integer.nullable.saying("Null unless it was asked for."))]),
                headers: ["Link"])
        ]
    ) { call in
        var selection = try LeadFilter.selection(call.query)
        let name = LeadFilter.fingerprint(of: selection)
        selection.after = try Cursor.read(call.query["cursor"], of: name)?.position
        selection.limit = call.limit
        var request = SelectLeads.Request(selection)
        request.withTotal = call.query.isTrue("total")
        let found = try await SelectLeads.perform(request, in: call.context)
        return .page(
            "leads", found.leads.map(\.representation),
            next: found.next.map { Cursor(list: name, position: $0) },
            [("total", found.total.map { "\($0)" } ?? "null")], of: call)
    }

    static let search = Route(
        method: .get, path: "/api/leads/search", tag: "Leads",
        summary: "Finds leads by words, beginnings of words and parts of words, or by an address.",
        text:
            "Looks at name, company, title, place, industry and email. The best matches come first, 200 at most: where there are more, name another word.",
        scope: .read,
        parameters: [.query("q", .string(limit: 500), "What to look for.", isRequired: true), .limit],
        outcomes: [.json(200, "The best matches.", .object([.init(name: "leads", schema: .list(.lead))]))]
    ) { call in
        guard let text = call.query["q"] else { throw APIProblem.field("q", "is required") }
        let found = try await SearchLeads.perform(.init(text, limit: call.limit), in: call.context)
        return .raw("{\"leads\":[\(found.leads.map(\.representation).joined(separator: ","))]}")
    }

    static let duplicates = Route(
        method: .get, path: "/api/leads/duplicates", tag: "Leads",
        summary: "Lists pairs of leads that may be one person.",
        text: """
            What is decided, by merge or apart, is no longer in it. A page may have fewer pairs than its limit, or none: where many \
            leads have to be compared, `next` goes on.
            """, scope: .read,
        parameters: [.limit, .cursor],
        outcomes: [
            .json(
                200, "A page of pairs, with what they share.",
                .page("pairs", of: .of(DoubtfulPair.self, called: "DoubtfulPair")), headers: ["Link"])
        ]
    ) { call in
        var request = ListDuplicates.Request(limit: call.limit)
        request.after = try Cursor.read(call.query["cursor"], of: "duplicates")?.pair
        let found = try await ListDuplicates.perform(request, in: call.context)
        return .page(
            "pairs", try found.pairs.map { try PrintedJSON.line($0) },
            next: found.next.map { Cursor(list: "duplicates", pair: $0) }, of: call)
    }

    static let export = Route(
        method: .get, path: "/api/leads/export", tag: "Leads", summary: "All leads, as CSV or as lines of JSON.",
        text: "Streamed in the order of their numbers, as fast as it is read.", scope: .read,
        parameters: [
            .query("format", .words(["csv", "jsonl"]), "The default is `csv`."),
            .query("status", .words(LeadStatus.allCases.map(\.rawValue)), "Only leads in this status."),
            .query("deleted", .flag, "Whether deleted leads are in it, too."),
        ],
        outcomes: [
            Route.Outcome(
                status: 200, text: "The leads.", schema: .string, type: "text/csv",
                otherTypes: ["application/x-ndjson"])
        ]
    ) { call in
        let accept = call.head.headerFields[.accept]?.lowercased() ?? ""
        let wantsLines = accept.contains("application/x-ndjson") && !accept.contains("text/csv")
        let isCSV = call.query["format"].map { $0 == "csv" } ?? !wantsLines
        var request = ExportLeads.Request(isCSV ? .csv : .jsonl)
        request.status = call.query["status"].flatMap { LeadStatus(rawValue: $0) }
        request.withRemoved = call.query.isTrue("deleted")
        let type = isCSV ? "text/csv; charset=utf-8" : "application/x-ndjson"
        let pieces = try await ExportLeads.stream(request, in: call.context)
        let answer = Answer(
            status: 200,
            body: .stream(type: type) { write in
                guard let pieces else { return }
                for try await piece in pieces {
                    // A file that is cut off must not look whole.
                    guard try await call.isStillAllowed() else { throw APIProblem(401, "the token was revoked") }
                    try await write(piece.text)
                }
            })
        return answer.with("Content-Disposition", "attachment; filename=\"leads.\(isCSV ? "csv" : "jsonl")\"")
    }

    static let statistics = Route(
        method: .get, path: "/api/stats/leads", tag: "Statistics", summary: "How many leads there are of each kind.",
        text: "From counters that are kept as leads change, so that nothing is counted.", scope: .read,
        outcomes: [.json(200, "The counts.", .of(CountLeads.Response.self, called: "LeadCounts"))]
    ) { call in try .json(try await CountLeads.perform(.init(), in: call.context)) }
}

import HTTPTypes
import Leads
import Operations
import Values

/// Companies whose pages were read.
enum CompanyRoutes {
    static let all = [list, show]

    private static let company = Schema.of(CompanyEntry.self, called: "Company")

    static let list = Route(
        method: .get, path: "/api/companies", tag: "Companies", summary: "Lists companies.", scope: .read,
        parameters: [.query("domain[prefix]", .string(limit: 253), "The beginning of the domain."), .limit, .cursor],
        outcomes: [
            .json(200, "A page of companies, without `facts`.", .page("companies", of: company), headers: ["Link"])
        ]
    ) { call in
        var request = ListCompanies.Request()
        (request.domainPrefix, request.limit) = (call.query["domain[prefix]"]?.lowercased(), call.limit + 1)
        request.after = try Cursor.read(call.query["cursor"], of: "companies")?.number ?? 0
        let found = try await ListCompanies.perform(request, in: call.context).companies
        return try .page(
            "companies", found: found, of: call, json: { try PrintedJSON.line($0) },
            cursor: { Cursor(list: "companies", number: $0.id) })
    }

    static let show = Route(
        method: .get, path: "/api/companies/{id}", tag: "Companies",
        summary: "Shows a company, with what its pages say and where.", scope: .read,
        parameters: [.path("id", .string(limit: 253), "The company's number or domain.")],
        outcomes: [.json(200, "The company.", company)]
    ) { call in try .json(try await ShowCompany.perform(.init(call.path["id"] ?? ""), in: call.context)) }
}

import HTTPTypes
import Leads
import Operations
import Values

/// The schedule file. It is edited on the server, where its rights are.
enum ScheduleRoutes {
    static let all = [show, check, compare, next, explain]

    static let show = Route(
        method: .get, path: "/api/schedule", tag: "Schedule", summary: "The schedule file, as it is on disk.",
        text: "Where it names secrets, their values are not in it.",
        scope: .read, outcomes: [.json(200, "The file.", .of(ShowSchedule.Response.self, called: "ScheduleFile"))]
    ) { call in try .json(try await ShowSchedule.perform(.init(), in: call.context)) }

    private struct Checked: Codable {
        let isValid: Bool
        /// One line each, with the place in the text.
        let problems: [String]
        /// What may not be meant, or what the server lacks, in the same form.
        let warnings: [String]
    }

    static let check = Route(
        method: .post, path: "/api/schedule/check", tag: "Schedule", summary: "Checks a schedule without using it.",
        text: "It says which programs, folders and keys the server lacks, and is therefore for admins.", scope: .admin,
        body: .text,
        outcomes: [.json(200, "What is wrong with it.", .of(Checked.self, called: "CheckedSchedule"))]
    ) { call in
        do {
            let found = try await comparison(call)
            return try .json(Checked(isValid: true, problems: [], warnings: found.warnings))
        } catch let problem as OperationProblem where problem.errorKind == .configuration {
            return try .json(Checked(isValid: false, problems: problem.lines, warnings: []))
        }
    }

    static let compare = Route(
        method: .post, path: "/api/schedule/diff", tag: "Schedule",
        summary: "Compares a schedule with the one in force, job by job.",
        text: "It is checked as by `check` first, and is therefore for admins.", scope: .admin, body: .text,
        outcomes: [.json(200, "The differences.", .of(ScheduleDifference.self, called: "ScheduleDifference"))]
    ) { call in
        do { return try .json(try await comparison(call).difference) } catch let problem as OperationProblem
            where problem.errorKind == .configuration
        {
            throw APIProblem(400, problem.message, fields: problem.lines.map { .init(field: "body", message: $0) })
        }
    }

    private static func comparison(_ call: Call) async throws -> CompareSchedules.Response {
        do { return try await CompareSchedules.perform(.init(sent: call.body), in: call.context) } catch {
            let problem = OperationProblem(any: error)
            throw OperationProblem(problem.errorKind, lines: problem.lines.map(\.withoutSecrets))
        }
    }

    static let next = Route(
        method: .get, path: "/api/schedule/next", tag: "Schedule", summary: "The next slots, in order.", scope: .read,
        parameters: [
            .query("job", .string(limit: 64), "Only of this job."),
            .query("from", .moment, "The start; the default is now."), .limit,
        ],
        outcomes: [.json(200, "The slots.", .of(ListSlots.Response.self, called: "Slots"))], errors: [404]
    ) { call in
        try .json(
            try await ListSlots.perform(
                .init(job: call.query["job"], count: call.limit, from: try call.query.moment("from")), in: call.context)
        )
    }

    static let explain = Route(
        method: .get, path: "/api/schedule/explain", tag: "Schedule",
        summary: "What an expression of the schedule means, and when it comes.", scope: .read,
        parameters: [
            .query(
                "expression", .string(limit: 500), "`0 9 * * mon`, `every 30m`, `Sat *-*-1..7 18:00`",
                isRequired: true),
            .query("timezone", .string(limit: 60), "The default is the system's."), .limit,
        ],
        outcomes: [.json(200, "The explanation.", .of(ExplainExpression.Response.self, called: "Explanation"))]
    ) { call in
        guard let expression = call.query["expression"] else { throw APIProblem.field("expression", "is required") }
        var request = ExplainExpression.Request(expression)
        (request.timezone, request.count) = (call.query["timezone"], call.limit)
        return try .json(try await ExplainExpression.perform(request, in: call.context))
    }
}

import Leads
import Operations
import Values

/// Why a call was not carried out, as RFC 9457 has it.
struct APIProblem: Error, Sendable {
    struct Field: Sendable, Encodable {
        let field: String
        let message: String
    }

    let status: Int
    let title: String
    let detail: String
    var fields: [Field] = []
    var headers: [(name: String, value: String)] = []

    init(_ status: Int, _ detail: String, fields: [Field] = [], headers: [(name: String, value: String)] = []) {
        self.status = status
        title = Self.titles[status] ?? "Error"
        self.detail = detail
        self.fields = fields
        self.headers = headers
    }

    /// Something is wrong with one member or parameter.
    static func field(_ name: String, _ message: String) -> APIProblem {
        APIProblem(400, "\(name): \(message)", fields: [Field(field: name, message: message)])
    }

    /// In the words of the command line.
    init(_ problem: OperationProblem) {
        let status =
            switch problem.errorKind {
            case .usage, .data: 400
            case .notFound: 404
            case .conflict, .busy: 409
            case .stale: 412
            case .forbidden: 403
            case .temporary, .unavailable: 503
            case .configuration: 503
            case .internal, .output: 500
            }
        let fields = problem.lines.flatMap(Self.fields)
        // What went wrong within is for the log, not for the caller.
        let detail = status == 500 ? "something went wrong in 4runr; see journalctl -u 4runr" : problem.message
        self.init(
            status, detail, fields: fields,
            headers: status == 503 || problem.errorKind == .busy ? [("Retry-After", "5")] : [])
    }

    /// The members that a line names: at its beginning, or before a value in quotation marks.
    private static func fields(in line: String) -> [Field] {
        let words = line.split { " ;(".contains($0) }
        var fields: [Field] = []
        for (place, word) in words.enumerated() {
            let name = String(word.prefix { $0 != ":" })
            let isNamed = place == 0 || place + 1 < words.count && words[place + 1].hasPrefix("\"")
            guard isNamed, members.contains(name),
                !fields.contains(where: { $0.field == name })
            else { continue }
            fields.append(Field(field: name, message: line))
        }
        return fields
    }

    /// Those of a lead, and of what else the operations look at.
    private static let members = Set(
        LeadColumn.all.map(\.name) + ["merged_into", "revision", "body", "subject", "until", "from", "limit"])

    var answer: Answer {
        struct Body: Encodable {
            let type: String
            let title: String
            let status: Int
            let detail: String
            let errors: [Field]
        }
        let body = Body(type: "about:blank", title: title, status: status, detail: detail, errors: fields)
        let text = (try? PrintedJSON.text(of: body, isPretty: false)) ?? "{}"
        return Answer(
            status: status, headers: headers, body: .text(text.withoutSecrets, type: Answer.problem))
    }

    static let titles: [Int: String] = [
        400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
        406: "Not Acceptable", 408: "Request Timeout", 409: "Conflict", 410: "Gone", 411: "Length Required",
        412: "Precondition Failed", 413: "Content Too Large", 415: "Unsupported Media Type",
        421: "Misdirected Request", 422: "Unprocessable Content", 428: "Precondition Required",
        429: "Too Many Requests", 500: "Internal Server Error", 501: "Not Implemented", 503: "Service Unavailable",
    ]
}

import Leads
import Operations
import Values

/// The parameters of a list of leads: filters on the columns that have an index.
enum LeadFilter {
    /// Those on columns.
    static let columns: [Route.Parameter] =
        LeadSelection.Column.allCases.flatMap { column -> [Route.Parameter] in
            let name = column.rawValue
            let value: Schema =
                switch column.kind {
                case .number: .integer
                case .word: .words(LeadStatus.allCases.map(\.rawValue))
                case .text: .string(limit: 300)
                case .time: .moment
                case .flag: .flag
                }
            var parameters: [Route.Parameter] = []
            switch column.kind {
            case .flag: parameters.append(.query(name, value, "Leads of which this is so, or is not so."))
            case .word, .number:
                parameters.append(.query(name, .commaList(value), "One of these, with commas between them."))
            case .text: parameters.append(.query(name, value, "Exactly this."))
            case .time: break
            }
            if column.kind == .text {
                parameters.append(.query("\(name)[in]", .commaList(value), "One of these, with commas between them."))
                parameters.append(.query("\(name)[prefix]", value, "Begins so. Capitals count."))
            }
            if column.kind == .time || column == .id {
                parameters.append(.query("\(name)[from]", value, "This or later."))
                parameters.append(.query("\(name)[until]", value, "Before this."))
            }
            if column.isOptional {
                parameters.append(
                    .query("\(name)[empty]", .flag, "`true`: only leads without a value; `false`: only leads with one.")
                )
            }
            return parameters
        }

    /// Whether deleted leads are listed.
    static let deleted = Route.Parameter.query(
        "deleted", .words(LeadSelection.Deleted.allCases.map(\.rawValue)),
        "Whether deleted leads are listed; the default is `no`.")

    static let sort = Route.Parameter.query(
        "sort", .words(sorts),
        "A column, with - before it for the largest first. Empty values come last. The default is -id, or the column of a prefix or a range."
    )

    private static let sorts = LeadSelection.Column.allCases.filter(\.isSortable).flatMap {
        [$0.rawValue, "-\($0.rawValue)"]
    }

    /// Reads the filter of a query.
    static func selection(_ query: Query) throws(APIProblem) -> LeadSelection {
        var selection = LeadSelection()
        var natural: LeadSelection.Column?
        for column in LeadSelection.Column.allCases {
            let name = column.rawValue
            func values(_ parameter: String, _ texts: [String]) throws(APIProblem) -> [LeadSelection.Value] {
                guard texts.count <= 100 else { throw .field(parameter, "has more than 100 values") }
                var values: [LeadSelection.Value] = []
                for text in texts {
                    guard let value = LeadSelection.Value(text, of: column) else {
                        throw .field(parameter, "\"\(text.shortened(to: 60))\" is not a value of \(name)")
                    }
                    values.append(value)
                }
                return values
            }
            func add(_ test: LeadSelection.Test) { selection.conditions.append(.init(column, test)) }
            if let text = query[name] {
                let texts = column.kind == .text ? [text] : text.split(separator: ",").map { String($0).trimmed }
                guard !texts.isEmpty else {
                    throw .field(
                        name,
                        column.isOptional ? "is empty; for leads without a value: \(name)[empty]=true" : "is empty")
                }
                add(.isAny(try values(name, texts)))
            }
            if let text = query["\(name)[in]"] {
                let texts = text.split(separator: ",").map { String($0).trimmed }
                guard !texts.isEmpty else { throw .field("\(name)[in]", "is empty") }
                add(.isAny(try values("\(name)[in]", texts)))
            }
            if let text = query["\(name)[prefix]"] {
                guard !text.isEmpty else { throw .field("\(name)[prefix]", "is empty") }
                add(.startsWith(text.composed))
                natural = natural ?? column
            }
            if let text = query["\(name)[from]"] {
                add(.atLeast(try values("\(name)[from]", [text])[0]))
                natural = natural ?? column
            }
            if let text = query["\(name)[until]"] {
                add(.below(try values("\(name)[until]", [text])[0]))
                natural = natural ?? column
            }
            if let isEmpty = query.flag("\(name)[empty]") { add(.isEmpty(isEmpty)) }
        }
        if let text = query["deleted"], let deleted = LeadSelection.Deleted(rawValue: text) {
            selection.deleted = deleted
        }
        if let text = query["sort"] {
            selection.isDescending = text.hasPrefix("-")
            selection.sort =
                LeadSelection.Column(rawValue: text.hasPrefix("-") ? String(text.dropFirst()) : text) ?? .id
        } else if let natural {
            (selection.sort, selection.isDescending) = (natural, false)
        }
        return selection
    }

    /// Identifies the list that a cursor belongs to.
    static func fingerprint(of selection: LeadSelection) -> String {
        var plain = selection
        (plain.after, plain.limit) = (nil, 0)
        var hash = RequestHash()
        hash.add(StableJSON.text(of: plain) ?? "")
        return hash.text
    }
}

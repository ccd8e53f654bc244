public import Leads
public import Values

/// Maps the columns of a file to the fields of a lead.
public struct FieldMap: Sendable, Equatable {
    /// The column's name for each field.
    public private(set) var columns: [LeadField: String] = [:]
    /// Columns that are not mapped to a field. They are kept with the lead's raw data.
    public private(set) var others: [String] = []
    private var standing: StandingColumns
    /// The file's columns, as far as they are known from its beginning.
    private let names: Set<String>
    /// Whether a person said which column is that of an opt-out.
    private let isOptOutChosen: Bool
    /// Columns that say where a person stands with the team, and whether the person said no.
    public var standingColumns: [String] { standing.all }

    /// Names for `chosen` that are no field: the column of a status, and that of an opt-out.
    public static let standingNames = ["status", "opted_out"]

    /// Why columns cannot be mapped.
    public struct Problem: PresentableError, Equatable {
        public let message: String
        public var errorKind: ErrorKind { .usage }
    }

    /// Maps columns by their names, and as a person chose.
    ///
    /// Throws a `Problem` when a person names a column that does not exist, or when the file has no field by which
    /// leads can be identified.
    ///
    /// - Parameter chosen: the column's name for each field, or for one of `standingNames`; empty to leave it out.
    public init(_ names: [String], chosen: [String: String] = [:]) throws(Problem) {
        func column(_ name: String, for field: String) throws(Problem) -> String {
            guard let column = names.first(where: { $0 == name }) ?? names.first(where: { $0.folded == name.folded })
            else {
                throw Problem(
                    message:
                        "there is no column \"\(name)\" for \(field); there are: \(names.map { $0.shortened(to: 40) }.joined(separator: ", "))"
                )
            }
            return column
        }
        standing = StandingColumns(names)
        (self.names, isOptOutChosen) = (Set(names), chosen["opted_out"] != nil)
        if let name = chosen["status"] {
            standing.choose(status: name.isEmpty ? "" : try column(name, for: "status"))
        }
        if let name = chosen["opted_out"] {
            standing.choose(optOut: name.isEmpty ? "" : try column(name, for: "opted_out"))
        }
        let taken = standing.all
        var free = names.filter { !taken.contains($0) }
        for field in LeadField.allCases {
            guard let name = chosen[field.rawValue], !name.isEmpty else { continue }
            let column = try column(name, for: field.rawValue)
            columns[field] = column
            free.removeAll { $0 == column }
        }
        for field in LeadField.allCases where chosen[field.rawValue] == nil {
            // Most trusted name first: `work email` before `email 2`.
            for name in [field.rawValue.folded] + field.description.headings {
                guard
                    let column = free.first(where: { $0.folded == name })
                        ?? free.first(where: { Self.squeezed($0) == Self.squeezed(name) })
                else { continue }
                columns[field] = column
                free.removeAll { $0 == column }
                break
            }
        }
        others = free
        let isEnough =
            columns[.email] != nil || columns[.linkedInURL] != nil || columns[.phone] != nil
            || columns[.fullName] != nil || columns[.lastName] != nil
        guard isEnough else {
            throw Problem(
                message:
                    "no column is a name, an email, a phone or a LinkedIn profile; there are: \(names.prefix(40).map { $0.shortened(to: 40) }.joined(separator: ", ")); say which with --map full_name=COLUMN"
            )
        }
    }

    /// `FirstName` and `First Name` are one heading.
    private static func squeezed(_ name: String) -> String { name.folded.filter { $0 != " " } }

    /// Converts a record to a draft.
    public func draft(_ record: [String: String], source: String, author: LeadAuthor) -> LeadDraft {
        var fields = LeadFields()
        for (field, column) in columns { fields[field] = record[column] }
        var draft = LeadDraft(fields: fields, source: source, author: author, record: record)
        (draft.status, draft.optOut) = standing.read(record)
        // JSON has no header: a no may be in a member that no record before had.
        if draft.optOut == nil, !isOptOutChosen {
            let others = record.keys.filter { !names.contains($0) }
            if !others.isEmpty { draft.optOut = StandingColumns(others.sorted()).read(record).optOut }
        }
        return draft
    }
}

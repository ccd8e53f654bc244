public import Leads
public import Values

/// Maps the columns of a file to the fields of a lead.
public struct FieldMap: Sendable, Equatable {
    /// The column's name for each field.
    public private(set) var columns: [LeadField: String] = [:]
    /// Columns that are not mapped to a field. They are kept with the lead's raw data.
    public private(set) var others: [String] = []

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
    /// - Parameter chosen: the column's name for each field; empty to leave the field out.
    public init(_ names: [String], chosen: [LeadField: String] = [:]) throws(Problem) {
        var free = names
        for (field, name) in chosen where !name.isEmpty {
            guard let column = names.first(where: { $0 == name }) ?? names.first(where: { $0.folded == name.folded })
            else {
                throw Problem(
                    message:
                        "there is no column \"\(name)\" for \(field.rawValue); there are: \(names.map { $0.shortened(to: 40) }.joined(separator: ", "))"
                )
            }
            columns[field] = column
            free.removeAll { $0 == column }
        }
        for field in LeadField.allCases where chosen[field] == nil {
            // Most trusted name first: `work email` before `email 2`.
            for name in [field.rawValue.folded] + field.description.headings {
                guard let column = free.first(where: { $0.folded == name }) else { continue }
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

    /// Converts a record to a draft.
    public func draft(_ record: [String: String], source: String) -> LeadDraft {
        var fields = LeadFields()
        for (field, column) in columns { fields[field] = record[column] }
        return LeadDraft(fields: fields, source: source, record: record)
    }
}

public import Leads
public import Values

/// Which column of a file is which field of a lead.
public struct FieldMap: Sendable, Equatable {
    /// By field, the column's name.
    public private(set) var columns: [LeadField: String] = [:]
    /// Columns that are no field; they are kept with the lead's raw data.
    public private(set) var others: [String] = []

    /// Why columns cannot be mapped.
    public struct Problem: PresentableError, Equatable {
        public let message: String
        public var errorKind: ErrorKind { .usage }
    }

    /// Maps columns by their names, and by what a person says of them.
    ///
    /// Throws a `Problem` when a person names a column that is not there, or when no field that leads are known by is
    /// found.
    ///
    /// - Parameter chosen: by field, a column's name; empty to leave the field out.
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
            // The order is the order of trust: `work email` before `email 2`.
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

    /// A record as a draft.
    public func draft(_ record: [String: String], source: String) -> LeadDraft {
        var fields = LeadFields()
        for (field, column) in columns { fields[field] = record[column] }
        return LeadDraft(fields: fields, source: source, record: record)
    }
}

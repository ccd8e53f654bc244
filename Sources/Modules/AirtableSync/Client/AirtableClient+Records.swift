import FoundationEssentials
import Transport
import Values

extension AirtableClient {
    /// A record as Airtable returns it. Its fields are keyed by name or by id, as requested.
    struct Record: Decodable, Sendable {
        let id: String
        let fields: [String: Cell]

        init(id: String, fields: [String: Cell]) {
            self.id = id
            self.fields = fields
        }
    }

    struct Page: Sendable {
        let records: [Record]
        /// The offset of the next page; nil after the last page.
        let offset: String?
        /// The time by Airtable's clock.
        let date: Timestamp?
    }

    /// What to list.
    struct Query: Sendable {
        var fields: [String]
        /// Whether fields are named by id.
        var byID: Bool
        var formula: String?
    }

    private struct PageAnswer: Decodable {
        let records: [Record]
        let offset: String?
    }

    private struct PageBody: Encodable {
        let fields: [String]
        let pageSize: Int
        let returnFieldsByFieldId: Bool
        let filterByFormula: String?
        let offset: String?
    }

    /// Reads one page of a list. Throws an `AirtableProblem`, or a `CancellationError`.
    func page(_ query: Query, offset: String?) async throws -> Page {
        var parameters = query.fields.map { ("fields[]", $0) }
        parameters.append(("pageSize", "\(Self.pageSize)"))
        if query.byID { parameters.append(("returnFieldsByFieldId", "true")) }
        if let formula = query.formula { parameters.append(("filterByFormula", formula)) }
        if let offset { parameters.append(("offset", offset)) }
        let address = "\(tableAddress)?\(URLReference.query(parameters))"
        let read: (answer: PageAnswer, date: Timestamp?)
        if address.utf8.count <= Self.longestURL {
            read = try await perform(.get, address, Nothing?.none, isRepeatable: true, as: PageAnswer.self)
        } else {
            let body = PageBody(
                fields: query.fields, pageSize: Self.pageSize, returnFieldsByFieldId: query.byID,
                filterByFormula: query.formula, offset: offset)
            read = try await perform(
                .post, "\(tableAddress)/listRecords", body, isRepeatable: true, as: PageAnswer.self)
        }
        return Page(records: read.answer.records, offset: read.answer.offset, date: read.date)
    }

    /// One record of a write. With an id, that record is changed. Without one, it is found by the key field, or
    /// created.
    struct Write: Encodable, Sendable {
        let id: String?
        /// Nil empties a cell.
        let fields: [String: Cell?]
    }

    struct Written: Decodable, Sendable {
        let records: [Record]
        let createdRecords: [String]?
    }

    private struct WriteBody: Encodable {
        struct Upsert: Encodable { let fieldsToMergeOn: [String] }
        let performUpsert: Upsert?
        let records: [Write]
        let returnFieldsByFieldId: Bool
        /// Lets Airtable add the options that a select field lacks; nil to leave it out.
        let typecast: Bool?
    }

    /// Creates or changes up to ten records, found by their id or by the value of the field `key`. Repeating it changes
    /// nothing, so it is repeated when the outcome is unknown. Throws an `AirtableProblem`, or a `CancellationError`.
    ///
    /// - Parameters:
    ///   - addsOptions: whether Airtable may add options that a select field lacks.
    ///   - recheck: called when the write had to wait, and before a repeat. If it throws, nothing is written any more.
    func write(
        _ records: [Write], key: String, byID: Bool, addsOptions: Bool = false,
        recheck: (@Sendable () async throws -> Void)? = nil
    ) async throws -> Written {
        let needsKey = records.contains { $0.id == nil }
        let body = WriteBody(
            performUpsert: needsKey ? .init(fieldsToMergeOn: [key]) : nil, records: records,
            returnFieldsByFieldId: byID,
            typecast: addsOptions ? true : nil)
        return try await perform(.patch, tableAddress, body, isRepeatable: true, recheck: recheck, as: Written.self)
            .answer
    }

    private struct Deleted: Decodable {
        struct Record: Decodable {
            let id: String
            let deleted: Bool
        }
        let records: [Record]
    }

    /// Deletes up to ten records. Returns the ids of those that were deleted. Throws an `AirtableProblem`, or a
    /// `CancellationError`.
    func delete(_ records: [String]) async throws -> [String] {
        let address = "\(tableAddress)?\(URLReference.query(records.map { ("records[]", $0) }))"
        return try await perform(.delete, address, Nothing?.none, isRepeatable: true, as: Deleted.self).answer.records
            .filter(\.deleted).map(\.id)
    }
}

/// Airtable formulas: https://support.airtable.com/docs/formula-field-reference
enum AirtableFormula {
    /// A text literal, with quotation marks and backslashes escaped.
    static func literal(_ text: String) -> String {
        var result = "'"
        for character in text.unicodeScalars {
            switch character {
            case "\\": result += "\\\\"
            case "'": result += "\\'"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default: result.unicodeScalars.append(character)
            }
        }
        return result + "'"
    }

    /// Records that were changed or created after a moment. It compares times, not texts.
    static func changed(after moment: Timestamp) -> String {
        let text = literal(moment.wholeSecondText)
        return "OR(IS_AFTER(LAST_MODIFIED_TIME(), \(text)), IS_AFTER(CREATED_TIME(), \(text)))"
    }

    static func ids(_ records: [String]) -> String {
        "OR(\(records.map { "RECORD_ID()=\(literal($0))" }.joined(separator: ",")))"
    }
}

import Transport
import Values

extension AirtableClient {
    /// A table as the metadata API describes it: https://airtable.com/developers/web/api/get-base-schema
    struct Table: Decodable, Sendable {
        let id: String
        let name: String
        let fields: [Field]
        let primaryFieldId: String?

        /// The field that names each record; Airtable shows it first.
        var primary: Field? { fields.first { $0.id != nil && $0.id == primaryFieldId } ?? fields.first }
    }

    struct Field: Codable, Sendable, Equatable {
        struct Choice: Codable, Sendable, Equatable { let name: String }
        struct Options: Codable, Sendable, Equatable {
            var choices: [Choice]?
            var precision: Int?
            var icon: String?
            var color: String?
            var timeZone: String?
            var dateFormat: Format?
            var timeFormat: Format?
            var isValid: Bool?
        }
        struct Format: Codable, Sendable, Equatable { let name: String }

        var id: String?
        let name: String
        let type: String
        var options: Options?
    }

    private struct Tables: Decodable { let tables: [Table] }

    /// Reads all tables of the base with their fields. The token needs the scope `schema.bases:read`. Throws an
    /// `AirtableProblem`, or a `CancellationError`.
    func tables() async throws -> [Table] {
        try await perform(
            .get, "\(settings.baseURL)/v0/meta/bases/\(URLReference.encode(settings.baseID))/tables", Nothing?.none,
            isRepeatable: true, as: Tables.self
        ).answer.tables
    }

    /// Creates a field. Returns it with its id. The token needs the scope `schema.bases:write`. Throws an
    /// `AirtableProblem`, or a `CancellationError`.
    func create(_ field: Field, in table: String) async throws -> Field {
        try await perform(
            .post,
            "\(settings.baseURL)/v0/meta/bases/\(URLReference.encode(settings.baseID))/tables/\(URLReference.encode(table))/fields",
            field, isRepeatable: false, as: Field.self
        ).answer
    }
}

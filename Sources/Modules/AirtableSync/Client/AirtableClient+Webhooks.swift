import Transport
import Values

extension AirtableClient {
    private struct WebhookBody: Encodable {
        struct Specification: Encodable { let options: Options }
        struct Options: Encodable { let filters: Filters }
        struct Filters: Encodable {
            let dataTypes: [String]
            let recordChangeScope: String
        }
        let specification: Specification
    }

    struct Webhook: Decodable, Sendable { let id: String }

    /// Creates a webhook, so that Airtable keeps a list of a table's changes. Airtable sends no notifications; we read
    /// the list.
    /// https://airtable.com/developers/web/api/create-a-webhook
    func createWebhook(table: String) async throws -> Webhook {
        let filters = WebhookBody.Filters(dataTypes: ["tableData"], recordChangeScope: table)
        return try await perform(
            .post, "\(settings.baseURL)/v0/bases/\(URLReference.encode(settings.baseID))/webhooks",
            WebhookBody(specification: .init(options: .init(filters: filters))), isRepeatable: false, as: Webhook.self
        ).answer
    }

    /// The part of the webhook's payloads that the sync uses: changed and deleted records.
    struct Payloads: Decodable, Sendable {
        struct Payload: Decodable, Sendable {
            struct Table: Decodable, Sendable {
                struct Change: Decodable, Sendable {
                    struct Current: Decodable, Sendable { let cellValuesByFieldId: [String: Cell]? }
                    let current: Current?
                }
                let createdRecordsById: [String: Change]?
                let changedRecordsById: [String: Change]?
                let destroyedRecordIds: [String]?
            }
            let changedTablesById: [String: Table]?
            /// True if Airtable could not record what happened.
            let error: Bool?
            let code: String?
        }
        let payloads: [Payload]
        let cursor: Int
        let mightHaveMore: Bool
    }

    /// Reads a page of the list, starting at a cursor. Each reading keeps the webhook alive for another seven days.
    func payloads(of webhook: String, from cursor: Int) async throws -> (Payloads, date: Timestamp?) {
        let address =
            "\(settings.baseURL)/v0/bases/\(URLReference.encode(settings.baseID))/webhooks/\(URLReference.encode(webhook))/payloads?cursor=\(cursor)&limit=50"
        return try await perform(.get, address, Nothing?.none, isRepeatable: true, as: Payloads.self)
    }
}

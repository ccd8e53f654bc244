import Leads

/// The fields that setup creates in a table that lacks them.
/// https://airtable.com/developers/web/api/field-model
enum FieldBlueprint {
    static func field(_ mapped: MappedField) -> AirtableClient.Field {
        let (type, options) = kind(mapped)
        return AirtableClient.Field(id: nil, name: mapped.name, type: type, options: options)
    }

    private static func kind(_ mapped: MappedField) -> (String, AirtableClient.Field.Options?) {
        switch (mapped.conversion, mapped.column) {
        case (.checkbox, _): ("checkbox", .init(icon: "check", color: "greenBright"))
        case (.yesNo, _): ("singleSelect", .init(choices: [.init(name: "Yes"), .init(name: "No")]))
        case (.number, _): ("number", .init(precision: 0))
        case (.date, _): ("date", .init(dateFormat: .init(name: "iso")))
        case (.dateTime, _):
            ("dateTime", .init(timeZone: "utc", dateFormat: .init(name: "iso"), timeFormat: .init(name: "24hour")))
        case (_, .status):
            (
                "singleSelect",
                .init(choices: LeadStatus.allCases.map { .init(name: mapped.words[$0.rawValue] ?? $0.rawValue) })
            )
        case (_, .syncStatus): ("singleSelect", .init(choices: [.init(name: "synced"), .init(name: "error")]))
        case (_, .message), (_, .syncError): ("multilineText", nil)
        case (_, let column):
            switch column.leadField?.description.kind {
            case .email: ("email", nil)
            case .phone: ("phoneNumber", nil)
            case .website, .profile: ("url", nil)
            case .name, .title, .company, .text, nil: ("singleLineText", nil)
            }
        }
    }
}

import Values

/// Converts a value that is written into a cell, as Airtable does.
enum AirtableCells {
    struct Refusal: Error {
        let type: String
        let message: String
    }

    static let longest = 100_000

    /// The cell as it is stored; nil for an empty one.
    ///
    /// - Parameter field: gets a new option if `typecast` creates one.
    static func normalise(_ value: JSON, for field: inout AirtableField, typecast: Bool) throws -> JSON? {
        if field.isComputed {
            throw Refusal(
                type: "INVALID_VALUE_FOR_COLUMN",
                message: "Field \"\(field.name)\" cannot accept a value because the field is computed")
        }
        let refusal = Refusal(
            type: "INVALID_VALUE_FOR_COLUMN", message: "Field \"\(field.name)\" cannot accept the provided value")
        if value == .null { return field.type == "richText" ? .text("\n") : nil }
        switch field.type {
        case "checkbox":
            if let flag = value.bool { return flag ? .bool(true) : nil }
            if typecast, let text = value.text { return ["true", "yes", "checked"].contains(text) ? .bool(true) : nil }
            throw refusal
        case "number", "percent", "currency", "rating", "duration":
            if let number = value.number { return .number(number) }
            if typecast, let number = value.text.flatMap({ Double($0) }) { return .number(number) }
            throw refusal
        case "date": return try date(value, refusal)
        case "dateTime": return try dateTime(value, refusal)
        case "singleSelect": return try choice(value, &field, typecast, refusal)
        case "multipleSelects":
            guard let list = value.list else { throw refusal }
            let options = try list.compactMap { try choice($0, &field, typecast, refusal) }
            return options.isEmpty ? nil : .list(options)
        case "multipleAttachments":
            guard let list = value.list else { throw refusal }
            return list.isEmpty
                ? nil
                : .list(
                    try list.enumerated().map { index, item in
                        guard let url = item["url"]?.text else { throw refusal }
                        return .object([
                            "id": .text(AirtableID.make("att", index + 1)), "url": .text(url),
                            "filename": item["filename"] ?? .text("file"), "size": .number(1_024),
                            "type": .text("application/pdf"),
                        ])
                    })
        case "richText":
            guard let text = value.text, text.utf8.count <= longest else { throw refusal }
            return .text(richText(text))
        default:
            guard let text = value.text ?? (typecast ? value.number.map { "\($0)" } : nil), text.utf8.count <= longest
            else { throw refusal }
            return text.isEmpty ? nil : .text(text)
        }
    }

    /// List items are marked with hyphens, and the text ends with a line break.
    private static func richText(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.hasPrefix("* ") || line.hasPrefix("+ ") ? "- " + line.dropFirst(2) : line
        }
        let joined = lines.joined(separator: "\n")
        return joined.hasSuffix("\n") ? joined : joined + "\n"
    }

    private static func date(_ value: JSON, _ refusal: Refusal) throws -> JSON {
        guard let text = value.text, text.count == 10, Timestamp(parsing: text + " 00:00:00") != nil else {
            throw refusal
        }
        return .text(text)
    }

    private static func dateTime(_ value: JSON, _ refusal: Refusal) throws -> JSON {
        if let milliseconds = value.number {
            guard let whole = Int64(exactly: milliseconds.rounded()), abs(whole) < 253_402_300_800_000 else {
                throw refusal
            }
            return .text(Timestamp(milliseconds: whole).airtableText)
        }
        guard let text = value.text, let moment = moment(text) else { throw refusal }
        return .text(moment.airtableText)
    }

    /// ISO 8601, including a date alone or a time with an offset.
    static func moment(_ text: String) -> Timestamp? {
        if text.count == 10 { return Timestamp(parsing: text + " 00:00:00") }
        if let moment = Timestamp(parsing: text) { return moment }
        guard let sign = text.lastIndex(where: { $0 == "+" || $0 == "-" }),
            let day = text.index(text.startIndex, offsetBy: 10, limitedBy: text.endIndex), sign > day,
            let local = Timestamp(parsing: String(text[..<sign]))
        else { return nil }
        let digits = text[text.index(after: sign)...].filter(\.isNumber)
        guard digits.count == 4, let hours = Int(digits.prefix(2)), let minutes = Int(digits.suffix(2)) else {
            return nil
        }
        let offset = Duration.seconds(hours * 3_600 + minutes * 60)
        return text[sign] == "+" ? local - offset : local + offset
    }

    private static func choice(
        _ value: JSON, _ field: inout AirtableField, _ typecast: Bool, _ refusal: Refusal
    ) throws -> JSON? {
        guard let text = value.text else { throw refusal }
        if text.isEmpty { return nil }
        if field.choices.contains(text) { return .text(text) }
        guard typecast else {
            throw Refusal(
                type: "INVALID_MULTIPLE_CHOICE_OPTIONS",
                message: "Insufficient permissions to create new select option \"\(JSONText.quote(text))\"")
        }
        field.addChoice(text)
        return .text(text)
    }
}

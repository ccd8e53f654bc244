import Values

/// What a page says of its company in structured data, https://schema.org: JSON-LD first, then microdata.
struct StructuredData {
    private(set) var names: [String] = []
    private(set) var description: String?
    private(set) var employees: (least: Int, most: Int)?
    private(set) var phones: [(text: String, isFax: Bool)] = []
    private(set) var emails: [String] = []
    private(set) var links: [String] = []
    private(set) var address: String?

    init(_ document: PageDocument) {
        for text in document.structured {
            guard let value = StableJSON.decode(JSONValue.self, Self.repaired(text)) else { continue }
            visit(value, depth: 0)
        }
        readMicrodata(document)
    }

    /// Some pages leave a comma behind the last entry, or comments around the data.
    private static func repaired(_ text: String) -> String {
        var text = text.tidiedLines
        for (mark, plain) in [
            ("<!--", ""), ("-->", ""), ("/*<![CDATA[*/", ""), ("/*]]>*/", ""), ("//<![CDATA[", ""), ("//]]>", ""),
        ] { text = text.replacing(mark, with: plain) }
        var result = ""
        var isString = false
        var isEscaped = false
        let characters = Array(text)
        for (index, character) in characters.enumerated() {
            if isString {
                if isEscaped {
                    isEscaped = false
                } else if character == "\\" {
                    isEscaped = true
                } else if character == "\"" {
                    isString = false
                }
                result.append(character == "\n" || character == "\t" ? " " : character)
                continue
            }
            if character == "\"" { isString = true }
            if character == "," {
                let next = characters[(index + 1)...].first { !$0.isWhitespace }
                if next == "}" || next == "]" { continue }
            }
            result.append(character)
        }
        return result
    }

    private static let organisations = [
        "organization", "corporation", "localbusiness", "business", "store", "shop", "restaurant", "agency", "service",
        "contractor", "dentist", "physician", "clinic", "hotel", "lodging", "attorney", "company", "bakery", "ngo",
        "school", "plumber", "electrician", "dealer", "salon", "repair", "bank", "insurance", "library", "university",
        "brewery", "winery", "practice", "pharmacy", "hospital", "fitness", "gym", "cafe", "bar",
    ]

    private static let others = [
        "person", "jobposting", "review", "event", "product", "breadcrumb", "article", "blogposting", "imageobject",
        "offer", "postaladdress", "place", "webpage", "website", "searchaction", "contactpage", "aboutpage",
        "collectionpage", "faqpage", "itemlist",
    ]

    private mutating func visit(_ value: JSONValue, depth: Int) {
        guard depth < 8 else { return }
        switch value {
        case .list(let list): for item in list.prefix(200) { visit(item, depth: depth + 1) }
        case .object(let parts):
            let types = Self.texts(parts["@type"]).map { $0.lowercased() }
            let hasContact = parts["telephone"] != nil || parts["address"] != nil || parts["email"] != nil
            let isOther = types.contains { type in Self.others.contains { type.contains($0) } }
            if !isOther,
                types.contains(where: { type in Self.organisations.contains { type.contains($0) } })
                    || hasContact && !types.isEmpty
            {
                // A review, a job or a partner names other organisations inside it.
                take(parts)
                return
            }
            if types.contains("website") {
                if let name = Self.text(parts["name"]) { names.append(name) }
            }
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "publisher", "about"] {
                if let inside = parts[key] { visit(inside, depth: depth + 1) }
            }
        default: return
        }
    }

    private mutating func take(_ parts: [String: JSONValue]) {
        let name = Self.text(parts["name"]) ?? Self.text(parts["legalName"])
        if let name, Self.isDemo(name) { return }
        for key in ["name", "legalName", "alternateName"] {
            if let text = Self.text(parts[key]), !names.contains(text) { names.append(text) }
        }
        description = description ?? Self.text(parts["description"])
        if let count = Self.employees(parts["numberOfEmployees"]) { employees = employees ?? count }
        for text in Self.texts(parts["telephone"]) { phones.append((text, false)) }
        for text in Self.texts(parts["faxNumber"]) { phones.append((text, true)) }
        for text in Self.texts(parts["email"]) { emails.append(text) }
        links += Self.texts(parts["sameAs"])
        address = address ?? Self.address(parts["address"])
        for point in Self.list(parts["contactPoint"]) {
            guard case .object(let contact) = point else { continue }
            for text in Self.texts(contact["telephone"]) { phones.append((text, false)) }
            for text in Self.texts(contact["faxNumber"]) { phones.append((text, true)) }
            for text in Self.texts(contact["email"]) { emails.append(text) }
        }
    }

    /// A theme's example.
    static func isDemo(_ name: String) -> Bool {
        let folded = name.folded
        return [
            "acme corp", "acme inc", "acme corporation", "acme", "your company", "your company name", "company name",
            "my company", "example company", "example inc", "demo company", "demo", "site title", "my site", "website",
            "home", "your business name", "business name", "lorem ipsum", "organization name",
            "just another wordpress site", "mustermann gmbh", "musterfirma", "musterfirma gmbh", "muster gmbh",
            "nom de l entreprise", "nombre de la empresa", "nome azienda", "bedrijfsnaam", "nazwa firmy", "my blog",
            "untitled", "new site", "mysite",
        ].contains(folded)
    }

    private static func employees(_ value: JSONValue?) -> (Int, Int)? {
        switch value {
        case .number(let number)?: return count(number).map { ($0, $0) }
        case .text(let text)?:
            let numbers = text.split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) }.filter {
                (1...5_000_000).contains($0)
            }
            guard let first = numbers.first else { return nil }
            return (first, numbers.count > 1 ? numbers[1] : first)
        case .object(let parts)?:
            if let value = employees(parts["value"]) { return value }
            guard let least = employees(parts["minValue"])?.0 else { return nil }
            return (least, employees(parts["maxValue"])?.1 ?? least)
        default: return nil
        }
    }

    private static func count(_ number: Double) -> Int? {
        Int(exactly: number.rounded()).flatMap { (1...5_000_000).contains($0) ? $0 : nil }
    }

    private static func address(_ value: JSONValue?) -> String? {
        switch value {
        case .text(let text)?: return text.tidied(limit: 200).nonEmpty
        case .list(let list)?: return list.lazy.compactMap { address($0) }.first
        case .object(let parts)?:
            guard let street = text(parts["streetAddress"]) else { return nil }
            let city = [text(parts["postalCode"]), text(parts["addressLocality"])].compactMap(\.self).joined(
                separator: " ")
            return [street, city].filter { !$0.isEmpty }.joined(separator: ", ")
        default: return nil
        }
    }

    private static func text(_ value: JSONValue?) -> String? { texts(value).first }

    private static func texts(_ value: JSONValue?) -> [String] {
        switch value {
        case .text(let text)?: [text.tidied(limit: 2_000)].filter { !$0.isEmpty }
        case .list(let list)?: list.flatMap { texts($0) }
        default: []
        }
    }

    private static func list(_ value: JSONValue?) -> [JSONValue] {
        if case .list(let list)? = value { return list }
        return value.map { [$0] } ?? []
    }

    private mutating func readMicrodata(_ document: PageDocument) {
        var behind = 0
        for (index, node) in document.nodes.enumerated() where !node.isHidden {
            guard let type = node.attributes["itemtype"]?.lowercased(), type.contains("schema.org"),
                Self.organisations.contains(where: { type.contains($0) })
            else { continue }
            // An organisation inside another one is read as a part of it.
            guard index >= behind else { continue }
            behind = node.end
            var place = index + 1
            while place < node.end {
                let inner = document.nodes[place]
                guard let property = inner.attributes["itemprop"] else {
                    place += 1
                    continue
                }
                let value =
                    inner.attributes["content"]
                    ?? (inner.name == "a" && ["url", "sameAs"].contains(property) ? inner.attributes["href"] : nil)
                    ?? document.text(of: place, limit: 300)
                switch property {
                case "name" where !Self.isDemo(value) && inner.attributes["itemscope"] == nil:
                    if names.isEmpty, !value.isEmpty { names.append(value) }
                case "telephone": phones.append((value, false))
                case "faxNumber": phones.append((value, true))
                case "email": emails.append(value.replacing("mailto:", with: ""))
                case "description": description = description ?? value.nonEmpty
                case "numberOfEmployees": employees = employees ?? Self.employees(.text(value))
                case "sameAs": links.append(value)
                case "address" where inner.attributes["itemscope"] == nil: address = address ?? value.nonEmpty
                default: break
                }
                // A thing of its own inside (a person, a review) is not the company.
                if inner.attributes["itemscope"] != nil, property != "address" {
                    place = max(place + 1, inner.end)
                } else {
                    place += 1
                }
            }
        }
    }
}

extension String {
    /// Without the characters that may not stand in JSON.
    fileprivate var tidiedLines: String {
        String(unicodeScalars.filter { $0.value >= 0x20 || $0 == "\n" || $0 == "\t" }.map { Character($0) })
    }
}

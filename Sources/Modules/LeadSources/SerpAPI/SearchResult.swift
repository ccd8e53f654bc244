public import Values

/// The part of a search result that is used.
public struct SearchResult: Sendable, Codable, Equatable {
    public let title: String
    public let link: String
    public let snippet: String?
    /// What the search engine lists under the result: `["Toronto, Ontario, Canada", "Head of Operations", "Acme Freight"]`.
    public let extensions: [String]

    public init(title: String, link: String, snippet: String?, extensions: [String] = []) {
        self.title = title
        self.link = link
        self.snippet = snippet
        self.extensions = extensions
    }

    /// Reads an entry of `organic_results`, whatever it holds. Returns nil for one without title or link.
    public init?(_ entry: JSONValue) {
        guard case .object(let parts) = entry, let title = Self.text(parts["title"]),
            let link = Self.text(parts["link"])
        else { return nil }
        var extensions: [String] = []
        if case .object(let rich)? = parts["rich_snippet"] {
            for place in ["top", "bottom"] {
                guard case .object(let list)? = rich[place] else { continue }
                extensions += Self.texts(list["extensions"])
                if extensions.isEmpty { extensions += Self.texts(list["detected_extensions"]) }
            }
        }
        if extensions.isEmpty { extensions = Self.texts(parts["extensions"]) }
        self.init(
            title: title.withoutSecrets, link: link.withoutSecrets,
            snippet: Self.text(parts["snippet"])?.withoutSecrets,
            extensions: extensions.prefix(10).map(\.withoutSecrets))
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        title = try container.decode(String.self, forKey: .title)
        link = try container.decode(String.self, forKey: .link)
        snippet = try container.decodeIfPresent(String.self, forKey: .snippet)
        // Results that were kept before this was read have none.
        extensions = try container.decodeIfPresent([String].self, forKey: .extensions) ?? []
    }

    /// A text, or the texts of a list with a dot between them.
    private static func text(_ value: JSONValue?) -> String? {
        switch value {
        case .text(let text)?: text.nonEmpty
        case .list?: texts(value).joined(separator: " · ").nonEmpty
        default: nil
        }
    }

    private static func texts(_ value: JSONValue?) -> [String] {
        switch value {
        case .text(let text)?: [text]
        case .list(let list)?: list.compactMap { if case .text(let text) = $0 { text } else { nil } }
        case .object(let parts)?:
            parts.keys.sorted().compactMap { if case .text(let text)? = parts[$0] { text } else { nil } }
        default: []
        }
    }
}

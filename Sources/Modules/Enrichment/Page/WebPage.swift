public import Leads
import Values

/// A page, read as a careful person would: what it is, what it says of its company, and its contacts.
public struct WebPage: Sendable {
    public let kind: PageKind
    public let facts: CompanyFacts
    public let emails: [PageEmail]
    public let phones: [PagePhone]
    /// The main text, a paragraph a line, at most 20,000 characters.
    public let text: String
    /// The addresses of the pages that it links to, as written, with the words of the link.
    public let links: [(target: String, words: String)]
    /// Whether only a first part was read, because the page is too large.
    public let isFirstPart: Bool

    /// Reads a page from the bytes that a server sent. Returns nil if they are more than can be read within a second of
    /// processor time.
    ///
    /// - Parameters:
    ///   - contentType: the header's value.
    ///   - host: whose page it is.
    ///   - people: the names to look for.
    ///   - country: of telephone numbers that are written without one.
    public static func read(
        _ bytes: [UInt8], contentType: String?, host: String, people: [String] = [], companies: [String] = [],
        country: String,
        isFirstPart: Bool = false
    ) async -> WebPage? {
        // A page can repeat a secret in another encoding, so secrets are removed from the decoded text as well.
        let text = PageEncoding.of(bytes, contentType: contentType).decode(bytes).withoutSecrets
        guard var document = await PageDocument.read(text) else { return nil }
        document.isFirstPart = document.isFirstPart || isFirstPart
        return WebPage(document, host: host, people: people, companies: companies, country: country)
    }

    /// Only the main text of a page: what an extractor of text does, for comparison.
    public static func mainText(of bytes: [UInt8], contentType: String?) async -> String? {
        let text = PageEncoding.of(bytes, contentType: contentType).decode(bytes)
        return await PageDocument.read(text).map { MainText.read($0, $0.lines()) }
    }

    init(_ document: PageDocument, host: String, people: [String], companies: [String], country: String) {
        let lines = document.lines()
        kind = PageKind.of(document, lines, host: host)
        isFirstPart = document.isFirstPart
        guard kind == .page else {
            (facts, emails, phones, text, links) = (CompanyFacts(), [], [], "", [])
            return
        }
        text = String(MainText.read(document, lines).prefix(20_000)).withoutSecrets
        let data = StructuredData(document)
        facts = CompanyFacts(document, lines, data, mainText: text, host: host)
        let known = companies + [facts.name?.value].compactMap(\.self) + facts.otherNames
        let contacts = PageContacts(
            document, lines, data, host: host, people: people, companies: known, country: country)
        (emails, phones) = (contacts.emails, contacts.phones)
        links = document.nodes.indices.lazy.filter { document.nodes[$0].name == "a" && !document.nodes[$0].isHidden }
            .prefix(1_000).compactMap { index in
                document.nodes[index].attributes["href"].map { ($0, document.text(of: index, limit: 80)) }
            }
    }
}

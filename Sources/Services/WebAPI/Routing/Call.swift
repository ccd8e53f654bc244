import FoundationEssentials
import HTTPTypes
import HummingbirdCore
import Leads
import NIOCore
import Operations
import Values

/// A request that was found to be in order, on its way to its route.
struct Call: Sendable {
    let head: HTTPRequest
    let route: Route
    /// The parts of the path, by their names.
    let path: [String: String]
    let query: Query
    /// Nil on a route without a token.
    let token: AccessToken?
    /// Acts as the token.
    let context: OperationContext
    let server: APIState
    /// The body as far as it is not a file.
    let body: [UInt8]
    /// The body, if it is a file.
    let file: Upload?
    /// The key of a request that is done once; nil if it has none.
    let answerKey: AnswerKey?

    /// The states that the caller accepts, of `If-Match`: what its entity tags have between the quotation marks; nil for any.
    /// Throws when the header is missing, or names none.
    func entityTags() throws(APIProblem) -> [String]? {
        guard let text = head.headerFields[.ifMatch] else {
            throw APIProblem(
                428, "say with If-Match which state you have seen: the ETag that came with it, or * for any")
        }
        if text.tidied() == "*" { return nil }
        // A weak one is no match for If-Match, RFC 9110, 13.1.1.
        let tags = text.split(separator: ",").map { String($0).tidied() }.compactMap { tag in
            tag.hasPrefix("\"") && tag.hasSuffix("\"") && tag.count > 2 ? String(tag.dropFirst().dropLast()) : nil
        }
        guard !tags.isEmpty else { throw APIProblem(412, "If-Match: no ETag is in \(text.shortened(to: 80))") }
        return tags
    }

    /// The versions of a lead that the caller accepts; nil for any. Throws as `entityTags` does.
    func leadVersions() throws(APIProblem) -> [String]? {
        // They are `VERSION-HASH`. What of a lead changes without a new version, such as when it was synced, is no reason to look at
        // it again.
        try entityTags()?.compactMap { tag in tag.lastIndex(of: "-").map { String(tag[..<$0]) } }
    }

    /// The answer, with its entity tag; 304 if the caller has it, by `If-None-Match`.
    func answer(tagged tag: String, _ answer: () throws -> Answer) rethrows -> Answer {
        // RFC 9110, 13.1.2: weak comparison.
        let isKnown = (head.headerFields[.ifNoneMatch] ?? "").split(separator: ",").contains { part in
            let text = String(part).trimmed
            return text == "*" || text == tag || text == "W/" + tag
        }
        return try (isKnown ? Answer(status: 304, body: .none) : answer()).with("ETag", tag)
    }

    /// The body's members.
    func members() throws(APIProblem) -> Members { try Members(parsing: body) }

    /// The number in the path. Throws 404 for what is not a number.
    func number(_ name: String, _ what: String) throws(APIProblem) -> Int64 {
        let text = path[name] ?? ""
        guard let number = Int64(text), number > 0 else {
            throw APIProblem(404, "there is no \(what) \(text.shortened(to: 60))")
        }
        return number
    }

    /// The lead's number or UUID in the path. Throws 404 for what is neither, so that no address of mail is in a path.
    func lead() throws(APIProblem) -> String {
        let text = path["id"] ?? ""
        let isUUID = text.count == 36 && text.allSatisfy { $0.isHexDigit || $0 == "-" }
        let isNumber = text.first.map { "123456789".contains($0) } ?? false && Int64(text) != nil
        guard isNumber || isUUID else {
            throw APIProblem(404, "there is no lead \"\(text.shortened(to: 60))\"; name it by its number or its uuid")
        }
        return text
    }

    /// Whether the caller asks what would be done.
    var isDryRun: Bool { query.isTrue("dry_run") }

    /// Whether the token is still in force, while an answer is being written.
    func isStillAllowed() async throws -> Bool {
        guard let token else { return true }
        return try await TokenAccess.isInForce(token.id, in: context)
    }

    /// Makes a change and answers. The change is undone at the end of a dry run. If the request has a key, the answer is kept
    /// with what it answers.
    func change<Response: Sendable>(
        answering answer: @escaping @Sendable (Response) throws -> Answer,
        _ work: (OperationContext) async throws -> Response
    ) async throws -> Answer {
        var own = context
        if isDryRun {
            own = context.dryRun()
        } else if let answerKey {
            own = context.keeping(answerKey) { try ($0 as? Response).map(answer)?.stored }
        }
        return try answer(try await work(own))
    }

    /// Makes a change and answers with its response, as JSON.
    func change<Response: Sendable & Encodable>(
        _ work: (OperationContext) async throws -> Response
    ) async throws -> Answer {
        try await change(answering: { try .json($0) }, work)
    }
}

/// The query of a request: each name at most once, and only those that the route has.
struct Query: Sendable {
    private let values: [String: String]

    init(_ text: Substring?, _ route: Route) throws(APIProblem) {
        var values: [String: String] = [:]
        for part in (text ?? "").split(separator: "&", omittingEmptySubsequences: true) {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(pair[0]), let value = Self.decoded(pair.count > 1 ? pair[1] : "") else {
                throw APIProblem(400, "the query is not percent-encoded UTF-8")
            }
            guard let parameter = route.parameters.first(where: { $0.name == name && !$0.isInPath }) else {
                let names = route.parameters.filter { !$0.isInPath }.map(\.name)
                let hint = Suggestion.hint(for: name, among: names)
                let known = names.isEmpty ? "it takes none" : "it takes \(names.joined(separator: ", "))"
                throw .field(name.shortened(to: 60), "is not a parameter of this route; \(hint ?? known)")
            }
            guard values[name] == nil else { throw .field(name, "is there twice") }
            if let problem = parameter.schema.problem(withText: value) { throw .field(name, problem) }
            values[name] = value
        }
        self.values = values
    }

    /// Nil if it is not valid.
    static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var iterator = text.utf8.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case 0x2B: bytes.append(0x20)
            case 0x25:
                guard let high = iterator.next(), let low = iterator.next(),
                    let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16), high != 0x2B,
                    high != 0x2D
                else { return nil }
                bytes.append(value)
            default: bytes.append(byte)
            }
        }
        guard !bytes.contains(0) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    subscript(name: String) -> String? { values[name] }

    func isTrue(_ name: String) -> Bool { values[name] == "true" }

    func flag(_ name: String) -> Bool? { values[name].map { $0 == "true" } }

    func number(_ name: String, default fallback: Int) -> Int { values[name].flatMap(Int.init) ?? fallback }

    func moment(_ name: String) throws(APIProblem) -> Timestamp? {
        guard let text = values[name] else { return nil }
        guard let moment = Timestamp(rfc3339: text) else {
            throw .field(name, "must be a time in UTC, like 2026-03-08T06:00:00Z")
        }
        return moment
    }
}

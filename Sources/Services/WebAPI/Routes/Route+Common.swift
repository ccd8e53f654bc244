import FoundationEssentials
import HTTPTypes
import Leads
import Operations
import Values

extension Route.Parameter {
    static let leadID = path("id", .string(limit: 40), "The lead's number or uuid.")
    static let limit = query("limit", .integer(in: 1...200), "How many; the default is 50.")
    static let cursor = query("cursor", .string(limit: 8_000), "`next` of the page before.")
    static let dryRun = query("dry_run", .flag, "Answers as if it were done, and does nothing.")
    static let wait = query(
        "wait", .integer(in: 0...300), "Waits so many seconds for the end of the run, and answers with how it ended.")
}

extension Call {
    /// How many entries are wanted.
    var limit: Int { query.number("limit", default: 50) }
}

/// A place in a list, as text for the caller to give back. It holds for the same list only.
struct Cursor: Codable {
    var list: String
    var position: LeadSelection.Position?
    var number: Int64?
    var text: String?
    var pair: DoubtfulPair.Place?

    var encoded: String {
        let bytes = Array((StableJSON.text(of: self) ?? "{}").utf8)
        return Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }

    /// Nil without a cursor. Throws 400 for one that is of another list, or not a cursor.
    static func read(_ text: String?, of list: String) throws(APIProblem) -> Cursor? {
        guard let text else { return nil }
        var base = text.replacing("-", with: "+").replacing("_", with: "/")
        base += String(repeating: "=", count: (4 - base.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: base),
            let cursor = StableJSON.decode(Cursor.self, String(decoding: data, as: UTF8.self)), cursor.list == list
        else {
            throw .field("cursor", "is not one that this list has given; begin again without it")
        }
        return cursor
    }
}

extension Answer {
    /// A page of a list, with a link to the next.
    ///
    /// - Parameters:
    ///   - entries: JSON of each.
    ///   - members: further members, as JSON.
    static func page(
        _ name: String, _ entries: [String], next: Cursor?, _ members: [(String, String)] = [], of call: Call
    ) -> Answer {
        var text = "{\"\(name)\":["
        text += entries.joined(separator: ",")
        text += "],\"next\":"
        let cursor = next?.encoded
        text += cursor.map { "\"\($0)\"" } ?? "null"
        for (name, value) in members { text += ",\"\(name)\":\(value)" }
        return Answer.raw(text + "}").with("Link", cursor.map { call.link(cursor: $0) })
    }

    /// A page of a list.
    ///
    /// - Parameters:
    ///   - found: the page's entries, and one more if there is a next page.
    ///   - json: an entry's JSON.
    ///   - cursor: the position after an entry.
    static func page<Entry>(
        _ name: String, found: [Entry], of call: Call, json: (Entry) throws -> String, cursor: (Entry) -> Cursor
    ) throws -> Answer {
        let page = found.prefix(call.limit)
        return .page(
            name, try page.map(json), next: found.count > page.count ? page.last.map(cursor) : nil, of: call)
    }
}

extension Call {
    /// The address of the next page, RFC 8288.
    func link(cursor: String) -> String {
        let target = head.path ?? "/"
        let path = target.prefix { $0 != "?" }
        let query = target.dropFirst(path.count).dropFirst()
        let kept = query.split(separator: "&").filter { !$0.hasPrefix("cursor=") && $0 != "cursor" }.map(String.init)
        // What came in is encoded already, but not what would end the link.
        let text = (kept + ["cursor=\(cursor)"]).joined(separator: "&")
            .replacing("<", with: "%3C").replacing(">", with: "%3E").replacing("\"", with: "%22")
        return "<\(path)?\(text)>; rel=\"next\""
    }
}

extension Schema {
    /// A page of a list.
    static func page(_ name: String, of element: Schema, _ members: [Member] = []) -> Schema {
        .object(
            [
                Member(name: name, schema: .list(element)),
                Member(
                    name: "next",
                    schema: Schema.string.nullable.saying("For the parameter `cursor`; null on the last page.")),
            ] + members)
    }
}

extension PrintedJSON {
    /// On one line, without secrets.
    static func line(_ value: some Encodable) throws -> String { try text(of: value, isPretty: false).withoutSecrets }
}

import HTTPTypes
import Leads
import NIOCore
import Values

/// What is answered to a call.
struct Answer: Sendable {
    enum Body: Sendable {
        case none
        case text(String, type: String)
        /// Written piece by piece, as fast as the caller reads. What is endless waits for what is to come, and ends when the caller
        /// has gone.
        case stream(
            type: String, isEndless: Bool = false,
            @Sendable (_ write: @Sendable (String) async throws -> Void) async throws -> Void)
    }

    var status: Int
    var headers: [(name: String, value: String)] = []
    var body: Body

    static let json = "application/json"
    static let problem = "application/problem+json"

    /// JSON of a value.
    static func json(_ value: some Encodable, status: Int = 200) throws -> Answer {
        Answer(status: status, body: .text(try PrintedJSON.text(of: value, isPretty: false).withoutSecrets, type: json))
    }

    /// JSON that was written already.
    static func raw(_ json: String, status: Int = 200) -> Answer {
        Answer(status: status, body: .text(json, type: Self.json))
    }

    static let nothing = Answer(status: 204, body: .none)

    func with(_ name: String, _ value: String?) -> Answer {
        guard let value else { return self }
        var answer = self
        answer.headers.append((name, value))
        return answer
    }

    /// The answer as it is kept for a repeated request; nil if it is a stream.
    var stored: StoredAnswer? {
        var headers = Dictionary(headers.map { ($0.name.lowercased(), $0.value) }) { $1 }
        switch body {
        case .none: return StoredAnswer(status: status, headers: headers, body: "")
        case .text(let text, let type):
            headers["content-type"] = type
            return StoredAnswer(status: status, headers: headers, body: text)
        case .stream: return nil
        }
    }

    /// An answer that was kept.
    init(_ stored: StoredAnswer) {
        status = stored.status
        headers = stored.headers.filter { $0.key != "content-type" }.map { ($0.key, $0.value) }
        body = stored.body.isEmpty ? .none : .text(stored.body, type: stored.headers["content-type"] ?? Self.json)
    }

    init(status: Int, headers: [(name: String, value: String)] = [], body: Body) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

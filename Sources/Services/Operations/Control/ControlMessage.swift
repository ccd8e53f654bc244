import FoundationEssentials
import Values

/// What goes over the control socket: a request as one line of JSON, then any number of events, then one answer or
/// problem, each a line. Each says which version of the program speaks.
enum ControlMessage: Codable, Sendable {
    case event(ExecutorEvent)
    case answer(ExecutorAnswer)
    case problem(OperationProblem)
}

/// Who speaks on a control socket. It stands beside a message's own keys, so that a program that knows nothing of it reads
/// the message all the same.
struct ControlSpeaker: Codable, Sendable, Equatable {
    /// Raised with each change that another version would misunderstand. Messages of before it are 1.
    let number: Int
    /// The program's version.
    let version: String

    static let currentNumber = 4

    init(version: String) {
        number = Self.currentNumber
        self.version = version
    }

    private enum CodingKeys: String, CodingKey {
        case number = "protocol"
        case version
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        number = try container.decodeIfPresent(Int.self, forKey: .number) ?? 1
        version = try container.decodeIfPresent(String.self, forKey: .version) ?? "an older version"
    }
}

/// A line of the socket.
struct ControlLine<Content: Codable & Sendable>: Encodable {
    private let speaker: ControlSpeaker
    private let content: Content

    func encode(to encoder: any Encoder) throws {
        try content.encode(to: encoder)
        try speaker.encode(to: encoder)
    }

    /// Without any secret: who asks may be allowed less than the daemon.
    static func bytes(_ content: Content, by speaker: ControlSpeaker) -> [UInt8] {
        let encoded = (try? JSONEncoder().encode(ControlLine(speaker: speaker, content: content))).map(Array.init) ?? []
        return KnownSecrets.removed(from: encoded)
    }

    enum Read {
        case content(Content)
        /// The other side speaks another language.
        case otherVersion(ControlSpeaker)
        case malformed
    }

    static func read(_ line: [UInt8]) -> Read {
        let decoder = JSONDecoder()
        guard let speaker = try? decoder.decode(ControlSpeaker.self, from: Data(line)) else { return .malformed }
        guard speaker.number == ControlSpeaker.currentNumber else { return .otherVersion(speaker) }
        return (try? decoder.decode(Content.self, from: Data(line))).map(Read.content) ?? .malformed
    }
}

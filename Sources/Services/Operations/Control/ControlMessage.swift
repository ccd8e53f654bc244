import FoundationEssentials
import Values

/// A message on the control socket. The client sends a request as one line of JSON; the daemon sends any number of
/// events and then one answer or problem, each a line. Each message contains the version of the program that sent it.
enum ControlMessage: Codable, Sendable {
    case event(ExecutorEvent)
    case answer(ExecutorAnswer)
    case problem(OperationProblem)
}

/// The sender of a message. Its keys are added to the message's own, so that a program that does not know them can
/// still read the message.
struct ControlSpeaker: Codable, Sendable, Equatable {
    /// Incremented with each change that another version would misunderstand. Messages without it are 1.
    let number: Int
    /// The program's version.
    let version: String

    static let currentNumber = 7

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

/// A line sent over the socket.
struct ControlLine<Content: Codable & Sendable>: Encodable {
    private let speaker: ControlSpeaker
    private let content: Content

    func encode(to encoder: any Encoder) throws {
        try content.encode(to: encoder)
        try speaker.encode(to: encoder)
    }

    /// Encodes a line without any secrets, because the client may be allowed less than the daemon.
    static func bytes(_ content: Content, by speaker: ControlSpeaker) -> [UInt8] {
        let encoded = (try? JSONEncoder().encode(ControlLine(speaker: speaker, content: content))).map(Array.init) ?? []
        return KnownSecrets.removed(from: encoded)
    }

    enum Read {
        case content(Content)
        /// The other side uses another version of the protocol.
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

import FoundationEssentials
import Synchronization

/// A stand-in for OpenAI's chat completions, in their documented form.
final class OpenAIStandIn: Sendable {
    private struct State {
        /// How often each prompt was answered, and therefore paid for.
        var answered: [String: Int] = [:]
    }

    private let world: SandboxWorld
    private let key: String
    private let state = Mutex(State())

    init(world: SandboxWorld, key: String) {
        self.world = world
        self.key = key
    }

    /// How many answers were paid for, and how many prompts were answered more than once.
    var billed: (answers: Int, repeated: Int) {
        state.withLock { ($0.answered.values.reduce(0, +), $0.answered.values.filter { $0 > 1 }.count) }
    }

    func answer(_ request: StandInRequest, placeholder: Bool) -> StandInAnswer {
        guard request.bearer == key else { return failure(401) }
        if request.path.hasSuffix("/models"), request.method == "GET" {
            let models = ["sandbox-1", "gpt-5-mini"].map { ["id": $0, "object": "model", "owned_by": "sandbox"] }
            return StandInAnswer(200, JSONText.write(["object": "list", "data": models]))
        }
        guard request.path.hasSuffix("/chat/completions"), request.method == "POST" else {
            return error(404, "Unknown request URL: \(request.method) \(request.path)", "invalid_request_error", nil)
        }
        guard let body = JSON.parse(request.body), let model = body["model"]?.text,
            let messages = body["messages"]?.list, !messages.isEmpty
        else {
            return error(400, "We could not parse the JSON body of your request.", "invalid_request_error", nil)
        }
        guard model.hasPrefix("gpt-") || model.hasPrefix("sandbox") else {
            return error(404, "The model `\(model)` does not exist", "invalid_request_error", "model_not_found")
        }
        let prompt = messages.compactMap { $0["content"]?.text }.joined(separator: "\n")
        state.withLock { $0.answered[prompt, default: 0] += 1 }
        // The last message contains what is known about the person, one item per line: `company: …`.
        var facts: [String: String] = [:]
        for line in prompt.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            facts[line[..<colon].lowercased().filter(\.isLetter)] = String(
                line[line.index(after: colon)...].drop { $0 == " " })
        }
        let first = facts["firstname"] ?? "there"
        let company = facts["company"] ?? "your company"
        let openings = ["I read about", "I came across", "I have been following"]
        let opening = openings[Int(world.hash(prompt) % UInt64(openings.count))]
        let sender = placeholder ? "[Your Name]" : facts["sendername"] ?? "The team"
        let text =
            "Hi \(first),\n\n\(opening) \(company)\(facts["companydescription"].map { ": \($0)" } ?? ".") \(facts["offer"] ?? "We help teams like yours.")\n\nWould a short call next week suit you?\n\n\(sender)"
        let content = JSONText.write(["subject": "A question about \(company)", "message": text])
        let tokens = prompt.utf8.count / 4
        return StandInAnswer(
            200,
            JSONText.write([
                "id": "chatcmpl-\(String(world.hash(prompt), radix: 16))", "object": "chat.completion",
                "created": 1_800_000_000, "model": model,
                "choices": [
                    [
                        "index": 0, "finish_reason": "stop",
                        "message": ["role": "assistant", "content": content, "refusal": JSONText.Null()],
                    ] as [String: Any]
                ],
                "usage": [
                    "prompt_tokens": tokens, "completion_tokens": content.utf8.count / 4,
                    "total_tokens": tokens + content.utf8.count / 4,
                ],
            ]))
    }

    /// The rejection of a prompt, in the form of Azure's content filter.
    var filtered: StandInAnswer {
        StandInAnswer(
            400,
            JSONText.write([
                "error": [
                    "message": "The prompt was filtered by the content management policy.", "type": JSONText.Null(),
                    "param": "prompt", "code": "content_filter", "status": 400,
                ]
            ]))
    }

    func failure(_ status: Int) -> StandInAnswer {
        switch status {
        case 401: error(401, "Incorrect API key provided.", "invalid_request_error", "invalid_api_key")
        case 429: error(429, "Rate limit reached for requests.", "requests", "rate_limit_exceeded")
        default: error(status, "The server had an error while processing your request.", "server_error", nil)
        }
    }

    private func error(_ status: Int, _ message: String, _ type: String, _ code: String?) -> StandInAnswer {
        StandInAnswer(
            status,
            JSONText.write([
                "error": [
                    "message": message, "type": type, "param": JSONText.Null(),
                    "code": code as Any? ?? JSONText.Null(),
                ]
            ]))
    }
}

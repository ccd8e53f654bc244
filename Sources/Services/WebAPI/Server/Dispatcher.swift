import HTTPTypes
import HummingbirdCore
import Leads
import Logging
import NIOCore
import Operations
import Values

/// Takes requests, finds their routes, refuses what is not allowed, and answers.
struct Dispatcher: Sendable {
    let state: APIState
    /// Whether it listens on a Unix socket, to which no web page has a way.
    let isSocket: Bool

    func respond(to request: Request, _ writer: consuming ResponseWriter, peer: String?) async throws {
        let settings = state.settings()
        let head = request.head
        var answer: Answer
        do {
            let found = try await route(of: request, settings, peer: peer)
            switch found {
            case .answer(let ready): answer = ready
            case .call(let route, let path, let token, let standing):
                let expects = head.headerFields[.expect]?.lowercased() == "100-continue"
                // What the head shows to be wrong is said before the body is asked for.
                if expects, let refusal = refusal(head, route, settings) {
                    answer = refusal
                } else {
                    if expects { try await writer.writeInformationalHead(HTTPResponse(status: .continue)) }
                    answer = await carryOut(request, route, path, token, settings)
                }
                if let standing { answer = answer.with(standing) }
            }
        } catch let problem as APIProblem { answer = problem.answer } catch {
            answer = failure(error, "a \(head.method.rawValue) request")
        }
        if answer.status >= 400 && head.mayHaveBody || head.asksForEnd { answer = answer.with("Connection", "close") }
        answer = withCommon(answer, head, settings)
        try await write(answer, writer, to: request)
    }

    private enum Found {
        case answer(Answer)
        case call(Route, path: [String: String], AccessToken?, RateLimiter.Standing?)
    }

    /// Everything that can be decided by the head.
    private func route(of request: Request, _ settings: APISettings, peer: String?) async throws -> Found {
        let head = request.head
        try checkHost(head, settings)
        if head.method == .options, head.path == "*" {
            return .answer(preflight(head, "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT", settings))
        }
        guard let segments = Self.segments(of: head.path ?? "/") else {
            throw APIProblem(400, "the path is not percent-encoded UTF-8")
        }
        let route: Route
        let path: [String: String]
        switch state.table.match(head.method, segments) {
        case .route(let found, let parts): (route, path) = (found, parts)
        case .methods(let methods):
            var allowed = Set(methods.map(\.rawValue)).union(["OPTIONS"])
            if allowed.contains("GET") { allowed.insert("HEAD") }
            let allow = allowed.sorted().joined(separator: ", ")
            guard head.method == .options else {
                throw APIProblem(
                    405, "\(head.method.rawValue.shortened(to: 20)) is not a method of this path; it has \(allow)",
                    headers: [("Allow", allow)])
            }
            return .answer(preflight(head, allow, settings))
        case .none: throw APIProblem(404, "there is no such path; /docs shows which there are")
        }
        var token: AccessToken?
        var standing: RateLimiter.Standing?
        if let scope = route.scope {
            let found = try await authenticate(head, settings, peer: peer)
            token = found
            let own = state.limiter.count(found.id, limit: settings.requestsPerMinute)
            standing = own
            guard own.isAllowed else {
                throw APIProblem(
                    429, "more than \(own.limit) requests in a minute",
                    headers: [("Retry-After", "\(own.seconds)")] + own.headers)
            }
            do { try Self.require(scope, of: found) } catch {
                throw APIProblem(403, error.detail, headers: error.headers + own.headers)
            }
        }
        return .call(route, path: path, token, standing)
    }

    // MARK: Carrying out

    private func carryOut(
        _ request: Request, _ route: Route, _ path: [String: String], _ token: AccessToken?, _ settings: APISettings
    ) async -> Answer {
        do { return try await perform(request, route, path, token, settings) } catch let problem as APIProblem {
            return problem.answer
        } catch is CancellationError {
            return APIProblem(503, "the daemon is stopping").answer
        } catch { return failure(error, "\(route.method.rawValue) \(route.path)") }
    }

    /// The answer to a head that is wrong; nil for one that is in order.
    private func refusal(_ head: HTTPRequest, _ route: Route, _ settings: APISettings) -> Answer? {
        do {
            try checkHead(head, route, settings)
            _ = try query(of: head, route)
            return nil
        } catch let problem as APIProblem { return problem.answer } catch { return failure(error, route.path) }
    }

    private func query(of head: HTTPRequest, _ route: Route) throws(APIProblem) -> Query {
        let text = head.path ?? "/"
        return try Query(text.firstIndex(of: "?").map { text[text.index(after: $0)...] }, route)
    }

    /// The answer to what went wrong, and a line in the log if it is not the caller's fault.
    private func failure(_ error: any Error, _ what: String) -> Answer {
        if error is UnreadableBody {
            return APIProblem(400, "the body did not come whole, or is not in the form it says").answer
        }
        let problem = OperationProblem(any: error)
        // What the caller sent never makes data wrong: what is damaged is ours.
        let isOurs = problem.errorKind == .data && !(error is OperationProblem)
        let answer = isOurs ? APIProblem(500, "the data can't be read; see journalctl -u 4runr") : APIProblem(problem)
        if answer.status >= 500 {
            state.logger.warning("\(what): \(problem.message)", metadata: ["event": "api-error"])
        }
        return answer.answer
    }

    private func perform(
        _ request: Request, _ route: Route, _ path: [String: String], _ token: AccessToken?, _ settings: APISettings
    ) async throws -> Answer {
        let head = request.head
        try checkHead(head, route, settings)
        let query = try query(of: head, route)
        var (body, file): ([UInt8], Upload?) = ([], nil)
        switch route.body {
        case .none where route.method != .get:
            // It would be a mistake to carry out what was meant otherwise.
            let given = try await collect(request, settings)
            if given.contains(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
                var members = try Members(parsing: given)
                try members.end()
            }
        case .none: break
        case .file:
            file = try await Upload.receive(
                request.body, limit: settings.importLimit, folder: state.context.folder,
                requireRoom: { try state.context.requireRoom() },
                isStopping: { state.isStopping })
        case .json, .optionalJSON, .patch, .text: body = try await collect(request, settings)
        }
        let context = token.map { state.context.acting(as: $0.author) } ?? state.context
        var key: AnswerKey?
        if route.isRepeatable, let token { key = try answerKey(head, token, isDryRun: query.isTrue("dry_run")) }
        let call = Call(
            head: head, route: route, path: path, query: query, token: token, context: context, server: state,
            body: body, file: file, answerKey: key)
        guard let key else { return try await route.handle(call) }
        return try await once(call, key)
    }

    /// Carries out a request with a key unless that was done before.
    private func once(_ call: Call, _ key: AnswerKey) async throws -> Answer {
        let context = call.context
        var hash = RequestHash()
        hash.add(call.head.method.rawValue)
        hash.add(call.head.path ?? "")
        // How the body is read, and what it is a change of.
        for name in [HTTPField.Name.contentType, .ifMatch] { hash.add(call.head.headerFields[name] ?? "") }
        hash.add(call.body)
        if let upload = call.file { hash.add(upload.hash) }
        let beginning = try await RepeatedRequest.begin(
            key, hash: hash.text, process: state.process, run: BackgroundRun.run(of:), in: context)
        switch beginning {
        case .underWay:
            throw APIProblem(
                409, "the first request with this Idempotency-Key is still being carried out",
                headers: [("Retry-After", "1")])
        case .other: throw APIProblem(422, "this Idempotency-Key came with another request before")
        case .answered(let stored): return Answer(stored).with("Idempotent-Replayed", "true")
        case .begun: break
        }
        let answer: Answer
        do { answer = try await call.route.handle(call) } catch {
            // What changed something in one transaction has kept its answer. Otherwise the same request may be sent again.
            try? await RepeatedRequest.abandon(key, in: context)
            throw error
        }
        guard let stored = answer.stored else { return answer }
        // It is done, whether or not this can be written down now.
        for wait in [Duration.milliseconds(200), .seconds(2), .zero] {
            do {
                try await RepeatedRequest.finish(key, stored, in: context)
                break
            } catch {
                state.logger.warning("an answer could not be kept: \(error)", metadata: ["event": "api-error"])
                try? await context.runtime.sleep(for: wait)
            }
        }
        return answer
    }

    private func answerKey(_ head: HTTPRequest, _ token: AccessToken, isDryRun: Bool) throws -> AnswerKey? {
        guard let name = HTTPField.Name("Idempotency-Key"), let text = head.headerFields[name] else { return nil }
        guard (1...255).contains(text.utf8.count), text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw APIProblem.field("Idempotency-Key", "must be 1 to 255 visible ASCII characters")
        }
        return isDryRun ? nil : AnswerKey(token: token.id, key: text)
    }

    /// Throws when the head shows that the body can't be taken, or that the answer can't be read.
    private func checkHead(_ head: HTTPRequest, _ route: Route, _ settings: APISettings) throws {
        if let length = head.contentLength {
            switch route.body {
            case .none: break
            case .file where length > settings.importLimit:
                throw APIProblem(413, "the file has more than \(settings.importLimit) bytes (api.import_limit)")
            case .json where length > settings.bodyLimit, .optionalJSON where length > settings.bodyLimit,
                .patch where length > settings.bodyLimit, .text where length > settings.bodyLimit:
                throw tooLarge(settings)
            case .file, .json, .optionalJSON, .patch, .text: break
            }
        }
        guard route.needsRevision || route.method == .get || (head.headerFields[.ifMatch] ?? "*").trimmed == "*" else {
            throw APIProblem.field("If-Match", "is not looked at by this route; leave it out")
        }
        let types: [String]
        var isNeeded = true
        switch route.body {
        case .none: types = []
        case .json: types = [Answer.json]
        case .optionalJSON: (types, isNeeded) = ([Answer.json], false)
        case .patch: types = ["application/merge-patch+json", Answer.json]
        case .file(let own): types = own
        case .text: types = Route.textTypes
        }
        guard types.isEmpty || head.headerFields[.contentEncoding] == nil else {
            throw APIProblem(415, "compressed bodies are not taken")
        }
        let coding = types.isEmpty ? nil : head.headerFields[.transferEncoding]?.lowercased().trimmed
        guard coding == nil || coding == "chunked" else {
            throw APIProblem(501, "of the transfer codings only chunked is known")
        }
        if !types.isEmpty, isNeeded || head.mayHaveBody {
            let given = head.headerFields[.contentType].map(Self.mediaType)
            guard let given, types.contains(given) else {
                throw APIProblem(
                    415, "the body must be \(types.joined(separator: " or ")), as Content-Type says",
                    headers: [("Accept", types.joined(separator: ", "))])
            }
        }
        let produced = route.outcomes.flatMap { $0.schema == nil ? [] : [$0.type] + $0.otherTypes }
        guard let accept = head.headerFields[.accept], !produced.isEmpty else { return }
        let ranges = accept.split(separator: ",").compactMap { part -> String? in
            let pieces = part.lowercased().split(separator: ";").map { String($0).trimmed }
            let isRefused = pieces.dropFirst().contains { $0 == "q=0" || $0 == "q=0.0" || $0 == "q=0.00" }
            return isRefused ? nil : pieces.first
        }
        let fits = produced.contains { type in
            ranges.contains { $0 == "*/*" || $0 == type || $0.hasSuffix("/*") && type.hasPrefix($0.dropLast()) }
        }
        guard fits else {
            throw APIProblem(406, "this is answered as \(Set(produced).sorted().joined(separator: " or "))")
        }
    }

    /// Without parameters, in lower case.
    static func mediaType(_ text: String) -> String {
        String(text.prefix { $0 != ";" }).trimmed.lowercased()
    }

    private func tooLarge(_ settings: APISettings) -> APIProblem {
        APIProblem(413, "the body has more than \(settings.bodyLimit) bytes (api.body_limit)")
    }

    private func collect(_ request: Request, _ settings: APISettings) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await buffer in WholeBody(request.body) {
            guard bytes.count + buffer.readableBytes <= settings.bodyLimit else { throw tooLarge(settings) }
            bytes.append(contentsOf: buffer.readableBytesView)
        }
        return bytes
    }
}

extension HTTPRequest {
    var contentLength: Int? { headerFields[.contentLength].flatMap(Int.init) }

    /// Whether the caller wants the connection to end with the answer: RFC 9112, 9.6.
    var asksForEnd: Bool {
        headerFields[values: .connection].contains { value in
            value.split(separator: ",").contains { String($0).trimmed.lowercased() == "close" }
        }
    }

    /// Whether something may come after the head.
    var mayHaveBody: Bool {
        contentLength.map { $0 > 0 } ?? (headerFields[.transferEncoding] != nil)
    }
}

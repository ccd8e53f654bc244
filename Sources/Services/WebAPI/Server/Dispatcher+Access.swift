import HTTPTypes
import HummingbirdCore
import Leads
import NIOCore
import Operations
import Values

/// Who asks, and under which name of ours.
extension Dispatcher {
    /// A page elsewhere can make a browser ask this machine under a name of its own, but not under ours.
    func checkHost(_ head: HTTPRequest, _ settings: APISettings) throws {
        // The first is the authority already: RFC 9112, 3.2.
        guard !head.headerFields.contains(where: { $0.name.canonicalName == "host" }) else {
            throw APIProblem(400, "there is more than one Host")
        }
        guard !isSocket else { return }
        guard let authority = head.authority, !authority.isEmpty else {
            throw APIProblem(400, "the request does not say which host it is for")
        }
        guard authority.wholeMatch(of: /(\[[0-9A-Fa-f:.]+\]|[^\[\]:,\s\/@]+)(:[0-9]*)?/) != nil else {
            throw APIProblem(400, "Host must be a name or an address, and perhaps a port")
        }
        let host = Self.host(authority)
        let isLiteral = host.contains(":") || host.allSatisfy { $0.isNumber || $0 == "." }
        var own = settings.hosts
        if case .port(let name, _) = settings.address { own.append(name.lowercased()) }
        guard isLiteral || host == "localhost" || own.contains(host) else {
            throw APIProblem(
                421, "\(host.shortened(to: 80)) is not served here; if it should be, name it in the setting api.hosts")
        }
    }

    /// The name in `name:port` or `[address]:port`, in lower case.
    static func host(_ authority: String) -> String {
        let text = authority.lowercased()
        if text.hasPrefix("[") { return String(text.dropFirst().prefix { $0 != "]" }) }
        return String(text.prefix { $0 != ":" })
    }

    func authenticate(
        _ head: HTTPRequest, _ settings: APISettings, peer: String?
    ) async throws -> AccessToken {
        let realm = "Bearer realm=\"4runr\""
        let given = head.headerFields[values: .authorization]
        guard given.count == 1, let text = given.first else {
            throw APIProblem(
                401,
                given.isEmpty
                    ? "send a token: Authorization: Bearer 4r_…; make one: 4runr token create NAME --scope read"
                    : "there is more than one Authorization header",
                headers: [("WWW-Authenticate", realm)])
        }
        let parts = text.split(separator: " ", maxSplits: 1)
        if parts.count == 2, parts[0].lowercased() == "bearer",
            let token = try await TokenAccess.token(String(parts[1]).trimmed, in: state.context)
        {
            return token
        }
        guard await state.failures.delay(address(of: head, settings, peer: peer)) else {
            throw APIProblem(
                429, "too many wrong tokens came from this address", headers: [("Retry-After", "10")])
        }
        throw APIProblem(
            401, "the token is not in force: it is wrong, has expired, or was revoked; see: 4runr token list",
            headers: [("WWW-Authenticate", "\(realm), error=\"invalid_token\"")])
    }

    /// Throws 403 unless a token allows as much as this.
    static func require(_ scope: AccessScope, of token: AccessToken) throws(APIProblem) {
        guard token.scope < scope else { return }
        throw APIProblem(
            403, "the token \(token.name) has the scope \(token.scope.rawValue), and this needs \(scope.rawValue)",
            headers: [
                (
                    "WWW-Authenticate",
                    "Bearer realm=\"4runr\", error=\"insufficient_scope\", scope=\"\(scope.rawValue)\""
                )
            ])
    }

    /// Who asks: what a named proxy says, otherwise who is at the other end.
    private func address(of head: HTTPRequest, _ settings: APISettings, peer: String?) -> String {
        guard let peer else { return "socket" }
        guard settings.proxies.contains(peer), let name = HTTPField.Name("X-Forwarded-For"),
            let text = head.headerFields[name]
        else { return peer }
        // Each proxy appends whom it heard from; the last that is no proxy of ours counts.
        let chain = text.split(separator: ",").map { String($0).trimmed }
        return chain.last { !settings.proxies.contains($0) } ?? peer
    }

    func preflight(_ head: HTTPRequest, _ allow: String, _ settings: APISettings) -> Answer {
        var answer = Answer.nothing.with("Allow", allow)
        guard allowedOrigin(head, settings) != nil else { return answer }
        answer = answer.with("Access-Control-Allow-Methods", allow)
            .with(
                "Access-Control-Allow-Headers",
                "authorization, content-type, if-match, if-none-match, idempotency-key, last-event-id"
            )
            .with("Access-Control-Max-Age", "600")
        return answer
    }

    func allowedOrigin(_ head: HTTPRequest, _ settings: APISettings) -> String? {
        guard let origin = head.headerFields[.origin], settings.origins.contains(origin.lowercased()) else {
            return nil
        }
        return origin
    }
}

import AppConfiguration
import Glibc
import Transport
import Values

/// The program's own keys, those that the schedule names, and any others in their folder. Never contains a key itself.
public enum ListKeys: Operation {
    public struct Request: Sendable, Codable, Equatable { public init() {} }

    public struct Line: Sendable, Codable, Equatable {
        public let name: String
        /// `set`, `not set`, `wrong` (the detail says how), or `hidden` (only root can see whether it is set).
        public let state: String
        /// Where the key is, or what to do.
        public let detail: String
        public let purpose: String
    }

    public struct Response: Sendable, Codable, Equatable { public let keys: [Line] }

    /// Also works when the files have errors, because a key may be the cause.
    public static func perform(_ request: Request, in context: OperationContext) async throws -> Response {
        let files = context.files
        return try await Blocking.run {
            let ring = files.keys
            let asked = ring.scheduleNames ?? []
            var names = ring.services.map(\.name)
            for name in asked.sorted() + SecretStore.names(in: ring.folder) where !names.contains(name) {
                names.append(name)
            }
            return Response(keys: names.map { line(of: $0, in: ring, isAsked: asked.contains($0)) })
        }
    }

    private static func line(of name: String, in ring: KeyRing, isAsked: Bool) -> Line {
        let purpose = ring.service(name)?.purpose ?? (isAsked ? "a job of the schedule" : "nothing asks for it")
        do throws(ConfigurationProblem) {
            if let origin = try ring.store.origin(of: name) {
                return Line(name: name, state: "set", detail: origin, purpose: purpose)
            }
        } catch { return Line(name: name, state: "wrong", detail: error.description, purpose: purpose) }
        let folder = ring.folder
        let isHidden =
            ring.isInstalled
            && (access(folder, R_OK | X_OK) != 0 || access("\(folder)/\(name)", R_OK) != 0 && errno == EACCES)
        return Line(
            name: name, state: isHidden ? "hidden" : "not set",
            detail: isHidden ? "only root can see: sudo 4runr keys list" : ring.store.advice(for: name),
            purpose: purpose)
    }
}

import Storage
import Values

/// The executor of a data folder, whichever process that is: the daemon that listens, or this process, which takes the
/// folder's lock meanwhile and serves nobody else.
public struct FolderExecutor: Executor {
    /// Carries out a request in this process.
    public typealias Local =
        @Sendable (ExecutorRequest, _ onEvent: @escaping @Sendable (ExecutorEvent) -> Void) async throws ->
        ExecutorAnswer

    private let data: FolderAccess
    private let version: String
    private let local: Local

    public init(_ data: FolderAccess, version: String, local: @escaping Local) {
        self.data = data
        self.version = version
        self.local = local
    }

    public func perform(
        _ request: ExecutorRequest, onEvent: @escaping @Sendable (ExecutorEvent) -> Void
    ) async throws(OperationProblem) -> ExecutorAnswer {
        do {
            if let holder = try await holder() {
                guard !holder.socket.isEmpty else {
                    let who =
                        "\(data.folder.path): process \(holder.processID) is at work on this folder; try again when it is done"
                    if case .restoreBackup = request { return .busy(who) }
                    throw OperationProblem(.temporary, who)
                }
                return try await client(of: holder).perform(request, onEvent: onEvent)
            }
            guard case .restoreBackup(let name, let author, isDryRun: false) = request else {
                return try await here(request, onEvent)
            }
            if let answer = try await data.replaceDatabase(with: name, by: author) { return answer }
            do { return try await here(request, onEvent) } catch {
                // There are more kinds of damage than are checked for, and restoring must not depend on what is left of
                // the database.
                guard !OperationProblem(any: error).canRetry,
                    let answer = try await data.replaceDatabase(with: name, by: author, whateverItIs: true)
                else { throw error }
                return answer
            }
        } catch { throw OperationProblem(any: error) }
    }

    /// The state that the folder's daemon reports; nil when there is no daemon. Throws an `OperationProblem` when it
    /// does not respond.
    public func daemonStatus() async throws(OperationProblem) -> DaemonStatus? {
        do {
            guard let holder = try await holder(), !holder.socket.isEmpty else { return nil }
            let answer = await Deadline.run(within: .seconds(8)) {
                await Result { () async throws(OperationProblem) in try await client(of: holder).daemonStatus() }
            }
            guard case .answer(let result) = answer else {
                throw OperationProblem(.temporary, "process \(holder.processID) does not answer")
            }
            return try result.get()
        } catch { throw OperationProblem(any: error) }
    }

    private func holder() async throws -> ExecutorLock.Holder? {
        let folder = data.folder
        return try await Blocking.run { try ExecutorLock.holder(of: folder) }
    }

    private func client(of holder: ExecutorLock.Holder) -> ControlClient {
        ControlClient(path: holder.socket, version: version)
    }

    private func here(
        _ request: ExecutorRequest, _ onEvent: @escaping @Sendable (ExecutorEvent) -> Void
    ) async throws -> ExecutorAnswer {
        guard !request.needsDaemon else {
            throw OperationProblem(
                .unavailable,
                "no daemon is at work on \(data.folder.path); start it: systemctl start 4runr, or 4runr serve")
        }
        return try await local(request, onEvent)
    }
}

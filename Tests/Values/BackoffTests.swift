import TestSupport
import Testing
import Values

struct BackoffTests {
    private let backoff = Backoff(base: .seconds(2), limit: .seconds(60))

    @Test func `each wait is twice the one before, up to a limit`() {
        let waits = (0...8).map { backoff.delay(after: $0) }
        #expect(waits == [2, 2, 4, 8, 16, 32, 60, 60, 60].map { Duration.seconds($0) })
        #expect(backoff.delay(after: .max) == .seconds(60))
    }

    @Test func `a random part is taken off, and never more than may be`() {
        #expect(backoff.delay(after: 3, least: 0.5, random: 0) == .seconds(4))
        #expect(backoff.delay(after: 3, least: 0.5, random: 1) == .seconds(8))
        #expect(backoff.delay(after: 3, least: 0, random: 0.25) == .seconds(2))
    }
}

struct PresentableErrorTests {
    private struct Trouble: PresentableError {
        let message = "the disk is full"
        var hint: String?
        var errorKind: ErrorKind
    }

    @Test func `an error says what is wrong and what to do, and whether to come back`() {
        #expect(Trouble(hint: nil, errorKind: .data).description == "the disk is full")
        #expect(Trouble(hint: "free some", errorKind: .data).description == "the disk is full; free some")
        #expect(ErrorKind.allCases.filter { Trouble(hint: nil, errorKind: $0).canRetry } == [.busy, .temporary])
    }
}

struct FolderReaderTests {
    @Test func `names are in order, and an error says what the system said`() throws {
        let folder = TemporaryFolder()
        folder.write("b", "")
        folder.write(".a", "")
        folder.write("c", "")
        #expect(try FolderReader.names(in: folder.path) == [".a", "b", "c"])
        #expect(throws: SystemError.self) { try FolderReader.names(in: "\(folder.path)/none") }
    }
}

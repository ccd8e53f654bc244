import Foundation
import Glibc
import Leads
import Storage
import Synchronization
import TestSupport
import Testing
import Values

@testable import Backups

struct BackupTests {
    let folder = TemporaryFolder()

    private func service(at now: String) -> BackupService {
        BackupService(folder: folder.data, runtime: .test(now: { moment(now) }))
    }

    @Test(arguments: BackupFile.Reason.allCases)
    func `a name says when and why, and is read back`(reason: BackupFile.Reason) {
        let name = BackupFile.name(at: moment("2026-11-21 02:30:00.123"), reason)
        #expect(BackupFile(name: name, size: 1)?.createdAt == moment("2026-11-21 02:30:00.123"))
        #expect(BackupFile(name: name, size: 1)?.reason == reason)
    }

    @Test(arguments: [
        "", "leads-.db", "leads.db", "leads-2026-11-21T02-30-00.000Z-odd.db",
        "leads-2026-13-21T02-30-00.000Z-manual.db", "leads-2026-11-21T02-30-00.000Z-manual.db.partial",
    ])
    func `other files in the folder are left alone`(name: String) { #expect(BackupFile(name: name, size: 1) == nil) }

    @Test func `rotation goes by age and never takes the newest`() throws {
        let store = try folder.store()
        for day in ["01", "02", "03"] { _ = try service(at: "2026-01-\(day) 02:30:00").create(of: store, .scheduled) }
        folder.write("data/backups/notes.txt", "mine")
        #expect(
            try service(at: "2026-01-31 12:00:00").rotate(keepingDays: 30).map(\.name) == [
                "leads-2026-01-01T02-30-00.000Z-scheduled.db"
            ])
        #expect(try service(at: "2027-01-01 00:00:00").rotate(keepingDays: 1).count == 1)
        #expect(try service(at: "2027-01-01 00:00:00").list().map(\.createdAt) == [moment("2026-01-03 02:30")])
        #expect(folder.read("data/backups/notes.txt") == "mine")
    }

    @Test func `what a crash left of a backup is cleared away by the next`() throws {
        let store = try folder.store()
        folder.write("data/backups/leads-2026-01-01T02-30-00.000Z-scheduled.db.partial", "half")
        _ = try service(at: "2026-01-02 02:30:00").create(of: store, .scheduled)
        #expect(access("\(folder.data.backups)/leads-2026-01-01T02-30-00.000Z-scheduled.db.partial", F_OK) != 0)
    }

    @Test func `a restore of an older schema is migrated, and the replaced data is kept`() throws {
        let store = try folder.store()
        _ = try store.migrations.down(to: 4) {}
        let old = try service(at: "2026-01-01 00:00:00").create(of: store, .manual)
        _ = try store.migrations.up {}
        _ = try store.runs.commit([.open(NewRun(job: "a", type: "t", status: .pending, trigger: .manual))], version: "")
        let kept = try service(at: "2026-01-02 00:00:00").restore(old.name, into: store).aside
        #expect(try store.migrations.current() == Migration.latest)
        #expect(try store.runs.list(.init()).isEmpty)
        #expect(try Store(path: "\(folder.data.backups)/\(kept.name)", access: .readOnly).runs.list(.init()).count == 1)
    }

    @Test func `a file that is no backup of ours is refused, and nothing is changed`() throws {
        let store = try folder.store()
        _ = try store.runs.commit([.open(NewRun(job: "a", type: "t", status: .pending, trigger: .manual))], version: "")
        let text = folder.write("text.db", "text, and enough of it to have a header read")
        let other = "\(folder.path)/other.db"
        try SQLiteShell.run(other, "CREATE TABLE t (x)")
        for name in [text, other, "none.db", "\(folder.path)/none.db", "../../etc/passwd"] {
            #expect(throws: StorageError.self) { try service(at: "2026-01-02 00:00:00").restore(name, into: store) }
        }
        #expect(try service(at: "2026-01-02 00:00:00").list().isEmpty)
        #expect(try store.runs.list(.init()).map(\.jobName) == ["a"])
    }

    @Test func `a backup from the future is neither the newest nor a reason to remove others`() throws {
        let store = try folder.store()
        for day in ["01", "02", "03"] { _ = try service(at: "2026-01-\(day) 02:30:00").create(of: store, .scheduled) }
        _ = try service(at: "2038-01-19 03:14:07").create(of: store, .scheduled)
        let now = service(at: "2026-01-03 12:00:00")
        #expect(now.newest?.createdAt == moment("2026-01-03 02:30"))
        #expect(
            try now.rotate(keepingDays: 1).map(\.createdAt)
                == [moment("2026-01-01 02:30"), moment("2026-01-02 02:30")].reversed())
        #expect(try now.list().count == 2)
        // The only ones there are do not go, however old the clock makes them.
        #expect(try service(at: "2026-06-01 00:00:00").rotate(keepingDays: 1).isEmpty)
    }

    @Test func `a database that is gone is missed where there are backups or a log, and nowhere else`() throws {
        try folder.data.prepare()
        let service = service(at: "2026-01-02 00:00:00")
        try service.checkPresence()
        let store = try folder.store()
        try service.checkPresence()
        let backup = try service.create(of: store, .manual)
        try store.close()
        unlink(folder.data.database)
        for isEmpty in [false, true] {
            if isEmpty { folder.write("data/leads.db", "") }
            do {
                try service.checkPresence()
                Issue.record("it was not missed")
            } catch {
                #expect(error.kind == .lost && error.description.contains("4runr backup restore \(backup.name)"))
                #expect(error.description.contains("4runr migrate new"))
            }
        }
        unlink("\(folder.data.backups)/\(backup.name)")
        try service.checkPresence()
        folder.write("data/leads.db-wal", "a log")
        #expect(throws: StorageError.self) { try service.checkPresence() }
        try service.clearForNew()
        try service.checkPresence()
    }

    /// What of a restore over a damaged file is done when the process is killed.
    enum Cut: CaseIterable {
        case beforeDecision, afterDecision, afterSecondName, afterLog, oldProgram
    }

    @Test(arguments: Cut.allCases)
    func `a restore that is cut off is finished or undone at the next start`(cut: Cut) throws {
        let store = try folder.store()
        let service = service(at: "2026-01-02 00:00:00")
        let backup = try service.create(of: store, .manual)
        try store.close()
        let path = folder.data.database
        folder.write("data/leads.db", String(repeating: "damaged", count: 1_000))
        folder.write("data/leads.db-wal", "its log")
        // Step by step what `replaceFile` does.
        let decided = path + ".restoring"
        try Store(path: "\(folder.data.backups)/\(backup.name)", access: .readOnly).snapshot(to: decided)
        switch cut {
        case .beforeDecision: rename(decided, path + ".restoring-draft")
        case .afterDecision: break
        case .afterSecondName: link(path, path + ".damaged-x")
        case .afterLog:
            link(path, path + ".damaged-x")
            unlink(path + "-wal")
        case .oldProgram:
            rename(path, path + ".damaged-x")
            rename(path + "-wal", path + ".damaged-x-wal")
        }
        let kept = try service.finishRestore()
        if cut == .beforeDecision {
            #expect(kept == nil && folder.read("data/leads.db").hasPrefix("damaged"))
            #expect(try service.replaceFile(with: backup.name).aside != nil)
        }
        #expect(try Store(path: path, access: .existing).integrityProblems().isEmpty)
        #expect(folder.read("data/leads.db-wal").isEmpty || !folder.read("data/leads.db-wal").contains("its log"))
        // The damaged data is kept in every case.
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.data.path).filter {
            $0.contains(".damaged-")
        }
        #expect(names.contains { folder.read("data/\($0)").hasPrefix("damaged") })
        #expect(try service.finishRestore() == nil)
    }

    @Test func `half a replacement is not taken for a whole one`() throws {
        try folder.store().close()
        folder.write("data/leads.db.restoring", "half")
        #expect(try service(at: "2026-01-02 00:00:00").finishRestore() == nil)
        #expect(try Store(path: folder.data.database).integrityProblems().isEmpty)
        #expect(access(folder.data.database + ".restoring", F_OK) != 0)
    }
}

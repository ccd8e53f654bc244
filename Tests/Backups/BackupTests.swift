import Glibc
import Leads
import Storage
import Synchronization
import Testing
import TestSupport
import Values

@testable import Backups

struct BackupTests {
    let folder = TemporaryFolder()

    private func service(at now: String) -> BackupService { BackupService(folder: folder.data, now: { moment(now) }) }

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
        let kept = try service(at: "2026-01-02 00:00:00").restore(old.name, into: store)
        #expect(try store.migrations.current() == Migration.latest)
        #expect(try store.runs.list(.init()).isEmpty)
        #expect(try Store(path: "\(folder.data.backups)/\(kept.name)", access: .readOnly).runs.list(.init()).count == 1)
    }

    @Test func `a file that is no backup of ours is refused, and nothing is changed`() throws {
        let store = try folder.store()
        let text = folder.write("text.db", "text, and enough of it to have a header read")
        let other = "\(folder.path)/other.db"
        try SQLiteShell.run(other, "CREATE TABLE t (x)")
        for name in [text, other, "none.db", "\(folder.path)/none.db", "../../etc/passwd"] {
            #expect(throws: StorageError.self) { try service(at: "2026-01-02 00:00:00").restore(name, into: store) }
        }
        #expect(try service(at: "2026-01-02 00:00:00").list().isEmpty)
    }
}

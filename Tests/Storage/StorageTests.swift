import Foundation
import Glibc
import Leads
import Storage
import TestSupport
import Testing
import Values

struct MigrationTests {
    let folder = TemporaryFolder()

    @Test func `migrations go up, down and up again, and a snapshot is taken before data changes`() throws {
        try folder.data.prepare()
        let store = try Store(path: folder.data.database)
        var snapshots = 0
        #expect(try store.migrations.up { snapshots += 1 }.count == Migration.latest)
        #expect(snapshots == 0)
        #expect(try store.migrations.up { snapshots += 1 }.isEmpty)
        #expect(
            try store.migrations.down(to: 0) { snapshots += 1 }.map(\.number)
                == Array((1...Migration.latest).reversed()))
        #expect(snapshots == 1)
        #expect(try store.migrations.status().allSatisfy { !$0.applied })
        #expect(try store.migrations.up { snapshots += 1 }.count == Migration.latest)
        #expect(try store.integrityProblems().isEmpty)
    }

    @Test func `a migration whose snapshot fails changes nothing`() throws {
        let store = try folder.store()
        _ = try store.migrations.down(to: 2) {}
        #expect(throws: StorageError.self) { try store.migrations.up { throw StorageError(.full, "", "full") } }
        #expect(try store.migrations.current() == 2)
    }
}

extension MigrationTests {
    @Test func `what was agreed on by the names of fields is kept by columns, and a refusal keeps its time`() throws {
        let store = try folder.store()
        _ = try store.migrations.down(to: 7) {}
        try SQLiteShell.run(
            folder.data.database,
            """
            INSERT INTO leads (id, uuid, email, created_at, updated_at, airtable_id) VALUES (1, 'u', 'a@b.example', '2026-01-01 00:00:00.000', '2026-01-01 00:00:00.000', 'rec1');
            INSERT INTO sync_shadow VALUES (1, 'rec1', '{"4Runr ID":"u","Full Name":"Ada","Verified":true,"Their Own":"x"}', '2026-01-01 00:00:00.000');
            INSERT INTO sync_status (lead_id, operation, status, attempt_count, created_at) VALUES (1, 'create', 'success', 1, '2026-01-01 00:00:00.000'), (1, 'update', 'failed', 2, '2026-01-01 00:00:00.000');
            INSERT INTO lead_stages (lead_id, stage, due_at, attempts) VALUES (1, 'sync', '2026-02-01 00:00:00.000', 2);
            """)
        #expect(try store.migrations.up(to: 8) {}.map(\.number) == [8])
        #expect(
            try SQLiteShell.run(folder.data.database, "SELECT fields, kept FROM sync_shadow")
                == "{\"uuid\":\"u\",\"full_name\":\"Ada\",\"verified\":true,\"Their Own\":\"x\"}|{}\n")
        #expect(
            try SQLiteShell.run(
                folder.data.database,
                "SELECT operation, attempt_count, next_attempt FROM sync_status; SELECT count(*) FROM lead_stages")
                == "update|2|2026-02-01 00:00:00.000\n0\n")
    }
}

struct StoreOpeningTests {
    let folder = TemporaryFolder()

    private func kind(of work: () throws -> Void) -> StorageError.Kind? {
        do {
            try work()
            return nil
        } catch { return (error as? StorageError)?.kind }
    }

    @Test func `the file can be read by its owner alone, also one that was looser`() throws {
        _ = try folder.store()
        var status = stat()
        stat(folder.data.database, &status)
        #expect(status.st_mode & 0o777 == 0o600)
        chmod(folder.data.database, 0o644)
        _ = try Store(path: folder.data.database)
        stat(folder.data.database, &status)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test func `what is not a database of ours is refused and left as it was`() throws {
        let text = folder.write("text.db", "this is a text, and a long one at that")
        #expect(kind { _ = try Store(path: text) } == .corrupt)
        #expect(folder.read("text.db") == "this is a text, and a long one at that")
        #expect(kind { _ = try Store(path: folder.path) } == .foreign)
        #expect(kind { _ = try Store(path: "\(folder.path)/none/x.db") } != nil)
        #expect(kind { _ = try Store(path: "\(folder.path)/none.db", access: .readOnly) } == .missing)
    }

    @Test func `a database of a newer version, or of another program, is refused`() throws {
        _ = try folder.store()
        try SQLiteShell.run(folder.data.database, "PRAGMA user_version = 999")
        #expect(kind { _ = try Store(path: folder.data.database) } == .newer)
        let other = "\(folder.path)/other.db"
        try SQLiteShell.run(other, "CREATE TABLE t (x); PRAGMA user_version = 1")
        #expect(kind { _ = try Store(path: other) } == .foreign)
    }

    @Test func `a damaged file is called damaged`() throws {
        let store = try folder.store()
        try store.close()
        let file = fopen(folder.data.database, "r+")
        fseek(file, 100, SEEK_SET)
        fwrite([UInt8](repeating: 0xFF, count: 40_000), 1, 40_000, file)
        fclose(file)
        #expect(kind { _ = try Store(path: folder.data.database).runs.open() } == .corrupt)
    }

    @Test func `a lock of another process is waited for and then named`() throws {
        let store = try folder.store()
        let holder = try Store(path: folder.data.database, busyTimeout: .zero)
        let impatient = try Store(path: folder.data.database, busyTimeout: .milliseconds(50))
        try holder.holdingWriteLock {
            #expect(kind { try impatient.proveWritable() } == .locked)
            #expect(kind { try impatient.proveReadable() } == nil)
        }
        try store.proveWritable()
    }

    @Test func `one process at a time is the executor of a folder`() throws {
        try folder.data.prepare()
        #expect(try ExecutorLock.holder(of: folder.data) == nil)
        var lock = try ExecutorLock.take(folder.data, socket: "/run/x.sock")
        #expect(lock != nil)
        #expect(try ExecutorLock.take(folder.data, socket: "") == nil)
        let holder = try ExecutorLock.holder(of: folder.data)
        #expect(holder?.processID == getpid() && holder?.socket == "/run/x.sock")
        lock = nil
        #expect(try ExecutorLock.holder(of: folder.data) == nil)
    }
}

struct RunQueriesTests {
    let folder = TemporaryFolder()

    private func slot(_ text: String, _ status: ActivityStatus = .running, attempt: Int? = 1) -> NewRun {
        var run = NewRun(job: "a", type: "t", status: status, trigger: .schedule, attempt: attempt)
        run.scheduledFor = moment(text)
        run.startedAt = status == .running ? moment(text) : nil
        return run
    }

    @Test func `a slot has one first attempt, whoever tries`() throws {
        let store = try folder.store()
        let first = try store.runs.commit([.open(slot("2026-01-01 00:00"))], version: "")
        let second = try store.runs.commit(
            [.open(slot("2026-01-01 00:00")), .open(slot("2026-01-01 00:01"))], version: "")
        #expect(first[0] != nil)
        #expect(second[0] == nil && second[1] != nil)
        let third = try store.runs.commit([.open(slot("2026-01-01 00:00", attempt: nil))], version: "")
        #expect(try store.runs.find(#require(third[0]))?.attempt == 2)
    }

    @Test func `a list of changes is written whole or not at all`() throws {
        let store = try folder.store()
        var bad = NewRun(job: "b", type: "t", status: .pending, trigger: .manual)
        bad.inputData = "no JSON"
        #expect(throws: StorageError.self) {
            try store.runs.commit([.open(slot("2026-01-01 00:00")), .open(bad)], version: "")
        }
        #expect(try store.runs.list(.init()).isEmpty)
    }

    @Test func `a final row never changes again`() throws {
        let store = try folder.store()
        let id = try #require(try store.runs.commit([.open(slot("2026-01-01 00:00"))], version: "")[0])
        let end = RunEnding(.success, at: moment("2026-01-01 00:01"), duration: .seconds(60), output: "{}")
        _ = try store.runs.commit([.close(run: id, end)], version: "")
        _ = try store.runs.commit([.close(run: id, RunEnding(.failed, at: moment("2026-01-01 00:02")))], version: "")
        let row = try #require(try store.runs.find(id))
        #expect(row.status == .success && row.durationSeconds == 60 && row.completedAt == moment("2026-01-01 00:01"))
    }
}

struct SyncQueriesTests {
    let folder = TemporaryFolder()
    private let now = moment("2026-01-01 00:00")

    private func filled() throws -> Store {
        let store = try folder.store()
        let lead = CleanLead(
            fields: LeadFields([.fullName: "Ada King", .company: "Engines", .email: "ada@engines.example"]),
            source: "t", author: .file(1), scrapedAt: nil, record: [:], notes: [])
        _ = try store.leads.insert(lead, uuid: "u", at: now)
        return store
    }

    @Test(arguments: [
        ("2026-01-01 01:00:00.000", false), ("2025-12-31 23:00:00.000", true),
        // A clock that was ahead wrote this one.
        ("2099-01-01 00:00:00.000", true),
    ])
    func `a refused lead that is sent again is one that is to be created`(next: String, isDue: Bool) throws {
        let store = try filled()
        try SQLiteShell.run(
            folder.data.database,
            """
            INSERT INTO sync_status (lead_id, operation, status, attempt_count, created_at, next_attempt)
            VALUES (1, 'create', 'failed', 1, '2026-01-01 00:00:00.000', '\(next)')
            """)
        let last = try store.sync.lastPending()
        #expect(try store.sync.pending(at: now, through: last, limit: 10).count == (isDue ? 1 : 0))
        #expect(try store.sync.hasCreates(among: nil, at: now) == isDue)
    }

    @Test func `a conflict with the former base is over, and says so`() throws {
        let store = try filled()
        try store.sync.add(
            .init(column: "title", base: "a", local: "b", airtable: "c", cell: nil, resolution: nil), to: 1, at: now)
        try store.sync.forgetBase()
        let ended = try store.sync.conflicts(isOpen: false, limit: 10)
        #expect(ended.map(\.resolution) == [SyncQueries.Resolution.baseChanged.rawValue])
        #expect(try store.sync.conflicts(isOpen: true, limit: 10).isEmpty)
    }
}

struct SnapshotTests {
    let folder = TemporaryFolder()

    @Test func `a snapshot is one whole file, private, and never a half one`() throws {
        let store = try folder.store()
        let run = NewRun(job: "a", type: "t", status: .pending, trigger: .manual)
        _ = try store.runs.commit([.open(run)], version: "")
        let copy = "\(folder.path)/copy.db"
        try store.snapshot(to: copy)
        #expect(throws: StorageError.self) { try store.snapshot(to: copy) }
        var status = stat()
        stat(copy, &status)
        #expect(status.st_mode & 0o777 == 0o600)
        #expect(access(copy + "-wal", F_OK) != 0 && access(copy + ".partial", F_OK) != 0)
        #expect(try Store(path: copy, access: .readOnly).runs.list(.init()).count == 1)
    }

    @Test func `restored content replaces the live one for readers that stay open`() throws {
        let store = try folder.store()
        let reader = try Store(path: folder.data.database, access: .readOnly)
        let copy = "\(folder.path)/copy.db"
        try store.snapshot(to: copy)
        _ = try store.runs.commit([.open(NewRun(job: "a", type: "t", status: .pending, trigger: .manual))], version: "")
        #expect(try reader.runs.list(.init()).count == 1)
        try store.replaceContents(with: copy)
        #expect(try reader.runs.list(.init()).isEmpty)
        #expect(try store.integrityProblems().isEmpty)
    }

    @Test func `a copy to try things on goes, also when its process was killed, and never while it is in use`() throws {
        let store = try folder.store()
        let database = folder.data.database
        let first = try ScratchCopy(of: store, beside: database)
        // What a kill leaves: the files, and nobody who has the lock.
        for ending in [".lock", "", "-wal"] { fclose(fopen("\(database).dry-run-7\(ending)", "w")) }
        let second = try ScratchCopy(of: nil, beside: database)
        #expect(access("\(database).dry-run-7", F_OK) != 0 && access("\(database).dry-run-7-wal", F_OK) != 0)
        #expect(try first.store.integrityProblems().isEmpty)
        first.discard()
        second.discard()
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.data.path)
        #expect(!left.contains { $0.contains("dry-run") }, "\(left)")
    }

    @Test func `a damaged backup is refused before anything is changed`() throws {
        let store = try folder.store()
        _ = try store.runs.commit([.open(NewRun(job: "a", type: "t", status: .pending, trigger: .manual))], version: "")
        let copy = "\(folder.path)/copy.db"
        try store.snapshot(to: copy)
        let file = fopen(copy, "r+")
        fseek(file, 5_000, SEEK_SET)
        fwrite([UInt8](repeating: 0xAA, count: 30_000), 1, 30_000, file)
        fclose(file)
        #expect(throws: StorageError.self) { try store.replaceContents(with: copy) }
        #expect(try store.runs.list(.init()).count == 1)
    }
}

import Glibc
import Leads
import TestSupport
import Testing
import Values

@testable import Storage

/// A database is looked at before its number is trusted.
struct SchemaTests {
    let folder = TemporaryFolder()

    @Test func `what the migrations make is known by its fingerprint`() throws {
        let store = try folder.store()
        // The frozen number of `Migration.latestFingerprint`: set it to this when a migration is added.
        let found = try store.reading { try Store.fingerprint(of: $0) }
        #expect(found == Migration.latestFingerprint, "0x\(String(found, radix: 16, uppercase: true))")
        // Taken back and applied anew it is the same database, if perhaps in other words.
        _ = try store.migrations.down(to: 0) {}
        _ = try store.migrations.up {}
        try store.close()
        _ = try Store(path: folder.data.database)
    }

    @Test func `domains from before are spelled in ASCII, and what both spellings say is said once`() throws {
        let store = try folder.store()
        _ = try store.migrations.down(to: 12) {}
        let path = folder.data.database
        try SQLiteShell.run(
            path,
            """
            INSERT INTO leads (id, uuid, email, status, pipeline_stage, created_at, updated_at)
                VALUES (1, 'u', 'jo@bücher.example', 'new', 'new', '2026-01-01 00:00:00.000', '2026-01-01 00:00:00.000');
            INSERT INTO leads (id, uuid, email, status, pipeline_stage, ai_message, ready_for_outreach, created_at, updated_at)
                VALUES (2, 'v', 'al@xn--bcher-kva.example', 'ready', 'completed', 'Hi', 1, '2026-01-01 00:00:00.000',
                '2026-01-01 00:00:00.000');
            INSERT INTO lead_keys (kind, value, lead_id, is_former) VALUES ('mailbox', 'jo@bücher.example', 1, 0),
                ('mailbox', 'jo@xn--bcher-kva.example', 1, 1), ('role', 'info@bücher.example', 1, 1),
                ('name', 'müller|bücher|jo', 1, 0), ('mailbox', 'jo@acme.example', 1, 1);
            INSERT INTO shared_keys (kind, value, since) VALUES ('mailbox', 'a@bücher.example', '2026-01-01 00:00:00.000');
            INSERT INTO suppressions (kind, value, written, author, at) VALUES
                ('domain', 'bücher.example', 'bücher.example', 'cli:ann', '2026-01-01 00:00:00.000'),
                ('domain', 'xn--bcher-kva.example', 'xn--bcher-kva.example', 'cli:bob', '2026-01-01 00:00:00.000'),
                ('address', 'jo@bücher.example', 'Jo@bücher.example', 'cli:ann', '2026-01-01 00:00:00.000')
            """)
        _ = try store.migrations.up {}
        func all(_ sql: String) throws -> String { try SQLiteShell.run(path, sql) }
        #expect(
            try all("SELECT kind, value FROM lead_keys ORDER BY kind, value")
                == "mailbox|jo@acme.example\nmailbox|jo@xn--bcher-kva.example\nname|müller|bücher|jo\nrole|info@xn--bcher-kva.example\n"
        )
        #expect(try all("SELECT value FROM shared_keys") == "a@xn--bcher-kva.example\n")
        #expect(
            try all("SELECT value FROM suppressions ORDER BY kind")
                == "jo@xn--bcher-kva.example\nxn--bcher-kva.example\n")
        #expect(try all("SELECT is_former FROM lead_keys WHERE value = 'jo@xn--bcher-kva.example'") == "0\n")
        // What was ready is forbidden now.
        #expect(try all("SELECT ready_for_outreach, ai_message IS NULL FROM leads WHERE id = 2") == "0|1\n")
        // An earlier program finds both spellings.
        _ = try store.migrations.down(to: 12) {}
        #expect(try all("SELECT count(*) FROM suppressions WHERE value LIKE '%bücher.example'") == "2\n")
        #expect(
            try all("SELECT count(*) FROM lead_keys WHERE kind = 'mailbox' AND value = 'jo@bücher.example'") == "1\n")
    }

    @Test(arguments: 1..<Migration.latest)
    func `a number that was raised by hand is not believed`(version: Int) throws {
        let store = try folder.store()
        _ = try store.migrations.down(to: version) {}
        try store.close()
        try SQLiteShell.run(folder.data.database, "PRAGMA user_version = \(Migration.latest)")
        for access in [Store.Access.readWrite, .existing, .readOnly] {
            do {
                _ = try Store(path: folder.data.database, access: access)
                Issue.record("schema \(version) was taken for \(Migration.latest)")
            } catch {
                #expect(error.kind == .corrupt)
                #expect(error.description.contains("says that it has schema \(Migration.latest), but lacks the "))
                #expect(error.hint?.contains("backup restore") == true)
            }
        }
    }

    @Test(arguments: [
        "ALTER TABLE leads DROP COLUMN sync_error", "DROP INDEX leads_pending_sync", "DROP TABLE sync_conflicts",
    ])
    func `a part that is missing is named, and what somebody has added is no matter`(change: String) throws {
        let path = folder.data.database
        try folder.store().close()
        try SQLiteShell.run(
            path, "CREATE TABLE mine (x); CREATE INDEX mine_by_x ON mine (x); ALTER TABLE leads ADD COLUMN note TEXT")
        try Store(path: path).close()
        try SQLiteShell.run(path, change)
        #expect(throws: StorageError.self) { try Store(path: path) }
    }

    @Test func `a log that a long reader made is cut back once it is gone`() throws {
        let store = try folder.store()
        let path = folder.data.database
        func size() -> Int {
            var status = stat()
            return stat(path + "-wal", &status) == 0 ? Int(status.st_size) : 0
        }
        func write(_ size: Int) throws {
            var run = NewRun(job: "a", type: "t", status: .pending, trigger: .manual)
            run.description = String(repeating: "x", count: size)
            _ = try store.runs.commit([.open(run)], version: "")
        }
        try store.reading { _ in
            // Somebody reads all the while, so that nothing of the log can go back into the file.
            for _ in 0..<40 { try write(500_000) }
        }
        #expect(size() > 16 << 20)
        for _ in 0..<3 { try write(10) }
        #expect(size() <= 5 << 20)
    }

    @Test func `nothing is written to a file that is not in its place any more`() throws {
        let store = try folder.store()
        let path = folder.data.database
        rename(path, path + ".away")
        #expect(throws: StorageError.self) { try store.writing { _ in } }
        do { try store.writing { _ in } } catch { #expect(error.kind == .removed) }
        // What it holds can still be rescued.
        try store.snapshot(to: "\(folder.path)/rescued.db")
        rename(path + ".away", path)
        try store.writing { _ in }
    }

    @Test(arguments: ["no secret", "lead-secret-98765"])
    func `rows keep no secret`(secret: String) throws {
        KnownSecrets.add("lead-secret-98765")
        let store = try folder.store()
        var run = NewRun(job: "a", type: "t", status: .running, trigger: .manual)
        let now = moment("2026-01-01 00:00")
        run.startedAt = now
        run.inputData = "{\"x\":\"\(secret)\"}"
        let id = try #require(try store.runs.commit([.open(run)], version: "")[0])
        let ending = RunEnding(.failed, at: now, output: "{\"y\":\"\(secret)\"}", error: "said \(secret)")
        _ = try store.runs.commit([.close(run: id, ending)], version: "")
        var step = Step(run: id, job: "a", type: "t", leadID: nil, startedAt: now, endedAt: now, duration: .zero)
        (step.input, step.output, step.error) = ("{\"x\":\"\(secret)\"}", "[\"\(secret)\"]", secret)
        try store.runs.add([step])
        try store.searches.keep(
            StoredSearch(
                query: "q", start: 0, searchedAt: now, results: "[\"\(secret)\"]", resultCount: 1, hasMore: false),
            service: "s")
        var entry = SyncQueries.Entry("push", startedAt: now)
        (entry.error, entry.details) = (secret, [secret])
        try store.sync.end(try store.sync.begin(entry), entry)
        let dump = try SQLiteShell.run(folder.data.database, ".dump")
        #expect(!dump.contains("98765"))
        #expect(dump.contains(secret == "no secret" ? "no secret" : "<secret>"))
    }
}

struct WriterTests {
    let folder = TemporaryFolder()

    @Test func `who replaces the database waits for nobody that has ended, and for everybody that writes`() throws {
        _ = try folder.store()
        let writers = Writers(of: folder.data)
        folder.write("data/writers/999-1", "process 999: import of old.csv\n")
        #expect(writers.living().isEmpty)
        var one: Writer? = try writers.register("import of a.csv")
        let two = try writers.register("leads by hand")
        do {
            _ = try writers.exclude()
            Issue.record("it did not wait")
        } catch {
            #expect(error.kind == .locked && error.description.contains("import of a.csv"))
            #expect(error.description.contains("leads by hand") && error.description.contains("process \(getpid())"))
        }
        one = nil
        #expect(writers.living() == [two.name] && one == nil)
    }

    @Test func `nobody begins to write while the database is replaced`() throws {
        _ = try folder.store()
        let writers = Writers(of: folder.data)
        let exclusion = try writers.exclude()
        #expect(throws: StorageError.self) { try writers.register("import") }
        withExtendedLifetime(exclusion) {}
    }

    @Test func `a writer whose row is gone may not go on, and one that ended without a word is closed by the next`()
        throws
    {
        let store = try folder.store()
        let now = moment("2026-01-01 00:00")
        let run = try store.runs.begin("a.csv", by: "1-1", for: .person("ann"), at: now, version: "")
        let dead = try store.runs.begin("b.csv", by: "2-2", for: .person("ann"), at: now, version: "")
        try store.runs.closeAbandoned(except: { ["1-1"] }, at: now)
        #expect(try store.runs.find(dead.id)?.status == .interrupted)
        #expect(try store.runs.find(run.id)?.status == .running)
        try store.runs.require(run)
        try SQLiteShell.run(folder.data.database, "DELETE FROM pipeline_activities WHERE id = \(run.id)")
        // Another writer's run, with the number of the one that is gone.
        let other = try store.runs.begin("c.csv", by: "3-3", for: .person("ann"), at: now, version: "")
        for work in [
            { try store.runs.require(run) },
            { try store.runs.end(run, RunEnding(.success, at: now), version: "") },
        ] {
            do {
                try work()
                Issue.record("it went on")
            } catch let error as StorageError { #expect(error.kind == .replaced) }
        }
        #expect(try store.runs.find(other.id)?.status == .running)
    }
}

import Foundation
import TestSupport
import Testing

/// An Airtable client written by others works with the stand-in.
struct PyAirtableTests {
    /// Where `deployment/test` installs it.
    private static let python = "\(FileManager.default.currentDirectoryPath)/.build/pyairtable/bin/python"

    private static let script = """
        import sys
        from pyairtable import Api
        from pyairtable.formulas import match, AND, LAST_MODIFIED_TIME, IS_AFTER
        api = Api(sys.argv[2], endpoint_url=sys.argv[1])
        table = api.table("appSandbox0000001", "Leads")
        made = table.batch_create([{"Full Name": f"Person {n}", "Title": "CTO"} for n in range(25)])
        assert len(made) == 25, made
        assert len(table.all()) == 25
        assert [len(page) for page in table.iterate(page_size=10)] == [10, 10, 5]
        one = table.first(formula=match({"Full Name": "Person 7"}))
        assert one["fields"]["Full Name"] == "Person 7", one
        table.update(one["id"], {"Title": "O'Brien \\"x\\""})
        assert table.first(formula=match({"Title": "O'Brien \\"x\\""}))["id"] == one["id"]
        assert table.get(one["id"])["fields"]["Title"].startswith("O'Brien")
        done = table.batch_upsert([{"fields": {"4Runr ID": "k1", "Full Name": "Key"}}], key_fields=["4Runr ID"])
        assert len(done["createdRecords"]) == 1, done
        done = table.batch_upsert([{"fields": {"4Runr ID": "k1", "Title": "CEO"}}], key_fields=["4Runr ID"])
        assert len(done["updatedRecords"]) == 1 and done["records"][0]["fields"]["Full Name"] == "Key", done
        schema = table.schema()
        assert schema.field("Status").options.choices[0].name == "new"
        field = table.create_field("Score", "number", options={"precision": 0})
        assert field.type == "number"
        assert len(table.all(formula="IS_AFTER(LAST_MODIFIED_TIME(), '2020-01-01T00:00:00.000Z')", fields=["Title"])) == 26
        assert table.all(sort=["-Full Name"], max_records=1)[0]["fields"]["Full Name"] == "Person 9"
        table.batch_delete([record["id"] for record in made])
        assert len(table.all()) == 1
        try:
            table.update("recDoesNotExist00", {"Title": "x"})
            raise SystemExit("an unknown record was changed")
        except Exception as error:
            assert "403" in str(error), error
        print("well")
        """

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: python), "deployment/test installs pyairtable"))
    func `pyairtable reads, writes, upserts and deletes`() async throws {
        let sandbox = try SandboxProcess(["--airtable-rate", "1000", "--airtable-penalty", "0"])
        let folder = TemporaryFolder()
        let file = folder.write("client.py", Self.script)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.python)
        process.arguments = [
            file, "http://127.0.0.1:\(sandbox.port)/airtable", sandbox.environment["AIRTABLE_TOKEN"] ?? "",
        ]
        // Set explicitly, so that it does not read environment variables while other tests set them.
        process.environment = ["PATH": "/usr/bin:/bin"]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0 && said.contains("well"), "\(said)")
    }
}

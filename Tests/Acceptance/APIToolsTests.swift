import Foundation
import TestSupport
import Testing

/// Other people's tools read the API's description and hold it to it.
struct APIToolsTests {
    /// Where `deployment/test` installs them.
    private static let tools = "\(FileManager.default.currentDirectoryPath)/.build/api-tools/bin"

    private static var areThere: Bool { FileManager.default.isExecutableFile(atPath: "\(tools)/schemathesis") }

    private func document(_ api: APIPlace) throws -> String {
        let text = try api.anonymous.send("GET", "/openapi.json").body
        return api.place.folder.write("openapi.json", text)
    }

    @Test(
        .enabled(if: areThere, "deployment/test installs schemathesis"), arguments: ["read", "write", "run", "admin"])
    func `no answer is a server's error, or one that the description does not know`(scope: String) async throws {
        let api = try APIPlace()
        let seed = try await api.client("write")
        for name in ["Ada King", "Bob Stone", "Eve Moss"] {
            let body = #"{"full_name": "\#(name)", "company": "Engines"}"#
            #expect(try seed.send("POST", "/api/leads", body).status == 201)
        }
        let client = try await api.client(scope, more: ["--person"])
        let checks = [
            "not_a_server_error", "status_code_conformance", "content_type_conformance",
            "response_headers_conformance", "response_schema_conformance",
        ]
        let outcome = try await Program.run(
            "\(Self.tools)/schemathesis",
            [
                "run", try document(api), "--url", "http://127.0.0.1:\(api.port)", "--header",
                "Authorization: Bearer \(client.token ?? "")", "--exclude-path", "/api/events", "--phases",
                "examples,coverage,fuzzing", "--max-examples", Program.isLong ? "200" : "4", "--checks",
                checks.joined(separator: ","), "--no-color", "--request-timeout", "30",
            ], environment: ["PYTHONIOENCODING": "utf-8"], directory: api.place.folder.path)
        #expect(outcome.code == 0, "\(outcome.output.suffix(6_000))\n\(outcome.errors.suffix(2_000))")
        #expect(try seed.send("GET", "/healthz").status == 200)
    }

    @Test(.enabled(if: areThere, "deployment/test installs openapi-python-client"))
    func `a client that was generated from the description makes the tour`() async throws {
        let api = try APIPlace()
        let client = try await api.client("run", more: ["--person"])
        let folder = api.place.folder
        let settings = folder.write(
            "generator.yaml", "package_name_override: fourrunr\nproject_name_override: fourrunr\n")
        let generated = try await Program.run(
            "\(Self.tools)/openapi-python-client",
            [
                "generate", "--path", try document(api), "--config", settings, "--output-path",
                "\(folder.path)/fourrunr", "--meta", "none",
            ], environment: ["PYTHONIOENCODING": "utf-8"], directory: folder.path)
        #expect(generated.code == 0 && !generated.output.contains("will not be generated"), "\(generated)")
        let script = try String(contentsOfFile: "\(Program.root)/Tests/Fixtures/clients/tour.py", encoding: .utf8)
        let tour = try await Program.run(
            "\(Self.tools)/python",
            [folder.write("tour.py", script), "http://127.0.0.1:\(api.port)", client.token ?? ""],
            directory: folder.path)
        #expect(tour.output == "well\n", "\(tour)")
    }
}

import Foundation
import TestSupport
import Testing

/// What a search of the text finds of the laws of `Sources/README.md`, and of what no code may do.
struct LawTests {
    /// Files of `Sources`, by their path from there, with what they hold.
    private static let files: [(path: String, text: String)] = {
        let root = "\(Program.root)/Sources"
        let paths = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        return paths.filter { $0.hasSuffix(".swift") }.sorted().compactMap { path in
            (try? String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)).map { (path, $0) }
        }
    }()

    /// The files that hold a text, but for those that may.
    private func offenders(_ text: String, except allowed: [String]) -> [String] {
        Self.files.filter { file in
            file.text.contains(text) && !allowed.contains { file.path.hasPrefix($0) }
        }.map(\.path)
    }

    @Test func `there are files to look at`() { #expect(Self.files.count > 200) }

    /// The package manager's own check lets a program import what its dependencies depend on.
    @Test func `a room imports only the rooms that the package gives it`() throws {
        let package = try String(contentsOfFile: "\(Program.root)/Package.swift", encoding: .utf8)
        var given: [String: Set<String>] = [:]
        let entry = /(?:room\(\s*"\w+",|program\()\s*"(\w+)"(?:,\s*\[([^\]]*)\])?/
        for match in package.matches(of: entry) {
            given[String(match.1)] = Set((match.2 ?? "").matches(of: /"(\w+)"/).map { String($0.1) })
        }
        #expect(given.count > 20 && given["CommandLine"]?.contains("Operations") == true)
        for file in Self.files {
            let room = file.path.split(separator: "/").dropFirst().first.map(String.init) ?? ""
            guard let allowed = given[room] else { continue }
            for match in file.text.matches(of: /(?m)^(?:@\w+ )?(?:\w+ )?import (\w+)$/) {
                let name = String(match.1)
                #expect(given[name] == nil || allowed.contains(name), "\(file.path) imports \(name)")
            }
        }
    }

    @Test(arguments: [
        // The machine is made where the process begins.
        ("Runtime.system()", ["App/CommandLine/Caller.swift", "App/Benchmarks/", "Core/Values/Runtime.swift"]),
        // Who waits is handed the machine; the stand-ins and the benchmarks are machines of their own.
        ("Task.sleep", ["Core/Values/Runtime.swift", "Core/Values/Deadline.swift", "App/Sandbox/", "App/Benchmarks/"]),
        ("ContinuousClock", ["App/Sandbox/", "App/Benchmarks/"]),
        ("ProcessInfo.processInfo.environment", ["App/CommandLine/Caller.swift"]),
        // SQL stands in Storage. A benchmark makes and changes many leads at once, and counts what became of them.
        ("SELECT ", ["Core/Storage/", "App/Benchmarks/"]), ("UPDATE ", ["Core/Storage/", "App/Benchmarks/"]),
        ("INSERT INTO ", ["Core/Storage/", "App/Benchmarks/"]), ("DELETE FROM ", ["Core/Storage/"]),
        ("try! ", []), ("fatalError(", []), ("as! ", []),
    ])
    func `what stands in one place stands nowhere else`(text: String, allowed: [String]) {
        #expect(offenders(text, except: allowed) == [])
    }
}

import Foundation
import TestSupport
import Testing

/// What stands in the README can be pasted.
struct ReadmeTests {
    private struct Block {
        let language: String
        let lines: [String]
    }

    private static func blocks() throws -> [Block] {
        let text = try String(contentsOfFile: "\(Program.root)/README.md", encoding: .utf8)
        var blocks: [Block] = []
        var open: (language: String, lines: [String])?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let plain = line.drop { $0 == " " }
            if plain.hasPrefix("```") {
                if let block = open {
                    blocks.append(Block(language: block.language, lines: block.lines))
                    open = nil
                } else {
                    open = (String(plain.dropFirst(3)), [])
                }
            } else {
                open?.lines.append(String(line))
            }
        }
        return blocks
    }

    @Test func `each command is one, with its remark behind a number sign`() async throws {
        var verbs: Set<[String]> = []
        for block in try Self.blocks() where block.language.isEmpty {
            // Drawings and the map of the folders.
            guard let first = block.lines.first(where: { !$0.isEmpty }),
                first.contains(/^ *(sudo |4runr |deployment\/|systemctl |journalctl |here=)/)
            else { continue }
            for line in block.lines where !line.allSatisfy(\.isWhitespace) {
                let before = line.firstRange(of: " #").map { line[..<$0.lowerBound] } ?? line[...]
                let command = before.split(separator: " ", omittingEmptySubsequences: false).drop { $0.isEmpty }
                    .reversed()
                    .drop { $0.isEmpty }.reversed().joined(separator: " ")
                #expect(!command.contains("    "), "a remark without a number sign: \(line)")
                let checked = try await Program.run("/bin/bash", ["-n", "-c", String(command)])
                #expect(checked.code == 0, "\(line): \(checked.errors)")
                var words = command.split(separator: " ").map(String.init)
                if words.first == "sudo" { words.removeFirst() }
                guard let program = words.first, program == "4runr" || program.hasSuffix("/4runr") else { continue }
                verbs.insert(
                    Array(
                        words.dropFirst().prefix { $0.allSatisfy { $0.isLowercase || $0 == "-" } && !$0.hasPrefix("-") }
                    ))
            }
        }
        #expect(verbs.count > 20)
        for verb in verbs {
            // A verb's last word may be an argument, as in `jobs pause sync`.
            let helps = [verb, Array(verb.dropLast())].filter { !$0.isEmpty }
            var isKnown = false
            for words in helps where !isKnown {
                let help = try await Program.run(words + ["--help"])
                isKnown = help.code == 0 && help.output.contains("USAGE: 4runr \(words.joined(separator: " "))")
            }
            #expect(isKnown, "\(verb.joined(separator: " ")) is no verb")
        }
    }

    @Test func `the schedule and the settings that are shown pass the check`() async throws {
        var schedules = 0
        for block in try Self.blocks() where block.language == "yaml" {
            let indent = block.lines.first?.prefix { $0 == " " }.count ?? 0
            let text = block.lines.map { String($0.dropFirst(indent)) }.joined(separator: "\n") + "\n"
            let isSchedule = text.contains("jobs:")
            let place = isSchedule ? Workplace(schedule: text) : Workplace(settings: text)
            let check = try await place.run("check")
            #expect(check.code == 0, "\(text)\n\(check)")
            schedules += isSchedule ? 1 : 0
        }
        #expect(schedules == 1)
    }

    @Test func `nothing is spoken of that is not there`() throws {
        let text = try String(contentsOfFile: "\(Program.root)/README.md", encoding: .utf8)
        #expect(!text.contains("inbox"))
    }
}

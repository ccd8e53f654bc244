import ArgumentParser
import Daemon

struct Version: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: "Print the version.",
        discussion: help(
            examples: "4runr version",
            exits: [0: "done"]))

    func run() async throws { Terminal.say("\(Program.name) \(Program.version)") }
}

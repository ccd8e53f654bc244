import ArgumentParser
import Glibc
import Leads
import Operations
import Values

struct LeadExportVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write all leads to a file or to standard output.",
        discussion: help(
            """
            A file is complete or not there: it gets its name only when everything is in it.
            """,
            examples: "sudo 4runr leads export --format jsonl --status ready > ready.jsonl",
            exits: [
                0: "done", 64: "there is no such format or status", 69: "the database may not be read",
                74: "the file cannot be written",
            ]))

    @Option(name: .long, help: "The file's format.")
    var format = LeadFileFormat.csv

    @Option(name: .customLong("output"), help: ArgumentHelp("The file; else standard output.", valueName: "file"))
    var path: String?

    @Option(name: .long, help: "Only leads with this status.")
    var status: LeadStatus?

    @Flag(name: .long, help: "Deleted leads, too.")
    var deleted = false

    @OptionGroup var location: Location

    func run() async throws {
        try await carryingOut {
            var request = ExportLeads.Request(format)
            request.status = status
            request.withRemoved = deleted
            guard let pieces = try await ExportLeads.stream(request, in: try location.operations()) else {
                return Terminal.note("there are no leads yet")
            }
            guard let path else {
                for try await piece in pieces { Terminal.raw(piece.text) }
                return
            }
            let draft = "\(path).part-\(getpid())"
            // Personal data may be read only by its owner.
            let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard descriptor >= 0, let file = fdopen(descriptor, "w") else { throw failure(path) }
            do {
                var count = 0
                for try await piece in pieces {
                    guard fputs(piece.text, file) >= 0 else { throw failure(path) }
                    count = piece.count
                }
                guard fflush(file) == 0, fsync(fileno(file)) == 0, fclose(file) == 0, rename(draft, path) == 0 else {
                    throw failure(path)
                }
                Terminal.note("\(count) leads in \(path)")
            } catch {
                unlink(draft)
                throw error
            }
        }
    }

    private func failure(_ path: String) -> OperationProblem {
        // When called as root, the program works as the data's owner, who may not write everywhere that root may.
        let hint = errno == EACCES ? "; send the output there instead: 4runr leads export > \(path)" : ""
        return OperationProblem(.output, "\(path): cannot be written: \(String(cString: strerror(errno)))\(hint)")
    }
}

import ArgumentParser
import Leads
import Operations
import Values

struct LeadAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add one lead.",
        discussion: help(
            """
            Fields: \(FieldAssignment.help).

            A person who is there already is not added twice: what is new is merged into what is known.
            """,
            examples: "sudo 4runr leads add full_name=\"Ada King\" company=Engines email=ada@engines.example",
            exits: [0: "done", 64: "it is not a lead (the message says why)", 75: "the database is locked"]))

    @Argument(help: "FIELD=VALUE, as often as needed.")
    var fields: [String]

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func validate() throws { _ = try FieldAssignment.parse(fields, called: "field") }

    func run() async throws {
        try await carryingOut {
            let values = LeadFields(try FieldAssignment.parse(fields, called: "field"))
            let added = try await AddLead.perform(.init(values), in: try location.operations())
            if output.json { return try Terminal.json(added) }
            Terminal.say("lead \(added.id): \(added.result)")
            for note in added.notes { Terminal.complain("left out: \(note)") }
        }
    }
}

struct LeadEdit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit", abstract: "Change fields of a lead.",
        discussion: help(
            """
            Fields: \(FieldAssignment.help).

            FIELD= empties a field. If a value is not valid it is refused, and nothing is changed.

            status=STATUS says where the person stands: \(LeadStatus.allCases.map(\.rawValue).joined(separator: ", ")).
            opted_out=yes says that the person does not want to be written to. No import, sync or merge takes that
            back; only opted_out=no does, which is recorded with your name.
            """,
            examples: "sudo 4runr leads edit 17 title=CEO phone=", "sudo 4runr leads edit 17 opted_out=yes",
            exits: [0: "done", 64: "there is no such lead, or a value is not valid", 75: "the database is locked"]))

    @Argument(help: "Its number, uuid or email.")
    var lead: String

    @Argument(help: "FIELD=VALUE, as often as needed.")
    var fields: [String]

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func validate() throws { _ = try request() }

    /// Throws a `ValidationError` for a field or a value that does not exist.
    private func request() throws -> EditLead.Request {
        let said = try FieldAssignment.parse(fields, called: "field", also: ["status", "opted_out"])
        var changes: [LeadField: String] = [:]
        for (name, value) in said { if let field = LeadField(rawValue: name) { changes[field] = value } }
        var request = EditLead.Request(lead, changes)
        if let word = said["status"] {
            guard let status = LeadStatus(rawValue: word) else {
                throw ValidationError(
                    "There is no status \"\(word)\"; use one of \(LeadStatus.allCases.map(\.rawValue).joined(separator: ", "))."
                )
            }
            request.status = status
        }
        if let word = said["opted_out"] {
            guard ["yes", "no"].contains(word) else {
                throw ValidationError("opted_out must be yes or no, not \"\(word)\".")
            }
            request.optsOut = word == "yes"
        }
        return request
    }

    func run() async throws {
        try await carryingOut {
            let request = try request()
            let edited = try await EditLead.perform(request, in: try location.operations()).view
            if output.json { return Terminal.sayJSON(edited.json) }
            Terminal.say("lead \(edited.lead.id) changed; Airtable is told at the next sync")
        }
    }
}

struct LeadDelete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Take leads out of all lists and stages.",
        discussion: help(
            """
            They are kept in the database, so that no source brings them back. The setting
            airtable.when_deleted_here says what happens to their records in Airtable. All of them are deleted, or
            none.
            """,
            examples: "sudo 4runr leads delete 17 18",
            exits: [0: "done", 64: "there is no such lead, or it was deleted before", 75: "the database is locked"]))

    @Argument(help: "Numbers, uuids or emails.")
    var leads: [String]

    @OptionGroup var location: Location

    func run() async throws {
        try await carryingOut {
            let removed = try await DeleteLeads.perform(.init(leads), in: try location.operations())
            for id in removed.leads { Terminal.say("lead \(id) deleted") }
        }
    }
}

struct LeadRestore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Bring deleted leads back.",
        discussion: help(
            """
            All of them are brought back, or none.
            """,
            examples: "sudo 4runr leads restore 17",
            exits: [0: "done", 64: "there is no such lead, or it is not deleted", 75: "the database is locked"]))

    @Argument(help: "Numbers or uuids.")
    var leads: [String]

    @OptionGroup var location: Location

    func run() async throws {
        try await carryingOut {
            let restored = try await RestoreLeads.perform(.init(leads), in: try location.operations())
            for id in restored.leads { Terminal.say("lead \(id) is back; Airtable is told at the next sync") }
        }
    }
}

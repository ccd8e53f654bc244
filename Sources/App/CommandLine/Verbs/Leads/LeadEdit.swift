import ArgumentParser
import Leads
import Operations
import Values

struct LeadAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Take in one lead.",
        discussion: """
            Fields: \(FieldAssignment.help).
            Somebody who is there already is not made twice: what is new is added to what is known.

            Exit codes: 0 done; 64 it is no lead, the message says why; 75 the database is locked.
            """)

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
        discussion: """
            Fields: \(FieldAssignment.help).
            FIELD= empties one. What is not valid is refused, and nothing is changed.

            Exit codes: 0 done; 64 there is no such lead, or a value is not valid; 75 the database is locked.
            """)

    @Argument(help: "Its number, uuid or email.")
    var lead: String

    @Argument(help: "FIELD=VALUE, as often as needed.")
    var fields: [String]

    @OptionGroup var location: Location
    @OptionGroup var output: OutputFormat

    func validate() throws { _ = try FieldAssignment.parse(fields, called: "field") }

    func run() async throws {
        try await carryingOut {
            let request = EditLead.Request(lead, try FieldAssignment.parse(fields, called: "field"))
            let edited = try await EditLead.perform(request, in: try location.operations()).view
            if output.json { return Terminal.sayJSON(edited.json) }
            Terminal.say("lead \(edited.lead.id) changed; Airtable is told at the next sync")
        }
    }
}

struct LeadDelete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Take leads out of all lists and stages.",
        discussion: """
            They are kept in the database, so that no source brings them back. What happens to their records in Airtable
            says the setting airtable.when_deleted_here.

            Exit codes: 0 done; 64 there is no such lead; 75 the database is locked.
            """)

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
        discussion: "Exit codes: 0 done; 64 there is no such lead, or it is not deleted; 75 the database is locked.")

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

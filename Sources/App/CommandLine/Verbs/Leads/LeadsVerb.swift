import ArgumentParser
import Leads
import Operations
import Values

struct LeadsVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "leads", abstract: "Look at leads, and work on them by hand.",
        discussion: help(
            examples: "sudo 4runr leads list --ready"),
        subcommands: [
            LeadList.self, LeadSearch.self, LeadShow.self, LeadHistory.self, LeadAdd.self, LeadEdit.self,
            LeadDelete.self, LeadRestore.self, LeadEnrichVerb.self, LeadMergeVerb.self, LeadUnmergeVerb.self,
            LeadApartVerb.self,
            LeadDuplicates.self, LeadExplain.self, LeadRelease.self, LeadImport.self, LeadExportVerb.self,
        ])
}

/// Prints leads as a list.
enum LeadTable {
    /// The state of a lead's sync with Airtable.
    static func sync(of lead: Lead) -> String {
        if lead.syncError != nil { return "refused" }
        if lead.isSyncPending { return "pending" }
        if lead.isInStep { return "in step" }
        return lead.deletedAt != nil || lead.airtableID == nil ? "-" : "differs"
    }

    static func say(_ leads: [LeadView], json: Bool) {
        guard !json else {
            return Terminal.sayJSON(
                "[" + leads.map { "\n" + $0.json }.joined(separator: ",") + (leads.isEmpty ? "]" : "\n]"))
        }
        var table = Table("ID", "NAME", "TITLE", "COMPANY", "EMAIL", "STATUS", "AIRTABLE")
        for lead in leads.map(\.lead) {
            let sync = LeadTable.sync(of: lead)
            table.add(
                .init("\(lead.id)", .dim), .init((lead.fields[.fullName] ?? "-").shortened(to: 28), .bold),
                .init((lead.fields[.title] ?? "-").shortened(to: 26)),
                .init((lead.fields[.company] ?? "-").shortened(to: 28)),
                .init((lead.fields[.email] ?? "-").shortened(to: 40)),
                .init(
                    lead.deletedAt != nil ? "deleted" : lead.status.rawValue,
                    lead.deletedAt != nil ? .red : lead.isReady ? .green : nil),
                .init(sync, lead.syncError != nil ? .red : sync == "differs" ? .yellow : .dim))
        }
        table.print()
    }
}

/// Parses assignments of the form `field=value`.
enum FieldAssignment {
    static let help = LeadField.allCases.map(\.rawValue).joined(separator: ", ")

    /// Throws a `ValidationError` that shows the expected form.
    static func parse(_ texts: [String], called option: String) throws -> [LeadField: String] {
        var fields: [LeadField: String] = [:]
        for (name, value) in try parse(texts, called: option, also: []) {
            if let field = LeadField(rawValue: name) { fields[field] = value }
        }
        return fields
    }

    /// - Parameter also: names that are allowed beside those of fields.
    static func parse(_ texts: [String], called option: String, also: [String]) throws -> [String: String] {
        var fields: [String: String] = [:]
        let names = LeadField.allCases.map(\.rawValue) + also
        for text in texts {
            guard let mark = text.firstIndex(of: "=") else {
                throw ValidationError("\(option) \"\(text)\" must be FIELD=VALUE.")
            }
            let name = String(text[..<mark])
            guard names.contains(name) else {
                let hint = Suggestion.hint(for: name, among: names).map { "; \($0)" } ?? ""
                throw ValidationError("There is no field \"\(name)\"\(hint).")
            }
            fields[name] = String(text[text.index(after: mark)...])
        }
        return fields
    }
}

public import AppConfiguration
import FoundationEssentials
import Leads
import Values

extension FieldMapping {
    /// Reads the file. If there is no file, or it cannot be read, returns the standard mapping. Errors are added to
    /// `diagnostics`.
    public static func load(_ path: String, diagnostics: Diagnostics) -> FieldMapping {
        guard FileManager.default.fileExists(atPath: path) else { return standard }
        let value: YAMLValue?
        do throws(ConfigurationProblem) { value = try YAMLValue.load(path) } catch {
            error.diagnostics.forEach(diagnostics.add)
            return standard
        }
        guard let value, let mapping = YAMLMapping(value, called: "the mapping", diagnostics: diagnostics) else {
            return standard
        }
        return read(mapping, diagnostics)
    }

    private static func read(_ mapping: YAMLMapping, _ diagnostics: Diagnostics) -> FieldMapping {
        let key = mapping.string("key") ?? standard.key
        let rule: ConflictRule = mapping.choice("conflict") ?? .airtableWins
        let lastModified = mapping.string("last_modified")
        if rule == .lastModifiedWins, lastModified == nil {
            diagnostics.error(
                at: mapping.position(of: "conflict"),
                "last-modified-wins needs to know when a record was changed in Airtable",
                hint: "make a field of the type Last modified time there, and name it here: last_modified: NAME")
        }
        var fields: [MappedField] = []
        var taken = [key: "the key"]
        if let inner = mapping.mapping("fields") {
            for column in SyncColumn.allCases where column != .uuid && inner.has(column.rawValue) {
                guard let field = read(column, inner, rule, diagnostics) else { continue }
                let position = inner.position(of: column.rawValue)
                if let other = taken[field.name] {
                    diagnostics.error(
                        at: position, "\"\(field.name)\" is the field of \(other) already",
                        hint: "each field takes one column")
                }
                // Reported once if it is the rule for all fields.
                let hasOwnRule = inner.value(column.rawValue).flatMap { $0.entries }?.contains {
                    $0.key.text == "conflict"
                }
                if hasOwnRule == true, field.rule == .lastModifiedWins, lastModified == nil {
                    diagnostics.error(
                        at: position, "last-modified-wins needs to know when a record was changed in Airtable",
                        hint:
                            "make a field of the type Last modified time there, and name it here: last_modified: NAME")
                }
                taken[field.name] = column.rawValue
                fields.append(field)
            }
            inner.reportUnknownKeys(in: "fields")
        } else {
            fields = standard.fields.map { field in
                MappedField(
                    field.column, field.name, direction: field.direction, rule: rule, conversion: field.conversion)
            }
        }
        mapping.reportUnknownKeys(in: "the mapping")
        return FieldMapping(key: key, rule: rule, lastModified: lastModified, fields: fields)
    }

    /// `column: Name`, or `column: { field: Name, direction: …, conflict: …, as: …, words: { ours: theirs } }`.
    private static func read(
        _ column: SyncColumn, _ outer: YAMLMapping, _ rule: ConflictRule, _ diagnostics: Diagnostics
    ) -> MappedField? {
        guard let value = outer.value(column.rawValue) else { return nil }
        if let name = value.text { return MappedField(column, name, rule: rule) }
        guard let inner = YAMLMapping(value, called: column.rawValue, diagnostics: diagnostics) else { return nil }
        let name = inner.string("field")
        if name == nil {
            diagnostics.error(at: value.position, "\(column.rawValue) names no field", hint: "field: NAME")
        }
        let direction: FieldDirection? = inner.choice("direction")
        if let direction, direction != .push, !column.canPull {
            diagnostics.error(
                at: inner.position(of: "direction"), "\(column.rawValue) is kept by 4runr alone",
                hint: "write direction: push, or leave it out")
        }
        let own: ConflictRule? = inner.choice("conflict")
        let conversion: CellConversion? = inner.choice("as")
        if let conversion, !fits(conversion, column) {
            diagnostics.error(
                at: inner.position(of: "as"), "\(column.rawValue) cannot be kept as \(conversion.rawValue)")
        }
        var words: [String: String] = [:]
        if let list = inner.mapping("words") {
            for ours in list.keys {
                guard let theirs = list.string(ours) else { continue }
                if column == .status, LeadStatus(rawValue: ours) == nil {
                    diagnostics.error(
                        at: list.position(of: ours), "\"\(ours)\" is not a status",
                        hint: Suggestion.hint(for: ours, among: LeadStatus.allCases.map(\.rawValue)))
                }
                if let other = words.first(where: { $0.value == theirs })?.key {
                    diagnostics.error(
                        at: list.position(of: ours), "\"\(theirs)\" stands for \(other) already",
                        hint: "map each of our words to another Airtable word; otherwise it cannot be mapped back")
                }
                words[ours] = theirs
            }
        }
        inner.reportUnknownKeys(in: column.rawValue)
        return name.map {
            MappedField(
                column, $0, direction: direction, rule: own ?? rule, conversion: conversion, words: words)
        }
    }

    private static func fits(_ conversion: CellConversion, _ column: SyncColumn) -> Bool {
        switch column.standardConversion {
        case .checkbox: [.checkbox, .yesNo].contains(conversion)
        case .dateTime: [.date, .dateTime].contains(conversion)
        default: [.text, .number].contains(conversion)
        }
    }
}

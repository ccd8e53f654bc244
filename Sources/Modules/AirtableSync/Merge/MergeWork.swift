import Leads
import Storage
import Values

/// The working state of one merge: what each field of a record comes to.
struct MergeWork {
    let merge: LeadMerge
    let cells: [SyncColumn: Cell]
    let modified: Timestamp?
    let known: SyncQueries.LeadState
    let isNew: Bool
    let forced: [SyncColumn: SyncQueries.Side]
    let lead: Lead
    let before: SyncShadow
    let sent: SentCells
    var after: Lead
    var shadow: SyncShadow
    var takes: [MappedField] = []
    var outcome = LeadMerge.Outcome()
    var conflicts: [SyncQueries.NewConflict] = []
    var settled: [String] = []
    var isRestored = false
    /// Whether a field that goes both ways was changed in Airtable to something that differs from ours.
    var hasNews = false
    /// Whether `needs_enrichment` was taken over from Airtable.
    var hasTakenNeed = false
    /// Whether somebody said in Airtable that the person does not want to be written to.
    var isOptOut = false
    private lazy var candidate: LeadFields? = cleaned(remoteLeadFields)?.fields

    init(
        _ merge: LeadMerge, _ cells: [SyncColumn: Cell], _ modified: Timestamp?, _ known: SyncQueries.LeadState,
        _ isNew: Bool, _ forced: [SyncColumn: SyncQueries.Side]
    ) throws(StorageError) {
        (self.merge, self.cells, self.modified, self.known) = (merge, cells, modified, known)
        (self.isNew, self.forced) = (isNew, forced)
        lead = known.lead
        after = known.lead
        sent = SentCells(known.sent)
        before = try SyncShadow(known.shadow)
        shadow = before
    }

    private func remote(_ field: MappedField) -> Cell? { cells[field.column]?.nonEmpty }

    /// The lead's data fields whose cells have changed in Airtable.
    private var remoteLeadFields: [MappedField] {
        merge.fields.filter { field in
            field.column.leadField != nil && field.direction != .push && remote(field) != before.cell(field)
        }
    }

    // MARK: field by field

    mutating func look(at field: MappedField) {
        let isOpen = known.conflicts.contains(field.column.rawValue)
        let (cell, value) = (remote(field), field.column.value(of: lead))
        let hasRemote = cell != before.cell(field)
        let hasLocal = value != before.value(field)
        guard hasRemote else {
            // Either nothing changed, or only our value did, which is sent.
            if isOpen { settled.append(field.column.rawValue) }
            return
        }
        // What we sent ourselves is no edit, although nobody answered.
        if let own = sent.value(of: field, if: cell) {
            shadow.agree(field, cell: cell, value: own)
            if isOpen { settled.append(field.column.rawValue) }
            return
        }
        if isSame(field, value, cell) {
            if isOpen { settled.append(field.column.rawValue) }
            return shadow.agree(field, cell: cell, value: value)
        }
        // A push-only field needs no decision. A pull-only field may be a formula, so a change in it is not counted as
        // someone's edit.
        if field.direction == .push, isOpen { settled.append(field.column.rawValue) }
        if field.direction == .both { hasNews = true }
        // An opt-out holds, whatever was changed here meanwhile and whichever side wins.
        if field.saysOptOut(cell) {
            if isOpen { settled.append(field.column.rawValue) }
            return take(field)
        }
        switch (field.direction, forced[field.column]) {
        case (.push, _), (_, .local): shadow.agree(field, cell: cell, value: field.valueOrMark(cell))
        case (.pull, _), (_, .airtable): take(field)
        default:
            guard hasLocal, !isNew else {
                if isOpen { settled.append(field.column.rawValue) }
                return take(field)
            }
            // When the two are first linked, an unusable value in Airtable is not a change that can conflict.
            guard known.shadow != nil || isUsable(field, cell) else { return take(field) }
            conflict(field, cell, value)
        }
    }

    /// Whether both sides have the same value, each in its own notation.
    private mutating func isSame(_ field: MappedField, _ value: String?, _ cell: Cell?) -> Bool {
        let theirs: String?
        do { theirs = try field.value(cell) } catch { return false }
        if TextForm.isSame(theirs, value) { return true }
        guard let leadField = field.column.leadField, field.direction != .push else { return false }
        return candidate.map { value != nil && $0[leadField] == value && theirs != nil } ?? false
    }

    /// Nil when a person has to decide.
    private func winner(by rule: ConflictRule) -> SyncQueries.Side? {
        switch rule {
        case .airtableWins: .airtable
        case .localWins: .local
        case .lastModifiedWins: if let modified, modified < lead.updatedAt + merge.skew { .local } else { .airtable }
        case .manual: nil
        }
    }

    private mutating func conflict(_ field: MappedField, _ cell: Cell?, _ value: String?) {
        var resolution = winner(by: field.rule)
        // A value in Airtable that cannot be used is never taken over, so it is not a conflict for a person to decide.
        if !isUsable(field, cell) { resolution = .local }
        if resolution != nil || !known.conflicts.contains(field.column.rawValue) { outcome.found += 1 }
        let theirs = try? field.value(cell)
        let json = cell.flatMap { StableJSON.text(of: $0) }
        conflicts.append(
            SyncQueries.NewConflict(
                column: field.column.rawValue, base: before.value(field), local: value,
                airtable: theirs ?? json, cell: JSONValue(stored: json), resolution: resolution))
        switch resolution {
        case .airtable: take(field)
        case .local: shadow.agree(field, cell: cell, value: field.valueOrMark(cell))
        case nil: break
        }
    }

    /// The lead was deleted here and the record changed since. Deleting the record would lose what someone has just
    /// entered.
    mutating func lookAtDeletion() {
        guard merge.deletes == .delete, lead.deletedAt != nil, lead.isSyncPending, known.shadow != nil, hasNews,
            !known.conflicts.contains("record")
        else { return }
        let resolution = winner(by: merge.rule)
        conflicts.append(
            SyncQueries.NewConflict(
                column: "record", base: nil, local: "deleted", airtable: "changed", cell: nil, resolution: resolution))
        outcome.found += 1
        guard resolution == .airtable else { return }
        isRestored = true
        after.deletedAt = nil
    }

    private mutating func isUsable(_ field: MappedField, _ cell: Cell?) -> Bool {
        let text: String?
        do { text = try field.value(cell) } catch { return false }
        if field.column == .status { return text.flatMap { LeadStatus(rawValue: $0.lowercased()) } != nil }
        guard let leadField = field.column.leadField, text != nil else { return true }
        return candidate.map { $0[leadField] != nil } ?? true
    }

    // MARK: taking Airtable's values

    private mutating func take(_ field: MappedField) {
        guard field.column.leadField == nil else { return takes.append(field) }
        let cell = remote(field)
        let text: String?
        do { text = try field.value(cell) } catch { return leave(field, "\(error)") }
        switch field.column {
        case .status:
            guard let word = text else { return leave(field, nil) }
            guard let status = LeadStatus(rawValue: word.lowercased()) else {
                return leave(
                    field,
                    "\"\(word)\" is not one of \(LeadStatus.allCases.map(\.rawValue).joined(separator: ", ")); map it under words in airtable-fields.yaml"
                )
            }
            if status == .unsubscribed { optOut() }
            guard lead.optOut == nil || LeadLifecycle.isAllowedAfterOptOut(status) else {
                return sendBack(field, "\(word): the person does not want to be written to")
            }
            after.status = status
        case .optedOut:
            if text != nil {
                optOut()
            } else if lead.optOut != nil {
                return sendBack(field, "the person does not want to be written to")
            }
        case .message:
            guard lead.optOut == nil, !isOptOut else {
                return sendBack(field, "the person does not want to be written to")
            }
            after.message = text
        case .verified: after.isVerified = text != nil
        case .needsEnrichment:
            after.needsEnrichment = text != nil
            hasTakenNeed = true
        case .archived:
            if text != nil {
                // Removals are decided on for all records together. Until then, the archive field is not agreed on.
                outcome.isArchivedThere = lead.deletedAt == nil
                return
            }
            isRestored = lead.deletedAt != nil
            after.deletedAt = nil
        default: return leave(field, nil)
        }
        shadow.agree(field, cell: cell, value: field.column.value(of: after))
    }

    private mutating func optOut() {
        isOptOut = lead.optOut == nil
        guard isOptOut else { return }
        after.optOut = OptOut(at: lead.updatedAt, by: .airtable(lead.airtableID ?? ""), how: "")
        after.status = LeadLifecycle.statusAfterOptOut(after.status)
        after.message = nil
    }

    /// Keeps our value, and sends it to Airtable again: only a person here lifts an opt-out.
    private mutating func sendBack(_ field: MappedField, _ why: String) {
        shadow.agree(field, cell: remote(field), value: field.valueOrMark(remote(field)))
        outcome.notes.append("\(field.name): \(why); 4runr leads edit \(lead.id) opted_out=no lifts that")
    }

    /// Leaves both sides as they are.
    private mutating func leave(_ field: MappedField, _ why: String?) {
        shadow.agree(field, cell: remote(field), value: field.column.value(of: lead))
        if let why { outcome.notes.append("\(field.name): \(why)") }
    }

    /// Cleans the lead's data like every lead's. A value that the cleaning rejects leaves our value as it is.
    mutating func takeLeadFields() {
        var usable: [MappedField] = []
        for field in takes {
            do {
                _ = try field.value(remote(field))
                usable.append(field)
            } catch { leave(field, "\(error)") }
        }
        while !usable.isEmpty {
            guard let clean = cleaned(usable) else {
                // Too little data would be left for a lead, so fields that were emptied in Airtable keep our values.
                let emptied = usable.filter { remote($0) == nil }
                for field in emptied.isEmpty ? usable : emptied {
                    leave(field, "it cannot be emptied: too little would be left to identify the lead")
                }
                usable = emptied.isEmpty ? [] : usable.filter { remote($0) != nil }
                continue
            }
            let refused = usable.filter { field in field.column.leadField.map { clean.dropped.contains($0) } ?? false }
            guard refused.isEmpty else {
                for field in refused {
                    leave(field, clean.notes.first { $0.hasPrefix(field.column.rawValue) } ?? "it is not valid")
                }
                usable.removeAll { field in refused.contains(field) }
                continue
            }
            after.fields = clean.fields
            if !hasTakenNeed { after.needsEnrichment = !clean.fields.missing.isEmpty }
            for field in usable { shadow.agree(field, cell: remote(field), value: field.column.value(of: after)) }
            return
        }
    }

    private func cleaned(_ taken: [MappedField]) -> CleanLead? {
        var fields = lead.fields
        for field in taken {
            guard let leadField = field.column.leadField else { continue }
            fields[leadField] = try? field.value(remote(field))
        }
        let columns = Set(taken.map(\.column))
        if columns.contains(.fullName) {
            (fields[.firstName], fields[.lastName]) = (nil, nil)
        } else if columns.contains(.firstName) || columns.contains(.lastName) {
            fields[.fullName] = nil
        }
        return try? merge.intake.canonical(LeadDraft(fields: fields, source: "airtable", author: .airtable("")))
    }

    // MARK: result

    mutating func finish() -> LeadMerge.Outcome {
        var waiting = known.conflicts.subtracting(settled)
        for conflict in conflicts {
            if conflict.resolution == nil { waiting.insert(conflict.column) } else { waiting.remove(conflict.column) }
        }
        let isPending = merge.outgoing(after, shadow, waiting: waiting) != .nothing
        for field in merge.fields {
            if isNew, field.column == .uuid { continue }
            let (old, new) = (isNew ? nil : field.column.value(of: lead), field.column.value(of: after))
            if old != new { outcome.changes.append(SyncChange(column: field.column.rawValue, from: old, to: new)) }
        }
        let isSame =
            known.shadow != nil && shadow == before && after == lead && conflicts.isEmpty && settled.isEmpty
            && lead.isSyncPending == isPending
        guard !isSame else { return outcome }
        var merged = MergedLead(
            fields: after.fields, shadow: shadow.stored, isPending: isPending)
        merged.isOptOut = isOptOut
        merged.status = after.status
        if after.message != lead.message { merged.message = .some(after.message) }
        merged.isVerified = after.isVerified
        merged.needsEnrichment = after.needsEnrichment
        merged.isRestored = isRestored
        merged.conflicts = conflicts
        merged.settled = settled
        outcome.merged = merged
        return outcome
    }
}

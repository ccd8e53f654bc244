public import Leads
public import Storage
public import Values

/// Compares a table's fields with those of the mapping.
public struct SyncSetupResult: Sendable, Codable, Equatable {
    public let table: String
    public let fields: [FieldFinding]
    public let calls: Int
    public let notes: [String]

    /// Whether a sync can begin.
    public var isUsable: Bool { fields.first?.state != .missing && fields.first?.state != .wrongType }
}

extension AirtableSync {
    /// Reads the base's schema, reports which fields are missing, and creates them if `createsFields` is set. The
    /// result is stored, so that fields are known by their ids from then on.
    ///
    /// Throws an `AirtableProblem`, a `StorageError`, or a `CancellationError`.
    ///
    /// - Parameter switchesBase: confirms the base or table in the settings, although the database is in sync with
    ///   another one.
    public func setUp(createsFields: Bool, switchesBase: Bool) async throws -> SyncSetupResult {
        try await exclusively { store in
            var request = SyncRequest()
            request.isManual = true
            let run = try await SyncRun(self, request, store) { _, _ in }
            return try await run.setUp(createsFields: createsFields, switchesBase: switchesBase)
        }
    }

    /// The lead's value in a column; nil if it is empty or there is no such column.
    public static func value(of column: String, in lead: Lead) -> String? {
        SyncColumn(rawValue: column)?.value(of: lead)
    }

    /// Whether a column is kept in sync, as far as that is known without asking Airtable.
    public func isInStep(_ column: String, in transaction: Transaction) throws -> Bool {
        try activeFields(transaction).compared.contains { $0.column.rawValue == column }
    }

    private func activeFields(_ transaction: Transaction) throws -> ActiveFields {
        let known = SyncState(try transaction.sync.state()).fields ?? TableFields(trusting: mapping)
        return ActiveFields(mapping, known, archives: settings.deletesHere == .archive)
    }

    private func cell(of conflict: SyncQueries.Conflict, _ json: JSONValue) throws(StorageError) -> Cell {
        guard let cell = StableJSON.text(of: json).flatMap({ StableJSON.decode(Cell.self, $0) }) else {
            throw StorageError(
                .unreadable, "conflict \(conflict.id)", "the cell that Airtable had cannot be read",
                hint: "decide for our value: 4runr sync resolve \(conflict.id) --keep local")
        }
        return cell
    }

    /// Applies a person's decision about a conflict. Returns false if the conflict was already resolved.
    public func resolve(
        _ conflict: Int64, keeping side: SyncQueries.Side, in transaction: Transaction,
        step: (SyncQueries.Conflict, Timestamp) -> Step? = { _, _ in nil }
    ) throws -> Bool {
        let active = try activeFields(transaction)
        let merge = LeadMerge(
            fields: active.compared, deletes: settings.deletesHere, rule: mapping.rule, intake: intake, skew: .zero)
        let now = runtime.now
        let resolved = try transaction.resolve(conflict, keeping: side, at: now) { known, conflict in
            guard let field = active.compared.first(where: { $0.column.rawValue == conflict.column }) else {
                return nil
            }
            // All other fields are taken as they were last agreed on.
            let shadow = try SyncShadow(known.shadow)
            var cells: [SyncColumn: Cell] = [:]
            for field in active.compared { cells[field.column] = shadow.cell(field) }
            do throws(StorageError) {
                cells[field.column] = try conflict.cell.map { json throws(StorageError) in
                    try cell(of: conflict, json)
                }
            } catch {
                // Our value is sent, so what Airtable had does not matter.
                guard side == .local else { throw error }
            }
            return try merge.merge(cells, with: known, forced: [field.column: side]).merged
        }
        guard let resolved else { return false }
        if let step = step(resolved, now) { try transaction.runs.add([step]) }
        return true
    }
}

extension SyncRun {
    func setUp(createsFields: Bool, switchesBase: Bool) async throws -> SyncSetupResult {
        if !switchesBase { try await checkBase() }
        var tables = try await schema()
        var table = try find(in: tables)
        if switchesBase, state.base != nil {
            let fresh: [String: String?] = ["base": settings.baseID, "table": settings.table]
            state = SyncState(
                try await store.write { transaction in
                    try transaction.sync.forgetBase()
                    try transaction.sync.setState(fresh)
                    return try transaction.sync.state()
                })
            report.note("the links to the old base were removed; the next sync matches all leads again")
        }
        var known = TableFields(sync.mapping, table, previous: state.fields, usesPrimary: true)
        var created: [SyncColumn] = []
        if createsFields {
            state.createsOptions = true
            let wanted = [sync.mapping.keyField] + sync.mapping.fields
            for finding in known.findings where finding.state == .missing {
                guard let field = wanted.first(where: { $0.column.rawValue == finding.column }) else { continue }
                progress("making \(field.name)", nil)
                do {
                    _ = try await client.create(FieldBlueprint.field(field), in: table.id)
                    created.append(field.column)
                } catch let problem as AirtableProblem where problem.kind == .badRecord {
                    report.note("the field \"\(field.name)\" could not be made: \(problem.description)")
                }
            }
            if !created.isEmpty {
                tables = try await schema()
                table = try find(in: tables)
                known = TableFields(sync.mapping, table, previous: state.fields, usesPrimary: true)
            }
        }
        try await learn(known)
        settleOnBase()
        try await saveState()
        let findings = known.findings.map { finding in
            var finding = finding
            if created.contains(where: { $0.rawValue == finding.column }), finding.state == .ok {
                finding.state = .created
            }
            if finding.state == .lacksOptions, state.createsOptions {
                finding.hint = "Airtable adds them when a lead needs them"
            }
            return finding
        }
        return SyncSetupResult(table: table.name, fields: findings, calls: client.calls, notes: report.notes)
    }

    private func schema() async throws -> [AirtableClient.Table] {
        do { return try await client.tables() } catch let problem as AirtableProblem
            where problem.kind == .configuration && problem.type.hasPrefix("INVALID_PERMISSIONS")
        {
            throw AirtableProblem(
                .configuration,
                "the token has no access to base \"\(settings.baseID)\" (airtable.base_id), or may not read its schema; give it the scope schema.bases:read, and schema.bases:write to create fields"
            )
        }
    }

    private func find(in tables: [AirtableClient.Table]) throws -> AirtableClient.Table {
        guard let table = tables.first(where: { $0.id == settings.table || $0.name == settings.table }) else {
            throw noTable(among: tables.map(\.name))
        }
        return table
    }
}

import AirtableSync
import FoundationEssentials
import Leads
import Operations
import Pipeline
import Values

/// How a run ended, as people read it.
enum RunOutput {
    private struct Stages: Decodable { let stages: [LeadPipeline.PartResult] }

    static func say(_ result: RunResult) {
        let took = Duration.milliseconds(Int64(result.seconds * 1_000)).brief
        Terminal.say(
            "\(result.job): \(Terminal.paint(result.status.rawValue, result.status.style)) after \(took) (run \(result.id))"
        )
        if let text = result.output { show(text, hasFailed: result.error != nil) }
        if let error = result.error { Terminal.complain("\(result.job): \(error)") }
    }

    /// A stage's counts and notes line up; what is neither is shown as it is.
    private static func show(_ json: String, hasFailed: Bool) {
        let data = Data(json.utf8)
        let decoder = JSONDecoder()
        // Rows of before have the keys as the code has them.
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        if let all = try? decoder.decode(Stages.self, from: data) {
            var table = Table("STAGE", "STATUS", "")
            for stage in all.stages {
                table.add(
                    .init(stage.stage, .bold), .init(stage.status.rawValue, stage.status.style),
                    .init(stage.error ?? LeadPipeline.summary(stage)))
            }
            table.print()
            for stage in all.stages { for note in stage.notes { Terminal.say("\(stage.stage): \(note)") } }
        } else if let report = try? decoder.decode(StageReport.self, from: data) {
            let hasDone = report.counts.contains { $0.value > 0 }
            if hasDone || !hasFailed { Terminal.say((report.isDryRun == true ? "would do: " : "") + report.summary) }
            if let fields = report.fields { show(fields) }
            for item in report.plan ?? [] { show(item) }
            for note in report.notes { Terminal.say("  \(note)") }
        } else {
            Terminal.sayJSON(json)
        }
    }

    private static func show(_ fields: [FieldFinding]) {
        var table = Table("COLUMN", "FIELD", "TYPE", "STATE", "")
        for field in fields {
            let style: Terminal.Style =
                switch field.state {
                case .ok, .created: .green
                case .renamed, .computed, .lacksOptions: .yellow
                case .missing, .wrongType: .red
                }
            table.add(
                .init(field.column, .bold), .init(field.name), .init(field.type ?? "-", .dim),
                .init(field.state.rawValue, style), .init(field.hint ?? ""))
        }
        table.print()
    }

    /// A line of a plan, and one for each value that changes.
    private static func show(_ item: SyncPlanItem) {
        let style: Terminal.Style =
            switch item.action {
            case .create, .createHere: .green
            case .update, .updateHere: .cyan
            case .archive, .delete, .deleteHere: .red
            case .conflict: .yellow
            }
        let lead = item.lead.map { " lead \($0)" } ?? ""
        let record = item.record.map { " \($0)" } ?? ""
        Terminal.say("\(Terminal.paint(item.action.rawValue, style))\(lead)\(record)  \(item.name)")
        for change in item.changes {
            func text(_ value: String?) -> String { value.map { "\"\($0.shortened(to: 80))\"" } ?? "-" }
            let sign = item.action == .conflict ? "here, and in Airtable" : "→"
            Terminal.say("    \(change.column): \(text(change.from)) \(sign) \(text(change.to))")
        }
    }
}

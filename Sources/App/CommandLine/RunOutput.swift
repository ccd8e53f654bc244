import ArgumentParser
import Leads
import Operations
import Values

/// Prints how a run ended, for people or for programs.
enum RunOutput {
    /// Prints the result, and throws the exit code for it.
    static func finish(_ result: RunJob.Response, _ output: OutputFormat) throws {
        Terminal.endProgress()
        if output.json { try Terminal.json(result) } else { say(result) }
        switch result.status {
        case .success: break
        case .skipped: throw ExitCode(69)
        case .cancelled, .interrupted: throw ExitCode(75)
        default: throw ExitCode(1)
        }
    }

    private static func say(_ result: RunJob.Response) {
        let took = Duration(inSeconds: result.seconds).brief
        Terminal.say(
            "\(result.job): \(Terminal.paint(result.status.rawValue, result.status.style)) after \(took) (run \(result.id))"
        )
        if let report = result.report {
            show(report, hasFailed: result.error != nil)
        } else if let output = result.output {
            Terminal.sayJSON(StableJSON.text(of: output) ?? "")
        }
        if let error = result.error { Terminal.complain("\(result.job): \(error)") }
    }

    /// Prints counts and notes in aligned columns.
    private static func show(_ report: StageOutput, hasFailed: Bool) {
        if let stages = report.stages {
            var table = Table("STAGE", "STATUS", "")
            for stage in stages {
                table.add(
                    .init(stage.stage, .bold), .init(stage.status.rawValue, stage.status.style),
                    .init(stage.error ?? stage.summary))
            }
            table.print()
            for stage in stages { for note in stage.notes { Terminal.say("\(stage.stage): \(note)") } }
            return
        }
        if report.hasDone || !hasFailed { Terminal.say((report.isDryRun == true ? "would do: " : "") + report.summary) }
        if let fields = report.fields { show(fields) }
        for item in report.plan ?? [] { show(item) }
        for note in report.notes ?? [] { Terminal.say("  \(note)") }
    }

    private static func show(_ fields: [StageOutput.Field]) {
        var table = Table("COLUMN", "FIELD", "TYPE", "STATE", "")
        for field in fields {
            let style: Terminal.Style =
                switch field.state {
                case "ok", "created": .green
                case "missing", "wrong type": .red
                default: .yellow
                }
            table.add(
                .init(field.column, .bold), .init(field.name), .init(field.type ?? "-", .dim),
                .init(field.state, style), .init(field.hint ?? ""))
        }
        table.print()
    }

    /// Prints a line of a plan, and one line for each value that changes.
    private static func show(_ item: StageOutput.PlanItem) {
        let style: Terminal.Style =
            switch item.action {
            case "create", "create here": .green
            case "update", "update here": .cyan
            case "conflict": .yellow
            default: .red
            }
        let lead = item.lead.map { " lead \($0)" } ?? ""
        let record = item.record.map { " \($0)" } ?? ""
        Terminal.say("\(Terminal.paint(item.action, style))\(lead)\(record)  \(item.name)")
        for change in item.changes {
            func text(_ value: String?) -> String { value.map { "\"\($0.shortened(to: 80))\"" } ?? "-" }
            let sign = item.action == "conflict" ? "here, and in Airtable" : "→"
            Terminal.say("    \(change.column): \(text(change.from)) \(sign) \(text(change.to))")
        }
    }
}

import AppConfiguration
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
        if let text = result.output { show(text) }
        if let error = result.error { Terminal.complain("\(result.job): \(error)") }
    }

    /// A stage's counts and notes line up; what is neither is shown as it is.
    private static func show(_ json: String) {
        let data = Data(json.utf8)
        if let all = try? JSONDecoder().decode(Stages.self, from: data) {
            var table = Table("STAGE", "STATUS", "")
            for stage in all.stages {
                table.add(
                    .init(stage.stage, .bold), .init(stage.status.rawValue, stage.status.style),
                    .init(stage.error ?? LeadPipeline.summary(stage)))
            }
            table.print()
            for stage in all.stages { for note in stage.notes { Terminal.say("\(stage.stage): \(note)") } }
        } else if let report = try? JSONDecoder().decode(StageReport.self, from: data) {
            Terminal.say((report.isDryRun == true ? "would do: " : "") + report.summary)
            for note in report.notes { Terminal.say("  \(note.singleLine)") }
        } else {
            Terminal.say(json)
        }
    }
}

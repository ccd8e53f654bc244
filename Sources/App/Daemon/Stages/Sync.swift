import AirtableSync
import Pipeline
import Scheduling

extension StageKind {
    static let sync = StageKind(
        task: TaskKind(
            SyncStage.name, summary: "keep Airtable in step; with: { direction: both | push | pull, full: true }",
            parameters: [
                .choice("direction", of: SyncRequest.Direction.self), TaskParameter("full", .flag),
                TaskParameter("allow_deletes", .flag, isByHand: true),
                TaskParameter("refused", .flag, isByHand: true),
                TaskParameter("setup", .flag, isByHand: true), TaskParameter("create_fields", .flag, isByHand: true),
                TaskParameter("switch_base", .flag, isByHand: true),
            ], isOverLeads: true),
        gaps: { settings in
            let base = Gap(name: "airtable.base_id", advice: "the part of the base's address that begins with app")
            return settings.gaps(ofKey: AirtableSettings.keyName) + (settings.airtable.baseID.isEmpty ? [base] : [])
        }
    ) { assembly, parameters in
        let advice = assembly.settings.syncAdvice
        return SyncStage(
            sync: advice == nil ? assembly.sync : nil, options: SyncOptions(parameters),
            advice: advice.map { "\($0). If it is set: a daemon sees it once it is restarted" } ?? "")
    }
}

extension SyncOptions {
    init(_ parameters: TaskParameters) {
        self.init()
        direction = parameters.choice("direction") ?? .both
        isFull = parameters.flag("full")
        allowsDeletes = parameters.flag("allow_deletes")
        onlyRefused = parameters.flag("refused")
        guard parameters.flag("setup") else { return }
        var setUp = SetUp()
        setUp.createsFields = parameters.flag("create_fields")
        setUp.switchesBase = parameters.flag("switch_base")
        self.setUp = setUp
    }
}

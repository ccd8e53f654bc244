import Messaging
import Pipeline
import Scheduling

extension StageKind {
    static let writeMessages = StageKind(
        task: TaskKind(
            WriteMessagesStage.name, summary: "write a message to each lead that has none", isOverLeads: true),
        gaps: { settings in
            settings.messaging.advice(secrets: settings.keys).map { [Gap(name: "messaging", advice: $0)] } ?? []
        }
    ) { assembly, _ in
        let settings = assembly.settings
        return WriteMessagesStage(
            store: assembly.store, writers: assembly.writers,
            advice: settings.messaging.advice(secrets: settings.keys), settings: settings.messaging,
            backoff: settings.backoff, unclear: assembly.unclearRefusals, runtime: assembly.runtime)
    }
}

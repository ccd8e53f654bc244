/// A format of files with leads.
public enum LeadFileFormat: String, Sendable, Codable, CaseIterable {
    case csv
    case json
    /// An object a line.
    case jsonl
}

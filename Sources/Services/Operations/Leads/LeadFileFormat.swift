/// A format of files with leads.
public enum LeadFileFormat: String, Sendable, Codable, CaseIterable {
    case csv
    case json
    /// One object per line.
    case jsonl
}

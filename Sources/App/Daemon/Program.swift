/// What the program calls itself.
public enum Program {
    public static let name = "4runr"
    /// Semantic version; also in `agent_version` of each run.
    public static let version = "0.1.0"
}

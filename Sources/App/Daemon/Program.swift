/// The program's name and version.
public enum Program {
    public static let name = "4runr"
    /// A semantic version. Also stored in `agent_version` of each run.
    public static let version = "0.1.0"
}

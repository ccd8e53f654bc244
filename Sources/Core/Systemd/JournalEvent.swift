/// The kinds of journal records that a person may want to find or count, each with its MESSAGE_ID.
///
/// The identifiers were generated once (`journalctl --new-id128`) and never change. `journalctl MESSAGE_ID=…` finds all
/// records of a kind. A log message gives its kind in the metadata key `event`.
public enum JournalEvent: String, CaseIterable, Sendable {
    case daemonReady = "daemon-ready"
    case daemonStopping = "daemon-stopping"
    case reloaded
    case reloadRefused = "reload-refused"
    case runStarted = "run-started"
    case runSucceeded = "run-succeeded"
    case runFailed = "run-failed"
    case runSkipped = "run-skipped"
    case runInterrupted = "run-interrupted"
    case runCancelled = "run-cancelled"
    case clockSet = "clock-set"
    case ledgerUnavailable = "ledger-unavailable"
    case ledgerRecovered = "ledger-recovered"
    case proofOfLifeFailed = "proof-of-life-failed"
    case jobPaused = "job-paused"
    case jobResumed = "job-resumed"
    case jobFailing = "job-failing"
    case jobRecovered = "job-recovered"
    case zonesChanged = "zones-changed"

    /// 128 bits in hexadecimal.
    public var messageID: String {
        switch self {
        case .daemonReady: "5b3388d506484e668acd14824ea8d9fc"
        case .daemonStopping: "9ea3467d13e343ae966ae59ecf4e614b"
        case .reloaded: "ecf5afea8d84435fa78c00d2f03073d2"
        case .reloadRefused: "2d60c3bcad0642a1ae24691809b517dd"
        case .runStarted: "cc2ee5521ddb4bf780bfb763798e9d40"
        case .runSucceeded: "7f93b4edd7944553a47a55741e2d9e4c"
        case .runFailed: "4a2f99ab23834570b9ac6f1412b6202d"
        case .runSkipped: "12450e2364d14af48d4de5d63c79569b"
        case .runInterrupted: "a94d9a957a5843ae88beb5aa538fb4b3"
        case .runCancelled: "46d78325cf7f4bec98a125e7620c443f"
        case .clockSet: "76c118e09fbc4eceb1ba7ef28e0866b5"
        case .ledgerUnavailable: "d75697f43edd40dea0c239b9cea9bd64"
        case .ledgerRecovered: "db67774faec2408aabc0b13cdd8a4a1b"
        case .proofOfLifeFailed: "8b45a51ac5b0400980c8f592e97f1cba"
        case .jobPaused: "44dbf3f007604c5a81b89136c94259ed"
        case .jobResumed: "c49f589323924f72bc20a5eff1886e50"
        case .jobFailing: "b91b4d2c92ef4a0ca646194bee666fe5"
        case .jobRecovered: "5f8cae2b61ff414586e3af0141702a5b"
        case .zonesChanged: "b6019bcd3f3d4e76b39b0e9e7eb4f807"
        }
    }
}

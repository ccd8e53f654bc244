import Values

extension ErrorKind {
    /// The exit code for this kind of error, according to sysexits(3).
    var exitCode: Int32 {
        switch self {
        case .usage, .notFound, .conflict, .stale, .forbidden: 64
        case .data: 65
        case .unavailable: 69
        case .internal: 70
        case .output: 74
        case .temporary, .busy: 75
        case .configuration: 78
        }
    }
}

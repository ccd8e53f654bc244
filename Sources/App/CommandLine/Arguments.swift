public import ArgumentParser
public import Leads
public import Operations
public import Values

// Values that an option can have.
extension AccessScope: ExpressibleByArgument {}
extension ActivityStatus: ExpressibleByArgument {}
extension LeadFileFormat: ExpressibleByArgument {}
extension LeadStatus: ExpressibleByArgument {}
extension ResolveConflicts.Side: ExpressibleByArgument {}

extension Timestamp: ExpressibleByArgument {
    /// Also a day alone, and without seconds.
    public init?(argument: String) {
        let rest = [10: " 00:00:00", 16: ":00"][argument.utf8.count] ?? ""
        self.init(parsing: argument + rest)
    }
}

extension Duration: @retroactive ExpressibleByArgument {
    public init?(argument: String) { self.init(parsing: argument) }
}

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
    public init?(argument: String) { self.init(parsing: argument) }
}

extension Duration: @retroactive ExpressibleByArgument {
    public init?(argument: String) { self.init(parsing: argument) }
}

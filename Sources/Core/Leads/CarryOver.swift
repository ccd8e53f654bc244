/// How much a restore takes along from the database that it replaces, because it must not be forgotten: who said no, who
/// was deleted, and what is suppressed.
public struct CarryOver: Sendable, Codable, Equatable {
    public var optOuts = 0
    public var deletions = 0
    public var suppressions = 0

    public init() {}
}

import Foundation

/// What a strategy has brought, with old days weighing less.
public struct StrategyYield: Sendable, Equatable {
    public var searches: Double
    public var newLeads: Double

    public init(searches: Double, newLeads: Double) {
        self.searches = searches
        self.newLeads = newLeads
    }

    public init() { self.init(searches: 0, newLeads: 0) }

    /// Adds searches of one day, in the order of time. What a query finds runs dry, so each search says less about the next
    /// once another has followed.
    public mutating func add(searches count: Int, newLeads found: Int) {
        let weight = pow(0.9, Double(count))
        searches = searches * weight + Double(count)
        newLeads = newLeads * weight + Double(found)
    }

    /// What is known after some days without a search: half as much every two months, since new people appear.
    public func aged(days: Int) -> StrategyYield {
        let weight = pow(0.5, Double(max(0, days)) / 60)
        return StrategyYield(searches: searches * weight, newLeads: newLeads * weight)
    }
}

/// Chooses which strategy the next paid search is for: Thompson sampling over new leads a search. Each strategy's yield is
/// taken to be Gamma distributed, around what strategies of its kind bring; one value is drawn for each, and the highest is
/// used. So what brings much is used often, and what is little known is tried now and then.
public struct StrategyRotation: Sendable {
    private let yields: [String: StrategyYield]
    private let means: [SearchStrategy.Kind: Double]
    /// How many searches the experience with its kind is worth for a strategy that was never used.
    private static let priorWeight = 0.7
    /// How narrow the draws are: more than experience alone would make them, since a day has few searches, and each that only
    /// tries something out costs as much as one that finds people.
    private static let certainty = 5.0
    /// New leads a search where nothing is known: of ten results, some are no people and some are known.
    private static let priorMean = 3.0

    /// - Parameter yields: by the strategy's name.
    public init(_ strategies: [SearchStrategy], yields: [String: StrategyYield]) {
        self.yields = yields
        var means: [SearchStrategy.Kind: Double] = [:]
        for kind in SearchStrategy.Kind.allCases {
            let own = strategies.filter { $0.kind == kind }.compactMap { yields[$0.name] }
            let searches = own.reduce(0) { $0 + $1.searches }
            let found = own.reduce(0) { $0 + $1.newLeads }
            means[kind] = (found + Self.priorMean) / (searches + 1)
        }
        self.means = means
    }

    /// The new leads that a search is expected to bring.
    public func expected(_ strategy: SearchStrategy) -> Double {
        let (shape, rate) = parameters(strategy)
        return shape / rate
    }

    private func parameters(_ strategy: SearchStrategy) -> (shape: Double, rate: Double) {
        let known = yields[strategy.name] ?? StrategyYield()
        let mean = means[strategy.kind] ?? Self.priorMean
        return (max(0.05, mean * Self.priorWeight + known.newLeads), Self.priorWeight + known.searches)
    }

    /// The index of the strategy to use next; nil if there are no strategies.
    ///
    /// - Parameter random: returns a number from 0 up to, but not including, 1.
    public func next(among strategies: [SearchStrategy], random: () -> Double) -> Int? {
        var best: (index: Int, value: Double)?
        for (index, strategy) in strategies.enumerated() {
            let (shape, rate) = parameters(strategy)
            let value = Self.gamma(shape * Self.certainty, random) / (rate * Self.certainty)
            if value > best?.value ?? -1 { best = (index, value) }
        }
        return best?.index
    }

    /// A draw of a Gamma distribution of rate 1: Marsaglia and Tsang, 2000.
    private static func gamma(_ shape: Double, _ random: () -> Double) -> Double {
        if shape < 1 { return gamma(shape + 1, random) * pow(max(random(), 1e-12), 1 / shape) }
        let d = shape - 1.0 / 3, c = 1 / (9 * d).squareRoot()
        for _ in 0..<1_000 {
            // Box and Muller.
            let x = (-2 * log(max(random(), 1e-12))).squareRoot() * cos(2 * Double.pi * random())
            let v = pow(1 + c * x, 3)
            guard v > 0 else { continue }
            if log(max(random(), 1e-12)) < 0.5 * x * x + d - d * v + d * log(v) { return d * v }
        }
        return shape
    }
}

import Foundation
import LeadSources
import Testing

/// Which search is made next.
struct StrategyTests {
    /// A made-up world: most strategies find few people among a page's ten results, and some find many. Three in ten are found
    /// by others too. After its last page a strategy rests for two weeks, in which a third of what it finds has changed.
    private struct World {
        private var quality: [Double] = []
        private var results: [[Int?]] = []
        private var page: [Int]
        private var restsUntil: [Int]
        private var seen: Set<Int> = []
        private var nextPerson = 0

        init(_ count: Int, _ dice: inout Dice) {
            page = Array(repeating: 0, count: count)
            restsUntil = Array(repeating: 0, count: count)
            for _ in 0..<count {
                quality.append(dice.next() < 0.3 ? 0.3 + dice.next() * 0.5 : dice.next() * 0.15)
                results.append([])
            }
            for index in 0..<count { results[index] = (0..<30).map { _ in result(index, &dice) } }
        }

        private mutating func result(_ index: Int, _ dice: inout Dice) -> Int? {
            guard dice.next() < quality[index] else { return nil }
            if nextPerson > 0, dice.next() < 0.3 { return Int(dice.next() * Double(nextPerson)) }
            nextPerson += 1
            return nextPerson - 1
        }

        func isOpen(_ index: Int, on day: Int) -> Bool { day >= restsUntil[index] }

        /// A search of a strategy's next page: how many of its people are new.
        mutating func search(_ index: Int, on day: Int, _ dice: inout Dice) -> Int {
            let found = results[index].dropFirst(page[index] * 10).prefix(10).compactMap(\.self).filter {
                seen.insert($0).inserted
            }.count
            page[index] += 1
            if page[index] == 3 {
                (page[index], restsUntil[index]) = (0, day + 14)
                for place in results[index].indices where dice.next() < 0.33 {
                    results[index][place] = result(index, &dice)
                }
            }
            return found
        }
    }

    private struct Dice {
        var state: UInt64

        mutating func next() -> Double {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return Double((value ^ (value >> 31)) >> 11) / Double(1 << 53)
        }
    }

    /// Searches a lead over sixty days of five leads each, when each search is chosen by `choose` among those that are open.
    private func simulate(
        seed: UInt64, _ choose: (StrategyRotation, [SearchStrategy], Int, () -> Double) -> Int
    ) -> Double {
        var dice = Dice(state: seed)
        let titles = (0..<8).map { "T\($0)" }, places = (0..<6).map { "P\($0)" }
        let strategies = SearchProfile(titles: titles, industries: ["I"], locations: places).strategies
        var world = World(strategies.count, &dice)
        var chance = Dice(state: seed &+ 1)
        var yields: [String: (yield: StrategyYield, day: Int)] = [:]
        var (searches, leads) = (0, 0)
        for day in 0..<60 {
            var wanted = 5
            for _ in 0..<20 where wanted > 0 {
                let open = strategies.filter { strategy in
                    strategies.firstIndex(of: strategy).map { world.isOpen($0, on: day) } ?? false
                }
                guard !open.isEmpty else { break }
                let known = yields.mapValues { $0.yield.aged(days: day - $0.day) }
                let strategy = open[
                    choose(StrategyRotation(strategies, yields: known), open, searches) { chance.next() }]
                let found = world.search(strategies.firstIndex(of: strategy) ?? 0, on: day, &dice)
                var own = known[strategy.name] ?? StrategyYield()
                own.add(searches: 1, newLeads: found)
                yields[strategy.name] = (own, day)
                searches += 1
                leads += found
                wanted -= found
            }
        }
        return Double(searches) / Double(max(1, leads))
    }

    @Test func `what brought leads before is searched for more: a quarter fewer searches a lead than by turns`() {
        var (steered, turns) = (0.0, 0.0)
        for seed in 1...20 {
            steered += simulate(seed: UInt64(seed) &* 7_919) { rotation, strategies, _, random in
                rotation.next(among: strategies, random: random) ?? 0
            }
            turns += simulate(seed: UInt64(seed) &* 7_919) { _, strategies, count, _ in count % strategies.count }
        }
        print("searches a lead: \(steered / 20) steered, \(turns / 20) by turns")
        #expect(steered <= turns * 0.75, "\(steered / 20) against \(turns / 20)")
    }

    @Test func `what nothing is known of is expected to bring what its kind does`() {
        let strategies = SearchProfile(titles: ["A", "B", "C"], locations: ["P"]).strategies
        let known = [
            "A, P": StrategyYield(searches: 10, newLeads: 80), "B, P": StrategyYield(searches: 10, newLeads: 0),
        ]
        let rotation = StrategyRotation(strategies, yields: known)
        #expect(rotation.expected(strategies[0]) > 7 && rotation.expected(strategies[1]) < 1)
        let unknown = rotation.expected(strategies[2])
        #expect(unknown > 3 && unknown < 5)
        #expect(rotation.next(among: [], random: { 0.5 }) == nil)
    }
}

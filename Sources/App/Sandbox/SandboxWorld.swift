/// The made-up people and companies of the stand-ins. The same seed always makes the same ones.
struct SandboxWorld: Sendable {
    struct Company: Sendable {
        let name: String
        /// A name under `.example`, which RFC 2606 reserves, so that it belongs to nobody.
        let host: String
        let about: String
        let industry: String
        let employees: Int
        let phone: String
        let city: String
    }

    struct Person: Sendable {
        let first: String
        let last: String
        let title: String
        let company: Company
        let slug: String

        var name: String { "\(first) \(last)" }
        var email: String { "\(first.lowercased()).\(last.lowercased())@\(company.host)" }
    }

    let seed: UInt64
    let companies: [Company]
    let people: [Person]

    init(seed: UInt64) {
        self.seed = seed
        companies = SandboxWorld.companies
        var dice = Dice(seed)
        var people: [Person] = []
        for number in 0..<72 {
            let first = dice.pick(SandboxWorld.firstNames)
            let last = dice.pick(SandboxWorld.lastNames)
            let company = companies[number % companies.count]
            let digits = String(dice.next() % 0xFFFFF, radix: 16)
            let slug =
                number % 3 == 0
                ? "\(first)-\(last)".lowercased() + "-\(digits)" : "\(first)\(last)\(number)".lowercased()
            guard !people.contains(where: { $0.first == first && $0.last == last }) else { continue }
            people.append(
                Person(first: first, last: last, title: dice.pick(SandboxWorld.titles), company: company, slug: slug))
        }
        self.people = people
    }

    /// A generator that gives the same numbers everywhere: SplitMix64.
    struct Dice: Sendable {
        private var state: UInt64

        init(_ seed: UInt64) { state = seed }

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }

        mutating func pick<Element>(_ items: [Element]) -> Element { items[Int(next() % UInt64(items.count))] }
    }

    /// A number that depends only on the seed and a text: FNV-1a.
    func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325 ^ seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    private static let titles = [
        "Head of Operations", "Founder", "VP Sales", "Operations Manager", "CEO", "Marketing Director", "Plant Manager",
        "Head of Growth", "Co-Founder & CTO", "Director of Procurement", "Office Manager", "Managing Partner",
    ]

    private static let firstNames = [
        "Amara", "Bastian", "Chiara", "Dmitri", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kavya", "Linus",
        "Marisol", "Nadia", "Oskar", "Priya", "Quentin", "Rosalind", "Stellan", "Tamsin", "Ulrike", "Viggo", "Wanda",
        "Xenia", "Yusuf", "Zora",
    ]

    private static let lastNames = [
        "Abernethy", "Birkeland", "Castellano", "Delacroix", "Eklund", "Fairweather", "Grunwald", "Hollister",
        "Ivanov", "Jarvinen", "Kowalczyk", "Lindqvist", "Montrose", "Nakagawa", "Okonjo", "Pellegrino", "Quill",
        "Rasmussen", "Silberstein", "Thackeray", "Underhill", "Vasquez", "Wetherby", "Yamamoto", "Zielinski",
    ]

    private static let companies = [
        Company(
            name: "Harborlight Logistics", host: "harborlight-logistics.example",
            about: "Freight, warehousing and customs for mid-sized importers on the Great Lakes.",
            industry: "Logistics", employees: 140, phone: "+1 416 555 0134", city: "Toronto, Ontario, Canada"),
        Company(
            name: "Fernbrook Dental Group", host: "fernbrook-dental.example",
            about: "Twelve dental clinics that share one calendar, one lab and one standard of care.",
            industry: "Health care", employees: 85, phone: "+1 613 555 0177", city: "Ottawa, Ontario, Canada"),
        Company(
            name: "Copperline Software", host: "copperline-software.example",
            about: "Scheduling software for field service teams, built and supported in the cloud.",
            industry: "Software", employees: 32, phone: "+1 604 555 0119", city: "Vancouver, British Columbia, Canada"),
        Company(
            name: "Maple & Stone Builders Inc.", host: "maple-stone-builders.example",
            about: "General contractor for schools, libraries and other public buildings.",
            industry: "Construction", employees: 210, phone: "+1 905 555 0152", city: "Hamilton, Ontario, Canada"),
        Company(
            name: "Brightwater Capital", host: "brightwater-capital.example",
            about: "Independent investment and retirement advice for families and small firms.",
            industry: "Financial services", employees: 18, phone: "+1 514 555 0186", city: "Montreal, Quebec, Canada"),
        Company(
            name: "Tinderbox Media", host: "tinderbox-media.example",
            about: "A marketing agency for consumer brands: campaigns, films and advertising that people remember.",
            industry: "Marketing", employees: 46, phone: "+1 647 555 0163", city: "Toronto, Ontario, Canada"),
        Company(
            name: "Ridgeway Tooling Ltd", host: "ridgeway-tooling.example",
            about: "Precision machining and manufacturing of moulds for the automotive industry.",
            industry: "Manufacturing", employees: 320, phone: "+1 519 555 0141", city: "Windsor, Ontario, Canada"),
        Company(
            name: "Quarry Lane Bakery", host: "quarry-lane-bakery.example",
            about: "Bread and pastry for cafés and grocery stores, baked every night.",
            industry: "Food", employees: 60, phone: "+1 289 555 0128", city: "Burlington, Ontario, Canada"),
    ]
}

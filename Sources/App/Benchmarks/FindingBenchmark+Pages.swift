import Enrichment
import Foundation
import Leads
import Values

/// The labelled pages.
struct PageScore {
    let folder: String
    let files: [String]
    let prints: Bool
    let only: String?
    let python: String?

    struct Case: Decodable {
        let id: String
        let url: String
        let language: String?
        let content_type: String?
        let country: String
        let kind: String
        let people: [String]
        let expected: Expected
    }

    struct Expected: Decodable {
        struct Size: Decodable { let employees: JSONValue }
        struct Email: Decodable {
            let address: String
            let owner: String?
        }
        struct Phone: Decodable {
            let number: String
            let kind: String
            let owner: String?
        }

        let company: [String]?
        let description: [String]
        let size: Size?
        let industry: String?
        let emails: [Email]
        let phones: [Phone]
        let social: [String]
        let address: String?
        let main_text: String
    }

    func run() async throws {
        var cases: [Case] = []
        for file in files {
            cases += try JSONDecoder().decode([Case].self, from: Data(contentsOf: URL(filePath: "\(folder)/\(file)")))
        }
        if let only { cases = cases.filter { $0.id == only } }
        guard !cases.isEmpty else { return }
        var tallies: [String: Tally] = [:]
        let order = [
            "company", "description", "size", "industry", "email", "owner of email", "phone", "kind of phone",
            "owner of phone", "social", "address", "language",
        ]
        var (rightKinds, factsOfNone) = (0, 0)
        var overlap: [Double] = []
        // Once before the time is taken, as for the others: what is loaded with the first page is loaded once.
        for item in cases.prefix(20) {
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: "\(folder)/pages/\(item.id).html")))
            _ = await WebPage.read(bytes, contentType: item.content_type, host: "x.example", country: item.country)
        }
        let begun = ContinuousClock.now
        var reading = Duration.zero
        for item in cases {
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: "\(folder)/pages/\(item.id).html")))
            let host = URL(string: item.url)?.host() ?? ""
            let start = ContinuousClock.now
            let page = await WebPage.read(
                bytes, contentType: item.content_type, host: host, people: item.people, country: item.country)
            reading += ContinuousClock.now - start
            guard let page else {
                note(item, "is not read")
                continue
            }
            if page.kind.rawValue == item.kind {
                rightKinds += 1
            } else {
                note(item, "kind: \(page.kind.rawValue), wanted \(item.kind)")
            }
            let facts = page.facts
            if item.kind != "page", page.kind == .page,
                facts.name != nil || facts.description != nil || !page.emails.isEmpty || !page.phones.isEmpty
            {
                factsOfNone += 1
            }
            func take(_ name: String, _ value: String?, _ wanted: [String], _ isRight: Bool, _ evidence: String? = nil)
            {
                var tally = tallies[name] ?? Tally()
                if !wanted.isEmpty { tally.stated += 1 }
                if value != nil { tally.filled += 1 }
                if isRight {
                    tally.right += 1
                    if !wanted.isEmpty { tally.found += 1 }
                } else if value != nil || !wanted.isEmpty {
                    note(
                        item,
                        "\(name): \(value ?? "nothing"), wanted \(wanted.isEmpty ? "nothing" : wanted.joined(separator: " or "))\(evidence.map { " — \($0)" } ?? "")"
                    )
                }
                tallies[name] = tally
            }
            let company = facts.name?.value
            take(
                "company", company, item.expected.company ?? [],
                company.map { name in
                    item.expected.company?.contains { ResultScore.isSame($0, name, .company) } ?? false
                } ?? false, facts.name?.evidence)
            let description = facts.description?.value
            take(
                "description", description, item.expected.description,
                description.map { text in item.expected.description.contains { Self.isSame($0, text) } } ?? false,
                facts.description?.evidence)
            let bands = item.expected.size.map { Self.bands($0.employees) } ?? []
            take(
                "size", facts.size?.value, bands, facts.size.map { bands.contains($0.value) } ?? false,
                facts.size?.evidence)
            take(
                "industry", facts.industry?.value, [item.expected.industry].compactMap(\.self),
                facts.industry?.value == item.expected.industry && facts.industry != nil, facts.industry?.evidence)
            let address = facts.address?.value
            take(
                "address", address, [item.expected.address].compactMap(\.self),
                address.map { text in item.expected.address.map { Self.shares($0, text) } ?? false } ?? false,
                facts.address?.evidence)
            if item.kind == "page" {
                take("language", facts.language, [item.language].compactMap(\.self), facts.language == item.language)
            }
            for email in page.emails {
                let wanted = item.expected.emails.first {
                    $0.address.lowercased() == email.address.description.lowercased()
                }
                take(
                    "email", email.address.description, wanted.map { [$0.address] } ?? [], wanted != nil, email.evidence
                )
                if let wanted, email.owner != nil || wanted.owner != nil {
                    take(
                        "owner of email", email.owner, [wanted.owner].compactMap(\.self),
                        email.owner.map { owner in
                            wanted.owner.map { ResultScore.isSame($0, owner, .fullName) } ?? false
                        } ?? false, "\(email.address): \(email.evidence)")
                }
            }
            for wanted in item.expected.emails
            where !page.emails.contains(where: { $0.address.description.lowercased() == wanted.address.lowercased() }) {
                take("email", nil, [wanted.address], false)
            }
            for phone in page.phones {
                let wanted = item.expected.phones.first { $0.number == phone.number.e164 }
                take("phone", phone.number.description, wanted.map { [$0.number] } ?? [], wanted != nil, phone.evidence)
                if let wanted {
                    take(
                        "kind of phone", phone.kind.rawValue, [wanted.kind], phone.kind.rawValue == wanted.kind,
                        phone.evidence)
                    if phone.owner != nil || wanted.owner != nil {
                        take(
                            "owner of phone", phone.owner, [wanted.owner].compactMap(\.self),
                            phone.owner.map { owner in
                                wanted.owner.map { ResultScore.isSame($0, owner, .fullName) } ?? false
                            } ?? false, "\(phone.number): \(phone.evidence)")
                    }
                }
            }
            for wanted in item.expected.phones where !page.phones.contains(where: { $0.number.e164 == wanted.number }) {
                take("phone", nil, [wanted.number], false)
            }
            func plain(_ link: String) -> String {
                WebAddress(parsing: link).map { "\($0.site)\($0.path)".lowercased() }.map {
                    $0.hasSuffix("/") ? String($0.dropLast()) : $0
                } ?? link
            }
            let social = Set(facts.social.map(plain)), wantedSocial = Set(item.expected.social.map(plain))
            for link in social.union(wantedSocial) {
                take(
                    "social", social.contains(link) ? link : nil, wantedSocial.contains(link) ? [link] : [],
                    social.contains(link) && wantedSocial.contains(link))
            }
            if item.kind == "page", page.kind == .page {
                let score = Self.overlap(page.text, item.expected.main_text)
                overlap.append(score)
                if score < 0.9 { note(item, "main text: F1 \((score * 100).rounded() / 100)") }
            }
        }
        print(
            "pages: \(cases.count), kind right for \(rightKinds); facts were read from \(factsOfNone) that are not company pages"
        )
        for name in order { print("  \(name): \((tallies[name] ?? Tally()).line)") }
        print(
            "  main text: mean F1 \((overlap.reduce(0, +) / Double(max(1, overlap.count)) * 1_000).rounded() / 1_000) over \(overlap.count) pages"
        )
        let seconds = Double(reading.components.seconds) + Double(reading.components.attoseconds) / 1e18
        print(
            "  \(Int(Double(cases.count) / max(0.001, seconds))) pages a second, all facts and contacts included; in all \(ContinuousClock.now - begun)"
        )
        let texts = try cases.map {
            ([UInt8](try Data(contentsOf: URL(filePath: "\(folder)/pages/\($0.id).html"))), $0.content_type)
        }
        let textStart = ContinuousClock.now
        for (bytes, type) in texts { _ = await WebPage.mainText(of: bytes, contentType: type) }
        let textTime = ContinuousClock.now - textStart
        let textSeconds = Double(textTime.components.seconds) + Double(textTime.components.attoseconds) / 1e18
        print("  \(Int(Double(cases.count) / max(0.001, textSeconds))) pages a second, main text alone")
        if let python { try beside(cases.filter { $0.kind == "page" }, python) }
    }

    /// What others make of the same pages: trafilatura, which extracts main text, and lxml, which only parses.
    private func beside(_ cases: [Case], _ python: String) throws {
        struct Answer: Decodable {
            let texts: [String: String]
            let trafilatura: Double
            let lxml: Double
        }
        let script = """
            import json, sys, time, trafilatura, lxml.html
            folder, ids = sys.argv[1], sys.argv[2].split(",")
            pages = {i: open(f"{folder}/pages/{i}.html", "rb").read() for i in ids}
            def timed(work):
                found, start = {}, time.perf_counter()
                for i, page in pages.items():
                    try: found[i] = work(page)
                    except Exception: found[i] = None
                return found, time.perf_counter() - start
            for _ in range(2): texts, slow = timed(lambda page: trafilatura.extract(page, include_comments=False) or "")
            for _ in range(2): _, quick = timed(lxml.html.fromstring)
            print(json.dumps({"texts": {i: t or "" for i, t in texts.items()}, "trafilatura": slow, "lxml": quick}))
            """
        let process = Process()
        process.executableURL = URL(filePath: python)
        process.arguments = ["-c", script, folder, cases.map(\.id).joined(separator: ",")]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let answer = try JSONDecoder().decode(Answer.self, from: output)
        let scores = cases.map { Self.overlap(answer.texts[$0.id] ?? "", $0.expected.main_text) }
        print(
            "  trafilatura: mean F1 \((scores.reduce(0, +) / Double(max(1, scores.count)) * 1_000).rounded() / 1_000) over \(cases.count) pages, \(Int(Double(cases.count) / answer.trafilatura)) pages a second"
        )
        print("  lxml, parsing only: \(Int(Double(cases.count) / answer.lxml)) pages a second")
    }

    private func note(_ item: Case, _ text: String) {
        if prints { print("  \(item.id) \(text)") }
    }

    static func isSame(_ wanted: String, _ text: String) -> Bool {
        let (one, other) = (wanted.folded, text.folded)
        return one == other || one.contains(other) && other.count > 25 || other.contains(one) && one.count > 25
    }

    /// Whether most words of an address are the same.
    static func shares(_ wanted: String, _ text: String) -> Bool {
        let one = Set(wanted.folded.split(separator: " ")), other = Set(text.folded.split(separator: " "))
        return one.intersection(other).count * 10 >= one.count * 8
    }

    static func bands(_ value: JSONValue) -> [String] {
        switch value {
        case .number(let number): [CompanySize.band(Int(number))]
        case .list(let list):
            list.compactMap { if case .number(let number) = $0 { CompanySize.band(Int(number)) } else { nil } }
        default: []
        }
    }

    /// F1 over the words of two texts.
    static func overlap(_ text: String, _ wanted: String) -> Double {
        func words(_ text: String) -> [Substring: Int] {
            var counts: [Substring: Int] = [:]
            // Scripts without spaces: each character is a word.
            let spaced = String(
                text.flatMap { character -> [Character] in
                    guard let scalar = character.unicodeScalars.first, scalar.value >= 0x3040, scalar.value <= 0x9FFF
                    else { return [character] }
                    return [" ", character, " "]
                })
            for word in spaced.lowercased().split(whereSeparator: { !($0.isLetter || $0.isNumber) }) {
                counts[word, default: 0] += 1
            }
            return counts
        }
        let one = words(text), other = words(wanted)
        let both = one.reduce(0) { $0 + min($1.value, other[$1.key] ?? 0) }
        let (mine, theirs) = (one.values.reduce(0, +), other.values.reduce(0, +))
        return mine + theirs == 0 ? 1 : 2 * Double(both) / Double(mine + theirs)
    }
}

import FoundationEssentials
import Synchronization

/// A stand-in for SerpAPI's Google engine, based on its documented responses.
final class SerpAPIStandIn: Sendable {
    private struct State {
        var cached: Set<String> = []
        var billed = 0
    }

    private let world: SandboxWorld
    private let key: String
    private let state = Mutex(State())

    init(world: SandboxWorld, key: String) {
        self.world = world
        self.key = key
    }

    /// The number of searches that were paid for: those that succeeded and were not in the cache.
    var billed: Int { state.withLock { $0.billed } }

    func answer(_ request: StandInRequest) -> StandInAnswer {
        guard request.value("api_key") == key else {
            return error(401, "Invalid API key. Your API key should be here: https://serpapi.com/manage-api-key")
        }
        if request.path.hasSuffix("/account.json") {
            let used = billed
            return json(
                200,
                [
                    "account_id": "sandbox", "plan_name": "Sandbox", "searches_per_month": 250,
                    "total_searches_left": max(0, 250 - used), "this_month_usage": used,
                ])
        }
        guard request.path.hasSuffix("/search.json") || request.path.hasSuffix("/search") else {
            return error(404, "Not found")
        }
        guard let query = request.value("q"), !query.isEmpty else { return error(400, "Missing query `q` parameter.") }
        let start = max(0, Int(request.value("start") ?? "0") ?? 0)
        state.withLock { state in
            if request.value("no_cache") == "true" || state.cached.insert("\(query)|\(start)").inserted {
                state.billed += 1
            }
        }
        let results = query.contains("linkedin.com/in") ? people(query, start) : companies(query, start)
        var body: [String: Any] = [
            "search_metadata": ["id": String(world.hash("\(query)\(start)"), radix: 16), "status": "Success"],
            "search_parameters": ["engine": "google", "q": query, "start": start],
            "search_information": ["query_displayed": query, "total_results": results.total],
        ]
        if results.page.isEmpty {
            body["error"] = "Google hasn't returned any results for this query."
        } else {
            body["organic_results"] = results.page.enumerated().map { index, item in
                var item = item
                item["position"] = index + 1
                return item
            }
            if start + 10 < results.total {
                body["serpapi_pagination"] = [
                    "current": start / 10 + 1,
                    "next": "https://serpapi.com/search.json?engine=google&start=\(start + 10)",
                ]
            }
        }
        return json(200, body)
    }

    func failure(_ status: Int) -> StandInAnswer {
        switch status {
        case 401: error(401, "Invalid API key. Your API key should be here: https://serpapi.com/manage-api-key")
        case 429: error(429, "Your account has run out of searches.")
        default: error(status, "Internal error")
        }
    }

    private func error(_ status: Int, _ text: String) -> StandInAnswer { json(status, ["error": text]) }

    /// The people whom a search finds: about two dozen, in a different order for each query, mixed with other results
    /// as on Google.
    private func people(_ query: String, _ start: Int) -> (page: [[String: Any]], total: Int) {
        let wanted = query.lowercased()
        let found = world.people.filter { person in
            // A quoted title narrows the search down, as on Google.
            let words = person.title.lowercased().split(separator: " ")
            return !wanted.contains("\"") || words.contains { wanted.contains($0) } || world.hash(person.slug) % 5 == 0
        }.sorted { world.hash(query + $0.slug) < world.hash(query + $1.slug) }.prefix(24)
        var items = found.enumerated().map { index, person in item(person, index) }
        if !items.isEmpty {
            items.insert(
                [
                    "title": "200+ \"\(found[0].last)\" profiles | LinkedIn",
                    "link": "https://www.linkedin.com/pub/dir/+/\(found[0].last)",
                    "snippet": "View the profiles of professionals on LinkedIn.",
                ], at: min(3, items.count))
            items.append([
                "title": "\(found[0].name)’s Post - LinkedIn",
                "link": "https://www.linkedin.com/posts/\(found[0].slug)_hiring-activity-1",
                "snippet": "We are hiring! \(found[0].company.name) is looking for you.",
            ])
            items.append([
                "title": "\(found[0].company.name) | LinkedIn",
                "link": "https://www.linkedin.com/company/\(found[0].company.host.prefix { $0 != "." })",
            ])
        }
        return (Array(items.dropFirst(start).prefix(10)), items.count)
    }

    private func item(_ person: SandboxWorld.Person, _ index: Int) -> [String: Any] {
        let host = index % 4 == 1 ? "ca.linkedin.com" : "www.linkedin.com"
        let title =
            switch index % 5 {
            case 0: "\(person.name) - \(person.title) - \(person.company.name) | LinkedIn"
            case 1: "\(person.name) – \(person.title) at \(person.company.name)"
            case 2: "\(person.name) - \(person.title) - \(person.company.name.prefix(14))..."
            case 3: "\(person.name) - \(person.company.name)"
            default: "\(person.name) - \(person.title) - \(person.company.name)"
            }
        var item: [String: Any] = [
            "title": title, "link": "https://\(host)/in/\(person.slug)\(index % 6 == 5 ? "?trk=public_profile" : "")",
            "displayed_link": "https://www.linkedin.com › \(person.slug)", "source": "LinkedIn · \(person.name)",
        ]
        // What states place, role and company differs from result to result, as on Google.
        switch index % 7 {
        case 0, 3:
            item["rich_snippet"] = ["top": ["extensions": [person.company.city, person.title, person.company.name]]]
            item["snippet"] =
                "View \(person.name)’s profile on LinkedIn, a professional community of 1 billion members."
        case 1, 5:
            item["snippet"] =
                "Experience: \(person.company.name) · Education: Sandbox University · Location: \(person.company.city) · 500+ connections on LinkedIn."
        case 6: break
        default:
            item["snippet"] =
                "\(person.company.city) · \(person.title) · \(person.company.name)\(index % 2 == 0 ? " · Sandbox University" : "")"
        }
        return item
    }

    private func companies(_ query: String, _ start: Int) -> (page: [[String: Any]], total: Int) {
        let wanted = query.lowercased()
        guard start == 0,
            let company = world.companies.first(where: { company in
                wanted.contains(company.name.lowercased().split(separator: " ").prefix(2).joined(separator: " "))
            })
        else { return ([], 0) }
        let items: [[String: Any]] = [
            [
                "title": "\(company.name) | LinkedIn",
                "link": "https://www.linkedin.com/company/\(company.host.prefix { $0 != "." })",
            ],
            ["title": "\(company.name) | Home", "link": "https://www.\(company.host)/", "snippet": company.about],
            ["title": "Ten firms to watch", "link": "https://news.example/ten-firms-to-watch"],
        ]
        return (items, items.count)
    }

    private func json(_ status: Int, _ value: [String: Any]) -> StandInAnswer {
        StandInAnswer(status, JSONText.write(value))
    }
}

/// Writes plain dictionaries as JSON, with sorted keys.
enum JSONText {
    static func write(_ value: Any) -> String {
        switch value {
        case let text as String: return quote(text)
        case let flag as Bool: return flag ? "true" : "false"
        case let number as Int: return "\(number)"
        case let number as Double:
            return number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
        case let list as [Any]: return "[\(list.map(write).joined(separator: ","))]"
        case let object as [String: Any]:
            return "{\(object.keys.sorted().map { "\(quote($0)):\(write(object[$0] ?? ""))" }.joined(separator: ","))}"
        default: return "null"
        }
    }

    static func quote(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20:
                let hex = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// JSON's null.
    struct Null {}
}

import HTTPTypes

/// A stand-in for the companies' web sites.
struct SiteStandIn: Sendable {
    let world: SandboxWorld

    /// The host names that lead here instead of to the internet.
    var hosts: [String] { world.companies.flatMap { [$0.host, "www.\($0.host)"] } + ["news.example"] + OddSites.hosts }

    func answer(_ request: StandInRequest) -> StandInAnswer {
        let host = request.host.hasPrefix("www.") ? String(request.host.dropFirst(4)) : request.host
        if let odd = OddSites.answer(host, request) { return odd }
        guard let company = world.companies.first(where: { $0.host == host }) else {
            var answer = StandInAnswer(html: "<title>Not here</title>")
            answer.status = 404
            return answer
        }
        // Like most sites, some redirect from one of their two names to the other.
        if request.host == host, host.hasPrefix("h") || host.hasPrefix("m") {
            var answer = StandInAnswer(html: "")
            answer.status = 301
            answer.headers["location"] = "http://www.\(host)/"
            return answer
        }
        switch request.path {
        case "/": return page(page(company), request)
        case "/contact": return page(contact(company), request)
        case "/robots.txt":
            var answer = StandInAnswer(html: "User-agent: *\nDisallow: /intern/\n")
            answer.type = "text/plain"
            return answer
        default:
            var answer = StandInAnswer(html: "<title>Not found</title>")
            answer.status = 404
            return answer
        }
    }

    /// A page with its mark for conditional requests; nothing but a status for whoever has it.
    private func page(_ html: String, _ request: StandInRequest) -> StandInAnswer {
        let etag = "\"\(String(world.hash(html), radix: 16))\""
        var answer = StandInAnswer(html: request.headers[.ifNoneMatch] == etag ? "" : html)
        if request.headers[.ifNoneMatch] == etag { answer.status = 304 }
        answer.headers["etag"] = etag
        return answer
    }

    /// A page on which the addresses of half the people are hidden from robots.
    private func contact(_ company: SandboxWorld.Company) -> String {
        let people = world.people.filter { $0.company.host == company.host }
        let cards = people.dropFirst(4).prefix(4).enumerated().map { index, person in
            let address =
                index % 2 == 0
                ? person.email.replacing("@", with: " (at) ").replacing(".", with: " [dot] ")
                : "<a data-cfemail=\"\(hidden(person.email))\" href=\"/cdn-cgi/l/email-protection\">[email protected]</a>"
            return "<div class=\"card\"><h3>\(person.name)</h3><p>\(person.title)</p><p>\(address)</p></div>"
        }.joined(separator: "\n  ")
        return """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Contact | \(company.name.replacing("&", with: "&amp;"))</title></head>
            <body>
              <h1>Contact</h1>
              <p style="display:none">trap@\(company.host)</p>
              \(cards)
              <p>Office: <a href="tel:\(company.phone.filter { $0 != " " })">\(company.phone)</a>, no-reply@\(company.host) sends what you order.</p>
            </body></html>
            """
    }

    /// As Cloudflare hides addresses.
    private func hidden(_ address: String) -> String {
        let key: UInt8 = 0x42
        return ([key] + address.utf8.map { $0 ^ key }).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private func page(_ company: SandboxWorld.Company) -> String {
        let people = world.people.filter { $0.company.host == company.host }
        let team = people.prefix(4).map {
            "<li>\($0.name), \($0.title) – <a href=\"mailto:\($0.email)?subject=Hello\">write</a></li>"
        }.joined(separator: "\n      ")
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <title>\(company.name.replacing("&", with: "&amp;")) | Home</title>
              <meta name="description" content="\(company.about)">
              <meta property="og:site_name" content="\(company.name.replacing("&", with: "&amp;"))">
              <script type="application/ld+json">
              {"@context": "https://schema.org", "@type": "Organization", "name": \(JSONText.quote(company.name)),
               "numberOfEmployees": {"@type": "QuantitativeValue", "value": \(company.employees)},
               "telephone": \(JSONText.quote(company.phone))}
              </script>
              <style>body { font-family: serif }</style>
            </head>
            <body>
              <h1>\(company.name.replacing("&", with: "&amp;"))</h1>
              <p>\(company.about) We are a team of \(company.employees) people in \(company.city).</p>
              <ul>
                  \(team)
              </ul>
              <p><a href="/contact">Contact</a></p>
              <p>Write to <a href="mailto:info@\(company.host)">info@\(company.host)</a>,
                 or call <a href="tel:\(company.phone.filter { $0 != " " })">\(company.phone)</a>.</p>
            </body>
            </html>
            """
    }
}

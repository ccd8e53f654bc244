/// A stand-in for the companies' web sites.
struct SiteStandIn: Sendable {
    let world: SandboxWorld

    /// The host names that lead here instead of to the internet.
    var hosts: [String] { world.companies.flatMap { [$0.host, "www.\($0.host)"] } + ["news.example"] }

    func answer(_ request: StandInRequest) -> StandInAnswer {
        let host = request.host.hasPrefix("www.") ? String(request.host.dropFirst(4)) : request.host
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
        guard request.path == "/" else {
            var answer = StandInAnswer(html: "<title>Not found</title>")
            answer.status = 404
            return answer
        }
        return StandInAnswer(html: page(company))
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
              <p>Write to <a href="mailto:info@\(company.host)">info@\(company.host)</a>,
                 or call <a href="tel:\(company.phone.filter { $0 != " " })">\(company.phone)</a>.</p>
            </body>
            </html>
            """
    }
}

import HTTPTypes
import Leads
import Values

/// The routes as a page that needs nothing from elsewhere, and no script.
enum DocumentationPage {
    /// Only the page's own style.
    static let policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"

    static func html(of routes: [Route], version: String) -> String {
        var html = """
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>4Runr API</title>
            <meta name="viewport" content="width=device-width, initial-scale=1"><style>\(style)</style></head><body>
            <h1>4Runr API</h1><p>Version \(escaped(version)). The same for programs: <a href="/openapi.json">openapi.json</a>.
            Every route but <code>/healthz</code>, <code>/openapi.json</code> and this page needs a token:
            <code>Authorization: Bearer 4r_…</code>, made by <code>4runr token create NAME --scope read|write|run|admin</code>.
            Each scope contains those before it. Errors are <code>application/problem+json</code>.</p>
            <p>Members, parameters and values of enumerations may be added at any time, so ignore what you do not know. What is
            there is not removed, nor changed in meaning, without a new path that stands beside the old one for a year; the
            old one then says so in a <code>Deprecation</code> header.</p><nav>
            """
        var tags: [String] = []
        for route in routes where !tags.contains(route.tag) { tags.append(route.tag) }
        for tag in tags { html += "<a href=\"#\(escaped(tag))\">\(escaped(tag))</a> " }
        html += "</nav>"
        for tag in tags {
            html += "<h2 id=\"\(escaped(tag))\">\(escaped(tag))</h2>"
            for route in routes where route.tag == tag { html += section(of: route) }
        }
        return html + "</body></html>"
    }

    private static func section(of route: Route) -> String {
        var html =
            "<details id=\"\(route.name)\"><summary><b>\(route.method.rawValue)</b> <code>\(escaped(route.path))</code> \(escaped(route.summary))</summary>"
        if let text = route.text { html += "<p>\(prose(text))</p>" }
        html += "<p>Scope: \(route.scope?.rawValue ?? "none, no token")</p>"
        if !route.parameters.isEmpty {
            html += "<table><tr><th>Parameter</th><th>Takes</th><th></th></tr>"
            for parameter in route.parameters {
                html +=
                    "<tr><td><code>\(escaped(parameter.name))</code></td><td>\(escaped(words(for: parameter.schema)))</td><td>\(prose(parameter.text))</td></tr>"
            }
            html += "</table>"
        }
        switch route.body {
        case .none: break
        case .json(_, let example), .optionalJSON(_, let example), .patch(_, let example):
            html += "<p>Body, for example:</p><pre>\(escaped(example))</pre>"
        case .file(let types): html += "<p>Body: a file, \(escaped(types.joined(separator: ", "))).</p>"
        case .text: html += "<p>Body: the text.</p>"
        }
        var extras: [String] = []
        if route.needsRevision {
            extras.append("<code>If-Match</code> is required: the ETag that came with the lead, or *.")
        }
        if route.isRepeatable { extras.append("<code>Idempotency-Key</code> is taken.") }
        if !extras.isEmpty { html += "<p>\(extras.joined(separator: " "))</p>" }
        html += "<table><tr><th>Answer</th><th></th></tr>"
        for outcome in route.outcomes { html += "<tr><td>\(outcome.status)</td><td>\(prose(outcome.text))</td></tr>" }
        let errors = route.errorStatuses.map { "\($0)" }.joined(separator: ", ")
        return html + "<tr><td>\(errors)</td><td>Errors.</td></tr></table></details>"
    }

    private static func words(for schema: Schema) -> String {
        switch schema.kind {
        case .text(let format, let values, _):
            values?.joined(separator: ", ") ?? (format == nil ? "text" : "time in UTC")
        case .integer(let range):
            range.map { $0.upperBound == .max ? "number" : "\($0.lowerBound) to \($0.upperBound)" } ?? "number"
        case .flag: "true or false"
        default: "text"
        }
    }

    /// With `code` in grave accents.
    private static func prose(_ text: String) -> String {
        escaped(text).split(separator: "`", omittingEmptySubsequences: false).enumerated().map { place, part in
            place % 2 == 1 ? "<code>\(part)</code>" : String(part)
        }.joined()
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }

    private static let style = """
        body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}
        summary{cursor:pointer;padding:.3rem 0}summary b{display:inline-block;min-width:4.5rem}code,pre{font:14px ui-monospace,monospace;
        background:#f2f2f2;padding:.1rem .3rem;border-radius:3px}pre{padding:.6rem;overflow-x:auto}details{border-top:1px solid #ddd;
        padding:.2rem 0}table{border-collapse:collapse;width:100%;margin:.5rem 0}td,th{text-align:left;padding:.2rem .5rem;
        border-bottom:1px solid #eee;vertical-align:top;overflow-wrap:anywhere}nav a{margin-right:.6rem}
        @media(prefers-color-scheme:dark){body{background:#181818;color:#ddd}code,pre{background:#2a2a2a}a{color:#8ab4f8}
        details{border-color:#333}td,th{border-color:#2a2a2a}}
        """
}

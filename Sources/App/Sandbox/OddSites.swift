/// Sites that are hard to read, or that are not company sites at all. To see how one is handled, add a lead with it:
/// `4runr leads add full_name="Ada King" website=https://parked.example --sandbox`.
enum OddSites {
    static let hosts = [
        "parked.example", "challenge.example", "shell.example", "soon.example", "latin.example", "huge.example",
        "loop.example",
        "inward.example", "slow.example", "closed.example", "robots.example", "cookies.example", "scripts.example",
    ]

    /// The answer of one of these hosts; nil for any other.
    static func answer(_ host: String, _ request: StandInRequest) -> StandInAnswer? {
        guard hosts.contains(host) else { return nil }
        if request.path == "/robots.txt" {
            var answer = StandInAnswer(html: robots(host))
            answer.type = "text/plain"
            if host != "closed.example", host != "robots.example" { answer.status = 404 }
            return answer
        }
        switch host {
        case "parked.example":
            return StandInAnswer(html: "<title>parked.example</title><p>This domain is for sale. Buy this domain.</p>")
        case "challenge.example":
            return StandInAnswer(
                html:
                    "<title>Just a moment...</title><p>Checking your browser. Enable JavaScript and cookies to continue.</p>"
            )
        case "shell.example":
            return StandInAnswer(html: "<title>App</title><div id=\"root\"></div><script src=\"/app.js\"></script>")
        case "soon.example":
            return StandInAnswer(html: "<title>My Site</title><h1>Coming soon</h1><p>Lorem ipsum dolor sit amet.</p>")
        case "cookies.example":
            return StandInAnswer(
                html:
                    "<title>Cookies</title><div class=\"consent\"><p>We and our partners use cookies. Do you consent?</p><button>Accept</button></div>"
            )
        case "latin.example":
            // No charset anywhere, as on sites of twenty years ago.
            var answer = StandInAnswer(html: "")
            answer.bytes =
                Array("<title>M".utf8) + [0xFC] + Array("ller Maschinen</title><h1>M".utf8) + [0xFC]
                + Array("ller Maschinen</h1><p>Wir bauen Maschinen f".utf8) + [0xFC] + Array("r B".utf8) + [0xE4]
                + Array("ckereien in S".utf8) + [0xFC] + Array("ddeutschland. Jana Gro".utf8) + [0xDF]
                + Array(" ist f".utf8) + [0xFC] + Array("r Sie da: jana.gross@latin.example</p>".utf8)
            answer.type = "text/html"
            return answer
        case "huge.example":
            let line = "<p>We print books, and more books, and then the books about the books.</p>"
            return StandInAnswer(
                html: "<title>Huge Printers | Home</title><h1>Huge Printers</h1>"
                    + String(repeating: line, count: 200_000))
        case "scripts.example":
            return StandInAnswer(
                html:
                    "<title>Script House</title><script>if (a < b) { document.write('<!-- <script>') }</script><h1>Script House</h1><p>We write plays for theatres in the north of the country.</p>"
            )
        case "loop.example": return redirect("http://loop.example\(request.path)x")
        case "inward.example": return redirect("http://169.254.169.254/latest/meta-data/")
        case "slow.example":
            var answer = StandInAnswer(html: "<title>Slow</title>")
            answer.isSlow = true
            return answer
        default:
            return StandInAnswer(html: "<title>Closed</title><h1>Closed</h1><p>Nobody may read this with a robot.</p>")
        }
    }

    private static func robots(_ host: String) -> String {
        guard host == "robots.example" else { return "User-agent: *\nDisallow: /\n" }
        return "User-agent: *\nDisallow: /private\n" + String(repeating: "# what nobody reads\n", count: 500_000)
    }

    private static func redirect(_ location: String) -> StandInAnswer {
        var answer = StandInAnswer(html: "")
        answer.status = 302
        answer.headers["location"] = location
        return answer
    }
}

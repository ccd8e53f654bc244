import Testing

@testable import Enrichment

struct PageKindTests {
    private func kind(_ html: String) async throws -> PageKind {
        try #require(
            await WebPage.read(
                Array(html.utf8), contentType: "text/html; charset=utf-8", host: "acme.example", country: "US")
        ).kind
    }

    @Test(
        arguments: [
            ("<title>Just a moment...</title><p>Verify you are human by completing the action below.</p>", .challenge),
            ("<title>acme.example</title><p>This domain is for sale. Buy this domain today.</p>", .parked),
            ("<h1>This domain is available for purchase</h1><p>Call +1 781 373 6847</p>", .parked),
            ("<title>acme.example te koop</title><p>Bel ons voor deze naam.</p>", .parked),
            ("<title>acme.example</title><p>acme.example steht zum Verkauf.</p>", .parked),
            (
                "<title>App</title><body><noscript>You need to enable JavaScript to run this app. Contact help@acme.example</noscript><div id=root></div><script src=a.js></script>",
                .shell
            ),
            (
                "<title>Acme</title><div><p>Nous utilisons des cookies pour mesurer notre audience. Une question ? dpo@acme.example</p><button>Accepter</button><button>Refuser</button></div>",
                .cookieWall
            ),
            ("<title>Um momento…</title><p>Verificando se você é humano.</p>", .challenge),
            ("<h1>Ops! A página que você procura sumiu</h1><footer>vendas@acme.example</footer>", .error),
            ("<title>Domäne</title><p>Diese Domain steht zum Verkauf.</p>", .parked),
            (
                "<title>Welcome to nginx!</title><p>If you see this page, the nginx web server is successfully installed and working.</p>",
                .defaultServer
            ),
            (
                "<title>404 Not Found</title><h1>Not Found</h1><p>The requested URL was not found on this server.</p>",
                .error
            ),
            (
                "<title>Wartung</title><p>Wegen Wartungsarbeiten ist die Seite vorübergehend nicht erreichbar.</p>",
                .error
            ),
            ("<title>Site</title><h1>Coming soon</h1><p>We are working on it.</p>", .placeholder),
            (
                "<title>Home</title><p>Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor.</p>",
                .placeholder
            ),
            (
                "<title>Blog</title><p>Just another WordPress site</p><h2>Hello world!</h2><p>Welcome to WordPress. This is your first post.</p>",
                .placeholder
            ),
            ("<title>App</title><div id=root></div><script src=a.js></script>", .shell),
            (
                "<title>A</title><div class=cookie-banner><p>We use cookies and ask for your consent.</p><button>Accept</button></div>",
                .cookieWall
            ),
            // Pages that only speak of such things.
            (
                "<title>Acme Parking</title><p>Acme rents parking spaces near the airport. Our domain is parking: 400 spaces, a shuttle every ten minutes, and a car wash. Book online or call us. We have parked cars since 1990, and we look after each of them as if it were ours.</p>",
                .page
            ),
            (
                "<title>Acme Builders</title><h1>Under construction since 1950</h1><p>Acme builds houses, schools and barns in three counties. Our masons, carpenters and roofers work for families and councils. What is under construction today is lived in tomorrow. Coming soon: eleven homes on Mill Lane, of which four are sold. Visit us at the yard on weekdays from seven to four.</p>",
                .page
            ),
        ] as [(String, PageKind)])
    func `what stands in the place of a page is told from a page`(html: String, expected: PageKind) async throws {
        #expect(try await kind(html) == expected)
    }
}

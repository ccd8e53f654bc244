import Values

/// What an address returned: a page of somebody's, or something that stands in its place.
public enum PageKind: String, Sendable, Codable {
    case page
    /// A theme's or a site builder's page that nobody has filled yet.
    case placeholder
    /// A domain that nobody uses, or that is for sale.
    case parked
    /// A check whether a person is there.
    case challenge
    /// Nothing but the question whether cookies may be set.
    case cookieWall = "cookie-wall"
    case error
    /// The page that a server has before it has a site.
    case defaultServer = "default-server"
    /// A page that scripts would fill.
    case shell

    /// In words, for people.
    public var words: String {
        switch self {
        case .page: "a page"
        case .placeholder: "a page that nobody has filled yet"
        case .parked: "a parked domain, or one that is for sale"
        case .challenge: "a check for robots"
        case .cookieWall: "nothing but a question about cookies"
        case .error: "an error page"
        case .defaultServer: "a server's default page"
        case .shell: "an empty page that only scripts would fill"
        }
    }
}

extension PageKind {
    /// Tells a company's page from what stands in its place. A long text is a page, whatever words are in it.
    static func of(_ document: PageDocument, _ lines: [PageLine], host: String) -> PageKind {
        let title = document.title?.lowercased() ?? ""
        let shown = lines.map(\.text)
        let text = shown.joined(separator: "\n").lowercased()
        let all = "\(title)\n\(text)"
        let length = text.count
        // Notices and menus are no contents.
        let contents = lines.filter { $0.region == .main && $0.linkShare < 0.6 }.map(\.text).filter {
            !MainText.isNotice($0)
        }
        let size = contents.reduce(0) { $0 + $1.count }
        func has(_ phrases: [String], in text: String) -> Bool { phrases.contains { text.contains($0) } }
        func count(_ phrases: [String], in text: String) -> Int { phrases.filter { text.contains($0) }.count }

        // A page with a mailbox of its own domain is somebody's, and may speak of domains, robots and building sites.
        let isOwned = Self.isOwned(document, lines, host: host)
        if size < 1_500,
            has(challengeTitles, in: title) || count(challenges, in: all) >= (size < 600 || !isOwned ? 1 : 2)
        {
            return .challenge
        }
        let isPlesk =
            all.contains("plesk")
            && has(
                [
                    "default", "predeterminada", "par défaut", "standardseite", "predefinita", "standaard", "padrão",
                    "domyśln",
                ], in: all)
        if size < 3_000, !isOwned, isPlesk || has(serverTitles, in: title) || has(servers, in: all) {
            return .defaultServer
        }
        if size < 2_500,
            has(unused, in: all) && !isOwned && !looksLikeCompany(document, text)
                || count(unused, in: all) >= (isOwned ? 3 : 2)
        {
            return .parked
        }
        // Of the domain itself, and not of its owner: `acme.example is registered`.
        let domain = host.lowercased().replacing("www.", with: "")
        if size < 1_500, !isOwned,
            ([title] + shown.map { $0.lowercased() }).contains(where: {
                $0.contains(domain) && !$0.contains("@\(domain)") && (has(registered, in: $0) || has(sold, in: $0))
            })
        {
            return .parked
        }
        let isMissing = has(missingTitles, in: title) || isError(contents, missing)
        if size < (isOwned ? 500 : 1_200), isMissing { return .error }
        if size < (isOwned ? 150 : 900), has(failureTitles, in: title) || isError(contents, failures) { return .error }
        if isPlaceholder(all, title, size, contents, isOwned) { return .placeholder }
        if isOwned { return .page }
        if size < 60 {
            if has(cookieWords, in: all) { return .cookieWall }
            if length < 250, document.scripts > 0 || size == 0 { return .shell }
        }
        if size < 250, has(cookieWords, in: all), contents.allSatisfy({ $0.count < 200 }),
            count(cookieWords, in: all) >= 2 || size < 120
        {
            return .cookieWall
        }
        if isCookieWall(lines, text) { return .cookieWall }
        return .page
    }

    /// Whether the page shows a mail address of its own domain.
    private static func isOwned(_ document: PageDocument, _ lines: [PageLine], host: String) -> Bool {
        let own = DomainName.registrable(of: host)
        // Servers put a webmaster's address on their own pages, and a question about cookies names whom to complain to.
        func isOwners(_ address: EmailAddress) -> Bool {
            !notOwners.contains(address.local.lowercased()) && DomainName.registrable(of: address.domain) == own
        }
        if lines.contains(where: { line in
            line.spelled.contains("@") && PageContacts.addresses(in: line.spelled).contains(where: isOwners)
        }) {
            return true
        }
        return document.nodes.contains { node in
            guard !node.isHidden, !node.isText, let text = PageContacts.linked(node) else { return false }
            return PageContacts.addresses(in: text).contains(where: isOwners)
        }
    }

    private static let notOwners: Set<String> = [
        "webmaster", "postmaster", "hostmaster", "root", "admin", "privacy", "dpo", "gdpr", "rgpd", "dsgvo",
        "datenschutz",
        "dataprotection", "data-protection", "privacidad", "privacidade", "protezionedati", "donnees",
        "donneespersonnelles",
        "iod", "rodo", "cookies", "cookie", "datenschutzbeauftragter", "dsb", "integritet", "fg", "avg", "lopd", "lgpd",
        "protecciondedatos", "privacybeauftragter", "legal",
    ]

    private static func isCookieWall(_ lines: [PageLine], _ text: String) -> Bool {
        guard text.count < 3_000, text.contains("cookie") else { return false }
        let about = lines.filter { line in
            let lower = line.text.lowercased()
            return cookieWords.contains { lower.contains($0) } || consentWords.contains { lower.contains($0) }
                || line.region == .notice || line.region == .form
        }.reduce(0) { $0 + $1.text.count }
        return about * 10 >= text.count * 7
    }

    /// Structured data or an address of a company's show that the words are part of its text.
    private static func looksLikeCompany(_ document: PageDocument, _ text: String) -> Bool {
        document.structured.contains { $0.contains("Organization") || $0.contains("LocalBusiness") }
            || text.contains("impressum") || text.count > 1_200
    }

    private static func isError(_ contents: [String], _ phrases: [String]) -> Bool {
        let heads = contents.prefix(4).map { $0.lowercased() }
        return heads.contains { line in line.count < 160 && phrases.contains { line.contains($0) }
        }
    }

    private static func isPlaceholder(
        _ all: String, _ title: String, _ size: Int, _ contents: [String], _ isOwned: Bool
    ) -> Bool {
        let lorem = ["lorem ipsum", "dolor sit amet", "consectetur adipi", "sed do eiusmod"].filter { all.contains($0) }
            .count
        if lorem >= 1 {
            // A page with one paragraph that was forgotten is still a page.
            let fillers = contents.filter { line in
                let lower = line.lowercased()
                return lower.contains("lorem ipsum") || lower.contains("dolor sit") || lower.contains("consectetur")
                    || lower.contains("eiusmod") || lower.contains("tempor incididunt")
                    || lower.contains("ut enim ad minim") || lower.contains("duis aute")
            }.reduce(0) { $0 + $1.count }
            if fillers * 3 >= size { return true }
        }
        if placeholders.filter({ all.contains($0) }).count >= 2 { return true }
        if size < 500, !isOwned, placeholders.contains(where: { all.contains($0) }) { return true }
        // Who has four sentences to say has a page.
        let sentences = contents.flatMap(PageSentences.split).count { $0.count >= 30 }
        guard size < (isOwned ? 120 : sentences >= 4 ? 200 : 700) else { return false }
        return soon.contains { all.contains($0) }
    }

    private static let challengeTitles = [
        "just a moment", "attention required! | cloudflare", "access denied", "ddos-guard", "security check",
        "are you a robot",
        "bot verification", "human verification", "please wait... | cloudflare", "checking your browser",
        "sicherheitsüberprüfung",
        "captcha", "verifying you are human", "un momento", "um momento", "chwileczkę", "ett ögonblick", "et øjeblikk",
        "un instant", "einen moment", "één moment",
        "pardon our interruption", "robot check",
    ]
    private static let challenges = [
        "checking your browser", "verify you are human", "verifying you are human",
        "enable javascript and cookies to continue",
        "please complete the security check", "performance & security by cloudflare",
        "performance and security by cloudflare", "ray id", "i'm not a robot", "i am not a robot",
        "unusual traffic", "needs to review the security of your connection", "are you human", "prove you are human",
        "ddos protection by",
        "überprüfen sie, dass sie ein mensch sind", "bestätigen sie, dass sie ein mensch", "ich bin kein roboter",
        "vous n'êtes pas un robot", "n'êtes pas un robot", "que no eres un robot", "non sei un robot",
        "geen robot bent", "não é um robô", "não é um robot", "nie jesteś robotem", "inte är en robot", "doğrulayın",
        "δεν είστε ρομπότ", "slide to complete", "compléter le puzzle", "je ne suis pas un robot", "no soy un robot",
        "non sono un robot", "ik ben geen robot", "nie jestem robotem", "não sou um robô",
        "complete the captcha", "captcha lösen", "press & hold", "automated requests", "client challenge",
        "incapsula incident",
        "verificando se você é humano", "verificando si eres humano", "verificando que eres humano",
        "verifica che tu sia umano", "verifica di essere umano", "stiamo verificando", "controleren of u een mens",
        "controleren of je een mens", "verifieer dat u een mens", "sprawdzamy, czy jesteś człowiekiem",
        "segurança da sua conexão", "seguridad de tu conexión", "sicherheit ihrer verbindung",
        "sécurité de votre connexion",
        "sicurezza della connessione", "beveiliging van uw verbinding", "ob sie ein mensch sind",
        "verifique que es un ser humano", "vérifiez que vous êtes humain", "vérification de votre navigateur",
        "dass sie kein roboter sind", "checking if the site connection is secure",
    ]
    private static let serverTitles = [
        "welcome to nginx", "apache2 debian default", "apache2 ubuntu default", "iis windows", "test page for",
        "default web site page",
        "apache http server test page", "it works", "welcome to openresty", "web server's default page",
        "domain default page",
        "default page", "index of /", "welcome to caddy", "litespeed", "plesk", "cpanel", "future home of",
        "account suspended",
        "http server test page", "welcome to tengine", "apache2 default", "server default page",
        "welkom op de standaardpagina", "it worked",
    ]
    private static let servers = [
        "successfully installed and working", "this is the default welcome page", "this is the default page",
        "web server at this domain is working", "document root",
        "internet information services", "this page is used to test the proper operation",
        "default web page for this server",
        "sorry! if you are the owner of this website", "this is the default server vhost", "web server's default page",
        "generated by plesk", "log in to plesk", "standardseite dieses servers",
        "ispconfig", "diese domain wurde erfolgreich eingerichtet", "dieser webspace",
        "hier entsteht eine neue internetpräsenz",
        "hier entsteht eine neue website", "hosted by strato", "this account has been suspended",
        "your website is ready. the content is to be added", "default index page",
        "you can replace this file", "seite wurde noch nicht hochgeladen", "no website is configured",
        "index.html in das verzeichnis", "the server is running but no content has been added",
    ]
    private static let unused = [
        "domain is for sale", "domain may be for sale", "domain is available", "domain name is available",
        "talk to a domain expert", "domain können sie kaufen", "domain steht zum", "te koop aangeboden",
        "nom de domaine a été réservé", "domaine est en vente", "dominio è disponibile", "dominio está disponible",
        "domínio está disponível", "domain is listed", "domain is for lease", "acquire this domain", "get this domain",
        "purchase this domain", "domain erwerben", "dieses domain", "acquista questo dominio", "koop deze domein",
        "koop dit domein", "this domain could be yours", "domena jest dostępna", "domænet er til salg",
        "buy this domain", "domain name is for sale",
        "this domain is parked",
        "parked free", "domain parking", "domain is parked", "parked domain", "make an offer", "sedo", "dan.com",
        "hugedomains", "afternic",
        "diese domain steht zum verkauf", "diese domain kaufen", "domain zu verkaufen", "domain ist geparkt",
        "domain geparkt", "domain kaufen",
        "ce domaine est à vendre", "nom de domaine est à vendre", "domaine à vendre", "acheter ce domaine",
        "este dominio está en venta",
        "este dominio está a la venta", "dominio en venta", "comprar este dominio", "domínio está à venda",
        "dominio in vendita",
        "questo dominio è in vendita", "dominio è in vendita", "deze domeinnaam is te koop", "domein te koop",
        "domeinnaam te koop", "domena na sprzedaż",
        "ta domena jest na sprzedaż", "domena jest na sprzedaż", "kup tę domenę", "domänen är till salu",
        "domain has expired", "domain name has expired", "this domain has been registered",
        "recently been registered", "registered at namecheap", "courtesy of godaddy", "related searches",
        "sponsored listings",
        "domain wurde registriert", "dominio registrado", "domaine réservé", "dominio registrato",
        "domein is gereserveerd", "is geregistreerd door", "domena została zarejestrowana",
        "inquire about this domain", "premium domain", "domain broker", "is gereserveerd",
        "gereserveerd voor een klant", "nog niet in gebruik",
        "zarezerwowana dla klienta", "reserved for a customer", "registrato da un nostro cliente",
        "reservado por un cliente", "für einen unserer kunden", "pour un de nos clients", "gerelateerde zoekopdrachten",
        "búsquedas relacionadas", "recherches associées", "ricerche correlate", "verwandte suchbegriffe",
        "powiązane wyszukiwania",
    ]
    private static let sold = [
        "for sale", "is available for", "zum verkauf", "zu verkaufen", "zum kauf", "te koop", "à vendre", "en vente",
        "en venta", "a la venta", "à venda", "in vendita", "na sprzedaż", "till salu", "til salg", "продается",
        "satılık",
        "pardavimui", "na prodej", "eladó", "πωλείται", "myytävänä", "kaufen sie", "disponible à l'achat",
    ]
    private static let registered = [
        "registered", "registriert", "reserviert", "geregistreerd", "gereserveerd", "enregistré", "réservé",
        "registrado", "reservado", "registrato", "riservato", "zarejestrowan", "zarezerwowan", "registrad",
        "registrován", "kayıtlı", "регистр",
    ]
    private static let missingTitles = [
        "404", "not found", "page introuvable", "page non trouvée", "seite nicht gefunden", "página no encontrada",
        "pagina non trovata",
        "pagina niet gevonden", "página não encontrada", "nie znaleziono", "sidan kunde inte hittas", "errore 404",
        "erreur 404", "fehler 404",
        "sayfa bulunamadı", "η σελίδα δεν βρέθηκε", "stránka nenalezena", "страница не найдена", "ページが見つかりません",
        "side ikke funnet", "siden blev ikke fundet",
    ]
    private static let missing = [
        "404 not found", "page not found", "page you are looking for", "page you were looking for",
        "página que você procura", "página que procura", "página que estás buscando", "pagina che stai cercando",
        "pagina die je zoekt", "page que vous cherchez", "page que vous recherchez", "seite, die sie suchen",
        "gesuchte seite", "strona, której szukasz", "sidan du söker",
        "seite wurde nicht gefunden",
        "seite nicht gefunden", "seite konnte nicht gefunden", "page introuvable", "page est introuvable",
        "page demandée n", "página no encontrada", "página que buscas no",
        "página que busca no", "pagina non trovata", "pagina che cerchi", "pagina niet gevonden", "pagina die u zoekt",
        "página não encontrada",
        "strony nie znaleziono", "strona nie została znaleziona", "nie znaleziono strony", "sidan kunde inte hittas",
        "sidan finns inte",
        "the requested url was not found", "ページが見つかりません", "お探しのページ", "страница не найдена", "页面不存在", "페이지를 찾을 수 없습니다",
        "η σελίδα δεν βρέθηκε", "sayfa bulunamadı", "no se ha encontrado la página", "página no existe",
        "page non trouvée", "erreur 404", "error 404", "fehler 404", "errore 404", "stránka nenalezena",
    ]
    private static let failureTitles = [
        "403 forbidden", "500 internal", "502 bad gateway", "503 service", "504 gateway",
        "error establishing a database", "database error", "fatal error", "internal server error",
        "service unavailable", "site maintenance", "maintenance mode", "wartung", "wartungsarbeiten", "en maintenance",
        "en mantenimiento", "in manutenzione", "manutenção", "under maintenance", "forbidden", "bad gateway",
        "gateway time", "application error", "temporarily unavailable", "onderhoud", "przerwa techniczna",
        "wordpress › error", "wordpress › fehler",
    ]
    private static let failures = [
        "error establishing a database connection", "internal server error", "service unavailable", "503 service",
        "502 bad gateway", "500 internal", "403 forbidden", "bad gateway", "temporarily unavailable",
        "vorübergehend nicht erreichbar", "temporairement indisponible", "kritischer fehler",
        "critical error on this website", "erreur critique", "error crítico", "errore critico", "fatal error",
        "scheduled maintenance", "down for maintenance", "wartungsarbeiten", "site en maintenance",
        "maintenance en cours", "sitio en mantenimiento", "sito in manutenzione", "site em manutenção", "onderhoud",
        "in wartung", "wartungsmodus", "back soon", "server error", "http error", "we'll be back shortly",
        "won't be long", "przerwa techniczna", "prace konserwacyjne", "application error", "404 エラー",
        "impossible de trouver", "too many connections", "sql syntax",
    ]
    private static let placeholders = [
        "just another wordpress site", "hello world!", "welcome to wordpress. this is your first post",
        "willkommen bei wordpress. dies ist dein erster", "sample page", "edit or delete it, then start writing",
        "i'm a paragraph. click here to add", "this is a paragraph. click", "click here to edit", "add your own text",
        "this is your page", "your tagline here", "your company name", "insert your", "add a short description",
        "tell your visitors", "ich bin ein textabschnitt. klicke hier", "je suis un paragraphe. cliquez ici",
        "soy un párrafo. haz clic aquí", "sono un paragrafo. clicca qui", "ik ben een paragraaf. klik hier",
        "use this area to", "use this space to",
        "demo content", "replace this text", "your text here", "platzhaltertext", "texte d'exemple", "texto de ejemplo",
        "testo di esempio", "voorbeeldtekst", "przykładowy tekst", "your site title",
        "write a short text about your company", "theme demo", "ici votre texte", "hier ihr text",
        "hier steht ihr text",
        "sou um parágrafo. clique aqui", "texto de exemplo", "beispielseite", "página de ejemplo", "page d'exemple",
        "pagina di esempio", "voorbeeldpagina",
    ]
    private static let soon = [
        "coming soon", "under construction", "launching soon", "opening soon", "demnächst", "im aufbau", "in kürze",
        "bientôt disponible", "en construction",
        "site en construction", "próximamente", "en construcción", "sitio en construcción", "em breve", "em construção",
        "prossimamente",
        "in costruzione", "sito in costruzione", "prossima apertura", "binnenkort", "in aanbouw", "wkrótce",
        "w budowie", "strona w budowie", "kommer snart", "under uppbyggnad", "準備中",
        "工事中", "建设中", "준비 중", "υπό κατασκευή", "yapım aşamasında", "скоро открытие", "сайт в разработке",
        "neue website in arbeit", "wir arbeiten an unserer neuen", "our new website is",
        "new site is on its way", "hier entsteht", "κατασκευάζεται", "σύντομα κοντά σας", "sito è in costruzione",
        "yakında", "připravujeme", "strona w przygotowaniu",
    ]
    private static let consentWords = [
        "partners", "device", "personalis", "personaliz", "measure", "advertis", "accept", "reject", "settings",
        "geräte", "anzeigen", "werbung", "messung", "akzeptieren", "ablehnen", "einstellungen", "partenaires",
        "appareil", "publicité", "mesure", "accepter", "refuser", "paramètres", "socios", "dispositivo", "publicidad",
        "medición", "aceptar", "rechazar", "configur", "pubblicità", "accetta", "rifiuta", "impostazioni",
        "advertenties", "apparaat", "akkoord", "instellingen", "doeleinden", "weigeren", "accepteren", "urządzeni",
        "reklam", "akceptuj", "odrzuć", "ustawienia", "publicidade", "aceitar", "rejeitar", "godkänn", "inställningar",
        "annonser", "your choice", "withdraw", "widerruf", "purposes", "zwecke", "finalités",
    ]
    private static let cookieWords = [
        "cookie", "consent", "einwilligung", "datenschutzeinstellungen", "consentement", "consentimiento", "consenso",
        "toestemming", "zgod", "privacy settings", "your privacy",
    ]
}

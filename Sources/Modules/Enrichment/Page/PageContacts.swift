public import Values

/// A mail address on a page, and whose it is.
public struct PageEmail: Sendable, Equatable {
    public let address: EmailAddress
    /// The person of the page whose it is; nil for the company's, and where it cannot be decided.
    public let owner: String?
    /// The words around it.
    public let evidence: String
}

/// A telephone number on a page.
public struct PagePhone: Sendable, Equatable {
    public enum Kind: String, Sendable, Codable {
        case office, mobile, fax
        case tollFree = "toll-free"
    }

    public let number: PhoneNumber
    public let kind: Kind
    /// The person of the page whose it is; nil for the company's, and where it cannot be decided.
    public let owner: String?
    public let evidence: String
}

/// Finds a page's mail addresses and telephone numbers, as far as they are shown to a reader, and decides whose they are by
/// what stands nearest.
struct PageContacts {
    private(set) var emails: [PageEmail] = []
    private(set) var phones: [PagePhone] = []

    private struct Mention {
        let address: EmailAddress
        /// The node that it stands at.
        let node: Int
        let line: Int?
        let evidence: String
    }

    /// - Parameters:
    ///   - site: the page's host.
    ///   - people: names to look for beside those that look like one.
    ///   - country: of telephone numbers without a country code.
    init(
        _ document: PageDocument, _ lines: [PageLine], _ data: StructuredData, host: String, people: [String],
        companies: [String], country: String
    ) {
        let names = PagePeople(document, lines, wanted: people)
        let own = DomainName.registrable(of: host)
        readEmails(document, lines, data, own: own, companies: companies, names)
        readPhones(document, lines, data, own: own, companies: companies, country: country, names)
    }

    // MARK: Addresses

    /// More are on no page that people read.
    private static let mentionLimit = 400
    /// At how many places of an address or a number it is looked whose it is.
    private static let placeLimit = 6

    private mutating func readEmails(
        _ document: PageDocument, _ lines: [PageLine], _ data: StructuredData, own: String, companies: [String],
        _ names: PagePeople
    ) {
        var mentions: [Mention] = []
        for (number, line) in lines.enumerated() where mentions.count < Self.mentionLimit {
            let text = line.spelled
            guard text.contains("@") else { continue }
            for address in Self.addresses(in: text) {
                mentions.append(
                    Mention(
                        address: address, node: Self.node(of: address, in: line, document), line: number,
                        evidence: String(line.text.prefix(200))))
            }
        }
        for (index, node) in document.nodes.enumerated() where !node.isHidden && !node.isText {
            guard let text = Self.linked(node) else { continue }
            guard mentions.count < Self.mentionLimit else { break }
            let line = lines.index(of: index, through: node.end)
            for part in text.split(separator: ",") {
                guard let address = EmailAddress(parsing: String(part).percentDecoded.tidied()) else { continue }
                mentions.append(
                    Mention(
                        address: address, node: index, line: line,
                        evidence: document.text(of: index, limit: 120).nonEmpty ?? "a link"))
            }
        }
        for text in data.emails.prefix(50) {
            guard let address = EmailAddress(parsing: text) else { continue }
            mentions.append(Mention(address: address, node: 0, line: nil, evidence: "structured data"))
        }
        var seen: [String: [Mention]] = [:]
        var order: [String] = []
        for mention in mentions where Self.isReal(mention.address) {
            let key = mention.address.description.lowercased()
            if seen[key] == nil { order.append(key) }
            if seen[key, default: []].count < Self.placeLimit { seen[key, default: []].append(mention) }
        }
        for key in order {
            guard let all = seen[key], let first = all.first else { continue }
            guard Self.belongs(first.address, to: own, companies: companies),
                !all.allSatisfy({ isMakers($0, lines, own) })
            else { continue }
            let owner = names.owner(of: first.address, at: all.map(\.node))
            emails.append(PageEmail(address: first.address, owner: owner, evidence: first.evidence))
            if emails.count >= 100 { break }
        }
    }

    /// The addresses in a text. What stands around a text's dots and brackets is no part of them.
    static func addresses(in text: String) -> [EmailAddress] {
        var found: [EmailAddress] = []
        for piece in text.split(whereSeparator: { " ,;<>()[]|\"“”„«»·•\u{A0}/\\：:、。".contains($0) })
        where piece.contains("@") {
            let plain = withoutMarkers(String(piece).trimmedPunctuation)
            if let address = EmailAddress(parsing: plain), !found.contains(address) { found.append(address) }
        }
        return found
    }

    /// An address without the word that a person is meant to take out: `jane@REMOVE.acme.example`.
    private static func withoutMarkers(_ text: String) -> String {
        guard text.contains(where: \.isUppercase) else { return text }
        var text = text
        for marker in markers where text.contains(marker) {
            text = text.replacing("\(marker).", with: "").replacing(".\(marker)", with: "").replacing(
                "-\(marker)", with: ""
            ).replacing("_\(marker)", with: "").replacing(marker, with: "")
        }
        return text
    }

    private static let markers = [
        "NOSPAM", "NO-SPAM", "NO_SPAM", "SPAM", "REMOVETHIS", "REMOVE-THIS", "REMOVE", "LOESCHMICH", "LÖSCHMICH",
        "LOESCHEN", "ENTFERNEN", "BITTEENTFERNEN", "QUITAR", "QUITA", "BORRAR", "BORRARESTO", "SUPPRIMER", "ENLEVER",
        "ANTISPAM", "TOGLIERE", "TOGLI", "RIMUOVI", "USUN", "USUNTO", "VERWIJDEREN", "WEGHALEN", "RETIRAR", "REMOVA",
        "TABORT", "INVALID", "DELETE",
    ]

    /// The mail address in an element's attributes; nil if they hold no address.
    static func linked(_ node: PageDocument.Node) -> String? {
        if let hex = node.attributes["data-cfemail"] { return HiddenAddress.cloudflare(hex) }
        if let user = node.attributes["data-user"] ?? node.attributes["data-name"],
            let domain = node.attributes["data-domain"]
        {
            return "\(user)@\(domain)"
        }
        guard node.name == "a" || node.name == "area", let link = node.attributes["href"] else { return nil }
        let lower = link.lowercased()
        if lower.hasPrefix("mailto:") {
            let text = String(link.dropFirst(7).prefix(1_000).prefix { $0 != "?" }).percentDecoded
            return HiddenAddress.spelled(text)
        }
        if let range = lower.firstRange(of: "/cdn-cgi/l/email-protection#") {
            let offset = lower.distance(from: lower.startIndex, to: range.upperBound)
            return HiddenAddress.cloudflare(String(link.dropFirst(offset).prefix { $0.isHexDigit }))
        }
        if lower.contains("uncryptmailto") { return HiddenAddress.typo3(link) }
        return nil
    }

    /// The text node of a line in which an address stands, or begins.
    private static func node(of address: EmailAddress, in line: PageLine, _ document: PageDocument) -> Int {
        for index in line.nodes where document.nodes[index].isText && !document.nodes[index].isHidden {
            let text = document.nodes[index].text.lowercased()
            if text.contains(address.local.lowercased()) || text.contains("@") { return index }
        }
        return line.nodes.lowerBound
    }

    /// Whether it is a mail address that somebody reads: not an image's name, a placeholder, or a no-reply address.
    static func isReal(_ address: EmailAddress) -> Bool {
        let domain = address.domain
        let local = address.local.lowercased()
        let end = domain.split(separator: ".").last.map(String.init) ?? ""
        guard
            ![
                "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "ico", "bmp", "css", "js", "mjs", "json", "pdf",
                "mp4", "webm", "woff", "woff2", "ttf", "html", "htm", "php", "local", "localhost", "invalid", "test",
            ].contains(end)
        else { return false }
        guard !address.isPlaceholder, !noReplies.contains(where: { local.hasPrefix($0) }) else { return false }
        if placeholderDomains.contains(domain) { return false }
        if services.contains(where: { domain == $0 || domain.hasSuffix(".\($0)") }) { return false }
        if placeholderLocals.contains(local) { return false }
        // A key: `3f2a…@o123.ingest.sentry.io`
        if local.count >= 24, local.allSatisfy(\.isHexDigit) { return false }
        return true
    }

    private static let noReplies = [
        "noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "do_not_reply", "nicht-antworten",
        "ne-pas-repondre", "nepasrepondre", "no-responder", "noresponder", "nao-responda", "non-rispondere",
        "mailer-daemon", "bounce", "unsubscribe", "keineantwort",
    ]
    private static let placeholderLocals: Set<String> = [
        "you", "your", "yourname", "your.name", "your-name", "yourmail", "youremail", "your.email", "your-email",
        "name", "vorname.nachname",
        "firstname.lastname", "first.last", "firstname", "lastname", "user", "username", "someone", "somebody",
        "example", "exemple", "ejemplo", "esempio", "beispiel", "email", "e-mail",
        "john.doe", "jane.doe", "johndoe", "janedoe", "max.mustermann", "mustermann", "maxmustermann", "prenom.nom",
        "prénom.nom", "nombre", "nome", "nome.cognome", "nombre.apellido", "tu", "tucorreo", "tuemail", "seu-email",
        "seuemail", "tuaemail", "deine", "ihre", "ihr.name", "ihremail", "votre", "votre.email", "votreemail", "vous",
        "jouw", "uw", "twoj", "test", "xxx", "abc", "jan.kowalski", "imie.nazwisko", "imię.nazwisko",
        "mario.rossi", "voornaam.achternaam", "naam", "uwnaam", "imie", "fornamn.efternamn", "namn",
    ]
    private static let placeholderDomains: Set<String> = [
        "example.com", "example.org", "example.net", "domain.com", "domain.de", "domain.tld", "domaine.fr",
        "domaine.com", "dominio.com", "dominio.es", "dominio.it", "domein.nl", "domena.pl", "yourdomain.com",
        "your-domain.com", "yourcompany.com", "your-company.com", "company.com", "mycompany.com", "mydomain.com",
        "mysite.com", "site.com", "yoursite.com", "email.com", "beispiel.de", "exemple.fr", "exemple.com",
        "ejemplo.com", "ejemplo.es", "esempio.it", "esempio.com", "exemplo.com", "exemplo.com.br", "voorbeeld.nl",
        "przyklad.pl", "musterfirma.de", "mustermann.de", "firma.de", "deinefirma.de", "ihre-domain.de",
        "ihredomain.de", "website.com", "test.com", "acme.com", "sample.com", "provider.com", "votredomaine.fr",
        "votre-domaine.fr", "tudominio.com", "tuempresa.com", "seudominio.com.br", "suaempresa.com.br", "tuodominio.it",
        "uwdomein.nl", "twojadomena.pl", "example.de", "example.fr",
    ]
    private static let services = [
        "sentry.io", "wixpress.com", "sentry-next.wixpress.com", "sentry.wixpress.com", "cloudflare.com",
        "wordpress.org", "schema.org", "w3.org", "googlegroups.com", "mailchimp.com", "bugsnag.com", "godaddy.com",
        "squarespace.com", "shopify.com", "jimdo.com", "webflow.io", "hubspot.com", "wordpress.com", "wix.com",
        "webflow.com", "datadoghq.com", "rollbar.com", "segment.io", "intercom.io", "intercom-mail.com", "zendesk.com",
        "sendgrid.net", "mailgun.org", "themeforest.net", "elementor.com", "yoast.com", "ingest.sentry.io",
    ]

    /// Whether an address may be the company's or its people's: of its domain, of one that shares its name, or a mailbox of a
    /// provider. All others are somebody else's.
    private static func belongs(_ address: EmailAddress, to own: String, companies: [String]) -> Bool {
        let domain = DomainName.registrable(of: address.domain)
        if domain == own || address.domain.hasSuffix(".\(own)") { return true }
        if address.isFreeMail { return true }
        let (mine, theirs) = (label(own), label(domain))
        guard mine.count >= 3, theirs.count >= 3 else { return false }
        if mine == theirs { return true }
        let (short, long) = mine.count < theirs.count ? (mine, theirs) : (theirs, mine)
        if short.count >= 5, long.contains(short) { return true }
        return companies.contains { name in
            let words = (CompanyName(parsing: name)?.matchKey ?? "").split(separator: " ").map(String.init)
            return words.joined() == theirs || words.joined().count >= 6 && theirs.hasPrefix(words.joined())
        }
    }

    private static func label(_ domain: String) -> String {
        (domain.split(separator: ".").first.map(String.init) ?? domain).filter { $0.isLetter || $0.isNumber }
    }

    /// Whether a mention is of whoever made the site: `Website by Pixelworks, hello@pixelworks.example`.
    private func isMakers(_ mention: Mention, _ lines: [PageLine], _ own: String) -> Bool {
        guard let number = mention.line, DomainName.registrable(of: mention.address.domain) != own else { return false }
        let around = lines[max(0, number - 1)...number].map { $0.text.lowercased() }
        return around.contains { text in Self.makers.contains { text.contains($0) } }
    }

    private static let makers = [
        "website by", "web design", "webdesign", "site by", "designed by", "developed by", "built by", "umsetzung",
        "realisierung", "gestaltung", "programmierung", "réalisation", "conception", "création du site", "site réalisé",
        "site créé", "diseño web", "desarrollo web", "desarrollado por", "diseñado por", "desenvolvido",
        "criação de site", "realizzazione", "sviluppo", "sito web di", "sito realizzato", "realisatie", "website door",
        "ontwerp", "projekt i wykonanie", "realizacja", "wykonanie", "webbplats av", "hosting", "hostas", "powered by",
        "credits:", "site :", "realisiert", "design by", "sidan gjord", "conception :", "создание сайта", "design:",
        "website:", "technical support", "site déclaré", "技术支持", "制作", "projekt:", "site:", "κατασκευή", "tasarım",
        "webdesign", "sitio web:", "sito:", "web:", "realizace", "tvorba webu", "hjemmeside:", "verkkosivut",
    ]

    // MARK: Telephone numbers

    /// Whether a line is about somebody else: who made the site, a partner, an authority, or whoever has a mailbox elsewhere.
    private func isOthers(_ line: PageLine, own: String, companies: [String]) -> Bool {
        let text = line.text
        let lower = text.lowercased()
        if text.count < 300, Self.makers.contains(where: { lower.contains($0) }) { return true }
        if text.count < 400, Self.others.contains(where: { lower.contains($0) }) { return true }
        let addresses = Self.addresses(in: line.spelled)
        return !addresses.isEmpty && addresses.allSatisfy { !Self.belongs($0, to: own, companies: companies) }
    }

    private static let others = [
        "our partner", "our agent", "our distributor", "unser partner", "notre partenaire", "nuestro socio",
        "nostro partner", "onze partner", "zuständige kammer", "zuständige behörde", "hotline des providers",
        "partner hotline", "assurance décennale", "assurance responsabilité", "berufshaftpflicht", "branchevereniging",
        "klachtenlijn", "customer service of", "合作", "partnerimiz", "müşterimiz", "unser kunde", "our client",
        "notre client", "onze klant", "il nostro cliente", "nuestro cliente", "nosso agente", "nosso cliente",
        "zuständige aufsicht", "aufsichtsbehörde", "handwerkskammer", "correspondant", "convenzionat", "ombudsman",
        "médiateur", "mediateur de la consommation", "technical support:", "agent for", "vertretung in", "hébergeur",
        "hébergement", "technik:", "schlichtungsstelle", "dein anbieter",
    ]

    private mutating func readPhones(
        _ document: PageDocument, _ lines: [PageLine], _ data: StructuredData, own: String, companies: [String],
        country: String, _ names: PagePeople
    ) {
        struct Found {
            var phone: PhoneNumber
            var kind: PagePhone.Kind
            var hasLabel: Bool
            /// Where it is written: the line, and how.
            var places: [(line: Int, written: String)]
            var evidence: String
            var isToll: Bool
        }
        var order: [String] = []
        var all: [String: Found] = [:]
        func take(
            _ match: PhoneText.Match, _ label: PhoneText.Label?, _ place: (line: Int, written: String)?,
            _ evidence: String
        ) {
            guard let phone = PhoneNumber(parsing: match.number), !phone.e164.contains("000000") else { return }
            let kind = PhoneText.kind(match.kind, label)
            let key = phone.e164
            if var known = all[key] {
                if let place, known.places.count < Self.placeLimit { known.places.append(place) }
                if label != nil, !known.hasLabel {
                    (known.kind, known.hasLabel) = (kind, true)
                }
                all[key] = known
            } else {
                order.append(key)
                all[key] = Found(
                    phone: phone, kind: kind, hasLabel: label != nil, places: place.map { [$0] } ?? [],
                    evidence: String(evidence.prefix(200)), isToll: match.kind == .tollFree)
            }
        }
        var previous = ""
        for (number, line) in lines.enumerated() where order.count < 60 {
            defer { previous = line.text }
            guard line.text.utf8.contains(where: { (0x30...0x39).contains($0) }) else { continue }
            let isNotes = PhoneText.isNoNumber(line.text)
            // The number of whoever made the site, or of another company.
            if isOthers(line, own: own, companies: companies) { continue }
            for match in PhoneText.find(in: line.text, country: country) {
                guard let range = line.text.firstRange(of: match.written) else { continue }
                let before = String(line.text[..<range.lowerBound])
                let after = String(line.text[range.upperBound...])
                // The label may stand in the cell or line before the number.
                var label = PhoneText.label(before: before, after: after)
                if label == nil, before.allSatisfy(\.isWhitespace), previous.count <= 40 {
                    label = PhoneText.label(before: previous, after: "")
                }
                if label == nil, isNotes || PhoneText.isUnlikely(match.written, before, after) { continue }
                if let label, label == .other { continue }
                take(match, label, (number, match.written), line.text)
            }
        }
        var budget = 100
        for (index, node) in document.nodes.enumerated() where !node.isHidden && node.name == "a" {
            guard let link = node.attributes["href"],
                link.lowercased().hasPrefix("tel:") || link.lowercased().hasPrefix("callto:")
                    || link.lowercased().hasPrefix("fax:"), budget > 0
            else { continue }
            budget -= 1
            let digits = String(link.drop { $0 != ":" }.dropFirst()).percentDecoded.halfWidth.replacing(
                ";ext=", with: " ext. ")
            guard let match = PhoneText.find(in: digits, country: country).first else { continue }
            let text = document.text(of: index, limit: 100)
            let number = lines.index(of: index, through: node.end)
            let line = number.map { lines[$0] }
            if let line, isOthers(line, own: own, companies: companies) { continue }
            var label = PhoneText.label(before: text, after: "")
            if label == nil, let line, let range = line.text.firstRange(of: text) {
                label = PhoneText.label(before: String(line.text[..<range.lowerBound]), after: "")
            }
            if link.lowercased().hasPrefix("fax:") { label = .fax }
            take(match, label, number.map { ($0, text) }, line?.text ?? text)
        }
        for (text, isFax) in data.phones.prefix(50) {
            guard let match = PhoneText.find(in: text.halfWidth, country: country).first else { continue }
            take(match, isFax ? .fax : nil, nil, "structured data")
        }
        for key in order {
            guard let found = all[key] else { continue }
            let owners = found.places.map { place in
                let label = lines[place.line].text.lowercased()
                let isPersonal =
                    found.kind == .mobile
                    || ["direct", "direkt", "durchwahl", "ligne directe", "directo", "diretto", "doorkies"].contains {
                        label.contains($0)
                    }
                return names.owner(ofNumber: place.written, inLine: place.line, isPersonal: isPersonal)
            }
            let owner = found.kind == .fax || found.isToll || Set(owners).count != 1 ? nil : owners.first ?? nil
            phones.append(PagePhone(number: found.phone, kind: found.kind, owner: owner, evidence: found.evidence))
            if phones.count >= 50 { break }
        }
    }
}

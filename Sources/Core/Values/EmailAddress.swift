/// An address of RFC 5321 and 5322 in its common form: without quoted local part, comments or address literal.
public struct EmailAddress: Hashable, Sendable, CustomStringConvertible {
    /// As it was written.
    public let local: String
    /// In lower case.
    public let domain: String

    public var description: String { "\(local)@\(domain)" }

    /// Parses `a@b.example`, also after `mailto:` and in `Name <a@b.example>`. Returns nil for anything else.
    ///
    /// The length limits are those of RFC 5321: 64 octets before the @, 254 in total.
    public init?(parsing text: String) {
        // Some systems write a letter and its accent apart.
        var text = Substring(text.tidied(limit: 400).composed)
        if let open = text.lastIndex(of: "<"), let close = text.lastIndex(of: ">"), open < close {
            text = text[text.index(after: open)..<close]
        }
        if text.lowercased().hasPrefix("mailto:") {
            text = Substring(String(text.dropFirst(7).prefix { $0 != "?" }).percentDecoded.tidied(limit: 400))
        }
        while let last = text.last, ".,;:".contains(last) { text.removeLast() }
        guard let at = text.lastIndex(of: "@"), text.utf8.count <= 254 else { return nil }
        let local = text[..<at]
        let domain = text[text.index(after: at)...].lowercased()
        guard (1...64).contains(local.utf8.count), !local.hasPrefix("."), !local.hasSuffix("."),
            !local.contains(".."), local.unicodeScalars.allSatisfy(EmailAddress.isAllowed),
            WebAddress.isDomain(domain)
        else { return nil }
        self.local = String(local)
        self.domain = domain
    }

    /// RFC 5322's atext and full stops; beyond ASCII, the letters of RFC 6531.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value < 0x80 else { return scalar.properties.isAlphabetic }
        return scalar.properties.isAlphabetic || (0x30...0x39).contains(scalar.value)
            || "!#$%&'*+-/=?^_`{|}~.".unicodeScalars.contains(scalar)
    }

    /// Whether it is the mailbox of a role, not of a person: those of RFC 2142 and others common in companies.
    public var isRole: Bool {
        let name = local.lowercased().prefix { $0 != "+" }
        return EmailAddress.roles.contains(String(name))
    }

    /// Whether it only fills a column: `none@none.com`, `noemail@…`, `na@na.com`.
    public var isPlaceholder: Bool {
        let (name, host) = (local.lowercased(), domain.split(separator: ".").first.map(String.init) ?? "")
        let fillers: Set<String> = [
            "none", "noemail", "no-email", "nomail", "no-mail", "noreply", "na", "n-a", "unknown", "null",
            "notavailable",
            "donotemail", "xxx", "xx", "x", "test", "email", "nobody", "noone", "undefined", "invalid", "fake",
            "placeholder",
        ]
        if name == host, fillers.contains(name) { return true }
        return ["noemail", "no-email", "nomail", "no-mail", "no.email", "notavailable", "nullemail"].contains(name)
    }

    /// Whether the domain is a slip away from that of a large provider: `gmial.com`, `hotmail.con`.
    public var isMistyped: Bool { MistypedDomain.isMistyped(domain) }

    /// Whether the domain offers mailboxes to the public, so that it says nothing about a company.
    public var isFreeMail: Bool { EmailAddress.isProvider(domain) }

    /// Whether people at home have their mailboxes at the domain, so that it is not their employer's.
    public static func isProvider(_ domain: String) -> Bool { MailboxProviders.has(domain) }

    /// A key that all spellings of one mailbox share: in lower case, without a plus tag, with the domain in ASCII, and for Gmail
    /// without full stops.
    public var matchKey: String {
        var name = local.lowercased()
        if let plus = name.firstIndex(of: "+"), plus > name.startIndex { name = String(name[..<plus]) }
        guard domain == "gmail.com" || domain == "googlemail.com" else { return "\(name)@\(DomainName.ascii(domain))" }
        return "\(name.filter { $0 != "." })@gmail.com"
    }

    static let roles: Set<String> = [
        "abuse", "accounting", "accounts", "admin", "administrator", "billing", "business", "career", "careers",
        "contact", "contactus", "customerservice", "enquiries", "enquiry", "events", "feedback", "finance", "hello",
        "help", "helpdesk", "hi", "hostmaster", "hr", "info", "information", "inquiries", "inquiry", "investors",
        "invoices", "jobs", "legal", "mail", "mailer-daemon", "marketing", "media", "newsletter", "no-reply", "noreply",
        "office", "orders", "partners", "postmaster", "pr", "press", "privacy", "purchasing", "reception", "recruiting",
        "recruitment", "root", "sales", "security", "service", "services", "subscribe", "support", "team",
        "unsubscribe", "usenet", "webmaster", "welcome", "www",
        // Of other languages, and of departments.
        "accueil", "administracion", "administratie", "amministrazione", "bestellung", "bewerbung", "biuro", "bonjour",
        "booking", "bookings", "buchhaltung", "buero", "care", "comercial", "commercial", "compliance", "compta",
        "comptabilite", "contacto", "contato", "contatti", "customercare", "customers", "datenschutz", "direction",
        "dispatch", "dpo", "einkauf", "empfang", "everyone", "facturacion", "financeiro", "general", "hallo", "hola",
        "info-de", "it", "kontakt", "kundenservice", "mailbox", "management", "news", "obchod", "operations", "post",
        "presse", "rechnung", "rechnungen", "recepcion", "receptie", "reservations", "rh", "rrhh", "sav", "secretariat",
        "segreteria", "sekretariat", "shop", "staff", "store", "studio", "tech", "ufficio", "vendas", "vendite",
        "ventas", "ventes", "verkauf", "verkoop", "vertrieb", "verwaltung", "webadmin", "zentrale",
    ]
}

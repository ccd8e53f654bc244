import Leads
import Values

/// The columns of a file that say where a person stands with the team: a status, and whether the person said no.
struct StandingColumns: Sendable, Equatable {
    private(set) var status: [String] = []
    /// Columns in which a yes means that the person does not want to be written to.
    private(set) var optOuts: [String] = []
    /// Columns in which a no means it.
    private(set) var optIns: [String] = []

    var all: [String] { status + optOuts + optIns }

    init(_ names: [String]) {
        for name in names {
            let words = Self.words(of: name)
            if Self.isOptOut(words) {
                optOuts.append(name)
            } else if Self.isOptIn(words) {
                optIns.append(name)
            } else if Self.isStatus(words) {
                status.append(name)
            }
        }
    }

    /// A person's choice goes before the names: an empty text leaves the column out.
    mutating func choose(status name: String) { status = name.isEmpty ? [] : [name] }

    mutating func choose(optOut name: String) {
        optOuts = name.isEmpty ? [] : [name]
        if name.isEmpty { optIns = [] }
    }

    /// What a record says. An opt-out is given in words.
    func read(_ record: [String: String]) -> (status: LeadStatus?, optOut: String?) {
        var (said, optOut): (LeadStatus?, String?)
        for name in optOuts where optOut == nil {
            if let value = record[name], Self.isYes(value) {
                optOut = "column \"\(name.shortened(to: 60))\": \(value.shortened(to: 40))"
            }
        }
        for name in optIns where optOut == nil {
            if let value = record[name], Self.isNo(value) {
                optOut = "column \"\(name.shortened(to: 60))\": \(value.shortened(to: 40))"
            }
        }
        for name in status {
            guard let value = record[name], let found = Self.status(of: value) else { continue }
            if found == .unsubscribed {
                optOut = optOut ?? "column \"\(name.shortened(to: 60))\": \(value.shortened(to: 40))"
            } else if said == nil {
                said = found
            }
        }
        return (said, optOut)
    }

    // MARK: names

    /// `HasOptedOutOfEmail`, `has_opted_out_of_email` and `consent.has_opted_out` as words.
    static func words(of name: String) -> [String] {
        var spaced = ""
        var last: Character?
        for character in name {
            if character.isUppercase, let last, last.isLowercase || last.isNumber { spaced.append(" ") }
            spaced.append("_-.".contains(character) ? " " : character)
            last = character
        }
        return spaced.folded.split(separator: " ").map(String.init)
    }

    private static let aboutOtherThings: Set<String> = [
        "link", "url", "reason", "token", "count", "number", "rate", "phone", "call", "calls", "fax", "sms", "text",
        "by", "how", "source", "whatsapp",
    ]

    private static func isOptOut(_ words: [String]) -> Bool {
        let text = " \(words.joined(separator: " ")) "
        guard !words.contains(where: { aboutOtherThings.contains($0) }) || text.contains("mail") else { return false }
        guard !words.contains(where: { ["link", "url", "reason", "token", "by", "how"].contains($0) }) else {
            return false
        }
        let phrases = [
            "opt out", "opted out", "optout", "optedout", "opt outs", "unsubscribed", "unsubscribe", "unsubscribes",
            "unsubscription", "do not email", "do not e mail", "do not mail", "do not contact", "do not send",
            "dont contact", "dont email", "donotcontact", "donotemail", "donotmail", "no email", "no emails",
            "no contact", "dnc", "dne", "suppressed", "suppression", "blacklisted", "blocklisted", "blacklist",
            "blocklist", "email blocked", "kein kontakt", "keine werbung", "keine e mails", "keine mails",
            "nicht kontaktieren",
            "abgemeldet", "abmeldung", "widerspruch", "werbesperre", "desabonne", "desabonnement", "desinscrit",
            "desinscription", "ne pas contacter", "dado de baja", "baja", "no contactar", "disiscritto",
            "disiscrizione",
            "non contattare", "afgemeld", "uitgeschreven", "niet mailen", "wypisany", "nao contatar", "descadastrado",
            "avregistrerad", "gdpr objection", "objected to marketing", "unsub", "unsubs", "never contact",
            "never email",
            "spam complaint", "spam complaints", "do not allow emails", "do not allow email",
            "do not allow bulk emails",
            "do not allow bulk email", "donotbulkemail", "do not bulk email", "kontaktsperre", "werbewiderspruch",
            "widerruf",
            "desuscrito", "opposition", "stop pub", "optedoutofemail", "hasoptedoutofemail", "email optout",
            "emailoptout",
            "hs email optout", "global unsubscribe", "bounced or unsubscribed", "no marketing", "no newsletter",
        ]
        return phrases.contains { text.contains(" \($0) ") }
    }

    private static func isOptIn(_ words: [String]) -> Bool {
        let text = " \(words.joined(separator: " ")) "
        guard !words.contains(where: { aboutOtherThings.contains($0) || ["date", "time", "at"].contains($0) }) else {
            return false
        }
        let phrases = [
            "opt in", "opted in", "optin", "subscribed", "is subscribed", "email consent", "marketing consent",
            "accepts marketing", "accepts email marketing", "can email", "can contact", "may contact", "email allowed",
            "contact allowed", "newsletter consent", "consent to email", "consent to marketing", "einwilligung",
            "abonne", "suscrito", "iscritto", "ingeschreven", "consent", "gdpr consent", "emailable", "can be emailed",
            "receive emails", "receives emails", "allow email", "allow emails", "e mail erlaubt", "mail erlaubt",
            "consentement", "consentimiento", "consenso", "toestemming",
        ]
        return phrases.contains { text.contains(" \($0) ") }
    }

    private static func isStatus(_ words: [String]) -> Bool {
        let name = words.joined(separator: " ")
        // Only words that say it plainly are taken from such a column, so that any status will do.
        if let last = words.last,
            ["status", "stage", "tags", "tag", "labels", "label", "etiketten", "campaigns"].contains(last)
        {
            return true
        }
        return [
            "status", "lead status", "contact status", "email status", "mail status", "subscription status", "stage",
            "subscriber status", "subscription", "email marketing status", "marketing status", "lifecycle stage",
            "lead stage",
            "deal stage", "email opt status", "email subscription status", "subscription state", "member status",
            "email permission status", "marketing email status", "sales status", "outreach status",
        ].contains(name)
    }

    // MARK: values

    private static func isYes(_ text: String) -> Bool {
        let value = text.tidied(limit: 200)
        if value.isEmpty || value.contains("://") { return false }
        let folded = value.folded
        // A mark such as ✓ has no letters.
        guard !folded.isEmpty else { return ["✓", "✔", "☑", "✅", "✔️", "☑️", "+", "*", "•"].contains(value) }
        return !no.contains(folded) && !folded.hasPrefix("0000 00 00")
    }

    private static func isNo(_ text: String) -> Bool {
        let value = text.tidied(limit: 200)
        let folded = value.folded
        return ["✗", "✘", "☐", "❌"].contains(value)
            || !folded.isEmpty && (plainNo.contains(folded) || status(of: value) == .unsubscribed)
    }

    private static let plainNo: Set<String> = [
        "0", "00", "false", "f", "falsch", "faux", "falso", "falsk", "falskt", "onwaar", "no", "n", "nein", "non",
        "nee", "nie", "nao", "nej", "off", "none of them", "denied",
        "withdrawn",
        "revoked", "refused", "opted out", "unsubscribed", "declined", "not subscribed",
    ]

    private static let no: Set<String> = plainNo.subtracting([
        "opted out", "unsubscribed", "denied", "withdrawn", "revoked", "refused", "declined",
    ]).union([
        "", "null", "nil", "none", "na", "n a", "never", "subscribed", "opted in", "opt in", "active", "unknown",
        "empty",
        "not set", "unchecked", "blank", "leer", "vide", "ok",
        "allowed", "0 0", "not unsubscribed", "not opted out",
    ])

    /// Nil for a word that says nothing which outlives the system that it comes from.
    private static func status(of text: String) -> LeadStatus? {
        // Tags stand in one cell.
        let parts = text.split { ",;|".contains($0) }
        if parts.count > 1 { return parts.lazy.compactMap { status(of: String($0)) }.first { $0 == .unsubscribed } }
        let word = text.tidied(limit: 80).folded
        switch word {
        case "contacted", "emailed", "in sequence", "attempted to contact", "kontaktiert", "contacte": return .contacted
        case "replied", "responded", "engaged", "connected", "geantwortet": return .replied
        case "won", "customer", "closed won", "client", "gewonnen", "kunde", "gagne": return .won
        case "lost", "closed lost", "disqualified", "unqualified", "bad fit", "verloren", "perdu": return .lost
        case "bounced", "hard bounce", "hard bounced", "bounce", "undeliverable": return .bounced
        default: break
        }
        let optOuts = [
            "unsubscribed", "unsubscribe", "opted out", "opt out", "optout", "do not contact", "do not email", "dnc",
            "suppressed", "not interested do not contact", "complained", "spam complaint", "abgemeldet", "desabonne",
            "desinscrit", "blacklisted", "blocklisted", "disiscritto", "uitgeschreven", "non subscribed", "no consent",
            "stop", "spam", "ausgetragen", "never contact", "do not mail",
        ]
        return optOuts.contains(word) || word.hasPrefix("unsubscribed") || word.hasPrefix("opted out")
            ? .unsubscribed : nil
    }
}

public import Leads
public import Values

/// Converts records from any source to one canonical form.
public struct Cleaner: Sendable {
    /// The country of telephone numbers that are written without one; an ISO 3166 code.
    public let country: String

    public init(country: String = "US") { self.country = country }

    /// Why a record is not a lead.
    public struct Refusal: PresentableError, Equatable {
        public let message: String
        public var errorKind: ErrorKind { .usage }
    }

    /// Cleans a record. Values that are not valid are left out, with a note; the record itself is kept unchanged.
    /// Throws a `Refusal` when too little is left to reach or identify a person.
    public func clean(_ draft: LeadDraft) throws(Refusal) -> CleanLead {
        var cleaning = Cleaning(draft: draft.fields, country: country)
        cleaning.run()
        let fields = cleaning.fields
        guard fields.isEnough else {
            let reasons = cleaning.notes.isEmpty ? "" : " (\(cleaning.notes.joined(separator: "; ")))"
            let what =
                draft.fields.isEmpty && draft.record.isEmpty
                ? "it is empty" : "no email, profile, phone, or name with a company"
            throw Refusal(message: what + reasons)
        }
        var lead = CleanLead(
            fields: fields, source: draft.source.tidied(limit: 100), author: draft.author, scrapedAt: draft.scrapedAt,
            record: Cleaner.bounded(draft), notes: cleaning.notes, dropped: cleaning.dropped)
        lead.status = draft.status
        // How a value was read says nothing about one that was not valid.
        lead.readings = draft.readings.compactMap { reading in
            guard reading.confidence >= LeadReading.sure else { return reading }
            return fields[reading.field].map {
                LeadReading(reading.field, $0, confidence: reading.confidence, evidence: reading.evidence)
            }
        }
        lead.optOut = draft.optOut?.tidied(limit: 200)
        lead.otherMailboxes = Cleaner.otherMailboxes(draft, beside: fields[.email])
        return lead
    }

    /// At most this many are looked for.
    private static let otherMailboxLimit = 5
    /// What a column's name says when the mailbox in it is a colleague's.
    private static let colleagues = [
        "owner", "assign", "rep ", "manager", "assistant", "created", "modified", "sender", "referr", "colleague",
    ]

    /// Personal mailboxes in the same cell as the record's own, or in columns such as `Email 2`.
    private static func otherMailboxes(_ draft: LeadDraft, beside own: String?) -> [EmailAddress] {
        var texts: [String] = draft.fields[.email].map { [$0] } ?? []
        for (column, text) in draft.record where text.utf8.contains(0x40) && text != draft.fields[.email] {
            let name = "\(column.folded) "
            if name.contains("mail"), !colleagues.contains(where: { name.contains($0) }) { texts.append(text) }
        }
        var found: [EmailAddress] = []
        for text in texts where text.utf8.count <= 1_000 && text.utf8.contains(0x40) {
            for address in Cleaning.addresses(in: text) {
                guard !address.isRole, !address.isPlaceholder, address.description.lowercased() != own,
                    !found.contains(address)
                else { continue }
                found.append(address)
            }
        }
        return Array(found.sorted { $0.description < $1.description }.prefix(otherMailboxLimit))
    }

    /// The record, shortened where it is longer than needed.
    private static func bounded(_ draft: LeadDraft) -> [String: String] {
        var record = draft.record
        if record.isEmpty {
            for field in draft.fields.present { record[field.rawValue] = draft.fields[field] }
        }
        var budget = 16_000
        for key in record.keys.sorted() {
            let text = (record[key] ?? "").tidied(limit: 4_000)
            budget -= key.utf8.count + text.utf8.count
            record[key] = budget > 0 && key.utf8.count <= 200 && !text.isEmpty ? text : nil
        }
        return record
    }
}

/// The cleaning of one record.
private struct Cleaning {
    let draft: LeadFields
    let country: String
    var fields = LeadFields()
    var notes: [String] = []
    var dropped: Set<LeadField> = []

    init(draft: LeadFields, country: String) {
        self.draft = draft
        self.country = country
    }

    mutating func run() {
        name()
        links()
        work()
        employer()
        for field in LeadField.allCases {
            switch field.description.kind {
            // These fields depend on each other and have already been cleaned together.
            case .name, .profile, .website, .title, .company: break
            case .email: email(field)
            case .phone: phone(field)
            case .text: fields[field] = draft[field]?.tidied(limit: 200)
            }
        }
    }

    private mutating func drop(_ field: LeadField, _ why: String) {
        let text = (draft[field] ?? "").tidied(limit: 60)
        notes.append("\(field.rawValue) \"\(text)\" \(why)")
        dropped.insert(field)
    }

    private mutating func name() {
        let first = draft[.firstName] ?? ""
        let last = draft[.lastName] ?? ""
        let full = draft[.fullName]?.tidied(limit: 400).nonEmpty
        guard full != nil || !first.isEmpty || !last.isEmpty else { return }
        guard let name = full.map({ PersonName(parsing: $0) }) ?? PersonName(first: first, last: last) else {
            return drop(full == nil ? .lastName : .fullName, "is not a name")
        }
        fields[.fullName] = name.description
        fields[.firstName] = name.given
        fields[.lastName] = name.family
    }

    /// The addresses in a cell, which may hold several with separators between them. A part counts only if all of it is an
    /// address: in `robin sample@x.example`, nobody knows where the address begins.
    static func addresses(in text: String) -> [EmailAddress] {
        guard let text = unmarked(text, limit: 1_000) else { return [] }
        if let address = EmailAddress(parsing: text) { return [address] }
        var parts = text.split { ";,|".contains($0) }.map { String($0).tidied() }.filter { !$0.isEmpty }
        if !parts.allSatisfy({ $0.contains("@") }) { parts = [] }
        let words = text.split(separator: " ")
        if words.count > 1, words.allSatisfy({ $0.contains("@") }) { parts += words.map(String.init) }
        return parts.compactMap { EmailAddress(parsing: $0) }
    }

    private mutating func email(_ field: LeadField) {
        guard let text = Cleaning.unmarked(draft[field], limit: 1_000) else { return }
        guard let address = Cleaning.addresses(in: text).first else { return drop(field, "is not an email address") }
        guard !address.isPlaceholder else { return drop(field, "is nobody's address") }
        fields[field] = address.description.lowercased()
    }

    private mutating func phone(_ field: LeadField) {
        guard var text = Cleaning.unmarked(draft[field], limit: 300) else { return }
        // A spreadsheet's number: `14165550134.0`.
        if text.hasSuffix(".0"), text.dropLast(2).allSatisfy({ $0.isASCII && $0.isNumber }) { text.removeLast(2) }
        let parts = text.split { ";,/|".contains($0) }.map { String($0) }
        let country = country
        let candidates = [text] + parts
        guard let number = candidates.lazy.compactMap({ PhoneNumber(parsing: $0, country: country) }).first else {
            return drop(field, "is not a telephone number")
        }
        fields[field] = number.description
    }

    /// The text without the apostrophe by which spreadsheets mark a text; nil if nothing is left.
    private static func unmarked(_ text: String?, limit: Int) -> String? {
        guard let text = text?.tidied(limit: limit).nonEmpty else { return nil }
        return text.hasPrefix("'") ? String(text.dropFirst()).tidied().nonEmpty : text
    }

    private mutating func links() {
        for field in [LeadField.linkedInURL, .website] {
            guard let text = draft[field]?.tidied(limit: 2_000), !text.isEmpty else { continue }
            if let profile = LinkedInProfile(parsing: text) {
                fields[.linkedInURL] = profile.description
            } else if field == .linkedInURL {
                drop(field, "is not a personal profile")
            } else if let address = WebAddress(parsing: text), address.site != "linkedin.com",
                !address.host.hasSuffix(".linkedin.com")
            {
                fields[.website] = address.description
            } else {
                drop(field, "is not a web site")
            }
        }
    }

    /// A web site that is really the domain of somebody's mailbox would make the provider the person's company.
    private mutating func employer() {
        guard let site = fields[.website].flatMap({ WebAddress(parsing: $0) })?.site, EmailAddress.isProvider(site)
        else {
            return
        }
        // Those who work there say so.
        let name = site.split(separator: ".").first.map(String.init) ?? site
        let company = fields[.company].flatMap { CompanyName(parsing: $0) }?.matchKey ?? ""
        guard
            !company.split(separator: " ").contains(where: {
                $0.count > 2 && (name.hasPrefix($0) || $0.hasPrefix(name))
            })
        else { return }
        fields[.website] = nil
        drop(.website, "is where people have their mailboxes, not a company's site")
    }

    private mutating func work() {
        var title = draft[.title]?.tidied(limit: 200).nonEmpty
        var company = draft[.company].flatMap { CompanyName(parsing: $0) }
        if company == nil, let text = title, let range = text.firstRange(of: " at ") ?? text.firstRange(of: " @ ") {
            company = CompanyName(parsing: String(text[range.upperBound...]))
            if company != nil { title = String(text[..<range.lowerBound]).nonEmpty }
        }
        fields[.title] = title
        fields[.company] = company?.description
    }
}

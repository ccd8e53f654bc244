public import Leads
import Values

extension SearchResult {
    /// The person whose LinkedIn profile this is, with what the result states about the person's work and place. Returns
    /// nil for lists of people, companies, schools, posts, jobs, and other sites.
    public func draft() -> LeadDraft? {
        guard let (profile, reading) = reading(), let name = reading.name else { return nil }
        var fields = LeadFields()
        fields[.fullName] = name
        fields[.title] = reading.title?.value
        fields[.company] = reading.company?.value
        fields[.location] = reading.location?.value
        fields[.linkedInURL] = profile.description
        var record = ["title": title, "link": link]
        record["snippet"] = snippet
        record["extensions"] = extensions.joined(separator: " · ").nonEmpty
        var draft = LeadDraft(
            fields: fields, source: SerpAPIClient.service, author: .stage("scrape"), record: record)
        draft.readings = reading.readings
        return draft
    }

    /// What each piece of the result is taken for; nil for a result that is not a person's profile.
    public func spans() -> [ProfileSpan]? { reading()?.reading.spans }

    /// Whether the address is the profile itself. Below it stand what the person did and what is shown over it:
    /// `/in/jane-doe/recent-activity/all/`. A language may follow: `/in/jane-doe/de`.
    private var isProfilePage: Bool {
        guard let path = WebAddress(parsing: link)?.path.prefix(while: { $0 != "?" }) else { return false }
        var parts = path.split(separator: "/").map(String.init)
        if parts.first == "pub" { return true }
        if let start = parts.firstIndex(of: "in") { parts.removeFirst(start + 2) }
        guard let next = parts.first else { return true }
        return parts.count == 1 && (next.count == 2 || next.contains(where: { "-_".contains($0) }) && next.count == 5)
    }

    private func reading() -> (profile: LinkedInProfile, reading: ProfileReading)? {
        guard let profile = LinkedInProfile(parsing: link), isProfilePage else { return nil }
        let reading = ProfileReading(self, slug: profile.slug)
        return reading.name == nil ? nil : (profile, reading)
    }
}

extension ProfileReading {
    /// What the spans say about fields: the values that hold, with the words that show them, and those that were not enough.
    var readings: [LeadReading] {
        var readings: [LeadReading] = []
        for (field, claim) in [(LeadField.title, title), (.company, company), (.location, location)] {
            guard let claim else { continue }
            readings.append(LeadReading(field, claim.value, confidence: claim.confidence, evidence: claim.evidence))
        }
        for span in spans {
            let field: LeadField
            switch span.kind {
            case .role: field = .title
            case .company, .school, .former: field = .company
            case .place: field = .location
            case .slogan, .remark, .name, .unknown: continue
            }
            guard !readings.contains(where: { $0.field == field && $0.value.folded == span.text.folded }) else {
                continue
            }
            readings.append(
                LeadReading(
                    field, span.text, confidence: LeadReading.unsure,
                    evidence:
                        "\(span.place), \(span.cue)\(span.kind == .former || span.kind == .school ? ": \(span.kind.rawValue)" : "")"
                ))
        }
        return readings
    }
}

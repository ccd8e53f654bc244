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

    private func reading() -> (profile: LinkedInProfile, reading: ProfileReading)? {
        guard let profile = LinkedInProfile(parsing: link), profile.isPage else { return nil }
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

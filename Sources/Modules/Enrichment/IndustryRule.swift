import Values

/// A simple rule: words that companies of an industry use about themselves. On arbitrary companies it is right about a
/// third of the time, and its confidence reflects that.
enum IndustryRule {
    /// The industry whose words occur most often in the texts, with a confidence from 0.3 to 0.6. Returns nil if there
    /// are none, or if two industries are tied.
    static func guess(_ texts: [String]) -> (industry: String, confidence: Double)? {
        let text = " " + texts.joined(separator: " ").folded + " "
        let scores = keywords.map { industry, words in
            (industry, words.filter { text.contains(" \($0)") }.count)
        }.filter { $0.1 > 0 }.sorted { ($0.1, $1.0) > ($1.1, $0.0) }
        guard let best = scores.first else { return nil }
        if scores.count > 1, scores[1].1 == best.1 { return nil }
        return (best.0, min(0.6, 0.2 + 0.1 * Double(best.1)))
    }

    private static let keywords: [(String, [String])] = [
        ("Software", ["software", "saas", "cloud", "app ", "apps ", "platform", "api ", "developer", "cybersecurity"]),
        (
            "Logistics",
            ["logistics", "freight", "warehous", "shipping", "customs", "supply chain", "courier", "trucking"]
        ),
        (
            "Health care",
            ["dental", "dentist", "clinic", "medical", "hospital", "patient", "health", "pharma", "physio"]
        ),
        (
            "Construction",
            ["construction", "contractor", "builder", "building", "renovation", "roofing", "plumbing", "hvac"]
        ),
        (
            "Financial services",
            ["investment", "wealth", "bank", "insurance", "retirement", "mortgage", "accounting", "capital"]
        ),
        ("Marketing", ["marketing", "advertising", "agency", "campaign", "branding", "public relations", "media"]),
        (
            "Manufacturing",
            ["manufactur", "machining", "tooling", "factory", "industrial", "fabrication", "moulds", "molds"]
        ),
        ("Food", ["bakery", "bread", "restaurant", "catering", "food", "grocery", "coffee", "brewery", "pastry"]),
        ("Retail", ["retail", "store ", "shop ", "ecommerce", "e commerce", "fashion", "boutique"]),
        ("Education", ["school", "university", "college", "training", "course", "education", "tutoring"]),
        ("Real estate", ["real estate", "realty", "property management", "leasing", "broker"]),
        ("Legal", ["law firm", "lawyer", "attorney", "legal", "litigation"]),
        ("Government", ["senate", "house of representatives", "ministry", "municipal", "government", "senator"]),
        ("Energy", ["solar", "energy", "oil ", "gas ", "renewable", "utility", "electricity"]),
        ("Hospitality", ["hotel", "resort", "tourism", "travel", "hospitality"]),
        ("Non-profit", ["charity", "non profit", "nonprofit", "foundation", "ngo"]),
    ]
}

import Leads
import Values

/// A piece of a search result, and what it is taken for.
public struct ProfileSpan: Sendable, Equatable, Codable {
    /// Where it stands: `title`, `snippet`, or `extension`.
    public let place: String
    public let text: String
    public let kind: PhraseKind
    /// What makes it that: `label Experience`, `joined by at`, `behind a role`, `words`.
    public let cue: String
}

/// Reads who a search result is about. A field is filled where something states it (a label, a list whose order is known,
/// a word such as *at*) or where two cues agree. All else stays empty, and the spans are kept.
struct ProfileReading {
    var name: String?
    var title: Claim?
    var company: Claim?
    var location: Claim?
    var spans: [ProfileSpan] = []

    /// A value, how certain it is, and the words that show it.
    struct Claim: Equatable {
        let value: String
        /// From 0 to 1.
        let confidence: Double
        let evidence: String
    }

    /// Something that may fill a field. Two points are enough to fill it: a statement has two, a cue has one.
    struct Candidate {
        var text: String
        var points: Int
        var place: String
        var cue: String
        var isCut = false
        /// The company that a role was joined to.
        var employer: String?
    }

    var roles: [Candidate] = []
    var companies: [Candidate] = []
    var places: [Candidate] = []
    /// Past employers and schools, which are not the person's company now.
    var excluded: Set<String> = []
    var formerTexts: [String] = []
    var formerRoles = 0
    var isBetweenJobs = false
    var isSelfEmployed = false
    /// The first part behind the name, if its words do not tell what it is.
    var headline: ProfileTitle.Part?

    init(_ result: SearchResult, slug: String) {
        var parts = ProfileTitle(result.title).parts
        guard !parts.isEmpty, !Self.isOtherPage(result.title) else { return }
        var first = parts.removeFirst()
        // `Jane Doe, Head of Sales at Acme | LinkedIn`
        if let comma = first.text.firstIndex(of: ",") {
            let tail = String(first.text[first.text.index(after: comma)...]).tidied()
            if RoleWords.has(tail), tail.split(separator: " ").count > 1 || RoleWords.begins(tail) {
                parts.insert(.init(text: tail, isCut: first.isCut, separator: .dash), at: 0)
                first = .init(text: String(first.text[..<comma]).tidied(), isCut: false)
            }
        }
        guard let name = Self.name(first, slug) else { return }
        self.name = name
        let snippet = ProfileSnippet(result.snippet ?? "")
        // A business with a person's profile.
        if snippet.labelled.contains(where: { $0.label == .experience && $0.text.folded == name.folded }) {
            self.name = nil
            return
        }
        note("title", name, .name, "first part")
        readExtensions(result.extensions)
        readTitle(parts)
        readSnippet(snippet)
        readProse(snippet.prose)
        confirm(by: snippet)
        decide()
    }

    mutating func note(_ place: String, _ text: String, _ kind: PhraseKind, _ cue: String) {
        let span = ProfileSpan(place: place, text: text.shortened(to: 200), kind: kind, cue: cue)
        if spans.count < 30, !spans.contains(span) { spans.append(span) }
    }
}

import Values

extension LeadLifecycle {
    /// Whether what was written to a lead no longer fits what is known of it: it is another person or company, or the text names
    /// something that is not so any more. Pure.
    ///
    /// - Parameter text: the message, with its subject.
    public static func isOutdated(_ text: String, of old: LeadFields, becoming new: LeadFields) -> Bool {
        if let company = company(of: old), company != self.company(of: new) { return true }
        let said = words(text)
        if let name = old[.fullName], isOutdated(said, name, by: new[.fullName] ?? "") { return true }
        return [LeadField.title, .location, .industry, .companySize].contains { field in
            let (before, after) = (words(old[field] ?? ""), words(new[field] ?? ""))
            return !before.isEmpty && said.contains(before) && !after.contains(before)
        }
    }

    private static func isOutdated(_ said: [String], _ name: String, by other: String) -> Bool {
        if let old = PersonName(parsing: name), let new = PersonName(parsing: other), old.contradicts(new) {
            return true
        }
        let left = words(other)
        return words(name).contains { said.contains($0) && !left.contains($0) }
    }

    private static func company(of fields: LeadFields) -> String? {
        fields[.company].map { CompanyName(parsing: $0)?.matchKey ?? $0.folded }
    }

    private static func words(_ text: String) -> [String] {
        text.folded.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
}

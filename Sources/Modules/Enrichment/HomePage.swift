import Values

/// What a company's home page says about the company.
struct HomePage: Sendable, Equatable {
    var title: String?
    var description: String?
    var name: String?
    var text: String
    /// Without repeats, in the order found.
    var emails: [EmailAddress]
    var phones: [PhoneNumber]
    /// The number of employees, and how certain it is.
    var employees: (count: Int, confidence: Double)?

    static func == (left: HomePage, right: HomePage) -> Bool {
        left.text == right.text && left.emails == right.emails && left.phones == right.phones
    }

    init(_ page: HTMLPage, country: String) {
        // A page can repeat a secret encoded in entities or split into pieces, so secrets are removed from the parsed
        // text as well.
        title = page.title?.withoutSecrets
        description = page.description?.withoutSecrets
        name = page.siteName?.withoutSecrets
        text = page.text.withoutSecrets
        var emails: [EmailAddress] = []
        var phones: [PhoneNumber] = []
        for link in page.links {
            let lower = link.lowercased()
            if lower.hasPrefix("mailto:"), let email = EmailAddress(parsing: link), !emails.contains(email) {
                emails.append(email)
            }
            if lower.hasPrefix("tel:"), let phone = PhoneNumber(parsing: link, country: country),
                !phones.contains(phone)
            {
                phones.append(phone)
            }
        }
        for word in page.text.split(whereSeparator: {
            $0 == " " || $0 == "," || $0 == "(" || $0 == ")" || $0 == "<" || $0 == ">"
        })
        where word.contains("@") {
            if let email = EmailAddress(parsing: String(word)), !emails.contains(email) { emails.append(email) }
        }
        self.emails = Array(emails.prefix(50))
        self.phones = Array(phones.prefix(10))
        employees = HomePage.employees(structured: page.structured, text: page.text)
    }

    /// The number of employees: from schema.org's `numberOfEmployees`, else from the text: `a team of 45`, `over 200
    /// employees`.
    private static func employees(structured: [String], text: String) -> (count: Int, confidence: Double)? {
        for data in structured {
            guard let range = data.firstRange(of: "\"numberOfEmployees\"") else { continue }
            let rest = data[range.upperBound...].prefix(200).drop { !$0.isNumber }
            if let count = Int(rest.prefix { $0.isASCII && $0.isNumber }), (1...5_000_000).contains(count) {
                return (count, 0.8)
            }
        }
        let words = text.lowercased().split(separator: " ").map { $0.filter { $0.isLetter || $0.isNumber } }
        for (index, word) in words.enumerated() {
            guard let count = Int(word), (1...500_000).contains(count), !(1900...2100).contains(count) else { continue }
            let before = index >= 2 ? (words[index - 2], words[index - 1]) : ("", "")
            let after = index + 1 < words.count ? words[index + 1] : ""
            if before == ("team", "of") || ["employees", "staff", "colleagues"].contains(after)
                || (after == "people" && ["of", "over", "than"].contains(before.1))
            {
                return (count, 0.5)
            }
        }
        return nil
    }

    /// LinkedIn's size bands.
    static func band(_ employees: Int) -> String {
        switch employees {
        case ...10: "1-10"
        case ...50: "11-50"
        case ...200: "51-200"
        case ...500: "201-500"
        case ...1_000: "501-1000"
        case ...5_000: "1001-5000"
        case ...10_000: "5001-10000"
        default: "10001+"
        }
    }
}

/// Domains that are hardly meant as they are written.
enum MistypedDomain {
    private static let large = [
        "gmail.com", "googlemail.com", "hotmail.com", "outlook.com", "yahoo.com", "icloud.com", "aol.com", "live.com",
        "protonmail.com", "comcast.net", "verizon.net", "web.de", "gmx.de", "gmx.net", "t-online.de", "hotmail.fr",
        "orange.fr", "wanadoo.fr", "libero.it",
    ]

    static func isMistyped(_ domain: String) -> Bool {
        guard domain.count <= 20, !EmailAddress.isProvider(domain) else { return false }
        return large.contains { $0.first == domain.first && $0.count >= 9 && GivenName.isOneSlip($0, domain) }
    }
}

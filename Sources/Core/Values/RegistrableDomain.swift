internal import CPublicSuffix

/// The part of a host name that somebody registered: `acme.co.uk` of `www.acme.co.uk`.
public enum RegistrableDomain {
    /// By the list of public suffixes, https://publicsuffix.org. Without the list, the last two labels. In lower case.
    public static func of(_ host: String) -> String {
        let host = host.lowercased()
        var domain = [CChar](repeating: 0, count: 256)
        cpublicsuffix_registrable(host, &domain, domain.count)
        let found = String(decoding: domain.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return found.nonEmpty ?? host.split(separator: ".").suffix(2).joined(separator: ".")
    }
}

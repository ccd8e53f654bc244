internal import CDomainNames

/// What has to be looked up about a host name.
public enum DomainName {
    /// The part that somebody registered: `acme.co.uk` of `www.acme.co.uk`. By the list of public suffixes,
    /// https://publicsuffix.org. Without the list, the last two labels. In lower case.
    public static func registrable(of host: String) -> String {
        let host = host.lowercased()
        return written(cdomainnames_registrable, host)
            ?? host.split(separator: ".").suffix(2).joined(separator: ".")
    }

    /// The form that all spellings of a name share: `xn--bcher-kva.example` of `bücher.example`. In lower case. Only a label that
    /// IDNA 2008 does not allow stays as it is, so that the domains above it have their one form all the same.
    public static func ascii(_ host: String) -> String {
        let host = host.lowercased()
        guard !host.utf8.allSatisfy({ $0 < 0x80 }) else { return host }
        return labels(of: host) { $0.utf8.allSatisfy { $0 < 0x80 } ? nil : written(cdomainnames_ascii, $0) }
    }

    /// The form for people: `bücher.example` of `xn--bcher-kva.example`. What has none stays as it is.
    public static func unicode(_ host: String) -> String {
        guard host.contains("xn--") else { return host }
        return labels(of: host) { $0.hasPrefix("xn--") ? written(cdomainnames_unicode, $0) : nil }
    }

    /// A name with some of its labels in another form.
    private static func labels(of host: String, _ other: (String) -> String?) -> String {
        host.split(separator: ".", omittingEmptySubsequences: false).map { other(String($0)) ?? String($0) }
            .joined(separator: ".")
    }

    /// What a function writes about a name; nil if that is nothing.
    private static func written(
        _ function: (UnsafePointer<CChar>?, UnsafeMutablePointer<CChar>?, Int) -> Void, _ host: String
    ) -> String? {
        var found = [CChar](repeating: 0, count: 256)
        function(host, &found, found.count)
        return String(decoding: found.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).nonEmpty
    }
}

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

    /// The form that all spellings of a name share: `xn--bcher-kva.example` of `bücher.example`. In lower case. A name that IDNA
    /// 2008 does not allow stays as it is.
    public static func ascii(_ host: String) -> String {
        let host = host.lowercased()
        guard !host.utf8.allSatisfy({ $0 < 0x80 }) else { return host }
        return written(cdomainnames_ascii, host) ?? host
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

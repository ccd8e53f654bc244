internal import CWebText
import Values

/// Asks the system's name servers.
public struct DNSMailDomains: MailDomains {
    /// Hosts that are somewhere else than their name says, as in the Sandbox. Nobody is asked about them; they take mail.
    private let mapped: Set<String>

    public init(mapped: Set<String> = []) { self.mapped = mapped }

    public func takesMail(_ domain: String) async -> Bool? {
        if mapped.contains(domain) { return true }
        guard WebAddress.isDomain(domain) else { return false }
        let answer = try? await Blocking.run { cwebtext_takes_mail(domain) }
        return answer.flatMap { $0 < 0 ? nil : $0 == 1 }
    }
}

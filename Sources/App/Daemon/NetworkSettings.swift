import AppConfiguration
import FoundationEssentials
import Glibc
import Transport
import Values

/// How external servers are reached.
struct NetworkSettings: Sendable, Equatable {
    let proxy: String
    /// How the owner of a visited site can reach us: an address of mail or of a page; empty for none.
    let contact: String
    /// Empty to use only the system's certificates.
    let caFile: String
    /// Maps a host name to the `address:port` that is used instead.
    let hosts: [String: String]

    init(_ settings: Settings, absence: Diagnostic.Severity, diagnostics: Diagnostics) {
        proxy = settings.proxy("network.proxy")
        contact = settings.string("network.contact", default: "").tidied(limit: 120)
        if !contact.isEmpty, EmailAddress(parsing: contact) == nil,
            WebAddress(parsing: contact) == nil || !contact.contains("://")
        {
            settings.error(
                "network.contact",
                "\"\(contact.shortened(to: 60))\" is neither a mail address nor the address of a page",
                hint: "for example: leads@acme.example, or https://acme.example/about-our-robot")
        }
        caFile = settings.string("network.ca_file", default: "")
        if !caFile.isEmpty, !caFile.hasPrefix("/") {
            settings.error(
                "network.ca_file", "must be an absolute path: the daemon's folder is not the one it is written in")
        } else if !caFile.isEmpty {
            do throws(ConfigurationProblem) {
                if !NetworkSettings.holdsCertificate(try TextFile.read(caFile)) {
                    settings.error(
                        "network.ca_file", "\(caFile) holds no certificate in PEM",
                        hint: "it begins with -----BEGIN CERTIFICATE-----")
                }
            } catch {
                for diagnostic in error.diagnostics {
                    settings.absent("network.ca_file", "\(caFile) \(diagnostic.message)", severity: absence)
                }
            }
        }
        var hosts: [String: String] = [:]
        for entry in settings.strings("network.hosts") {
            let parts = entry.split(separator: "=").map { String($0) }
            guard parts.count == 2, WebAddress.isDomain(parts[0]), hosts[parts[0].lowercased()] == nil,
                AddressText.problem(with: "http://\(parts[1])", schemes: ["http"]) == nil,
                NetworkSettings.isAddress(parts[1])
            else {
                diagnostics.error(
                    at: settings.position(of: "network.hosts"),
                    "\"\(entry.shortened(to: 80))\" is not NAME=ADDRESS:PORT",
                    hint: "for example: acme.example=127.0.0.1:8080, each name once")
                continue
            }
            hosts[parts[0].lowercased()] = parts[1]
        }
        self.hosts = hosts
    }

    /// - Parameter counter: counts the calls that are sent.
    func client(connections: HTTPConnections, counter: any CallCounter, runtime: Runtime) -> HTTPClient {
        HTTPClient(
            connections: connections, runtime: runtime, counter: counter,
            userAgent: "4runr/\(Program.version)\(contact.isEmpty ? "" : " (+\(contact))")",
            proxy: proxy, caFile: caFile.isEmpty ? nil : caFile, hostMap: hosts)
    }

    /// Whether the text is an address with a port: `127.0.0.1:80` or `[::1]:80`.
    private static func isAddress(_ text: String) -> Bool {
        guard let colon = text.lastIndex(of: ":"), !text[text.index(after: colon)...].isEmpty else { return false }
        let host = String(text[..<colon].filter { $0 != "[" && $0 != "]" })
        var address = in6_addr()
        return inet_pton(text.hasPrefix("[") ? AF_INET6 : AF_INET, host, &address) == 1
    }

    /// Whether the text contains at least one certificate, RFC 7468.
    private static func holdsCertificate(_ text: String) -> Bool {
        for label in ["CERTIFICATE", "TRUSTED CERTIFICATE", "X509 CERTIFICATE"] {
            guard let begin = text.firstRange(of: "-----BEGIN \(label)-----"),
                let end = text[begin.upperBound...].firstRange(of: "-----END \(label)-----")
            else { continue }
            let body = text[begin.upperBound..<end.lowerBound].filter { !$0.isWhitespace }
            // DER: a sequence of exactly the length that it states.
            guard let bytes = Data(base64Encoded: body).map(Array.init), bytes.count > 100,
                bytes.starts(with: [0x30, 0x82])
            else { return false }
            return Int(bytes[2]) << 8 | Int(bytes[3]) == bytes.count - 4
        }
        return false
    }
}

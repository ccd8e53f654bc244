public import AppConfiguration
import Foundation
import Values

/// What a visitor keeps to on other people's sites.
public struct SiteManners: Sendable, Equatable {
    /// Domains that are never visited, with their subdomains.
    public let neverVisit: [String]
    /// The most pages that are read of one company.
    public let pagesPerSite: Int
    /// The most requests to sites in one run.
    public let requestsPerRun: Int
    /// Whether robots.txt is asked for and kept to.
    public let keepsToRobots: Bool

    public init(_ settings: Settings) {
        neverVisit = settings.strings("enrichment.never_visit").map { $0.lowercased() }
        for domain in neverVisit where !WebAddress.isDomain(domain) {
            settings.error(
                "enrichment.never_visit", "\"\(domain.shortened(to: 60))\" is not a domain",
                hint: "for example: acme.example")
        }
        pagesPerSite = settings.int("enrichment.pages_per_site", in: 1...20, default: 4)
        requestsPerRun = settings.int("enrichment.requests_per_run", in: 1...1_000_000, default: 5_000)
        keepsToRobots = settings.bool("enrichment.robots", default: true)
    }

    /// Whether a host may be visited at all.
    func allows(_ host: String) -> Bool {
        // Compatibility forms of letters and dots lead to the same host: UTS #46.
        var host = host.precomposedStringWithCompatibilityMapping.replacing("。", with: ".").lowercased()
        while host.hasSuffix(".") { host.removeLast() }
        return !SharedHosts.closedNetworks.union(neverVisit).contains { host == $0 || host.hasSuffix(".\($0)") }
    }
}

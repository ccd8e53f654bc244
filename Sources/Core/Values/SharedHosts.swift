/// Sites that belong to none of the companies that are on them.
public enum SharedHosts {
    /// Networks whose terms forbid that a robot visits them.
    public static let closedNetworks: Set<String> = [
        "linkedin.com", "facebook.com", "instagram.com", "x.com", "twitter.com", "xing.com", "tiktok.com",
    ]

    /// Whether a page is one of many companies' on a site that they share. The company that runs such a site may itself be a
    /// lead's, so the site's home page is not one.
    public static func has(_ address: WebAddress) -> Bool {
        address.path.prefix { $0 != "?" } != "/" && isOne(address.host)
    }

    /// Whether the host is a network, a directory, a market or a service on which many have a page.
    public static func isOne(_ host: String) -> Bool {
        let domain = DomainName.registrable(of: host)
        return closedNetworks.contains(domain) || domains.contains(domain) || hosts.contains(host)
    }

    private static let hosts: Set<String> = ["find-and-update.company-information.service.gov.uk"]

    private static let domains: Set<String> = [
        // Networks, and pages of links.
        "youtube.com", "pinterest.com", "reddit.com", "vimeo.com", "meetup.com", "linktr.ee", "beacons.ai", "bio.link",
        "lnk.bio", "about.me", "t.me", "wa.me", "bit.ly", "goo.gl", "calendly.com",
        // Builders and hosts of sites and texts.
        "carrd.co", "google.com", "notion.so", "notion.site", "wixsite.com", "wordpress.com", "blogspot.com",
        "medium.com", "substack.com", "github.com", "gitlab.com", "behance.net", "dribbble.com", "jimdosite.com",
        "canva.site", "webnode.page", "site123.me", "strikingly.com", "weebly.com", "squarespace.com",
        "godaddysites.com", "patreon.com",
        // Directories and reference works.
        "wikipedia.org", "wikipedia.com", "wikidata.org", "crunchbase.com", "bloomberg.com", "glassdoor.com",
        "indeed.com", "yelp.com", "zoominfo.com", "dnb.com", "pitchbook.com", "rocketreach.co", "apollo.io",
        "yellowpages.ca", "yellowpages.com", "bbb.org", "opencorporates.com", "kununu.com", "northdata.de",
        "northdata.com", "wer-zu-wem.de", "gelbeseiten.de", "dasoertliche.de", "pagesjaunes.fr", "societe.com",
        "pappers.fr", "einforma.com", "paginegialle.it", "paginasamarillas.es", "companyhouse.de", "trustpilot.com",
        "signalhire.com", "lusha.com", "theorg.com", "owler.com", "craft.co", "tracxn.com", "clutch.co",
        "producthunt.com", "doctolib.fr", "doctolib.de", "jameda.de",
        // Markets.
        "apple.com", "amazon.com", "amazon.de", "ebay.com", "etsy.com", "tripadvisor.com", "booking.com",
        "eventbrite.com", "upwork.com", "fiverr.com",
    ]
}

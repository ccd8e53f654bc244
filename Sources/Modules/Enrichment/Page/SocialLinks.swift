import Values

/// The company's own profiles in social networks.
enum SocialLinks {
    static func find(_ document: PageDocument, _ data: StructuredData) -> [String] {
        var links: [String] = []
        var keys: Set<String> = []
        func add(_ text: String) {
            guard let address = WebAddress(parsing: text.hasPrefix("//") ? "https:\(text)" : text),
                let network = network(address)
            else { return }
            let path = address.path.prefix { $0 != "?" }.split(separator: "/").map(String.init)
            guard isProfile(network, path) else { return }
            if keys.insert("\(network)/\(path.joined(separator: "/").lowercased())").inserted {
                links.append(text.hasPrefix("//") ? "https:\(text)" : text)
            }
        }
        for link in data.links { add(link) }
        for node in document.nodes where node.name == "a" && !node.isHidden {
            if let link = node.attributes["href"] { add(link) }
        }
        return Array(links.prefix(12))
    }

    private static func network(_ address: WebAddress) -> String? {
        [
            "linkedin.com", "facebook.com", "instagram.com", "x.com", "twitter.com", "youtube.com", "xing.com",
            "tiktok.com", "pinterest.com", "vimeo.com", "github.com", "threads.net", "bsky.app", "vk.com", "kununu.com",
            "mastodon.social",
        ].first { address.site == $0 || address.site.hasSuffix(".\($0)") }
    }

    private static func isProfile(_ network: String, _ path: [String]) -> Bool {
        guard let first = path.first?.lowercased(), !first.isEmpty else { return false }
        if shares.contains(first) || builders.contains(first) { return false }
        switch network {
        case "linkedin.com": return ["company", "school", "showcase"].contains(first) && path.count >= 2
        case "youtube.com": return first.hasPrefix("@") || ["channel", "c", "user"].contains(first) && path.count >= 2
        case "xing.com": return ["pages", "companies", "company"].contains(first) && path.count >= 2
        case "bsky.app": return first == "profile"
        case "instagram.com", "x.com", "twitter.com", "tiktok.com": return path.count == 1
        case "facebook.com":
            return path.count <= 3
                && !["events", "groups", "watch", "photo", "photos", "permalink.php", "story.php"].contains(first)
        default: return true
        }
    }

    private static let shares: Set<String> = [
        "sharer", "sharer.php", "share", "share.php", "sharearticle", "intent", "dialog", "home", "login", "signup",
        "policy", "privacy", "tr", "plugins", "hashtag", "search", "watch", "embed", "p", "reel", "explore", "status",
        "pin", "legal", "terms", "help", "about", "ads", "in", "pub", "feed", "posts", "cws", "spi", "shareoffsite",
    ]
    private static let builders: Set<String> = [
        "wix", "wordpress", "squarespace", "shopify", "weebly", "jimdo", "godaddy", "elementor", "themeisle", "envato",
        "webflow", "typo3", "wordpressdotcom", "automattic",
    ]
}

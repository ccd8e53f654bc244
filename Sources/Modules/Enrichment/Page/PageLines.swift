import Values

/// A line of a page as a reader sees it: the shown text of one block, without what stands in blocks inside it.
struct PageLine: Sendable, Equatable {
    let text: String
    /// The text with addresses written out that are hidden from robots.
    let spelled: String
    /// The nearest block element that it stands in.
    let block: Int
    /// The first and the last of the text nodes that it is made of.
    let nodes: ClosedRange<Int>
    /// How many of its characters are part of links.
    let linked: Int
    let region: Region
    /// Whether somebody else speaks: a testimonial, or a quotation.
    let isQuotation: Bool

    /// Which part of the page it stands in.
    enum Region: Sendable, Equatable {
        case main, navigation, header, footer, aside, form, notice

        /// Whether it is part of what the page is about.
        var isMain: Bool { self == .main }
    }

    /// The share of its characters that are part of links.
    var linkShare: Double { text.isEmpty ? 0 : Double(linked) / Double(text.count) }
}

extension PageDocument {
    /// What is read of a page, at most: more than any page that people read has, and little enough for a second.
    private static let lineLimit = 2_000
    private static let lineSizeLimit = 300_000

    /// The page's shown text, line by line.
    func lines() -> [PageLine] {
        var lines: [PageLine] = []
        var text = ""
        var linked = 0
        var size = 0
        var block = 0
        var first = -1
        var last = -1
        let regions = self.regions()
        let quoted = self.quoted()
        func isLink(_ index: Int) -> Bool {
            for place in path(from: index).dropFirst() {
                if nodes[place].name == "a" { return true }
                guard nodes[place].isBlock else { continue }
                return nodes[place].parent >= 0 && nodes[nodes[place].parent].name == "a"
            }
            return false
        }
        func blockOf(_ index: Int) -> Int { path(from: index).dropFirst().first { nodes[$0].isBlock } ?? 0 }
        func flush() {
            let line = text.tidied(limit: 20_000).halfWidth
            size += line.utf8.count
            if !line.isEmpty, first >= 0, lines.count < PageDocument.lineLimit, size < PageDocument.lineSizeLimit {
                lines.append(
                    PageLine(
                        text: line, spelled: HiddenAddress.spelled(line), block: block, nodes: first...last,
                        linked: min(line.count, linked), region: regions[block],
                        isQuotation: quoted[block] || line.first.map { "“„«\"‚‘»”「『'".contains($0) } == true))
            }
            (text, linked, first, last) = ("", 0, -1, -1)
        }
        var index = 0
        while index < nodes.count {
            let node = nodes[index]
            if node.isHidden {
                // What is hidden between two words parts them no more than nothing does.
                index = node.isText ? index + 1 : max(index + 1, node.end)
                continue
            }
            if node.isText {
                let own = blockOf(index)
                if own != block, first >= 0 { flush() }
                block = own
                if first < 0 { first = index }
                last = index
                let piece = isReversed(index) ? String(node.text.reversed()) : node.text
                text += piece
                if isLink(index) { linked += piece.tidied(limit: 2_000).count }
            } else if node.name == "br" || node.name == "hr" {
                flush()
            } else if node.isBlock, first >= 0 {
                flush()
            }
            index += 1
        }
        flush()
        return lines
    }

    /// Whether a text is shown from right to left although its letters are not written so, which hides addresses from
    /// robots.
    func isReversed(_ index: Int) -> Bool {
        for place in path(from: index).dropFirst().prefix(3) {
            let attributes = nodes[place].attributes
            let style = attributes["style"]?.lowercased().filter { !$0.isWhitespace } ?? ""
            if style.contains("bidi-override"),
                style.contains("direction:rtl") || attributes["dir"]?.lowercased() == "rtl"
            {
                return true
            }
            if nodes[place].name == "bdo", attributes["dir"]?.lowercased() == "rtl" { return true }
            if let names = attributes["class"],
                names.split(separator: " ").contains(where: { reversing.contains(String($0)) })
            {
                return true
            }
            if nodes[place].isBlock { break }
        }
        return false
    }

    /// Whether each element is a quotation, or stands in one.
    private func quoted() -> [Bool] {
        var quoted = [Bool](repeating: false, count: max(1, nodes.count))
        for index in nodes.indices {
            let node = nodes[index]
            quoted[index] =
                node.parent >= 0 && quoted[node.parent] || node.name == "blockquote" || node.name == "q"
                || [node.attributes["class"], node.attributes["id"]].contains { names in
                    guard let names = names?.lowercased() else { return false }
                    return PageDocument.quotationParts.contains { names.contains($0) }
                }
        }
        return quoted
    }

    private static let quotationParts = [
        "testimonial", "quote", "review", "zitat", "kundenstimme", "temoignage", "témoignage", "referen", "opinion",
        "recension", "blog", "post-", "article-list", "jobs", "job-", "vacanc", "stellen", "case-stud", "casestud",
        "customer-stor", "partner",
    ]

    /// The region of each element.
    private func regions() -> [PageLine.Region] {
        var regions = [PageLine.Region](repeating: .main, count: max(1, nodes.count))
        for index in nodes.indices {
            let node = nodes[index]
            let parent: PageLine.Region = node.parent >= 0 ? regions[node.parent] : .main
            regions[index] = parent == .main && !node.isText ? PageDocument.region(of: node) : parent
        }
        return regions
    }

    private static func region(of node: Node) -> PageLine.Region {
        switch node.name {
        case "nav", "menu": return .navigation
        case "footer": return .footer
        case "aside": return .aside
        case "form", "button", "select", "textarea": return .form
        case "dialog": return .notice
        case "body", "html", "main", "article": return .main
        default: break
        }
        switch node.attributes["role"]?.lowercased() {
        case "navigation", "menu", "menubar", "tablist", "search": return .navigation
        case "contentinfo": return .footer
        case "complementary": return .aside
        case "dialog", "alertdialog", "alert": return .notice
        case "banner": return .header
        case "main", "article": return .main
        default: break
        }
        if node.name == "header" { return .header }
        guard ["div", "section", "ul", "ol", "table", "td", "p", "span", "center", "a", "tr"].contains(node.name) else {
            return .main
        }
        let names = ((node.attributes["class"] ?? "") + " " + (node.attributes["id"] ?? "")).lowercased()
        guard names.count > 1 else { return .main }
        for word in names.split(whereSeparator: { " -_".contains($0) }) {
            if let region = regionWords[String(word)] { return region }
        }
        if names.contains("cookie") || names.contains("consent") || names.contains("gdpr") { return .notice }
        for (part, region) in regionParts where names.contains(part) { return region }
        return .main
    }

    private static let regionWords: [String: PageLine.Region] = [
        "nav": .navigation, "navbar": .navigation, "navi": .navigation, "navigation": .navigation, "menu": .navigation,
        "topnav": .navigation, "mainnav": .navigation, "breadcrumb": .navigation, "breadcrumbs": .navigation,
        "footer": .footer, "fuss": .footer, "fusszeile": .footer, "copyright": .footer, "colophon": .footer,
        "footernav": .footer,
        "sidebar": .aside, "sidenav": .navigation, "related": .aside, "share": .aside, "sharing": .aside,
        "social": .aside,
        "newsletter": .form, "subscribe": .form, "signup": .form, "popup": .notice, "modal": .notice, "cookie": .notice,
        "cookies": .notice, "cookiebar": .notice, "cookiebanner": .notice, "consent": .notice, "cmp": .notice,
        "gdpr": .notice,
        "topbar": .header, "masthead": .header, "announcement": .notice, "promo": .notice, "pagination": .navigation,
        "pager": .navigation, "skip": .navigation, "skiplink": .navigation, "langswitch": .navigation,
        "lang": .navigation,
        "language": .navigation, "sitemap": .navigation, "credits": .footer, "credit": .footer, "ad": .aside,
        "ads": .aside, "advert": .aside, "comments": .aside, "cookiehinweis": .notice, "menue": .navigation,
        "menù": .navigation,
        "header": .header, "kopf": .header, "impressumslink": .footer, "pied": .footer, "pie": .footer,
        "stopka": .footer,
    ]
    private static let regionParts: [(String, PageLine.Region)] = [
        ("site-header", .header), ("siteheader", .header), ("page-header-nav", .header), ("navbar", .navigation),
        ("nav-menu", .navigation), ("main-menu", .navigation), ("mainmenu", .navigation), ("footer", .footer),
        ("breadcrumb", .navigation), ("sidebar", .aside), ("widget-area", .aside), ("widgetarea", .aside),
    ]
}

extension [PageLine] {
    /// The index of the line that contains a text node, or of the first line inside an element. Returns nil if no line does.
    /// Lines are in document order.
    func index(of node: Int, through end: Int) -> Int? {
        let found = first { $0.nodes.upperBound >= node }
        return found < count && self[found].nodes.lowerBound <= Swift.max(node, end - 1) ? found : nil
    }

    /// The lines that begin inside a part of the document.
    func range(inside nodes: Range<Int>) -> Range<Int> {
        let start = first { $0.nodes.lowerBound >= nodes.lowerBound }
        return start..<Swift.max(start, first { $0.nodes.lowerBound >= nodes.upperBound })
    }

    /// The index of the first line of which something is true that is true of all that follow.
    private func first(_ isBehind: (PageLine) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension String {
    /// With digits and signs of addresses and numbers as they are elsewhere, where a text has the wide ones of Japanese.
    var halfWidth: String {
        guard unicodeScalars.contains(where: { String.isWide($0) }) else { return self }
        return String(
            String.UnicodeScalarView(
                unicodeScalars.map { String.isWide($0) ? Unicode.Scalar($0.value - 0xFEE0) ?? $0 : $0 }))
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        (0xFF10...0xFF19).contains(scalar.value) || "＋－＠．".unicodeScalars.contains(scalar)
    }
}

internal import CGumbo
import Foundation
import Values

/// A parsed page: its elements and texts in document order, each with its parent. What is not shown to a reader (scripts,
/// styles, templates, hidden parts) is marked as hidden.
struct PageDocument: Sendable {
    struct Node: Sendable {
        /// The element's name in lower case; empty for a text.
        let name: String
        let text: String
        let attributes: [String: String]
        /// The index of the parent; -1 for the first.
        let parent: Int
        /// The index behind the last node inside it.
        var end: Int
        let isHidden: Bool

        var isText: Bool { name.isEmpty }
        /// Whether it begins a new line.
        let isBlock: Bool
        /// 1 for `h1` to 6 for `h6`; nil for what is no heading.
        var headingLevel: Int? {
            guard name.utf8.count == 2, name.hasPrefix("h") else { return nil }
            return name.last?.wholeNumberValue
        }

        init(
            name: String = "", text: String = "", attributes: [String: String] = [:], parent: Int, end: Int,
            isHidden: Bool
        ) {
            (self.name, self.text, self.attributes) = (name, text, attributes)
            (self.parent, self.end, self.isHidden) = (parent, end, isHidden)
            isBlock = PageDocument.blocks.contains(name)
        }
    }

    private(set) var nodes: [Node] = []
    /// The contents of JSON-LD scripts.
    private(set) var structured: [String] = []
    private(set) var title: String?
    /// How many scripts the page has.
    private(set) var scripts = 0
    private(set) var language: String?
    /// The content of `meta` elements by name or property, in lower case; the first of each.
    private(set) var meta: [String: String] = [:]
    /// Classes that the page's style sheets show from right to left.
    private(set) var reversing: Set<String> = []
    /// Whether only the first part of the page was read.
    var isFirstPart = false

    /// Parses a page. It runs on a thread with a deep stack, because the parser is recursive in places. Of a page that would
    /// take more processor time or memory than a page should, a first part is read; nil if not even that can be.
    static func read(_ html: String) async -> PageDocument? {
        await withCheckedContinuation { continuation in
            let thread = Thread {
                var bytes = HTMLTags.bounded(Array(html.utf8))
                // Three attempts take less than a second of processor time together.
                for (attempt, seconds) in [0.5, 0.2, 0.1].enumerated() {
                    if var document = PageDocument(bytes, seconds: seconds) {
                        document.isFirstPart = attempt > 0
                        return continuation.resume(returning: document)
                    }
                    bytes = Array(bytes.prefix(bytes.count / 8))
                }
                continuation.resume(returning: nil)
            }
            thread.stackSize = 64 << 20
            thread.start()
        }
    }

    private static let memoryLimit = 128 << 20
    private static let nodeLimit = 60_000
    private static let textLimit = 1_000_000
    /// Elements nested deeper than this become siblings, as they do in browsers (Chromium: 512 levels): what climbs from a
    /// node to those around it then costs little on any page. People's pages have up to 60 levels.
    private static let depthLimit = 128

    private init?(_ bytes: [UInt8], seconds: Double) {
        let isRead = bytes.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress else { return true }
            guard
                let page = cgumbo_parse(
                    start.assumingMemoryBound(to: CChar.self), buffer.count, seconds, PageDocument.memoryLimit)
            else { return false }
            defer { cgumbo_free(page) }
            if let root = cgumbo_root(page) { walk(root) }
            return true
        }
        guard isRead else { return nil }
    }

    private mutating func walk(_ root: UnsafePointer<GumboNode>) {
        var stack: [(node: UnsafePointer<GumboNode>, parent: Int, depth: Int, isHidden: Bool)] = [(root, -1, 0, false)]
        var textSize = 0
        var styles = HiddenStyles()
        while let (node, parent, depth, isHidden) = stack.popLast() {
            guard nodes.count < PageDocument.nodeLimit else { break }
            switch node.pointee.type {
            case GUMBO_NODE_TEXT, GUMBO_NODE_WHITESPACE, GUMBO_NODE_CDATA:
                guard let bytes = cgumbo_text(node).pointee.text else { continue }
                let text = String(cString: bytes)
                textSize += text.utf8.count
                guard textSize <= PageDocument.textLimit else { continue }
                nodes.append(Node(text: text, parent: parent, end: nodes.count + 1, isHidden: isHidden))
            case GUMBO_NODE_ELEMENT:
                guard let element = cgumbo_element(node) else { continue }
                let name =
                    element.pointee.tag == GUMBO_TAG_UNKNOWN
                    ? "x" : String(cString: gumbo_normalized_tagname(element.pointee.tag))
                let attributes = PageDocument.attributes(of: element)
                switch name {
                case "title":
                    if title == nil, parent < 0 || nodes[parent].name != "svg" {
                        title = PageDocument.content(of: element).tidied(limit: 300).nonEmpty
                    }
                    continue
                case "meta":
                    let key = (attributes["name"] ?? attributes["property"] ?? attributes["itemprop"] ?? "")
                        .lowercased()
                    if !key.isEmpty, meta[key] == nil,
                        let content = attributes["content"]?.tidied(limit: 2_000).nonEmpty
                    {
                        meta[key] = content
                    }
                case "script":
                    scripts += 1
                    if attributes["type"]?.lowercased().hasPrefix("application/ld+json") == true, structured.count < 20
                    {
                        structured.append(String(PageDocument.content(of: element).prefix(100_000)))
                    }
                    continue
                case "style":
                    styles.read(PageDocument.content(of: element))
                    reversing = styles.reversing
                    continue
                case "html": language = attributes["lang"] ?? attributes["xml:lang"]
                default: break
                }
                // What is for those without scripts, where scripts write an address.
                let isPlainAddress = name == "noscript" && PageDocument.isAddress(PageDocument.content(of: element))
                let hides = isHidden || PageDocument.isNeverShown(name) && !isPlainAddress || styles.hides(attributes)
                let index = nodes.count
                nodes.append(
                    Node(name: name, attributes: attributes, parent: parent, end: index + 1, isHidden: hides))
                let isDeep = depth >= PageDocument.depthLimit
                let children = element.pointee.children
                for place in stride(from: Int(children.length) - 1, through: 0, by: -1) {
                    guard let child = children.data[place] else { continue }
                    let node = UnsafePointer(child.assumingMemoryBound(to: GumboNode.self))
                    // A text stays where it is.
                    let isSibling = isDeep && node.pointee.type == GUMBO_NODE_ELEMENT
                    stack.append((node, isSibling ? parent : index, isSibling ? depth : depth + 1, hides))
                }
            default: continue
            }
        }
        for index in nodes.indices.reversed() where nodes[index].parent >= 0 {
            let parent = nodes[index].parent
            nodes[parent].end = max(nodes[parent].end, nodes[index].end)
        }
    }

    private static func isNeverShown(_ name: String) -> Bool {
        ["template", "noscript", "svg", "canvas", "iframe", "object", "datalist", "math", "audio", "video"].contains(
            name)
    }

    private static func isAddress(_ text: String) -> Bool {
        text.contains("@") && text.utf8.count <= 120 && !text.lowercased().contains("javascript")
    }

    private static let read: Set<String> = [
        "class", "id", "style", "href", "hidden", "aria-hidden", "role", "itemprop", "itemtype", "itemscope", "content",
        "name",
        "property", "type", "lang", "xml:lang", "dir", "data-cfemail", "alt", "src", "data-user", "data-domain",
        "data-name",
    ]

    private static func attributes(of element: UnsafePointer<GumboElement>) -> [String: String] {
        let list = element.pointee.attributes
        guard list.length > 0 else { return [:] }
        var attributes: [String: String] = [:]
        for place in 0..<Int(list.length) {
            guard let attribute = list.data[place]?.assumingMemoryBound(to: GumboAttribute.self).pointee,
                let name = attribute.name, let value = attribute.value
            else { continue }
            let key = String(cString: name)
            if read.contains(key), attributes[key] == nil {
                attributes[key] = String(String(cString: value).prefix(2_000))
            }
        }
        return attributes
    }

    private static func content(of element: UnsafePointer<GumboElement>) -> String {
        let children = element.pointee.children
        var text = ""
        for index in 0..<Int(children.length) {
            guard let child = children.data[index]?.assumingMemoryBound(to: GumboNode.self),
                child.pointee.type != GUMBO_NODE_ELEMENT, let bytes = cgumbo_text(child).pointee.text
            else { continue }
            text += String(cString: bytes)
        }
        return text
    }

    // MARK: Reading

    /// Whether a node stands inside an element of one of these names, or is one.
    func isInside(_ index: Int, _ names: Set<String>) -> Bool {
        path(from: index).contains { names.contains(nodes[$0].name) }
    }

    /// A node, and the elements that it stands in, from the inside out.
    func path(from index: Int) -> UnfoldSequence<Int, Int> {
        sequence(state: index) { place in
            guard place >= 0 else { return nil }
            defer { place = nodes[place].parent }
            return place
        }
    }

    /// A node and all that stands inside it.
    func range(of index: Int) -> Range<Int> { index..<max(index + 1, nodes[index].end) }

    /// The shown text inside a node, in one line.
    func text(of index: Int, limit: Int = 2_000) -> String {
        var text = ""
        var place = index
        while place < nodes[index].end, text.utf8.count < limit * 4 {
            let node = nodes[place]
            if node.isHidden {
                place = node.isText ? place + 1 : node.end
                continue
            }
            if node.isText {
                text += node.text
            } else if node.isBlock || node.name == "br" {
                text += " "
            }
            place += 1
        }
        return text.tidied(limit: limit)
    }

    /// Elements that begin a new line.
    private static let blocks: Set<String> = [
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div", "dl",
        "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup",
        "hr", "li",
        "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead",
        "tr",
        "ul", "caption", "legend", "html", "option", "select", "textarea", "button", "label",
    ]
}

/// What the page's own style sheets hide: rules of a single class or id.
private struct HiddenStyles {
    private var classes: Set<String> = []
    private var ids: Set<String> = []
    private(set) var reversing: Set<String> = []

    mutating func read(_ css: String) {
        var rest = Substring(css.prefix(200_000))
        var depth = 0
        while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            let selector = String(rest[..<open])
            if rest[open] == "}" {
                depth = max(0, depth - 1)
                rest = rest[rest.index(after: open)...]
                continue
            }
            rest = rest[rest.index(after: open)...]
            // What holds only for some screens hides from nobody else.
            if selector.contains("@") {
                depth += 1
                continue
            }
            guard let close = rest.firstIndex(of: "}") else { return }
            let body = rest[..<close].lowercased().filter { !$0.isWhitespace }
            rest = rest[rest.index(after: close)...]
            let reverses = body.contains("bidi-override") && body.contains("direction:rtl")
            guard depth == 0, Self.isHiding(body) || reverses else { continue }
            for part in selector.split(separator: ",") {
                let name =
                    part.trimmingPrefix { $0.isWhitespace }.split(separator: "*/").last.map(String.init)?.tidied() ?? ""
                guard name.count > 1, reverses || !name.dropFirst().contains(where: { " .#:>+~[".contains($0) }) else {
                    continue
                }
                if reverses {
                    reversing.insert(name.split(separator: ".").last.map(String.init) ?? name)
                    continue
                }
                if name.hasPrefix(".") { classes.insert(String(name.dropFirst())) }
                if name.hasPrefix("#") { ids.insert(String(name.dropFirst())) }
            }
        }
    }

    private static func isHiding(_ style: String) -> Bool {
        style.contains("display:none") || style.contains("visibility:hidden") || style.contains("font-size:0;")
            || style.hasSuffix("font-size:0") || style.contains("font-size:0px") || style.contains("opacity:0;")
            || style.hasSuffix("opacity:0") || style.contains("left:-9999") || style.contains("text-indent:-9999")
            || style.contains("left:-10000") || style.contains("top:-9999") || style.contains("clip:rect(")
            || style.contains("left:-5000")
    }

    func hides(_ attributes: [String: String]) -> Bool {
        if attributes.isEmpty { return false }
        if attributes["hidden"] != nil { return true }
        if attributes["aria-hidden"]?.lowercased() == "true" { return true }
        if attributes["type"]?.lowercased() == "hidden" { return true }
        if let style = attributes["style"], Self.isHiding(style.lowercased().filter { !$0.isWhitespace }) {
            return true
        }
        if let id = attributes["id"], ids.contains(id) { return true }
        guard let list = attributes["class"] else { return false }
        return list.split(separator: " ").contains { name in
            Self.hidden.contains(name.lowercased()) || classes.contains(String(name))
        }
    }

    private static let hidden: Set<String> = [
        "hidden", "hide", "d-none", "is-hidden", "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text",
        "screen-reader-only", "u-hidden", "displaynone", "display-none", "invisible", "elementor-screen-only",
        "assistive-text", "a11y-hidden", "uk-hidden", "honeypot", "hp-field", "w-condition-invisible", "offscreen",
        "nospam",
        "no-spam", "antispam", "anti-spam", "spamschutz", "spam-trap", "spamtrap", "remove-this", "killspam",
    ]
}

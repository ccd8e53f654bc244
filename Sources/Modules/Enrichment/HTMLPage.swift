internal import CGumbo
import Foundation
import Values

/// The parts of an HTML page that enrichment uses.
struct HTMLPage: Sendable, Equatable {
    var title: String?
    /// From the meta tags `description` and `og:description`.
    var description: String?
    var siteName: String?
    /// The visible text in one line, at most 20,000 characters.
    var text = ""
    /// The link targets, as written.
    var links: [String] = []
    /// Structured data: schema.org's JSON-LD.
    var structured: [String] = []

    /// Parses a page from any bytes. Returns nil if parsing would exceed the limits on processor time or memory. It
    /// runs on a thread with a deep stack, because the parser is recursive in places.
    static func read(_ html: String) async -> HTMLPage? {
        await withCheckedContinuation { continuation in
            let thread = Thread { continuation.resume(returning: HTMLPage(html)) }
            thread.stackSize = 64 << 20
            thread.start()
        }
    }

    private static let textLimit = 20_000
    /// Seconds of processor time, and bytes. A page of a million characters takes a tenth of either.
    private static let processorLimit = 3.0
    private static let memoryLimit = 256 << 20

    private init?(_ html: String) {
        let bytes = HTMLTags.bounded(Array(html.utf8))
        let isRead = bytes.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress else { return true }
            guard
                let page = cgumbo_parse(
                    start.assumingMemoryBound(to: CChar.self), buffer.count, HTMLPage.processorLimit,
                    HTMLPage.memoryLimit)
            else { return false }
            defer { cgumbo_free(page) }
            if let root = cgumbo_root(page) { walk(root) }
            return true
        }
        guard isRead else { return nil }
        text = text.tidied(limit: HTMLPage.textLimit)
    }

    private mutating func walk(_ root: UnsafePointer<GumboNode>) {
        var stack = [root]
        while let node = stack.popLast() {
            switch node.pointee.type {
            case GUMBO_NODE_TEXT, GUMBO_NODE_WHITESPACE, GUMBO_NODE_CDATA:
                guard text.utf8.count < HTMLPage.textLimit * 2, let bytes = cgumbo_text(node).pointee.text else {
                    continue
                }
                text += String(cString: bytes)
            case GUMBO_NODE_ELEMENT:
                guard let element = cgumbo_element(node) else { continue }
                guard take(element) else { continue }
                let children = element.pointee.children
                for index in stride(from: Int(children.length) - 1, through: 0, by: -1) {
                    guard let child = children.data[index] else { continue }
                    stack.append(UnsafePointer(child.assumingMemoryBound(to: GumboNode.self)))
                }
            default: continue
            }
        }
    }

    /// Takes what an element says. Returns whether to look at its contents.
    private mutating func take(_ element: UnsafePointer<GumboElement>) -> Bool {
        func attribute(_ name: String) -> String? {
            cgumbo_attribute(element, name).map { String(cString: $0).tidied(limit: 2_000) }?.nonEmpty
        }
        switch element.pointee.tag {
        case GUMBO_TAG_TITLE:
            title = title ?? HTMLPage.content(of: element).tidied(limit: 300).nonEmpty
            return false
        case GUMBO_TAG_META:
            let name = (attribute("name") ?? attribute("property") ?? "").lowercased()
            if name == "description" { description = attribute("content") ?? description }
            if name == "og:description" { description = description ?? attribute("content") }
            if name == "og:site_name" { siteName = attribute("content") }
            return false
        case GUMBO_TAG_A:
            if links.count < 2_000, let target = attribute("href") { links.append(target) }
        case GUMBO_TAG_SCRIPT:
            if attribute("type")?.lowercased() == "application/ld+json", structured.count < 20 {
                structured.append(String(HTMLPage.content(of: element).prefix(50_000)))
            }
            return false
        case GUMBO_TAG_STYLE, GUMBO_TAG_NOSCRIPT, GUMBO_TAG_TEMPLATE, GUMBO_TAG_SVG: return false
        case GUMBO_TAG_B, GUMBO_TAG_I, GUMBO_TAG_EM, GUMBO_TAG_STRONG, GUMBO_TAG_SPAN, GUMBO_TAG_SUP: return true
        default: break
        }
        text += " "
        return true
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
}

internal import CGumbo
import Foundation
import Values

/// What is read off a page of HTML.
struct HTMLPage: Sendable, Equatable {
    var title: String?
    /// `description` and `og:description`.
    var description: String?
    var siteName: String?
    /// What a person sees, in one line, at most 20,000 characters.
    var text = ""
    /// Targets of links, as they are written.
    var links: [String] = []
    /// Structured data, schema.org's JSON-LD.
    var structured: [String] = []

    /// Reads any bytes; whatever they are, there is a page. The parser's clean-up is recursive, and some of its steps look
    /// through all open elements, so it is given a deep stack and only the first `tagLimit` tags.
    static func read(_ html: String) async -> HTMLPage {
        await withCheckedContinuation { continuation in
            let thread = Thread { continuation.resume(returning: HTMLPage(html)) }
            thread.stackSize = 64 << 20
            thread.start()
        }
    }

    private static let tagLimit = 30_000
    private static let textLimit = 20_000

    private init(_ html: String) {
        var html = html
        var tags = 0
        if let end = html.utf8.firstIndex(where: { byte in
            tags += byte == 0x3C ? 1 : 0
            return tags > HTMLPage.tagLimit
        }) {
            html = String(html[..<end])
        }
        let bytes = HTMLPage.withoutFormatting(Array(html.utf8))
        bytes.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            var options = kGumboDefaultOptions
            options.max_errors = 0
            let output = start.withMemoryRebound(to: CChar.self, capacity: buffer.count) {
                gumbo_parse_with_options(&options, $0, buffer.count)
            }
            guard let output else { return }
            if let root = output.pointee.root { walk(root) }
            gumbo_destroy_output(&options, output)
        }
        text = text.tidied(limit: HTMLPage.textLimit)
    }

    /// The page without the start tags of elements that only format: nothing here reads them, and the parser clones those
    /// that are open for every block that follows, so that a page of some kilobytes could fill the memory.
    private static func withoutFormatting(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x3C {
                let name = bytes[(index + 1)...].prefix(8).prefix { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }
                if formatting.contains(String(decoding: name.map { $0 | 0x20 }, as: UTF8.self)) {
                    while index < bytes.count, bytes[index] != 0x3E { index += 1 }
                    index += 1
                    continue
                }
            }
            result.append(byte)
            index += 1
        }
        return result
    }

    private static let formatting: Set<String> = [
        "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
    ]

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

    /// Whether what is in it is looked at.
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

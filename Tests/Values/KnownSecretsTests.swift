import Foundation
import Testing
import Values

struct KnownSecretsTests {
    /// With characters that are encoded wherever anything is, and unlike every other test's.
    static let secret = "pat/Known+Secret=42&\"x\""

    init() { KnownSecrets.add(Self.secret) }

    private static let forms: [String] = {
        let bytes = Data(secret.utf8)
        return [
            secret, "Bearer \(secret)", secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "",
            (secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "").lowercased().replacing(
                "known", with: "Known"
            ).replacing("secret", with: "Secret"),
            secret.addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed) ?? "",
            bytes.base64EncodedString(), Data("key:\(secret)".utf8).base64EncodedString(),
            Data("user:\(secret)!".utf8).base64EncodedString(), Data("u:\(secret)".utf8).base64EncodedString(),
            bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: ""),
            "pat%252FKnown%252BSecret%253D42%2526%2522x%2522", "&#112;&#x61;&#x0074;/Known+Secret=42&amp;&#34;x&#x22;",
            "\\\\u0070\\\\u0061t\\\\/Known+Secret=42\\\\u0026\\\\\"x\\\\\"",
            bytes.map { String(format: "%02x", $0) }.joined(),
            "pat\\/Known+Secret=42\\u0026\\\"x\\\"", "pat/Known+Secret=42&amp;&quot;x&quot;",
        ]
    }()

    @Test(arguments: forms)
    func `a secret is taken out in every form that others write it in`(form: String) {
        let text = "the server said \"\(form)\" and no more"
        let clean = text.withoutSecrets
        #expect(!clean.contains(form) && clean.contains("<secret>"), "\(clean)")
        #expect(clean.hasPrefix("the server said") && clean.hasSuffix("and no more"))
        let bytes = KnownSecrets.removed(from: Array(text.utf8))
        #expect(String(decoding: bytes, as: UTF8.self) == clean)
    }

    @Test func `what is cut off in the middle of a secret does not end with its beginning`() {
        #expect("said: \(Self.secret.prefix(15))…".withoutSecrets == "said: <secret>…")
        #expect("said: \(Self.secret.prefix(9))...".withoutSecrets == "said: <secret>...")
        #expect("\(Self.secret.suffix(12)) was said".withoutSecrets == "<secret> was said")
    }

    @Test func `short words, other text and unlike text stay as they are`() {
        KnownSecrets.add("short")
        KnownSecrets.add("")
        for text in ["short", "pat/Known+Secret=43", "100 % sure, \\ & so on", "", "é%zz\\u12"] {
            #expect(text.withoutSecrets == text)
        }
    }

    @Test func `of a key of several lines each is one, and of an address also its path`() {
        KnownSecrets.add("-----BEGIN KEY-----\nMIIBOgIBAAJBAK\n-----END KEY-----")
        #expect("line MIIBOgIBAAJBAK here".withoutSecrets == "line <secret> here")
        KnownSecrets.add("https://hooks.known.example/services/T0/B0/XyZ123")
        #expect("no route /services/T0/B0/XyZ123".withoutSecrets == "no route <secret>")
        KnownSecrets.add("https://ada:PassW0rd99@short.known.example/contacts")
        #expect("login PassW0rd99 is wrong".withoutSecrets == "login <secret> is wrong")
        #expect("no route /services/T0/B0/XyZ12…".withoutSecrets == "no route <secret>…")
        #expect("ces/T0/B0/XyZ123 is no route".withoutSecrets == "<secret> is no route")
        #expect("at https://hooks.known.example/services/T0/B…".withoutSecrets == "at <secret>…")
        for text in [
            "hooks.known.example is away", "short.known.example is away", "see /services", "see /contacts and contacts",
            "no scheme, such as https://",
            "it begins with -----BEGIN KEY-----",
        ] { #expect(text.withoutSecrets == text) }
    }
}

import Testing
import Transport

@testable import Messaging

/// Whose a refusal is: one prompt's, or everybody's.
struct RefusalTests {
    private func kind(_ status: Int, _ body: String) -> WritingProblem.Kind? {
        do throws(WritingProblem) {
            _ = try ChatModelWriter.read(
                HTTPResponse(status: status, headers: [:], body: Array(body.utf8), url: "https://x.example"), model: "m"
            )
            return nil
        } catch { return error.kind }
    }

    @Test(arguments: [
        (400, #"{"error":{"code":"content_filter","param":"prompt","message":"The response was filtered"}}"#),
        (400, #"{"error":{"code":"content_filter","param":"model","message":"filtered"}}"#),
        (400, #"{"error":{"code":"context_length_exceeded","param":"messages","message":"too long"}}"#),
        (400, #"{"error":{"message":"invalid_prompt","type":"invalid_request_error","code":"invalid_prompt"}}"#),
        (403, #"{"error":"content_filter triggered"}"#), (403, #"{"error":"Your request was flagged"}"#),
        (403, #"[{"error":{"code":"content_filter"}}]"#),
        (403, #"{"error":{"type":"permission_error","message":"Output blocked by content filtering policy"}}"#),
        (403, #"{"error":{"code":403,"innererror":{"code":"ResponsibleAIPolicyViolation"}}}"#),
        (400, #"{"error":{"param":"max_tokens","message":"maximum context length is 8192 tokens"}}"#),
        (400, #"{"error":{"param":"n","message":"n_ctx exceeded"}}"#),
        (403, #"{"error":{"code":403,"message":"Your input was flagged","metadata":{"reasons":["x"]}}}"#),
        (403, #"{"error":{"type":"moderation_blocked","message":"no"}}"#),
    ])
    func `what is refused of one prompt is that lead's alone`(status: Int, body: String) {
        #expect(kind(status, body) == .unusable)
    }

    @Test(arguments: [
        (400, #"{"error":{"message":"Unsupported parameter","param":"max_tokens","code":"unsupported_parameter"}}"#),
        (400, #"{"error":{"message":"does not support 0.2","param":"temperature","code":"unsupported_value"}}"#),
        (400, #"{"error":{"message":"no such model","param":"model","code":"model_not_found"}}"#),
        (400, #"{"error":{"message":"no schema","param":"response_format.json_schema","code":null}}"#),
        (400, #"{"error":{"message":"API key not valid","code":400,"status":"INVALID_ARGUMENT"}}"#),
        (400, #"[{"error":{"message":"API key not valid","code":400}}]"#),
        (400, #"{"error":{"code":"model_not_found","param":null}}"#), (400, #"{"error":"invalid model ID"}"#),
        (402, #"{"error":"Insufficient credits"}"#), (301, ""), (429, #"{"error":"insufficient_quota"}"#),
        (401, "{}"), (403, #"{"error":{"message":"Country not supported","code":"unsupported_country"}}"#), (404, "{}"),
    ])
    func `what is refused of a setting is everybody's`(status: Int, body: String) {
        #expect(kind(status, body) == .configuration)
    }

    @Test(arguments: [
        (
            400,
            #"{"error":{"message":"we could not parse it","type":"invalid_request_error","param":"messages[1].content"}}"#
        ),
        (400, #"{"error":{"message":"strange","type":"invalid_request_error"}}"#), (422, "no JSON"), (400, "[[[["),
    ])
    func `what does not say whose it is is unclear`(status: Int, body: String) {
        #expect(kind(status, body) == .unclear)
    }
}

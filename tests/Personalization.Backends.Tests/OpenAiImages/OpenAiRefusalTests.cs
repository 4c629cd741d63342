using Personalization.Backends.OpenAiImages;
using Personalization.Imagine.Backends;
using Personalization.Testing;
using Personalization.Testing.StandIns;

namespace Personalization.Backends.Tests.OpenAiImages;

/// <summary>What a refusal of OpenAI's service, and of those that speak like it, is taken for.</summary>
public sealed class OpenAiRefusalTests
{
    [Theory]
    [InlineData(400, """{"error":{"code":"moderation_blocked","message":"no","type":"image_generation_user_error","param":null}}""")]
    [InlineData(400, """{"error":{"code":"content_policy_violation","message":"no","type":"invalid_request_error","param":null}}""")]
    [InlineData(400, """{"error":{"message":"The response was filtered","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"violence":{"filtered":true,"severity":"medium"}}}}}""")]
    [InlineData(400, """{"error":{"code":"contentFilter","message":"Your task failed as a result of our safety system."}}""")]
    [InlineData(400, """{"error":{"code":"400","message":"no","innererror":{"code":"ResponsibleAIPolicyViolation"}}}""")]
    [InlineData(400, """{"error":{"code":"BadRequest","message":"no","inner_error":{"content_filter_results":{"sexual":{"filtered":true,"severity":"high"}}}}}""")]
    [InlineData(400, """{"error":{"message":"litellm.BadRequestError: litellm.ContentPolicyViolationError: AzureException","type":null,"param":null,"code":"400"}}""")]
    [InlineData(400, """{"error":{"message":"no","code":"400","provider_specific_fields":{"innererror":{"code":"ResponsibleAIPolicyViolation"}}}}""")]
    [InlineData(422, """{"detail":[{"loc":["body","prompt"],"msg":"flagged","type":"content_policy_violation"}]}""")]
    [InlineData(403, """{"name":"content_moderation","errors":["Your request was flagged."]}""")]
    [InlineData(400, """{"error":"Generated image rejected by content moderation."}""")]
    [InlineData(200, """{"created":1,"data":[],"error":{"code":"content_filter"}}""")]
    [InlineData(200, """{"created":1,"data":[],"finish_reason":"SAFETY"}""")]
    [InlineData(422, """{"error":{"message":"no","type":"invalid_request_error","param":"prompt","code":"NSFW_DETECTED"}}""")]
    [InlineData(400, """{"error":{"message":"no","type":"safety_error","param":null,"code":null}}""")]
    public async Task Refusal_for_the_rules_of_the_service_is_not_told_as_the_operators_fault(int status, string body) =>
        Assert.Equal(new PaintingRefusal.AgainstRules(), Assert.IsType<PaintingResult.Refused>(await AskAsync(status, body)).Refusal);

    [Theory]
    [InlineData("gpt-image-1", """{"error":{"message":"Invalid 'prompt': string too long. Expected a string with maximum length 32000, but got a string with length 40000 instead.","type":"invalid_request_error","param":"prompt","code":"string_above_max_length"}}""", 32_000)]
    [InlineData("dall-e-3", """{"error":{"message":"no","type":"invalid_request_error","param":"prompt","code":"string_above_max_length"}}""", 4000)]
    [InlineData("dall-e-2", """{"error":{"message":"'...' is too long - 'prompt'","type":"invalid_request_error","param":null,"code":null}}""", 1000)]
    [InlineData("other", """{"error":{"message":"no","code":"prompt_too_long"}}""", null)]
    [InlineData("other", """{"detail":[{"type":"string_too_long","loc":["body","prompt"],"msg":"String should have at most 1500 characters","ctx":{"max_length":1500}}]}""", 1500)]
    public async Task Prompt_that_is_too_long_is_told_with_the_limit(string model, string body, int? limit) =>
        Assert.Equal(new PaintingRefusal.TooLong("a lighthouse".Length, limit), Assert.IsType<PaintingResult.Refused>(await AskAsync(400, body, model)).Refusal);

    [Theory]
    [InlineData(400, """{"error":{"message":"Invalid size","type":"invalid_request_error","param":"size","code":"invalid_value"}}""", (int)BackendFault.Size)]
    [InlineData(500, """{"error":{"code":500,"message":"rpc error: CUDA out of memory. Tried to allocate 2 GiB","type":""}}""", (int)BackendFault.Size)]
    [InlineData(400, """{"error":{"message":"too long","type":"invalid_request_error","param":"user","code":"string_above_max_length"}}""", (int)BackendFault.Misconfigured)]
    [InlineData(400, """{"error":{"message":"no","code":"BadRequest","inner_error":{"content_filter_results":{"sexual":{"filtered":false}}}}}""", (int)BackendFault.Misconfigured)]
    public async Task Other_errors_are_no_refusals(int status, string body, int fault) =>
        Assert.Equal(fault, (int)(await Assert.ThrowsAsync<BackendException>(() => AskAsync(status, body))).Fault);

    [Theory]
    [InlineData(403, """{"error":{"message":"Your resource has been temporarily blocked","code":"Forbidden"}}""", "openai denied access (403). It said: Your resource has been temporarily blocked")]
    [InlineData(403, """{"error":{"message":"Your organization must be verified","code":null}}""", "openai denied access: GPT image models require a verified organization. It said: Your organization must be verified")]
    [InlineData(404, """{"error":{"message":"The API deployment does not exist.","code":"DeploymentNotFound"}}""", "openai does not have this model, or not for this key (404): set the Model of Imagine:Versions to one that it has. It said: The API deployment does not exist.")]
    public async Task Operator_is_told_what_the_service_said_and_not_a_guess(int status, string body, string message) =>
        Assert.Equal(message, (await Assert.ThrowsAsync<BackendException>(() => AskAsync(status, body))).FullMessage);

    private static async Task<PaintingResult> AskAsync(int status, string body, string model = "")
    {
        await using var server = new OpenAiImagesStandIn();
        await server.StartAsync();
        server.FailNext("POST", "/v1/images", StandIn.Status(status, body));
        using var backend = new OpenAiImagesBackend("openai", new() { Url = new(server.Address, "/v1"), RetrySeconds = 0.02, ConnectSeconds = 30, PaintingMinutes = 1 }, TimeProvider.System);
        return await backend.PaintAsync(Requests.Small() with { Model = model }, PaintingSources.None, new RecordedReporter(), TestContext.Current.CancellationToken);
    }
}

using Personalization.Testing.StandIns;

namespace Personalization.EndToEnd;

/// <summary>An image server's stand-in, the settings that lead to it, and how to hold it in the middle of a job.</summary>
internal sealed record ImageServer(StandIn Server, string Model, (string Key, string Value)[] Settings, string SubmitResult, Action Hold, Action Release) : IAsyncDisposable
{
    public static readonly string[] Kinds = ["ComfyUi", "StableDiffusionWebUi", "StableDiffusionCpp", "OpenAiImages", "AiHorde"];

    /// <summary>How many calls of the stand-in are not of this test.</summary>
    public int CallsBefore { get; init; }

    /// <summary>The calls of this test, in order.</summary>
    public IEnumerable<Call> Calls => Server.Calls.Skip(CallsBefore);

    public static ImageServer Of(string kind) => kind switch
    {
        "ComfyUi" => Comfy(new()),
        "StableDiffusionWebUi" => WebUi(new()),
        "StableDiffusionCpp" => Cpp(new()),
        "OpenAiImages" => OpenAi(new() { Key = "sk-secret" }),
        _ => Horde(new()),
    };

    /// <summary>What the bot is started with, so that the server paints a version.</summary>
    public (string Key, string Value)[] All(string kind, string version = "6.0") =>
    [
        ("Imagine:CheckAtStart", "false"),
        ($"Imagine:Versions:{version}:Backend", kind),
        ($"Imagine:Versions:{version}:Model", Model),
        ($"Backends:{kind}:PollSeconds", "0.05"),
        ($"Backends:{kind}:RetrySeconds", "0.05"),
        .. Settings.Select(setting => ($"Backends:{kind}:{setting.Key}", setting.Value)),
    ];

    /// <summary>Waits until so many jobs, or more, have come in.</summary>
    public Task SubmittedAsync(int jobs) => CalledAsync(_ => Calls.Count(call => call.Path == SubmitResult) >= jobs);

    /// <summary>Waits for a matching call of this test.</summary>
    public Task CalledAsync(Func<Call, bool> isIt) => Server.CalledAsync(_ => Calls.Any(isIt));

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static ImageServer Comfy(ComfyUiStandIn server) =>
        new(server, "sdxl_base.safetensors", [("Url", server.Address.ToString())], "/prompt", () => server.HoldsPainting = true, server.Release);

    private static ImageServer WebUi(StableDiffusionWebUiStandIn server) =>
        new(server, "sd15", [("Url", server.Address.ToString())], "/sdapi/v1/txt2img", () => server.HoldsPainting = true, server.Release);

    private static ImageServer Cpp(StableDiffusionCppStandIn server) =>
        new(server, "", [("Url", server.Address.ToString())], "/sdcpp/v1/img_gen", () => server.HoldsPainting = true, () => server.HoldsPainting = false);

    private static ImageServer OpenAi(OpenAiImagesStandIn server) =>
        new(server, "gpt-image-1", [("Url", new Uri(server.Address, "/v1").ToString()), ("ApiKey", "sk-secret")], "/v1/images/generations", () => { }, () => { });

    private static ImageServer Horde(AiHordeStandIn server) =>
        new(server, "stable_diffusion", [("Url", new Uri(server.Address, "/api/v2").ToString())], "/api/v2/generate/async", () => server.HoldsQueue = true, () => server.HoldsQueue = false);
}

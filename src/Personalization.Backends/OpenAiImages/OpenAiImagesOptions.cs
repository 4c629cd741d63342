using System.ComponentModel.DataAnnotations;
using Personalization.Backends.Http;

namespace Personalization.Backends.OpenAiImages;

/// <summary>
/// The configuration section <c>Backends:OpenAiImages</c>: OpenAI's image service, or a server that speaks like it, such as
/// LocalAI and sd-server.
/// </summary>
internal sealed record OpenAiImagesOptions : BackendOptions
{
    public OpenAiImagesOptions() => Url = new("https://api.openai.com/v1/");

    /// <summary>The key, sent as a bearer token and written nowhere; empty for a server that needs none.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>How well, and at what price, GPT models paint.</summary>
    [AllowedValues("auto", "low", "medium", "high")]
    public string Quality { get; set; } = "auto";

    /// <summary>How strictly GPT models look at prompts.</summary>
    [AllowedValues("auto", "low")]
    public string Moderation { get; set; } = "auto";

    /// <summary>Pictures to follow in style that are sent along to GPT models at most; each costs a little. 0 for words alone.</summary>
    [Range(0, 4)]
    public int References { get; set; } = 4;

    /// <summary>Unfinished pictures to show of each picture a GPT model paints; each costs a little.</summary>
    [Range(0, 3)]
    public int PartialImages { get; set; }
}

using System.ComponentModel.DataAnnotations;
using Personalization.Backends.Http;

namespace Personalization.Backends.AiHorde;

/// <summary>The configuration section <c>Backends:AiHorde</c>: volunteers' machines behind aihorde.net.</summary>
internal sealed record AiHordeOptions : BackendOptions
{
    /// <summary>The anonymous key; all pictures requested with it are shared.</summary>
    public const string Anonymous = "0000000000";

    /// <summary>The value of <see cref="ModelReference"/> for no list.</summary>
    public const string NoModelReference = "none";

    public AiHordeOptions()
    {
        Url = new("https://aihorde.net/api/v2/");
        PaintingMinutes = 20;
        PollSeconds = 2;
    }

    /// <summary>The key; its kudos decide the place in the queue.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "is empty; use 0000000000 to be anonymous, or get a key at aihorde.net.")]
    public string ApiKey { get; set; } = Anonymous;

    /// <summary>How the Horde reaches the operator, such as a page or a mail address; sent with every request.</summary>
    public string Contact { get; set; } = "unknown";

    /// <summary>Whether pictures may be lewd; otherwise workers blank those out.</summary>
    public bool Nsfw { get; set; }

    /// <summary>Whether only workers that the Horde trusts may paint.</summary>
    public bool TrustedWorkers { get; set; }

    /// <summary>Whether pictures may be shared to train on; with the anonymous key they always are.</summary>
    public bool Shared { get; set; }

    /// <summary>
    /// The address of the list of models, which tells how each wants to be asked for; <c>none</c> to read none. Where it is not
    /// set, the list that the Horde itself reads is read from GitHub if <see cref="BackendOptions.Url"/> is the Horde's.
    /// </summary>
    [RegularExpression("none|https?://[^?#@]+/[^?#@/]+", ErrorMessage = "must be the address of a JSON file, such as http://127.0.0.1/stable_diffusion.json, or none.")]
    public string? ModelReference { get; set; }
}

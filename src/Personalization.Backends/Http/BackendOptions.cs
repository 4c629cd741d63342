using Personalization.Imagine.Backends;
using System.ComponentModel.DataAnnotations;
using Personalization.Imagine;

namespace Personalization.Backends.Http;

/// <summary>What every configuration section <c>Backends:NAME</c> of a server may say.</summary>
internal abstract record BackendOptions
{
    /// <summary>Where the server listens, such as <c>http://127.0.0.1:8188</c>.</summary>
    [Required(ErrorMessage = "Url is missing: it is where the server listens, such as http://127.0.0.1:8188.")]
    public Uri? Url { get; set; }

    /// <summary>Seconds to wait for a connection.</summary>
    [Range(0.1, 60)]
    public double ConnectSeconds { get; set; } = 5;

    /// <summary>Seconds to wait for an answer that the server has at hand; paintings have <see cref="PaintingMinutes"/>.</summary>
    [Range(0.1, 600)]
    public double AnswerSeconds { get; set; } = 30;

    /// <summary>Minutes one painting may take, its place in the server's queue included.</summary>
    [Range(0.01, 60)]
    public double PaintingMinutes { get; set; } = 15;

    /// <summary>Seconds between two looks at a job under way.</summary>
    [Range(0.01, 30)]
    public double PollSeconds { get; set; } = 1;

    /// <summary>Seconds before the first of three retries of a call that may be repeated; each next one waits twice as long.</summary>
    [Range(0.001, 60)]
    public double RetrySeconds { get; set; } = 0.5;

    /// <summary>
    /// Pictures painted for an answer with a taste, of which the four that the taste ranks highest are kept. Only where more
    /// pictures cost nothing but time.
    /// </summary>
    [Range(ImageRequest.GridSize, ImageRequest.MaxCandidates)]
    public int Candidates { get; set; } = ImageRequest.GridSize;

    /// <summary>Megabytes (10^6 bytes) an answer may have.</summary>
    [Range(1, 1000)]
    public int MaxMegabytes { get; set; } = 100;

    /// <summary>
    /// Megapixels (10^6 pixels) a picture may have; null for four times as many as are asked for, which lets each side be
    /// doubled, and no fewer than 2048 x 2048.
    /// </summary>
    [Range(1, 64)]
    public int? MaxMegapixels { get; set; }

    /// <summary>How far a variation may go from its picture, 0 to 1: the strength of the noise it is painted over with.</summary>
    [Range(0.05, 1)]
    public double VariationStrength { get; set; } = 0.6;

    /// <summary>Its kind alone: records write out all they hold, and some of it is secret.</summary>
    public sealed override string ToString() => GetType().Name;

    /// <summary>The server's models by its own names for them; what is not said follows from the name.</summary>
    public Dictionary<string, ModelOptions> Models { get; } = new(StringComparer.OrdinalIgnoreCase);
}

using Personalization.Pictures;
using Personalization.Styles;

namespace Personalization.Imagine.Backends;

/// <summary>
/// Everything a backend needs to paint one answer, and nothing else: equal requests give equal pictures where the backend
/// allows it. Serialised as JSON with the job.
/// </summary>
public sealed record ImageRequest
{
    /// <summary>Pictures in an answer.</summary>
    public const int GridSize = 4;

    /// <summary>The maximum number of pictures painted for an answer.</summary>
    public const int MaxCandidates = 16;

    /// <summary>What the person wrote, without parameters.</summary>
    public required string Text { get; init; }

    /// <summary>Style words the taste adds; empty when nothing is personalized.</summary>
    public IReadOnlyList<WeightedPhrase> Additions { get; init; } = [];

    /// <summary>What the person excludes, by <c>--no</c>.</summary>
    public IReadOnlyList<string> Avoid { get; init; } = [];

    /// <summary>What the taste excludes in addition.</summary>
    public IReadOnlyList<string> Dislikes { get; init; } = [];

    /// <summary>The style of each picture, for backends that take one; empty when nothing is personalized.</summary>
    public IReadOnlyList<StyleVector> Styles { get; init; } = [];

    /// <summary>Pictures whose style to follow, best first, for backends that take references.</summary>
    public IReadOnlyList<PictureId> References { get; init; } = [];

    /// <summary>How closely to follow <see cref="References"/>, 0 to 1.</summary>
    public double ReferenceWeight { get; init; }

    /// <summary>The picture of which these are variations, for backends that paint over one; null where nothing is varied.</summary>
    public PictureId? Original { get; init; }

    /// <summary>Which picture of its grid <see cref="Original"/> is, from 1; null where nothing is varied.</summary>
    public int? OriginalNumber { get; init; }

    /// <summary>
    /// The seeds that the varied picture was composed from, oldest first and its own last, for a backend that composes by seed
    /// and can stay near a composition; empty where nothing is varied.
    /// </summary>
    public IReadOnlyList<uint> Lineage { get; init; } = [];

    /// <summary>The first picture's seed; picture i is painted with Seed + i, modulo 2^32.</summary>
    public required uint Seed { get; init; }

    /// <summary>The seed of the picture at a position, from 0.</summary>
    public uint SeedOf(int index) => unchecked(Seed + (uint)index);

    /// <summary>The one of <see cref="Styles"/> for the picture with this seed; null where there is none.</summary>
    public StyleVector? StyleOf(uint seed) => unchecked(seed - Seed) is var index && index < Styles.Count ? Styles[(int)index] : null;

    /// <summary>How many pictures.</summary>
    public required int Count { get; init; }

    /// <summary>How many are painted so that the best <see cref="Count"/> of them are kept; 0 for no more than that.</summary>
    public int Candidates { get; init; }

    /// <summary>The weights w_s by which the best are chosen: what one more of each style axis is worth; 0 on an axis that the prompt mentions. Empty when nothing is personalized.</summary>
    public IReadOnlyList<float> Preference { get; init; } = [];

    /// <summary>Width of each picture in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height of each picture in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>The maximum of sampling steps, for a check, which needs no finished picture; null for as many as the settings say.</summary>
    public int? MaxSteps { get; init; }

    /// <summary>The backend's own name for the model; empty for its only one.</summary>
    public string Model { get; init; } = "";

    /// <summary>Where it is painted when the backend cannot, in this order.</summary>
    public IReadOnlyList<PaintTarget> Fallbacks { get; init; } = [];

    /// <summary>A seed for a new request. It leaves room below 2^32 for <see cref="MaxCandidates"/> pictures, because servers wrap differently.</summary>
    public static uint NextSeed(Random random) => (uint)random.NextInt64((1L << 32) - MaxCandidates);

    /// <summary>The same request for one of its fallbacks; only the fallbacks after that one remain.</summary>
    public ImageRequest On(PaintTarget target) => this with
    {
        Model = target.Model,
        Width = target.Width,
        Height = target.Height,
        Candidates = target.Candidates,
        Fallbacks = [.. Fallbacks.SkipWhile(other => other != target).Skip(1)],
    };

    /// <summary>The request as the backend is asked: for all the pictures that the answer's are chosen from.</summary>
    public ImageRequest WithAllCandidates() => this with { Count = Math.Max(Count, Candidates) };
}

using Personalization.Styles;

namespace Personalization.Pictures;

/// <summary>A picture's row; its bytes are in <see cref="IPictureFiles"/>.</summary>
public sealed record Picture
{
    /// <summary>Zero until the store has given it one.</summary>
    public PictureId Id { get; init; }

    public required PictureKind Kind { get; init; }

    /// <summary>What it shows, in words: for ranking pictures, equal within a pair.</summary>
    public required string Prompt { get; init; }

    /// <summary>The style it was painted in, for a made picture that of its prompt and taste together; null where its painter takes no style.</summary>
    public required StyleVector? Style { get; init; }

    /// <summary>What was measured in it; null until it is measured.</summary>
    public ExtractedFeatures? Features { get; init; }

    /// <summary>The seed it was painted with.</summary>
    public required uint Seed { get; init; }

    /// <summary>Width in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>
    /// The backend and model that were asked for its <see cref="Style"/> in words, as <c>BACKEND MODEL</c>; null where it is
    /// painted exactly, by <see cref="IExactPainter"/>.
    /// </summary>
    public string? Source { get; init; }

    /// <summary>Who made it; null for ranking pictures.</summary>
    public PersonId? Author { get; init; }

    /// <summary>The guild that a made picture belongs to; null where it came from none, and for ranking pictures.</summary>
    public GuildId? Guild { get; init; }

    /// <summary>The key of its bytes in <see cref="IPictureFiles"/>; null while it is not painted yet.</summary>
    public string? FileKey { get; init; }
}

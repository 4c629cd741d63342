using Personalization.Pictures;
using Personalization.Styles;

namespace Personalization.Storage.Pictures;

internal sealed class PictureRow
{
    public long Id { get; set; }

    public required PictureKind Kind { get; set; }

    public required string Prompt { get; init; }

    public required byte[]? Style { get; init; }

    public required uint Seed { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required string? Source { get; init; }

    public required ulong? Author { get; init; }

    public required ulong? GuildId { get; init; }

    public required string? FileKey { get; init; }

    public required byte[]? Features { get; init; }

    public required string? FeaturesVersion { get; init; }

    public static PictureRow From(Picture picture) => new()
    {
        Kind = picture.Kind,
        Prompt = picture.Prompt,
        Style = picture.Style is { } style ? Packed.Floats(style.Coordinates) : null,
        Seed = picture.Seed,
        Width = picture.Width,
        Height = picture.Height,
        Source = picture.Source,
        Author = picture.Author?.Value,
        GuildId = picture.Guild?.Value,
        FileKey = picture.FileKey,
        Features = picture.Features is { } features ? Packed.Floats([.. features.Values]) : null,
        FeaturesVersion = picture.Features?.Version,
    };

    public Picture ToPicture() => new()
    {
        Id = new(Id),
        Kind = Kind,
        Prompt = Prompt,
        Style = Style is null ? null : new StyleVector(Packed.Floats(Style)),
        Seed = Seed,
        Width = Width,
        Height = Height,
        Source = Source,
        Author = Author is { } author ? new PersonId(author) : null,
        Guild = GuildId is { } guild ? new GuildId(guild) : null,
        FileKey = FileKey,
        Features = FeaturesVersion is null || Features is null ? null : new(FeaturesVersion, Packed.Floats(Features)),
    };
}

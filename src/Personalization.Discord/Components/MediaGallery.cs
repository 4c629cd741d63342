namespace Personalization.Discord.Components;

/// <summary>One to ten pictures, laid out by Discord.</summary>
public sealed record MediaGallery : MessageComponent
{
    public const int MaximumItems = 10;

    public MediaGallery(IReadOnlyList<MediaGalleryItem> items) => Items = Limits.Count(items, 1, MaximumItems, "A media gallery");

    public IReadOnlyList<MediaGalleryItem> Items { get; }
}

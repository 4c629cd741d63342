namespace Personalization.Discord.Components;

/// <summary>A picture of a gallery.</summary>
public sealed record MediaGalleryItem
{
    public const int MaximumDescription = 1024;

    /// <param name="fileName">The name of a file of the same message.</param>
    /// <param name="description">What it shows, for those who cannot see it; at most 1,024 characters.</param>
    public MediaGalleryItem(string fileName, string description)
    {
        Media = new UnfurledMedia($"attachment://{fileName}");
        Description = Limits.Text(description, 0, MaximumDescription, "A picture's description");
    }

    public UnfurledMedia Media { get; }

    public string Description { get; }
}

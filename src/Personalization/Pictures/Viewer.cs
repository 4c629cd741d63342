namespace Personalization.Pictures;

/// <summary>Who looks at pictures, and the guilds whose pictures may be shown there: the one they are in, and those that share.</summary>
/// <param name="Guilds">Null for none.</param>
public readonly record struct Viewer(PersonId Person, IReadOnlySet<GuildId>? Guilds)
{
    /// <summary>Whether it may be shown to everyone there: a ranking picture, or one that belongs to one of the guilds.</summary>
    public bool IsOpen(Picture picture) => picture.Kind switch
    {
        PictureKind.Made => picture.Guild is { } guild && Guilds?.Contains(guild) == true,
        PictureKind.Private or PictureKind.Deleted => false,
        _ => true,
    };
}

namespace Personalization.Pictures;

/// <summary>The pictures there are.</summary>
public interface IPictureStore
{
    /// <summary>Adds pictures in one transaction; they come back, in order, with their ids.</summary>
    Task<IReadOnlyList<Picture>> AddAsync(IReadOnlyList<Picture> pictures, CancellationToken cancellationToken);

    /// <summary>Sets a ranking picture's file once it is painted. What was measured in it before stays: painted again, it has equal bytes.</summary>
    Task SetFileAsync(PictureId id, string fileKey, CancellationToken cancellationToken);

    /// <summary>Sets what was measured in a picture.</summary>
    Task SetFeaturesAsync(PictureId id, ExtractedFeatures features, CancellationToken cancellationToken);

    Task<Picture?> FindAsync(PictureId id, CancellationToken cancellationToken);

    /// <summary>Those of the pictures that there are, in no order.</summary>
    Task<IReadOnlyList<Picture>> FindAsync(IReadOnlyCollection<PictureId> ids, CancellationToken cancellationToken);

    /// <summary>Painted pictures in which no extractor of this version has measured anything, newest first.</summary>
    Task<IReadOnlyList<PictureId>> UnmeasuredAsync(string extractorVersion, CancellationToken cancellationToken);

    /// <summary>All ranking pictures, in order of id.</summary>
    Task<IReadOnlyList<Picture>> RankingPicturesAsync(CancellationToken cancellationToken);

    /// <summary>Everything that this source ever painted to be ranked, shown now or not, in order of id.</summary>
    /// <param name="source">See <see cref="Picture.Source"/>.</param>
    Task<IReadOnlyList<Picture>> CatalogueAsync(string? source, CancellationToken cancellationToken);

    /// <summary>Makes these the ranking pictures, and retires those that were, in one transaction.</summary>
    Task RankAsync(IReadOnlyCollection<PictureId> ids, CancellationToken cancellationToken);

    /// <summary>Made pictures of all guilds, newest first, older than <paramref name="before"/> when it is given.</summary>
    Task<IReadOnlyList<Picture>> MadePicturesAsync(PictureId? before, int count, CancellationToken cancellationToken);

    /// <summary>Made pictures that belong to one of the guilds, newest first, older than <paramref name="before"/> when it is given.</summary>
    Task<IReadOnlyList<Picture>> MadePicturesAsync(IReadOnlySet<GuildId> guilds, PictureId? before, int count, CancellationToken cancellationToken);

    /// <summary>Makes a made picture <see cref="PictureKind.Deleted"/>, without a file, in one transaction with the deletion of that file.</summary>
    /// <param name="deleteFileAsync">Deletes the file under a key; called where no other picture has the same one. No picture is added meanwhile.</param>
    Task DeleteAsync(PictureId id, Func<string, Task> deleteFileAsync, CancellationToken cancellationToken);
}

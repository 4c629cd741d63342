using Personalization.Pictures;

namespace Personalization.Testing;

/// <summary>Pictures without a disk.</summary>
public sealed class PicturesInMemory : IPictureStore
{
    private readonly List<Picture> _pictures = [];
    private long _lastId;

    /// <summary>How often all ranking pictures were asked for.</summary>
    public int Loads { get; private set; }

    /// <summary>What loading all ranking pictures waits for.</summary>
    public Task BeforeLoaded { get; set; } = Task.CompletedTask;

    /// <summary>Which pictures were asked for by id, together with others, each time.</summary>
    public List<PictureId> Found { get; } = [];

    /// <summary>As if all pictures were another painter's.</summary>
    public void PaintedBy(string source) => Change(_ => true, picture => picture with { Source = source });

    /// <summary>Changes the rows of some pictures.</summary>
    public void Change(Func<Picture, bool> isChanged, Func<Picture, Picture> change)
    {
        for (var i = 0; i < _pictures.Count; i++)
        {
            _pictures[i] = isChanged(_pictures[i]) ? change(_pictures[i]) : _pictures[i];
        }
    }

    /// <summary>Deletes the rows of some pictures.</summary>
    public void Remove(Predicate<Picture> isRemoved) => _pictures.RemoveAll(isRemoved);

    public Task<IReadOnlyList<Picture>> AddAsync(IReadOnlyList<Picture> pictures, CancellationToken cancellationToken)
    {
        var first = _pictures.Count;
        _pictures.AddRange(pictures.Select(picture => picture with { Id = new(++_lastId) }));
        return Task.FromResult<IReadOnlyList<Picture>>(_pictures[first..]);
    }

    public Task SetFileAsync(PictureId id, string fileKey, CancellationToken cancellationToken)
    {
        Change(picture => picture.Id == id, picture => picture with { FileKey = fileKey });
        return Task.CompletedTask;
    }

    public Task SetFeaturesAsync(PictureId id, ExtractedFeatures features, CancellationToken cancellationToken)
    {
        Change(picture => picture.Id == id, picture => picture with { Features = features });
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Picture>> FindAsync(IReadOnlyCollection<PictureId> ids, CancellationToken cancellationToken)
    {
        Found.AddRange(ids);
        return Task.FromResult<IReadOnlyList<Picture>>([.. _pictures.Where(picture => ids.Contains(picture.Id))]);
    }

    public Task<IReadOnlyList<PictureId>> UnmeasuredAsync(string extractorVersion, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PictureId>>(
            [.. _pictures.Where(picture => picture.FileKey is not null && picture.Features?.Version != extractorVersion).Select(picture => picture.Id).OrderByDescending(id => id.Value)]);

    public Task<Picture?> FindAsync(PictureId id, CancellationToken cancellationToken) =>
        Task.FromResult(_pictures.Find(picture => picture.Id == id));

    public async Task<IReadOnlyList<Picture>> RankingPicturesAsync(CancellationToken cancellationToken)
    {
        Loads++;
        await BeforeLoaded;
        return [.. _pictures.Where(picture => picture.Kind == PictureKind.Ranking)];
    }

    public Task<IReadOnlyList<Picture>> CatalogueAsync(string? source, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Picture>>(
            [.. _pictures.Where(picture => picture.Kind is PictureKind.Ranking or PictureKind.Prepared or PictureKind.Retired && picture.Source == source)]);

    public Task RankAsync(IReadOnlyCollection<PictureId> ids, CancellationToken cancellationToken)
    {
        Change(picture => picture.Kind == PictureKind.Ranking, picture => picture with { Kind = PictureKind.Retired });
        Change(picture => ids.Contains(picture.Id), picture => picture with { Kind = PictureKind.Ranking });
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Picture>> MadePicturesAsync(PictureId? before, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Picture>>([.. Made(before).Take(count)]);

    public Task<IReadOnlyList<Picture>> MadePicturesAsync(IReadOnlySet<GuildId> guilds, PictureId? before, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Picture>>([.. Made(before).Where(picture => picture.Guild is { } guild && guilds.Contains(guild)).Take(count)]);

    public Task DeleteAsync(PictureId id, Func<string, Task> deleteFileAsync, CancellationToken cancellationToken)
    {
        var key = _pictures.Find(picture => picture.Id == id)?.FileKey;
        Change(picture => picture.Id == id, picture => picture with { Kind = PictureKind.Deleted, FileKey = null });
        return key is null || _pictures.Exists(picture => picture.FileKey == key) ? Task.CompletedTask : deleteFileAsync(key);
    }

    private IEnumerable<Picture> Made(PictureId? before) =>
        _pictures.Where(picture => picture.Kind == PictureKind.Made && (before is null || picture.Id.Value < before.Value.Value)).OrderByDescending(picture => picture.Id.Value);
}

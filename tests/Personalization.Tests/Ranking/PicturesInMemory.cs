using Personalization.Pictures;

namespace Personalization.Tests.Ranking;

/// <summary>Pictures without a disk.</summary>
internal sealed class PicturesInMemory : IPictureStore
{
    private readonly List<Picture> _pictures = [];

    /// <summary>How often all ranking pictures were asked for.</summary>
    public int Loads { get; private set; }

    /// <summary>What loading all ranking pictures waits for.</summary>
    public Task BeforeLoaded { get; set; } = Task.CompletedTask;

    /// <summary>Which pictures were asked for by id, together with others, each time.</summary>
    public List<PictureId> Found { get; } = [];

    /// <summary>As if all pictures were another painter's.</summary>
    public void PaintedBy(string source)
    {
        for (var i = 0; i < _pictures.Count; i++)
        {
            _pictures[i] = _pictures[i] with { Source = source };
        }
    }

    public Task<IReadOnlyList<Picture>> AddAsync(IReadOnlyList<Picture> pictures, CancellationToken cancellationToken)
    {
        var first = _pictures.Count;
        _pictures.AddRange(pictures.Select((picture, i) => picture with { Id = new(first + i + 1) }));
        return Task.FromResult<IReadOnlyList<Picture>>(_pictures[first..]);
    }

    public Task SetFileAsync(PictureId id, string fileKey, ExtractedFeatures features, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SetFeaturesAsync(PictureId id, ExtractedFeatures features, CancellationToken cancellationToken)
    {
        var index = _pictures.FindIndex(picture => picture.Id == id);
        _pictures[index] = _pictures[index] with { Features = features };
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Picture>> FindAsync(IReadOnlyCollection<PictureId> ids, CancellationToken cancellationToken)
    {
        Found.AddRange(ids);
        return Task.FromResult<IReadOnlyList<Picture>>([.. _pictures.Where(picture => ids.Contains(picture.Id))]);
    }

    public Task<IReadOnlyList<PictureId>> UnmeasuredAsync(string extractorVersion, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Picture?> FindAsync(PictureId id, CancellationToken cancellationToken) =>
        Task.FromResult(_pictures.Find(picture => picture.Id == id));

    public async Task<IReadOnlyList<Picture>> RankingPicturesAsync(CancellationToken cancellationToken)
    {
        Loads++;
        await BeforeLoaded;
        return [.. _pictures.Where(picture => picture.Kind == PictureKind.Ranking)];
    }

    public Task<IReadOnlyList<Picture>> CatalogueAsync(string? source, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RankAsync(IReadOnlyCollection<PictureId> ids, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<Picture>> MadePicturesAsync(PictureId? before, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Picture>>(
            [.. _pictures.Where(picture => picture.Kind == PictureKind.Made && (before is null || picture.Id.Value < before.Value.Value)).OrderByDescending(picture => picture.Id.Value).Take(count)]);
}

using Personalization.Pictures;

namespace Personalization.Ranking;

/// <summary>Ranking pictures in memory, by prompt. Never changes.</summary>
public sealed class PicturePool
{
    private readonly Dictionary<PictureId, Picture> _byId;

    public PicturePool(IEnumerable<Picture> pictures)
    {
        Pictures = [.. pictures.OrderBy(picture => picture.Id.Value)];
        Prompts = [.. Pictures.GroupBy(picture => picture.Prompt).Where(prompt => prompt.Count() > 1).Select(prompt => prompt.ToArray())];
        PairCount = Prompts.Sum(prompt => prompt.Count * (prompt.Count - 1) / 2);
        _byId = Pictures.ToDictionary(picture => picture.Id);
    }

    /// <summary>All pictures, in order of id.</summary>
    public IReadOnlyList<Picture> Pictures { get; }

    /// <summary>The pictures of each prompt that has at least two.</summary>
    public IReadOnlyList<IReadOnlyList<Picture>> Prompts { get; }

    /// <summary>How many different pairs there are, whichever picture stands left.</summary>
    public int PairCount { get; }

    public Picture? Find(PictureId id) => _byId.GetValueOrDefault(id);
}

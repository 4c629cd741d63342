using Personalization.Pictures;
using Personalization.Taste.Model;

namespace Personalization.Taste;

/// <summary>
/// The pictures people choose between, by prompt, with their features in the space of one community: ranking pictures and
/// pictures that people made. Immutable.
/// </summary>
public sealed class PicturePool
{
    private readonly Dictionary<PictureId, PoolPicture> _byId;
    private readonly PictureLikeness? _likeness;

    /// <param name="ranking">Those without features in the space are left out.</param>
    /// <param name="made">Pictures that people made and did not keep private; those without features are left out, too.</param>
    /// <param name="likeness">What knows copies; null for a pool that has none.</param>
    public PicturePool(Community community, IEnumerable<Picture> ranking, IEnumerable<Picture>? made = null, PictureLikeness? likeness = null)
    {
        _likeness = likeness;
        Community = community;
        Pictures = Known(ranking);
        Prompts = ByPrompt(Pictures);
        PairCount = Prompts.Sum(prompt => prompt.Count * (prompt.Count - 1) / 2);
        var others = Known(made ?? []);
        MadePrompts = ByPrompt(others);
        Made = others;
        _byId = Pictures.Concat(others).ToDictionary(member => member.Id);
    }

    /// <summary>The community whose space the features are in.</summary>
    public Community Community { get; }

    /// <summary>All ranking pictures, in order of id.</summary>
    public IReadOnlyList<PoolPicture> Pictures { get; }

    /// <summary>The pictures people made, in order of id.</summary>
    public IReadOnlyList<PoolPicture> Made { get; }

    /// <summary>The ranking pictures of each prompt that has at least two.</summary>
    public IReadOnlyList<IReadOnlyList<PoolPicture>> Prompts { get; }

    /// <summary>The pictures people made of each prompt that has at least two.</summary>
    public IReadOnlyList<IReadOnlyList<PoolPicture>> MadePrompts { get; }

    /// <summary>The number of unordered pairs of ranking pictures of one prompt.</summary>
    public int PairCount { get; }

    /// <summary>Whether one is a copy of the other: of the made pictures, those of different guilds may be.</summary>
    public bool AreCopies(PoolPicture one, PoolPicture other) => _likeness?.AreCopies(one.Picture, other.Picture) == true;

    public PoolPicture? Find(PictureId id) => _byId.GetValueOrDefault(id);

    private PoolPicture[] Known(IEnumerable<Picture> pictures) =>
    [
        .. pictures
            .OrderBy(picture => picture.Id.Value)
            .Select(picture => (picture, Features: Community.Space.FeaturesOf(picture)))
            .Where(member => member.Features is not null)
            .Select(member => new PoolPicture(member.picture, member.Features!)),
    ];

    private static IReadOnlyList<IReadOnlyList<PoolPicture>> ByPrompt(IEnumerable<PoolPicture> pictures) =>
        [.. pictures.GroupBy(member => member.Picture.Prompt, StringComparer.Ordinal).Where(prompt => prompt.Count() > 1).Select(prompt => prompt.ToArray())];
}

using Personalization.Pictures;
using Personalization.Taste;

namespace Personalization.Ranking;

/// <summary>Ranking pictures in memory, by prompt, with their features in one community's space. Never changes.</summary>
public sealed class PicturePool
{
    private readonly Dictionary<PictureId, PoolPicture> _byId;

    /// <param name="pictures">Those without features in the space are left out.</param>
    public PicturePool(Community community, IEnumerable<Picture> pictures)
    {
        Community = community;
        Pictures =
        [
            .. pictures
                .OrderBy(picture => picture.Id.Value)
                .Select(picture => (picture, Features: community.Space.Of(picture)))
                .Where(member => member.Features is not null)
                .Select(member => new PoolPicture(member.picture, member.Features!)),
        ];
        Prompts = [.. Pictures.GroupBy(member => member.Picture.Prompt, StringComparer.Ordinal).Where(prompt => prompt.Count() > 1).Select(prompt => prompt.ToArray())];
        PairCount = Prompts.Sum(prompt => prompt.Count * (prompt.Count - 1) / 2);
        _byId = Pictures.ToDictionary(member => member.Id);
    }

    /// <summary>Whose space the features are in.</summary>
    public Community Community { get; }

    /// <summary>All pictures, in order of id.</summary>
    public IReadOnlyList<PoolPicture> Pictures { get; }

    /// <summary>The pictures of each prompt that has at least two.</summary>
    public IReadOnlyList<IReadOnlyList<PoolPicture>> Prompts { get; }

    /// <summary>How many different pairs there are, whichever picture stands left.</summary>
    public int PairCount { get; }

    public PoolPicture? Find(PictureId id) => _byId.GetValueOrDefault(id);
}

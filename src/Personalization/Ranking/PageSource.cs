using System.Numerics.Tensors;
using Personalization.Pictures;
using Personalization.Taste;
using Personalization.Votes;

namespace Personalization.Ranking;

/// <summary>Pages of pictures by others for a person to like.</summary>
public sealed class PageSource(IPictureStore pictures, PictureLikeness likeness, IGuildStore guilds, IBallotStore ballots, PoolSource pools, Random random)
{
    // A walk is through the newest pictures that people made.
    private const int MaxMade = 1000;

    /// <summary>Begins a walk through what there is now and the person does not like yet.</summary>
    public async Task<PageWalk> BeginAsync(Voter voter, CancellationToken cancellationToken)
    {
        var newest = await MadeAsync(voter, before: null, 1, cancellationToken);
        var liked = await ballots.LikedAsync(voter.Profile, cancellationToken);
        return new((uint)random.Next(), newest is [var picture] ? picture.Id : default, liked.Count);
    }

    /// <summary>A page of a walk, all that the person likes, and whether no page follows.</summary>
    /// <param name="page">The page's number, from 0.</param>
    /// <returns>One to <see cref="PageWalk.PageSize"/> pictures; none after the last page.</returns>
    public async Task<(IReadOnlyList<Picture> Pictures, IReadOnlySet<PictureId> Liked, bool IsLast)> ReadAsync(Voter voter, PageWalk walk, int page, CancellationToken cancellationToken)
    {
        var pool = await pools.LoadAsync(cancellationToken);
        var liked = await ballots.LikedAsync(voter.Profile, cancellationToken);
        var before = liked.Take(walk.Likes).ToHashSet();
        var made = await MadeAsync(voter, before: new(walk.Newest.Value + 1), MaxMade, cancellationToken);
        Picture[] others = [.. likeness.WithoutCopies(made).Where(picture => picture.Author != voter.Person && !before.Contains(picture.Id))];
        Picture[] ranking = [.. pool.Pictures.Select(member => member.Picture).Where(picture => !before.Contains(picture.Id))];
        IReadOnlyList<Picture>[] read = [.. walk.Pages(others, ranking, StyleOf).Skip(page).Take(2)];
        return (read.FirstOrDefault() ?? [], liked.ToHashSet(), read.Length < 2);

        double[]? StyleOf(Picture picture) =>
            (pool.Find(picture.Id)?.Features ?? pool.Community.Space.FeaturesOf(picture))?.Values[..pool.Community.Space.StyleDimension].ToArray();
    }

    /// <summary>
    /// The pictures that look most like one, nearest first: ranking pictures and those by others, each of another prompt and no
    /// copies. What alike is, the image encoder says, or style and pixel measures where it has not seen the picture.
    /// </summary>
    /// <param name="page">The page's number, from 0.</param>
    /// <returns>
    /// At most <see cref="PageWalk.PageSize"/> pictures, all that the person likes, and whether no page follows; null where the
    /// person may not see the picture there.
    /// </returns>
    public async Task<(IReadOnlyList<Picture> Pictures, IReadOnlySet<PictureId> Liked, bool IsLast)?> ReadAlikeAsync(Voter voter, PictureId picture, int page, CancellationToken cancellationToken)
    {
        var viewer = await guilds.ViewerAsync(voter.Person, voter.Guild, cancellationToken);
        if (await pictures.FindAsync(picture, cancellationToken) is not { Kind: not PictureKind.Deleted } asked || !(viewer.IsOpen(asked) || asked.Author == voter.Person))
        {
            return null;
        }

        var pool = await pools.LoadAsync(cancellationToken);
        var made = await MadeAsync(voter, before: null, MaxMade, cancellationToken);
        Picture[] alike =
        [
            .. made.Where(other => other.Author != voter.Person)
                .Concat(pool.Pictures.Select(member => member.Picture))
                .Where(other => other.Id != picture && !likeness.AreCopies(asked, other))
                .Select(other => (Picture: other, Distance: Distance(asked, other, pool)))
                .Where(other => other.Distance is not null)
                .OrderBy(other => other.Distance)
                .ThenBy(other => other.Picture.Id.Value)
                .Select(other => other.Picture)
                .DistinctBy(other => other.Prompt, StringComparer.Ordinal)
                .Skip(page * PageWalk.PageSize)
                .Take(PageWalk.PageSize + 1),
        ];
        return ([.. alike.Take(PageWalk.PageSize)], (await ballots.LikedAsync(voter.Profile, cancellationToken)).ToHashSet(), alike.Length <= PageWalk.PageSize);
    }

    /// <summary>Null where there is nothing to compare.</summary>
    private double? Distance(Picture one, Picture other, PicturePool pool)
    {
        if (likeness.DistanceOf(one, one) is not null)
        {
            return likeness.DistanceOf(one, other);
        }

        var space = pool.Community.Space;
        return space.FeaturesOf(one) is { } features && space.FeaturesOf(other) is { } others
            ? TensorPrimitives.Distance(features.Values, others.Values)
            : null;
    }

    private async Task<IReadOnlyList<Picture>> MadeAsync(Voter voter, PictureId? before, int count, CancellationToken cancellationToken)
    {
        var viewer = await guilds.ViewerAsync(voter.Person, voter.Guild, cancellationToken);
        return await pictures.MadePicturesAsync(viewer.Guilds!, before, count, cancellationToken);
    }
}

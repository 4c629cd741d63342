using Personalization.Pictures;
using Personalization.Styles;
using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization.Taste;

/// <summary>Keeps the community abreast of everybody's votes: fits it anew from time to time, beside the votes and never before one.</summary>
public sealed class CommunityLearner(
    IBallotStore ballots,
    IPictureStore pictures,
    IFeatureExtractor extractor,
    ICommunityStore store,
    StyleVocabulary vocabulary,
    CurrentCommunity current)
{
    // A fit is worth its work once there is this much more to learn from, in comparisons and as a share of all.
    private const int LeastNews = 50;
    private const double LeastShareOfNews = 0.02;

    private const int PassesFromNothing = 15;
    private const int PassesFromLast = 4;

    private int _learnt;
    private bool _isMeasured;

    /// <summary>The community before anybody has voted.</summary>
    public static Community Nobody(StyleVocabulary vocabulary)
    {
        var space = new FeatureSpace(vocabulary, null, null);
        return new(space, space.InitialPrior());
    }

    /// <summary>Takes up the last fit, if there is one of this vocabulary.</summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        if (await store.LatestAsync(cancellationToken) is not var (map, factors, prior))
        {
            return;
        }

        var space = new FeatureSpace(vocabulary, map, factors);
        if (space.Dimension == prior.Dimension)
        {
            _isMeasured = map is not null;
            current.Change(new(space, prior));
        }
    }

    /// <summary>Fits the community when there is enough news, stores the fit and lets everybody work with it. One caller at a time.</summary>
    /// <returns>The new fit, or null where it was not worth it.</returns>
    public async Task<Community?> LearnAsync(CancellationToken cancellationToken)
    {
        var count = await ballots.CountAsync(cancellationToken);
        var news = count - _learnt;
        if (news < LeastNews || news < LeastShareOfNews * count)
        {
            return null;
        }

        var map = await MapAsync(cancellationToken);
        var next = await FitAsync(new FeatureSpace(vocabulary, map, null), cancellationToken);
        (_learnt, _isMeasured) = (count, map is not null);
        return next;
    }

    /// <summary>
    /// The map of measures: kept once fitted, so that tastes and the appeals of pictures stay comparable, until others are
    /// measured or ranked.
    /// </summary>
    private async Task<FeatureMap?> MapAsync(CancellationToken cancellationToken)
    {
        var map = current.Now.Space.Map;
        var ranked = await pictures.RankingPicturesAsync(cancellationToken);
        var isOfThese = map?.ExtractorVersion == extractor.Version && ranked.Any(picture => picture.Source == map.Source);
        return _isMeasured && isOfThese ? map : FeatureSpace.Fit(vocabulary, extractor, ranked);
    }

    /// <param name="space">Without latent factors, which are found anew: they are directions, and turn with every vote.</param>
    private async Task<Community?> FitAsync(FeatureSpace space, CancellationToken cancellationToken)
    {
        var before = current.Now;
        var believed = space.InitialPrior();
        var isSameSpace = ReferenceEquals(space.Map, before.Space.Map);
        var start = isSameSpace ? before.Prior.Truncated(space.Dimension) : believed;

        var pool = new PicturePool(new(space, start), await pictures.RankingPicturesAsync(cancellationToken));
        var people = new List<IReadOnlyList<Comparison>>();

        // One lookup for all people, so that a picture many of them liked is loaded once.
        var features = new FeatureLookup(pool, pictures);
        await foreach (var profile in ballots.AllAsync(cancellationToken))
        {
            await features.AddAsync(profile.Answered, profile.Likes, cancellationToken);
            var builder = new ComparisonBuilder(features);
            IReadOnlyList<Comparison> comparisons = [.. profile.Answered.SelectMany(builder.From), .. profile.Likes.SelectMany(builder.From)];
            if (comparisons.Count > 0)
            {
                people.Add(comparisons);
            }
        }

        if (people.Count == 0)
        {
            return null;
        }

        // One processor: the others are for people who wait.
        var passes = isSameSpace && before.Version > 0 ? PassesFromLast : PassesFromNothing;
        var (prior, factors) = await Task.Run(() => CommunityFitter.FitWithFactors(believed, start, people, passes, 1, cancellationToken), cancellationToken);

        // After those, too, that were not taken up.
        var version = await store.LastVersionAsync(cancellationToken) + 1;
        var next = new Community(new(vocabulary, space.Map, factors), prior.WithVersion(version));
        await store.SaveAsync(new(space.Map, factors, next.Prior), people.Count, people.Sum(comparisons => comparisons.Count), cancellationToken);
        current.Change(next);
        return next;
    }
}

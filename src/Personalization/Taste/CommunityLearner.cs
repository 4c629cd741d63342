using Personalization.Pictures;
using Personalization.Styles;
using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization.Taste;

/// <summary>Refits the community from all votes from time to time, in the background: a vote never waits for a fit.</summary>
public sealed class CommunityLearner(
    IBallotStore ballots,
    IPictureStore pictures,
    IFeatureExtractor extractor,
    ICommunityStore store,
    StyleVocabulary vocabulary,
    CurrentCommunity current,
    ComputeThreads threads)
{
    // New votes and likes that justify a fit, as a number and as a share of all.
    private const int MinNews = 50;
    private const double MinShareOfNews = 0.02;

    // Of the painted ranking pictures, before a map is fitted to those that are measured.
    private const double MinMeasuredShare = 0.9;

    private const int PassesFromScratch = 15;
    private const int PassesFromLast = 4;

    private int _learnt;
    private bool _isMeasured;

    /// <summary>The community before the first vote.</summary>
    public static Community Initial(StyleVocabulary vocabulary)
    {
        var space = new FeatureSpace(vocabulary, null, null);
        return new(space, space.InitialPrior());
    }

    /// <summary>Loads the last fit, unless it is of another vocabulary.</summary>
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

    /// <summary>Fits the community when there is enough news, stores the fit and makes it current. For one caller at a time.</summary>
    /// <returns>The new fit, or null when there was too little news.</returns>
    public async Task<Community?> LearnAsync(CancellationToken cancellationToken)
    {
        var count = await ballots.CountAsync(cancellationToken);
        var news = count - _learnt;
        if (news < MinNews || news < MinShareOfNews * count)
        {
            return null;
        }

        var map = await MapAsync(cancellationToken);
        var next = await FitAsync(new FeatureSpace(vocabulary, map, null), cancellationToken);
        (_learnt, _isMeasured) = (count, map is not null);
        return next;
    }

    /// <summary>
    /// The map of measures: once fitted it is kept, so that tastes and item effects stay comparable, until another extractor
    /// measures or pictures of another source are ranked. Until nearly all painted ranking pictures are measured
    /// again, the previous map is used.
    /// </summary>
    private async Task<FeatureMap?> MapAsync(CancellationToken cancellationToken)
    {
        var ranked = await pictures.RankingPicturesAsync(cancellationToken);
        var map = current.Now.Space.Map is { } last && ranked.Any(picture => picture.Source == last.Source) ? last : null;
        if (_isMeasured && map?.ExtractorVersion == extractor.Version)
        {
            return map;
        }

        var previous = map?.Reads(extractor.Version) == true ? map : null;

        // What is fitted to a few of them now would be kept. One that cannot be read is never measured.
        var painted = ranked.Where(picture => picture.FileKey is not null || picture.Features is not null).ToArray();
        var measured = painted.Count(picture => picture.Features?.Version == extractor.Version);
        if (measured < MinMeasuredShare * painted.Length)
        {
            return previous;
        }

        // The principal components of an embedding take half a second.
        return await threads.RunLongAsync(() => FeatureSpace.Fit(vocabulary, extractor, ranked), cancellationToken) ?? previous;
    }

    /// <param name="space">Without latent factors, which are fitted from scratch: their directions rotate with every vote.</param>
    private async Task<Community?> FitAsync(FeatureSpace space, CancellationToken cancellationToken)
    {
        var before = current.Now;
        var initial = space.InitialPrior();
        var isSameSpace = ReferenceEquals(space.Map, before.Space.Map);
        var start = isSameSpace ? before.Prior.Truncated(space.Dimension) : initial;

        var pool = new PicturePool(new(space, start), await pictures.RankingPicturesAsync(cancellationToken));
        var people = new List<IReadOnlyList<Comparison>>();

        // One lookup for all people, so that a picture many of them liked is loaded once.
        var features = new FeatureLookup(pool, pictures);
        await foreach (var profile in ballots.AllAsync(cancellationToken))
        {
            await features.AddAsync(profile.Answered, profile.Likes, cancellationToken);
            var builder = new ComparisonBuilder(features);
            IReadOnlyList<Comparison> comparisons = [.. profile.Answered.SelectMany(builder.From), .. builder.From(profile.Likes)];
            if (comparisons.Count > 0)
            {
                people.Add(comparisons);
            }
        }

        if (people.Count == 0)
        {
            return null;
        }

        // One thread, to leave the other processors to requests.
        var passes = isSameSpace && before.Version > 0 ? PassesFromLast : PassesFromScratch;
        var (prior, factors) = await threads.RunLongAsync(() => CommunityFitter.FitWithFactors(initial, start, people, passes, 1, cancellationToken), cancellationToken);

        // Versions of fits that ResumeAsync refused are taken, too.
        var version = await store.LastVersionAsync(cancellationToken) + 1;
        var next = new Community(new(vocabulary, space.Map, factors), prior.WithVersion(version));
        await store.SaveAsync(new(space.Map, factors, next.Prior), people.Count, people.Sum(comparisons => comparisons.Count), cancellationToken);
        current.Change(next);
        return next;
    }
}

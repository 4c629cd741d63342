using Microsoft.Extensions.Options;
using Personalization.Pictures;
using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization.Taste;

/// <summary>
/// Learns the taste of a profile from its votes and likes: from scratch out of the store, which is the truth, or by adding one
/// answer to a state. Rebuilding from equal votes and likes gives equal bits.
/// </summary>
public sealed class TasteLearner(
    IBallotStore ballots,
    IPictureStore pictures,
    PoolSource pools,
    IOptions<RankingOptions> options,
    TimeProvider time)
{
    private const double DaysPerWeek = 7;

    /// <summary>Learns a taste from scratch.</summary>
    public async Task<PersonTaste> RebuildAsync(ProfileId profile, CancellationToken cancellationToken)
    {
        var (state, answered, likes, features) = await LearnAsync(profile, cancellationToken);
        var chosen = answered.Select(features.FindChosen).Concat(likes.Select(like => features.Find(like.Picture))).OfType<PoolPicture>();
        return new(state.Community, state.Taste, state.Votes, state.Likes, Favourites.From(state.Taste, chosen), BallotsHash.From(answered, likes));
    }

    /// <summary>The votes, skips and likes that <see cref="RebuildAsync"/> would learn from now.</summary>
    public async Task<BallotsHash> HashAsync(ProfileId profile, CancellationToken cancellationToken) =>
        BallotsHash.From(await ballots.AnsweredAsync(profile, cancellationToken), await ballots.LikesAsync(profile, cancellationToken));

    /// <summary>Learns a taste from scratch, and returns it with the answers it was learnt from, each read once.</summary>
    internal async Task<LearntTaste> LearnAsync(ProfileId profile, CancellationToken cancellationToken)
    {
        var answered = await ballots.AnsweredAsync(profile, cancellationToken);
        var likes = await ballots.LikesAsync(profile, cancellationToken);
        var pool = await pools.LoadAsync(cancellationToken);
        var features = await LookUpAsync(pool, answered, likes, cancellationToken);

        var history = new PairHistory();
        foreach (var pair in answered)
        {
            history.Add(pair, features);
        }

        var (taste, learntUntil) = Fit(pool.Community.Model, new(features), answered, likes);
        var votes = answered.Count(pair => pair.IsVote);
        var state = new TasteState(pool.Community, pool, taste, history, votes, likes.Count, learntUntil) { Mark = TasteMark.Of(pool.Community.Space, taste, votes) };
        return new(state, answered, likes, features);
    }

    /// <summary>
    /// The state once the pair's answer is stored. Pictures are looked up in the state's own pool, even if the community has
    /// been fitted again since. The pair is entered into the state's history at once; entering it twice does no harm.
    /// </summary>
    internal async Task<TasteState> AddAsync(TasteState state, Pair answered, CancellationToken cancellationToken)
    {
        var features = await LookUpAsync(state.Pool, [answered], [], cancellationToken);
        state.History.Add(answered, features);
        return Add(state, new ComparisonBuilder(features).From(answered)) with { Votes = state.Votes + (answered.IsVote ? 1 : 0) };
    }

    private async Task<FeatureLookup> LookUpAsync(PicturePool pool, IReadOnlyList<Pair> pairs, IReadOnlyList<Like> likes, CancellationToken cancellationToken)
    {
        var features = new FeatureLookup(pool, pictures);
        await features.AddAsync(pairs, likes, cancellationToken);
        return features;
    }

    private TasteState Add(TasteState state, IEnumerable<Comparison> comparisons)
    {
        var now = time.GetUtcNow();
        return state with { Taste = Update(state.Community.Model, state.Taste, state.LearntUntil, now, comparisons), LearntUntil = now };
    }

    private (TastePosterior Taste, DateTimeOffset? LearntUntil) Fit(TasteModel model, ComparisonBuilder comparisons, IReadOnlyList<Pair> answered, IReadOnlyList<Like> likes)
    {
        if (options.Value.DriftPerWeek == 0)
        {
            return (model.Rebuild([.. answered.SelectMany(comparisons.From), .. comparisons.From(likes)]), null);
        }

        // With drift there is no single posterior mode: the posterior is filtered answer by answer, in order of time.
        var liked = likes.Select(like => like.Picture).ToHashSet();
        var steps = answered.Select(pair => (At: pair.AnsweredAt, Comparisons: comparisons.From(pair)))
            .Concat(likes.Select(like => (At: like.LikedAt, Comparisons: comparisons.From(like, liked))))
            .OrderBy(step => step.At);
        return steps.Aggregate(
            (Taste: model.Prior, LearntUntil: (DateTimeOffset?)null),
            (state, step) => (Update(model, state.Taste, state.LearntUntil, step.At, step.Comparisons), step.At ?? state.LearntUntil));
    }

    /// <summary>Lets the taste drift for the time between two answers, then adds the comparisons of the later one.</summary>
    private TastePosterior Update(TasteModel model, TastePosterior taste, DateTimeOffset? last, DateTimeOffset? at, IEnumerable<Comparison> comparisons)
    {
        var weeks = last is { } before && at is { } after ? Math.Max(0, (after - before).TotalDays / DaysPerWeek) : 0;
        var drifted = model.Drift(taste, weeks, options.Value.DriftPerWeek);
        return comparisons.Aggregate(drifted, (learnt, comparison) => model.Update(learnt, comparison));
    }
}

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
    PoolSource pools)
{
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

        var (taste, since) = Fit(pool.Community.Model, new(features), answered, likes);
        var votes = answered.Count(pair => pair.IsVote);
        var state = new TasteState(pool.Community, pool, taste, history, votes, likes.Count) { Mark = TasteMark.Of(pool.Community.Space, taste, votes) };
        var all = new LearntTaste(state, answered, likes, features) { Present = ([.. answered.Where(pair => pair.IsVote)], likes) };
        return taste.Change is not { Probability: > 0.5 } change ? all : all with
        {
            Change = (change.Kind, since.Votes.Count + since.Likes.Count),
            Present = change.Kind == ChangeKind.OtherTaste ? since : all.Present,
        };
    }

    /// <summary>
    /// The state once the pair's answer is stored. Pictures are looked up in the state's own pool, even if the community has
    /// been fitted again since. The pair is entered into the state's history at once; entering it twice does no harm.
    /// </summary>
    internal async Task<TasteState> AddAsync(TasteState state, Pair answered, CancellationToken cancellationToken)
    {
        var features = await LookUpAsync(state.Pool, [answered], [], cancellationToken);
        state.History.Add(answered, features);
        return state with
        {
            Taste = new ComparisonBuilder(features).From(answered).Aggregate(state.Taste, (taste, comparison) => state.Community.Model.Update(taste, comparison)),
            Votes = state.Votes + (answered.IsVote ? 1 : 0),
        };
    }

    private async Task<FeatureLookup> LookUpAsync(PicturePool pool, IReadOnlyList<Pair> pairs, IReadOnlyList<Like> likes, CancellationToken cancellationToken)
    {
        var features = new FeatureLookup(pool, pictures);
        await features.AddAsync(pairs, likes, cancellationToken);
        return features;
    }

    /// <summary>Learns from all answers in order of time; with the votes and likes since the most probable change, none where there is none.</summary>
    private static (TastePosterior Taste, (IReadOnlyList<Pair> Votes, IReadOnlyList<Like> Likes) Since) Fit(TasteModel model, ComparisonBuilder builder, IReadOnlyList<Pair> answered, IReadOnlyList<Like> likes)
    {
        var liked = likes.Select(like => like.Picture).ToHashSet();
        var answers = answered.Select(pair => (At: pair.AnsweredAt, Pair: (Pair?)pair, Like: (Like?)null, Comparisons: builder.From(pair).ToArray()))
            .Concat(likes.Select(like => (At: (DateTimeOffset?)like.LikedAt, Pair: (Pair?)null, Like: (Like?)like, Comparisons: builder.From(like, liked).ToArray())))
            .OrderBy(answer => answer.At)
            .ToArray();
        var taste = model.Rebuild([.. answers.SelectMany(answer => answer.Comparisons)]);
        if (taste.Change is not { } change)
        {
            return (taste, ([], []));
        }

        var comparisons = 0;
        var since = answers.SkipWhile(answer => (comparisons += answer.Comparisons.Length) <= change.Before).ToArray();
        return (taste, ([.. since.Select(answer => answer.Pair).OfType<Pair>().Where(pair => pair.IsVote)], [.. since.Select(answer => answer.Like).OfType<Like>()]));
    }
}

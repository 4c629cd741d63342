using System.Runtime.CompilerServices;
using Personalization.Pictures;
using Personalization.Votes;

namespace Personalization.Testing;

/// <summary>Pairs, votes and likes without a disk. Safe for concurrent use, each call at once or not at all, as a database is.</summary>
public sealed class BallotsInMemory : IBallotStore
{
    private readonly Lock _lock = new();
    private readonly List<Pair> _pairs = [];
    private readonly List<Like> _likes = [];
    private long _lastId;

    /// <summary>What the clock says when an answer is stored.</summary>
    public DateTimeOffset AnsweredAt { get; set; }

    /// <summary>Runs before an answer is stored, where another process or a failure may come in between.</summary>
    public Action? BeforeAnswer { get; set; }

    /// <summary>Runs before answers are read.</summary>
    public Action? BeforeAnswered { get; set; }

    public Task<Pair?> OpenPairAsync(ProfileId profile, CancellationToken cancellationToken) => At(() => OpenPair(profile));

    public Task<Pair?> FindPairAsync(long pairId, CancellationToken cancellationToken) => At(() => _pairs.Find(pair => pair.Id == pairId));

    public Task<Pair> OpenAsync(Pair pair, CancellationToken cancellationToken) => At(() => OpenPair(pair.Profile) ?? Add(pair));

    public async Task<Pair?> AnswerAsync(Pair pair, Choice choice, Pair next, CancellationToken cancellationToken)
    {
        // Gives concurrent presses their chance to overtake.
        await Task.Yield();
        BeforeAnswer?.Invoke();
        return await At(() =>
        {
            var index = _pairs.FindIndex(row => row.Id == pair.Id && row.Choice is null);
            if (index < 0)
            {
                return null;
            }

            _pairs[index] = pair with { Choice = choice, AnsweredAt = AnsweredAt };
            return Add(next);
        });
    }

    public Task<Pair?> UndoAsync(ProfileId profile, CancellationToken cancellationToken) => At(() =>
    {
        var index = _pairs.FindLastIndex(pair => pair.Profile == profile && pair.Choice is not null and not Choice.Withdrawn);
        if (index < 0)
        {
            return null;
        }

        var undone = _pairs[index];
        _pairs[index] = undone with { Choice = null, AnsweredAt = null };
        _pairs.RemoveAll(pair => pair.Profile == profile && pair.Choice is null && pair.Id != undone.Id);
        return undone;
    });

    public Task<IReadOnlyList<Pair>> AnsweredAsync(ProfileId profile, CancellationToken cancellationToken)
    {
        BeforeAnswered?.Invoke();
        return At<IReadOnlyList<Pair>>(() => [.. _pairs.Where(pair => pair.Profile == profile && pair.Choice is not null)]);
    }

    public Task<bool> LikeAsync(Like like, CancellationToken cancellationToken) => At(() =>
    {
        var isNew = !_likes.Exists(row => row.Profile == like.Profile && row.Picture == like.Picture);
        if (isNew)
        {
            _likes.Add(like);
        }

        return isNew;
    });

    public Task<bool> UnlikeAsync(ProfileId profile, PictureId picture, CancellationToken cancellationToken) =>
        At(() => _likes.RemoveAll(like => like.Profile == profile && like.Picture == picture) > 0);

    public Task<IReadOnlyList<Like>> LikesAsync(ProfileId profile, CancellationToken cancellationToken) =>
        At<IReadOnlyList<Like>>(() => [.. _likes.Where(like => like.Profile == profile)]);

    public Task<IReadOnlyList<PictureId>> LikedAsync(ProfileId profile, CancellationToken cancellationToken) =>
        At<IReadOnlyList<PictureId>>(() => [.. _likes.Where(like => like.Profile == profile).Select(like => like.Picture)]);

    public Task<(int Votes, int Likes)> CountAsync(ProfileId profile, CancellationToken cancellationToken) => At(() =>
        (_pairs.Count(pair => pair.Profile == profile && pair.IsVote),
            _likes.Count(like => like.Profile == profile)));

    private Pair? OpenPair(ProfileId profile) => _pairs.Find(pair => pair.Profile == profile && pair.Choice is null);

    public async IAsyncEnumerable<ProfileBallots> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var profile in _pairs.Where(pair => pair.Choice is not null).Select(pair => pair.Profile).Union(_likes.Select(like => like.Profile)).ToList())
        {
            yield return new(profile, await AnsweredAsync(profile, cancellationToken), await LikesAsync(profile, cancellationToken));
        }
    }

    public Task<int> CountAsync(CancellationToken cancellationToken) => At(() => _pairs.Count(pair => pair.IsVote) + _likes.Count);

    private Pair Add(Pair pair)
    {
        var stored = pair with { Id = ++_lastId };
        _pairs.Add(stored);
        return stored;
    }

    private Task<T> At<T>(Func<T> action)
    {
        lock (_lock)
        {
            return Task.FromResult(action());
        }
    }
}

using Microsoft.Extensions.Options;
using Personalization.Pictures;
using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization.Taste;

/// <summary>
/// Everybody's taste as it is now. Votes and likes in the store are the truth; a page in memory follows them vote by vote,
/// and is rebuilt whenever it may have fallen behind or the community has moved.
/// </summary>
public sealed class TasteCache(
    IBallotStore ballots,
    IPictureStore pictures,
    PoolSource pools,
    CurrentCommunity community,
    IOptions<RankingOptions> options,
    TimeProvider time) : IDisposable
{
    // A page of 200 votes takes some 40 to 70 kB; those turned to least recently go first.
    private const int Capacity = 10_000;

    private const double DaysInAWeek = 7;

    // One lock for each person would have to be kept track of; among this many, two busy people rarely share one.
    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, 1024).Select(_ => new SemaphoreSlim(1, 1))];
    private readonly RecentPages _pages = new(Capacity);

    internal IPictureStore Pictures => pictures;

    internal ComparisonBuilder ComparisonBuilder { get; } = new(pictures, pools);

    /// <summary>Learns a person's taste anew from all their votes and likes; equal votes and likes give equal bits.</summary>
    public async Task<PersonTaste> RebuildAsync(PersonId person, CancellationToken cancellationToken)
    {
        var (answered, likes, sight) = await ReadAsync(person, cancellationToken);
        var page = PageOf(answered, likes, sight);
        var chosen = answered.Select(sight.ChosenIn).Concat(likes.Select(like => sight.Find(like.Picture))).OfType<PoolPicture>();
        return new(page.Community, page.Taste, page.Votes, page.Likes, Favourites.Of(page.Taste, chosen));
    }

    public void Dispose()
    {
        foreach (var gate in _locks)
        {
            gate.Dispose();
        }
    }

    /// <summary>Waits until nobody else has the person's page, and opens it. Dispose of the turn to let the next one in.</summary>
    internal async Task<Turn> TurnToAsync(PersonId person, CancellationToken cancellationToken)
    {
        var gate = _locks[LockOf(person)];
        await gate.WaitAsync(cancellationToken);
        try
        {
            // Votes that came by another way, or a failure between store and page, show in the counts.
            var counts = await ballots.CountAsync(person, cancellationToken);
            var page = _pages.Find(person);
            if (page is null || page.Community != community.Now || (page.Votes, page.Likes) != counts)
            {
                (page, _, _) = await LoadAsync(person, cancellationToken);
                Keep(person, page);
            }

            return new(this, gate, person, page);
        }
        catch
        {
            gate.Release();
            throw;
        }
    }

    /// <summary>Learns a person's taste anew, and gives it with the answers that it was learnt from, as they were seen.</summary>
    internal async Task<(Page Page, IReadOnlyList<Pair> Answered, ComparisonBuilder.Sight Sight)> LoadAsync(PersonId person, CancellationToken cancellationToken)
    {
        var (answered, likes, sight) = await ReadAsync(person, cancellationToken);
        return (PageOf(answered, likes, sight), answered, sight);
    }

    private async Task<(IReadOnlyList<Pair> Answered, IReadOnlyList<Like> Likes, ComparisonBuilder.Sight Sight)> ReadAsync(PersonId person, CancellationToken cancellationToken)
    {
        var answered = await ballots.AnsweredAsync(person, cancellationToken);
        var likes = await ballots.LikesAsync(person, cancellationToken);
        return (answered, likes, await ComparisonBuilder.SeeAsync(answered, likes, cancellationToken));
    }

    private Page PageOf(IReadOnlyList<Pair> answered, IReadOnlyList<Like> likes, ComparisonBuilder.Sight sight)
    {
        var history = new PairHistory();
        foreach (var pair in answered)
        {
            sight.Remember(pair, history);
        }

        var now = sight.Pool.Community;
        var (taste, last) = Learn(now.Model, sight, answered, likes);
        return new(now, sight.Pool, taste, history, answered.Count(pair => pair.IsVote), likes.Count, last);
    }

    // The lowest bits of a Discord id count what one worker made in a millisecond, mostly the same few numbers. By the golden
    // ratio all bits have their say in the highest ones (Knuth 1998, "The Art of Computer Programming", 6.4).
    private int LockOf(PersonId person) => (int)Math.BigMul(unchecked(person.Value * 0x9E3779B97F4A7C15), (ulong)_locks.Length, out _);

    /// <summary>Keeps a page for the next turn, unless the community has moved on from it: then nobody can turn to it again.</summary>
    private void Keep(PersonId person, Page page)
    {
        if (page.Community == community.Now)
        {
            _pages.Keep(person, page);
        }
        else
        {
            _pages.Drop(person);
        }
    }

    private (TastePosterior Taste, DateTimeOffset? Last) Learn(TasteModel model, ComparisonBuilder.Sight sight, IReadOnlyList<Pair> answered, IReadOnlyList<Like> likes)
    {
        if (options.Value.DriftPerWeek == 0)
        {
            return (model.Rebuild([.. answered.SelectMany(sight.Of), .. likes.SelectMany(sight.Of)]), null);
        }

        // A taste that drifts has no single maximum: it is followed in time.
        var steps = answered.Select(pair => (At: pair.AnsweredAt, ComparisonBuilder: sight.Of(pair)))
            .Concat(likes.Select(like => (At: like.LikedAt, ComparisonBuilder: sight.Of(like))))
            .OrderBy(step => step.At);
        return steps.Aggregate(
            (Taste: model.Prior, Last: (DateTimeOffset?)null),
            (state, step) => (Learn(model, state.Taste, state.Last, step.At, step.ComparisonBuilder), step.At ?? state.Last));
    }

    private TastePosterior Learn(TasteModel model, TastePosterior taste, DateTimeOffset? last, DateTimeOffset? at, IEnumerable<Comparison> comparisons)
    {
        var weeks = last is { } before && at is { } after ? Math.Max(0, (after - before).TotalDays / DaysInAWeek) : 0;
        var drifted = model.Drift(taste, weeks, options.Value.DriftPerWeek);
        return comparisons.Aggregate(drifted, (learnt, comparison) => model.Update(learnt, comparison));
    }

    private DateTimeOffset Now() => time.GetUtcNow();

    /// <summary>What is known of one person, in the space of one community and its pool.</summary>
    internal sealed record Page(
        Community Community,
        PicturePool Pool,
        TastePosterior Taste,
        PairHistory History,
        int Votes,
        int Likes,
        DateTimeOffset? Last);

    /// <summary>The sole right to a person's page, until disposed of.</summary>
    internal sealed class Turn(TasteCache book, SemaphoreSlim gate, PersonId person, Page page) : IDisposable
    {
        public Page Page { get; private set; } = page;

        /// <summary>The page as it will be once the pair's answer is stored.</summary>
        public async Task<Page> AfterAsync(Pair answered, CancellationToken cancellationToken)
        {
            var sight = await SeeAsync([answered], [], cancellationToken);
            sight.Remember(answered, Page.History);
            return After(sight.Of(answered)) with { Votes = Page.Votes + (answered.IsVote ? 1 : 0) };
        }

        /// <summary>The page as it will be once the like is stored.</summary>
        public async Task<Page> AfterAsync(Like like, CancellationToken cancellationToken)
        {
            var sight = await SeeAsync([], [like], cancellationToken);
            return After(sight.Of(like)) with { Likes = Page.Likes + 1 };
        }

        /// <summary>Sees pictures as the page's own community does, whatever has become of the community meanwhile.</summary>
        private async Task<ComparisonBuilder.Sight> SeeAsync(IReadOnlyList<Pair> pairs, IReadOnlyList<Like> likes, CancellationToken cancellationToken)
        {
            var sight = new ComparisonBuilder.Sight(Page.Pool);
            await sight.AddAsync(book.Pictures, pairs, likes, cancellationToken);
            return sight;
        }

        private Page After(IEnumerable<Comparison> comparisons)
        {
            var now = book.Now();
            return Page with { Taste = book.Learn(Page.Community.Model, Page.Taste, Page.Last, now, comparisons), Last = now };
        }

        /// <summary>Replaces the page.</summary>
        public void Keep(Page changed)
        {
            Page = changed;
            book.Keep(person, changed);
        }

        /// <summary>Rebuilds the page from the store.</summary>
        public async Task ReloadAsync(CancellationToken cancellationToken)
        {
            book._pages.Drop(person);
            Keep((await book.LoadAsync(person, cancellationToken)).Page);
        }

        public void Dispose() => gate.Release();
    }

    /// <summary>The pages of one community turned to most recently. Safe for concurrent use.</summary>
    private sealed class RecentPages(int capacity)
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<PersonId, LinkedListNode<(PersonId Person, Page Page)>> _byPerson = [];
        private readonly LinkedList<(PersonId Person, Page Page)> _newestFirst = [];
        private Community? _community;

        public Page? Find(PersonId person)
        {
            lock (_lock)
            {
                if (!_byPerson.TryGetValue(person, out var node))
                {
                    return null;
                }

                _newestFirst.Remove(node);
                _newestFirst.AddFirst(node);
                return node.Value.Page;
            }
        }

        public void Keep(PersonId person, Page page)
        {
            lock (_lock)
            {
                if (page.Community != _community)
                {
                    // A page holds its community and all the pool; a few forgotten ones would hold every one there ever was.
                    _byPerson.Clear();
                    _newestFirst.Clear();
                    _community = page.Community;
                }

                Drop(person);
                _byPerson[person] = _newestFirst.AddFirst((person, page));
                if (_newestFirst.Count > capacity)
                {
                    Drop(_newestFirst.Last!.Value.Person);
                }
            }
        }

        public void Drop(PersonId person)
        {
            lock (_lock)
            {
                if (_byPerson.Remove(person, out var node))
                {
                    _newestFirst.Remove(node);
                }
            }
        }
    }
}

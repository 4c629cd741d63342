using Personalization.Pictures;
using Personalization.Taste;

namespace Personalization.Ranking;

/// <summary>
/// Everybody's taste as it is now. Votes and likes in the store are the truth; a page in memory follows them vote by vote,
/// and is rebuilt whenever it may have fallen behind.
/// </summary>
public sealed class TasteBook(IBallotStore ballots, IPictureStore pictures, PoolSource pools, TasteModel model) : IDisposable
{
    // A page of 200 votes takes some 20 kB; those turned to least recently go first.
    private const int Capacity = 10_000;

    // One lock for each person would have to be kept track of; among this many, two busy people rarely share one.
    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, 1024).Select(_ => new SemaphoreSlim(1, 1))];
    private readonly RecentPages _pages = new(Capacity);

    internal Evidence Evidence { get; } = new(pictures, pools);

    /// <summary>Learns a person's taste anew from all their votes and likes; equal votes and likes give equal bits.</summary>
    public async Task<(TastePosterior Taste, int Votes, int Likes)> RebuildAsync(PersonId person, CancellationToken cancellationToken)
    {
        var page = await LoadAsync(person, cancellationToken);
        return (page.Taste, page.Votes, page.Likes);
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
        var gate = _locks[person.Value % (ulong)_locks.Length];
        await gate.WaitAsync(cancellationToken);
        try
        {
            // Votes that came by another way, or a failure between store and page, show in the counts.
            var counts = await ballots.CountAsync(person, cancellationToken);
            var page = _pages.Find(person);
            if (page is null || (page.Votes, page.Likes) != counts)
            {
                page = await LoadAsync(person, cancellationToken);
                _pages.Keep(person, page);
            }

            return new(this, gate, person, page);
        }
        catch
        {
            gate.Release();
            throw;
        }
    }

    private async Task<Page> LoadAsync(PersonId person, CancellationToken cancellationToken)
    {
        var answered = await ballots.AnsweredAsync(person, cancellationToken);
        var likes = await ballots.LikesAsync(person, cancellationToken);
        var comparisons = new List<Comparison>();
        var history = new PairHistory();
        foreach (var pair in answered)
        {
            comparisons.AddRange(await Evidence.OfAsync(pair, cancellationToken));
            await RememberAsync(history, pair, cancellationToken);
        }

        foreach (var like in likes)
        {
            comparisons.AddRange(await Evidence.OfAsync(like, cancellationToken));
        }

        return new(model.Rebuild(comparisons), history, answered.Count(pair => pair.Choice != Choice.Skip), likes.Count);
    }

    private async Task RememberAsync(PairHistory history, Pair pair, CancellationToken cancellationToken)
    {
        if (await Evidence.PictureAsync(pair.Left, cancellationToken) is { } left
            && await Evidence.PictureAsync(pair.Right, cancellationToken) is { } right)
        {
            history.Add(left, right);
        }
    }

    /// <summary>What is known of one person.</summary>
    internal sealed record Page(TastePosterior Taste, PairHistory History, int Votes, int Likes);

    /// <summary>The sole right to a person's page, until disposed of.</summary>
    internal sealed class Turn(TasteBook book, SemaphoreSlim gate, PersonId person, Page page) : IDisposable
    {
        public Page Page { get; private set; } = page;

        /// <summary>The page as it will be once the pair's answer is stored.</summary>
        public async Task<Page> AfterAsync(Pair answered, CancellationToken cancellationToken)
        {
            var comparisons = await book.Evidence.OfAsync(answered, cancellationToken);
            await book.RememberAsync(Page.History, answered, cancellationToken);
            return Page with
            {
                Taste = comparisons.Aggregate(Page.Taste, book.Learn),
                Votes = Page.Votes + (answered.Choice == Choice.Skip ? 0 : 1),
            };
        }

        /// <summary>The page as it will be once the like is stored.</summary>
        public async Task<Page> AfterAsync(Like like, CancellationToken cancellationToken)
        {
            var comparisons = await book.Evidence.OfAsync(like, cancellationToken);
            return Page with { Taste = comparisons.Aggregate(Page.Taste, book.Learn), Likes = Page.Likes + 1 };
        }

        /// <summary>Replaces the page.</summary>
        public void Keep(Page changed)
        {
            Page = changed;
            book._pages.Keep(person, changed);
        }

        /// <summary>Rebuilds the page from the store.</summary>
        public async Task ReloadAsync(CancellationToken cancellationToken)
        {
            book._pages.Drop(person);
            Keep(await book.LoadAsync(person, cancellationToken));
        }

        public void Dispose() => gate.Release();
    }

    private TastePosterior Learn(TastePosterior taste, Comparison comparison) => model.Update(taste, comparison);

    /// <summary>The pages turned to most recently. Safe for concurrent use.</summary>
    private sealed class RecentPages(int capacity)
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<PersonId, LinkedListNode<(PersonId Person, Page Page)>> _byPerson = [];
        private readonly LinkedList<(PersonId Person, Page Page)> _newestFirst = [];

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

using Personalization.Codes;
using Personalization.Votes;

namespace Personalization.Storage.Tests;

public abstract class SnapshotStoreTests(DatabaseKind kind) : IAsyncLifetime
{
    private TemporaryStorage _storage = null!;

    private ISnapshotStore Snapshots => _storage.Get<ISnapshotStore>();

    public async ValueTask InitializeAsync() => _storage = await TemporaryStorage.CreateAsync(kind);

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Snapshot_is_read_back_bit_by_bit()
    {
        var snapshot = Snapshot(owner: ulong.MaxValue) with { Mean = [1f / 3, float.Epsilon, -0f], Variance = [float.MaxValue, 1e-30f, 2], Favourites = [new(7), new(long.MaxValue), new(3)], Ballots = Ballots(1) };
        await Snapshots.AddOrGetAsync(PersonalizationCode.FromNumber(5), snapshot, Cancellation);

        var found = await Snapshots.FindAsync(PersonalizationCode.FromNumber(5), Cancellation);

        Assert.Equivalent(snapshot, found, strict: true);
        Assert.Equal(snapshot.Favourites, found!.Favourites);
        Assert.Equal(snapshot.Mean.Select(BitConverter.SingleToInt32Bits), found.Mean.Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public async Task Code_without_a_snapshot_is_not_found() =>
        Assert.Null(await Snapshots.FindAsync(PersonalizationCode.FromNumber(6), Cancellation));

    [Fact]
    public async Task Code_with_many_snapshots_at_once_keeps_one_that_all_callers_get()
    {
        var code = PersonalizationCode.FromNumber(7);
        var owners = new ProfileId[16];

        await Parallel.ForAsync(0, owners.Length, Cancellation, async (index, _) =>
            owners[index] = (await Snapshots.AddOrGetAsync(code, Snapshot((ulong)index + 1), Cancellation)).Snapshot.Owner);

        var owner = Assert.Single(owners.Distinct());
        Assert.Equal(owner, (await Snapshots.FindAsync(code, Cancellation))!.Owner);
    }

    [Fact]
    public async Task Snapshot_is_found_by_its_owner_and_the_votes_it_was_made_of()
    {
        var snapshot = Snapshot(owner: ulong.MaxValue) with { Ballots = Ballots(1) };
        await Snapshots.AddOrGetAsync(PersonalizationCode.FromNumber(5), snapshot, Cancellation);
        await Snapshots.AddOrGetAsync(PersonalizationCode.FromNumber(6), snapshot with { Owner = new(1) }, Cancellation);

        Assert.Equal((PersonalizationCode.FromNumber(5), snapshot), await Snapshots.FindAsync(snapshot.Owner, Ballots(1), Cancellation));
        Assert.Null(await Snapshots.FindAsync(snapshot.Owner, Ballots(2), Cancellation));
        Assert.Null(await Snapshots.FindAsync(new(2), Ballots(1), Cancellation));
    }

    [Fact]
    public async Task Snapshots_of_the_same_votes_stored_by_many_programs_at_once_are_one()
    {
        await using var beside = _storage.Beside();
        var stored = new (PersonalizationCode Code, TasteSnapshot Snapshot)[16];

        await Parallel.ForAsync(0, stored.Length, Cancellation, async (index, _) =>
        {
            var store = index % 2 == 0 ? Snapshots : beside.Get<ISnapshotStore>();
            var snapshot = Snapshot(owner: 1) with { PriorVersion = index, Ballots = Ballots(1) };
            stored[index] = await store.AddOrGetAsync(PersonalizationCode.FromNumber((ulong)index), snapshot, Cancellation);
        });

        var (code, first) = Assert.Single(stored.Distinct());
        Assert.Equal(PersonalizationCode.FromNumber((ulong)first.PriorVersion), code);
        Assert.Equal((code, first), await Snapshots.FindAsync(new(1), Ballots(1), Cancellation));
    }

    [Fact]
    public async Task Equal_snapshot_stored_before_votes_were_kept_is_found_by_them_from_then_on()
    {
        var code = PersonalizationCode.FromNumber(5);
        await Snapshots.AddOrGetAsync(code, Snapshot(owner: 1), Cancellation);

        await Snapshots.AddOrGetAsync(code, Snapshot(owner: 1) with { Ballots = Ballots(1) }, Cancellation);
        await Snapshots.AddOrGetAsync(code, Snapshot(owner: 1), Cancellation);
        var found = await Snapshots.FindAsync(new(1), Ballots(1), Cancellation);

        Assert.Equal(code, found?.Code);
        Assert.Equal(Ballots(1), found?.Snapshot.Ballots);
    }

    [Fact]
    public async Task Code_of_another_snapshot_is_not_overwritten()
    {
        var code = PersonalizationCode.FromNumber(5);
        await Snapshots.AddOrGetAsync(code, Snapshot(owner: 1), Cancellation);

        var (_, stored) = await Snapshots.AddOrGetAsync(code, Snapshot(owner: 2) with { Ballots = Ballots(1) }, Cancellation);

        Assert.Equal(new(1), stored.Owner);
        Assert.Null((await Snapshots.FindAsync(code, Cancellation))!.Ballots);
    }

    private static BallotsHash Ballots(long picture) => BallotsHash.From([], [new(new(1), new(picture), [])]);

    private static TasteSnapshot Snapshot(ulong owner) => new(new(owner), 1, 2, 3, [0.5f], [0.25f], [1f], 200, 4);

    public sealed class OnSqlite() : SnapshotStoreTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : SnapshotStoreTests(DatabaseKind.Postgres);
}

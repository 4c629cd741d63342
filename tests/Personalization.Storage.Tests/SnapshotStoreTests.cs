using Personalization.Codes;

namespace Personalization.Storage.Tests;

public sealed class SnapshotStoreTests : IAsyncLifetime
{
    private TemporaryStorage _storage = null!;

    private ISnapshotStore Snapshots => _storage.Get<ISnapshotStore>();

    public async ValueTask InitializeAsync() => _storage = await TemporaryStorage.CreateAsync();

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Fact]
    public async Task Snapshot_is_read_back_bit_by_bit()
    {
        var snapshot = Snapshot(owner: ulong.MaxValue) with { Mean = [1f / 3, float.Epsilon, -0f], Variance = [float.MaxValue, 1e-30f, 2], Favourites = [new(7), new(long.MaxValue), new(3)] };
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
            owners[index] = (await Snapshots.AddOrGetAsync(code, Snapshot((ulong)index + 1), Cancellation)).Owner);

        var owner = Assert.Single(owners.Distinct());
        Assert.Equal(owner, (await Snapshots.FindAsync(code, Cancellation))!.Owner);
    }

    private static TasteSnapshot Snapshot(ulong owner) => new(new(owner), 1, 2, 3, [0.5f], [0.25f], [1f], 200, 4);
}

using Microsoft.EntityFrameworkCore;
using Personalization.Votes;

namespace Personalization.Storage.Tests;

public abstract class ProfileStoreTests(DatabaseKind kind) : IAsyncLifetime
{
    private static readonly PersonId Ann = new(ulong.MaxValue - 5);
    private static readonly PersonId Ben = new(22);

    private TemporaryStorage _storage = null!;

    private IProfileStore Profiles => _storage.Get<IProfileStore>();

    public async ValueTask InitializeAsync() => _storage = await TemporaryStorage.CreateAsync(kind);

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Profile_of_a_person_is_created_once_with_the_number_of_the_person()
    {
        var profiles = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Profiles.GetOrCreateAsync(Ann, Cancellation))));

        Assert.All(profiles, profile => Assert.Equal(ProfileId.FirstOf(Ann), profile));
        Assert.Equal(ProfileId.FirstOf(Ben), await Profiles.GetOrCreateAsync(Ben, Cancellation));
        await using var context = await _storage.ContextAsync();
        Assert.Equal(2, await context.Profiles.CountAsync(Cancellation));
    }

    [Fact]
    public async Task Profiles_of_others_than_some_people_are_seen()
    {
        await Profiles.GetOrCreateAsync(Ann, Cancellation);

        Assert.False(await Profiles.HasOthersAsync([Ann, Ben], Cancellation));
        Assert.True(await Profiles.HasOthersAsync([Ben], Cancellation));
    }

    public sealed class OnSqlite() : ProfileStoreTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : ProfileStoreTests(DatabaseKind.Postgres);
}

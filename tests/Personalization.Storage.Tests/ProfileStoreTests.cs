using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Personalization.Codes;
using Personalization.Votes;

namespace Personalization.Storage.Tests;

public sealed class ProfileStoreTests : IAsyncLifetime
{
    private static readonly PersonId Ann = new(ulong.MaxValue - 5);
    private static readonly PersonId Ben = new(22);
    private static readonly PersonId Cid = new(23);

    private TemporaryStorage _storage = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IProfileStore Profiles => _storage.Get<IProfileStore>();

    public async ValueTask InitializeAsync() => _storage = await TemporaryStorage.CreateAsync();

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Fact]
    public async Task Profile_of_a_person_is_created_once_with_the_number_of_the_person()
    {
        var profiles = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Profiles.GetOrCreateAsync(Ann, Cancellation))));

        Assert.All(profiles, profile => Assert.Equal(ProfileId.FirstOf(Ann), profile));
        Assert.Equal(ProfileId.FirstOf(Ben), await Profiles.GetOrCreateAsync(Ben, Cancellation));
        await using var context = await ContextAsync();
        Assert.Equal(2, await context.Profiles.CountAsync(Cancellation));
    }

    [Fact]
    public async Task Votes_likes_and_codes_from_before_there_were_profiles_stay_with_their_person()
    {
        var pictures = await _storage.AddRankingPicturesAsync(3);
        var (code, imported) = (PersonalizationCode.FromNumber(5), PersonalizationCode.FromNumber(6));
        await using (var context = await ContextAsync())
        {
            // The schema before profiles, with what that version wrote.
            await context.GetService<IMigrator>().MigrateAsync("UnmeasuredPictures", Cancellation);
            var ann = unchecked((long)Ann.Value);
            var (left, right) = (pictures[0].Value, pictures[1].Value);
            await context.Database.ExecuteSqlAsync($"""
                INSERT INTO "Pairs" ("Id", "PersonId", "LeftId", "RightId", "Choice", "AnsweredAt", "IsRandom") VALUES (1, {ann}, {left}, {right}, 1, 1000, 0), (2, {ann}, {right}, {left}, NULL, NULL, 1)
                """, Cancellation);
            await context.Database.ExecuteSqlAsync($"""
                INSERT INTO "Likes" ("PersonId", "PictureId", "PassedOver", "LikedAt") VALUES ({22}, {left}, x'', 2000)
                """, Cancellation);
            await context.Database.ExecuteSqlAsync($"""
                INSERT INTO "Snapshots" ("Code", "Owner", "SchemaVersion", "SpaceVersion", "PriorVersion", "Mean", "Deviation", "Variance", "Votes", "Likes", "Favourites")
                VALUES ({code.ToString()}, {23}, 1, 1, 0, x'0000003f', x'0000003f', x'0000803f', 200, 0, x''), ({imported.ToString()}, {0}, 1, 1, 0, x'0000003f', x'0000003f', x'0000803f', 200, 0, x'')
                """, Cancellation);
        }

        await _storage.MigrateAsync();

        var ballots = _storage.Get<IBallotStore>();
        Assert.Equal((1, 0), await ballots.CountAsync(await Profiles.GetOrCreateAsync(Ann, Cancellation), Cancellation));
        Assert.Equal(Choice.Right, Assert.Single(await ballots.AnsweredAsync(ProfileId.FirstOf(Ann), Cancellation)).Choice);
        Assert.Equal(2, (await ballots.OpenPairAsync(ProfileId.FirstOf(Ann), Cancellation))!.Id);
        Assert.Equal(pictures[0], Assert.Single(await ballots.LikesAsync(await Profiles.GetOrCreateAsync(Ben, Cancellation), Cancellation)).Picture);
        Assert.Equal(await Profiles.GetOrCreateAsync(Cid, Cancellation), (await _storage.Get<ISnapshotStore>().FindAsync(code, Cancellation))!.Owner);
        Assert.Equal(default, (await _storage.Get<ISnapshotStore>().FindAsync(imported, Cancellation))!.Owner);
        await using var upgraded = await ContextAsync();
        Assert.Equal(new[] { Ben.Value, Cid.Value, Ann.Value }, (await upgraded.Profiles.Select(profile => profile.PersonId).ToListAsync(Cancellation)).Order());
    }

    private Task<PersonalizationContext> ContextAsync() => _storage.Get<IDbContextFactory<PersonalizationContext>>().CreateDbContextAsync(Cancellation);
}

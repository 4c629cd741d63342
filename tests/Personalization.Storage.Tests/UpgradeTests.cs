using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Personalization.Codes;
using Personalization.Imagine;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
using Personalization.Taste;
using Personalization.Votes;
using static Personalization.Storage.Tests.TemporaryStorage;

namespace Personalization.Storage.Tests;

/// <summary>A database of each migration, with data in every table, is upgraded by a start of the program.</summary>
public sealed class UpgradeTests : IAsyncDisposable
{
    private static readonly ProfileId Ann = ProfileId.FirstOf(EarlierDatabase.Ann);
    private static readonly ProfileId Ben = ProfileId.FirstOf(EarlierDatabase.Ben);
    private static readonly ProfileId Cid = ProfileId.FirstOf(EarlierDatabase.Cid);
    private static readonly ProfileId Eve = ProfileId.FirstOf(EarlierDatabase.Eve);

    // None in a test that is skipped.
    private TemporaryStorage _storage = null!;

    private IBallotStore Ballots => _storage.Get<IBallotStore>();

    public static TheoryData<DatabaseKind, string> Migrations()
    {
        var all = new TheoryData<DatabaseKind, string>();
        foreach (var (kind, connectionString) in new[] { (DatabaseKind.Sqlite, ""), (DatabaseKind.Postgres, "Host=unused;Database=unused") })
        {
            foreach (var migration in MigrationsOf(kind, connectionString))
            {
                all.Add(kind, migration);
            }
        }

        return all;
    }

    public static TheoryData<string> MigrationsOfSqlite() => [.. MigrationsOf(DatabaseKind.Sqlite, "")];

    public ValueTask DisposeAsync() => _storage is null ? ValueTask.CompletedTask : _storage.DisposeAsync();

    [Theory]
    [MemberData(nameof(Migrations))]
    public async Task Earlier_database_holds_a_value_in_every_column_of_every_table(DatabaseKind kind, string migration)
    {
        _storage = await CreateEmptyAsync(kind);
        await using var context = await _storage.ContextAsync();
        var earlier = await EarlierDatabase.CreateAsync(context, kind, migration);

        Assert.Empty(await earlier.EmptyColumnsAsync());
    }

    [Theory]
    [MemberData(nameof(Migrations))]
    public async Task Upgrade_applies_all_migrations_and_leaves_no_dangling_reference(DatabaseKind kind, string migration)
    {
        await UpgradeAsync(kind, migration);

        await using var context = await _storage.ContextAsync();
        Assert.Equal(context.Database.GetMigrations(), await context.Database.GetAppliedMigrationsAsync(Cancellation));
        if (kind == DatabaseKind.Postgres)
        {
            // It lets no reference dangle, at no time.
            return;
        }

        Assert.Equal(["ok"], await context.Database.SqlQueryRaw<string>("SELECT integrity_check AS Value FROM pragma_integrity_check").ToListAsync(Cancellation));
        Assert.Empty(await context.Database.SqlQueryRaw<string>("SELECT \"table\" AS Value FROM pragma_foreign_key_check").ToListAsync(Cancellation));
    }

    [Theory]
    [MemberData(nameof(MigrationsOfSqlite))]
    public async Task Upgrade_keeps_a_copy_of_the_database_as_it_was(string migration)
    {
        var earlier = await UpgradeAsync(DatabaseKind.Sqlite, migration);

        string[] known = [.. MigrationsOf(DatabaseKind.Sqlite, "")];
        string[] copies = [.. Directory.GetFiles(_storage.Folder).Where(file => file.Contains(".before-", StringComparison.Ordinal))];
        if (migration == known[^1])
        {
            Assert.Empty(copies);
            return;
        }

        var copy = Assert.Single(copies);
        Assert.Equal($"{_storage.DatabaseFile}.before-{known[Array.IndexOf(known, migration) + 1]}", copy);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(copy));
        }

        await using var connection = new SqliteConnection($"Data Source={copy};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(Cancellation);
        Assert.Equal(migration, await ReadAsync("SELECT MAX(\"MigrationId\") FROM \"__EFMigrationsHistory\""));
        Assert.Equal("ok", await ReadAsync("PRAGMA integrity_check"));
        Assert.Equal((long)earlier.Pairs.Count, await ReadAsync("SELECT COUNT(*) FROM \"Pairs\""));

        async Task<object?> ReadAsync(string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            return await command.ExecuteScalarAsync(Cancellation);
        }
    }

    [Fact]
    public async Task Database_whose_copy_cannot_be_written_is_not_migrated()
    {
        _storage = await CreateEmptyAsync(DatabaseKind.Sqlite);
        string[] known = [.. MigrationsOf(DatabaseKind.Sqlite, "")];
        Directory.CreateDirectory($"{_storage.DatabaseFile}.before-{known[1]}");

        var fault = await Assert.ThrowsAsync<StorageException>(() => UpgradeAsync(DatabaseKind.Sqlite, known[0]));

        Assert.Contains("nothing was changed", fault.Message, StringComparison.Ordinal);
        await using var context = await _storage.ContextAsync();
        Assert.Equal([known[0]], await context.Database.GetAppliedMigrationsAsync(Cancellation));
    }

    [Theory]
    [MemberData(nameof(Migrations))]
    public async Task Upgrade_keeps_pairs_with_their_answers_and_counts_the_same_votes(DatabaseKind kind, string migration)
    {
        var earlier = await UpgradeAsync(kind, migration);

        foreach (var pair in earlier.Pairs)
        {
            Assert.Equal(pair, await Ballots.FindPairAsync(pair.Id, Cancellation));
        }

        Assert.Equal([1L, 2L, 3L, 4L], (await Ballots.AnsweredAsync(Ann, Cancellation)).Select(pair => pair.Id));
        Assert.Equal(earlier.Pairs.Single(pair => pair.Choice is null), await Ballots.OpenPairAsync(Ann, Cancellation));
        Assert.Equal((2, 1), await Ballots.CountAsync(Ann, Cancellation));
        Assert.Equal((0, 1), await Ballots.CountAsync(Ben, Cancellation));
        Assert.Equal((1, 0), await Ballots.CountAsync(Eve, Cancellation));
        Assert.Equal(5, await Ballots.CountAsync(Cancellation));
        Assert.Equal([Ben, Eve, Ann], await Ballots.AllAsync(Cancellation).Select(ballots => ballots.Profile).ToListAsync(Cancellation));
    }

    [Theory]
    [MemberData(nameof(Migrations))]
    public async Task Upgrade_keeps_likes(DatabaseKind kind, string migration)
    {
        var earlier = await UpgradeAsync(kind, migration);

        foreach (var like in earlier.Likes)
        {
            var kept = Assert.Single(await Ballots.LikesAsync(like.Profile, Cancellation));
            Assert.Equal(like with { PassedOver = kept.PassedOver, Drawn = kept.Drawn }, kept);
            Assert.Equal(like.PassedOver, kept.PassedOver);
            Assert.Equal(like.Drawn, kept.Drawn);
        }
    }

    [Theory]
    [MemberData(nameof(Migrations))]
    public async Task Upgraded_ballots_accept_the_next_answer_and_enforce_their_rules(DatabaseKind kind, string migration)
    {
        var earlier = await UpgradeAsync(kind, migration);
        var open = (await Ballots.OpenPairAsync(Ann, Cancellation))!;

        Assert.Equal(open, await Ballots.OpenAsync(new(0, Ann, new(1), new(2), null), Cancellation));
        var next = await Ballots.AnswerAsync(open, Choice.Right, new(0, Ann, new(1), new(2), null) { IsRandom = true, Expectation = 0.5 }, Cancellation);

        Assert.True(next!.Id > EarlierDatabase.DeletedPair);
        Assert.Equal((3, 1), await Ballots.CountAsync(Ann, Cancellation));
        Assert.False(await Ballots.LikeAsync(earlier.Likes[0], Cancellation));
        Assert.True(await Ballots.LikeAsync(new(Ann, new(2), []), Cancellation));
        await Assert.ThrowsAsync<DbUpdateException>(() => Ballots.LikeAsync(new(Ann, new(999), []), Cancellation));
        await Assert.ThrowsAsync<DbUpdateException>(() => Ballots.OpenAsync(new(0, Ben, new(1), new(999), null), Cancellation));
    }

    [Theory]
    [MemberData(nameof(Migrations))]
    public async Task Upgrade_keeps_pictures_with_their_styles_and_features(DatabaseKind kind, string migration)
    {
        var earlier = await UpgradeAsync(kind, migration);
        var pictures = _storage.Get<IPictureStore>();

        foreach (var picture in earlier.Pictures)
        {
            var kept = (await pictures.FindAsync(picture.Id, Cancellation))!;
            Assert.Equal(picture with { Features = null }, kept with { Features = null });
            Assert.Equal(picture.Features?.Version, kept.Features?.Version);
            Assert.Equal(picture.Features?.Values, kept.Features?.Values);
        }

        Assert.Equal([1L, 2L], (await pictures.RankingPicturesAsync(Cancellation)).Select(picture => picture.Id.Value));
        Assert.Equal(Ids(picture => picture.Kind is PictureKind.Made).Reverse(), (await pictures.MadePicturesAsync(before: null, count: 10, Cancellation)).Select(picture => picture.Id.Value));
        Assert.Equal(
            Ids(picture => picture.FileKey is not null && picture.Features?.Version != "pixels-1").Reverse(),
            (await pictures.UnmeasuredAsync("pixels-1", Cancellation)).Select(id => id.Value));
        Assert.True(Assert.Single(await pictures.AddAsync([RankingPicture()], Cancellation)).Id.Value > earlier.Pictures.Count);

        IEnumerable<long> Ids(Func<Picture, bool> isWanted) => earlier.Pictures.Where(isWanted).Select(picture => picture.Id.Value);
    }

    [Theory]
    [MemberData(nameof(Migrations))]
    public async Task Upgrade_gives_made_pictures_to_the_guild_of_their_job_and_otherwise_to_nobody(DatabaseKind kind, string migration)
    {
        var earlier = await UpgradeAsync(kind, migration);
        var pictures = _storage.Get<IPictureStore>();

        Assert.Equal([3L], (await pictures.MadePicturesAsync(new HashSet<GuildId> { EarlierDatabase.Guild }, before: null, count: 10, Cancellation)).Select(picture => picture.Id.Value));
        Assert.Empty(await pictures.MadePicturesAsync(new HashSet<GuildId> { new(7) }, before: null, count: 10, Cancellation));
        var painted = earlier.Jobs.First(job => job.State == JobState.Painted);
        Assert.Equal(1, await _storage.Get<IImagineJobStore>().WithdrawAsync([1000 + painted.Id], _ => "withdrawn", Cancellation));
        Assert.Equal(PictureKind.Private, (await pictures.FindAsync(new PictureId(3), Cancellation))!.Kind);
    }

    [Theory]
    [MemberData(nameof(Migrations))]
    public async Task Upgrade_keeps_jobs_with_their_requests_and_goes_on_with_the_unfinished_ones(DatabaseKind kind, string migration)
    {
        var earlier = await UpgradeAsync(kind, migration);
        var jobs = _storage.Get<IImagineJobStore>();

        foreach (var job in earlier.Jobs)
        {
            var kept = await jobs.FindAsync(job.Id, Cancellation);
            Assert.Equivalent(job, kept, strict: true);
            Assert.Equal(job.Request.Styles, kept!.Request.Styles);
        }

        var unfinished = earlier.Jobs.Where(job => job.State is JobState.Accepted or JobState.Painted or JobState.Failed).Select(job => job.Id).ToList();
        Assert.Equal(unfinished, await jobs.UnfinishedAsync(Cancellation));
        Assert.Equal(4, (await jobs.BeginAttemptAsync(unfinished[0], Cancellation))!.Attempt);
    }

    [Theory]
    [MemberData(nameof(Migrations))]
    public async Task Upgrade_keeps_prompts_behind_buttons(DatabaseKind kind, string migration)
    {
        await UpgradeAsync(kind, migration);

        Assert.Equal((EarlierDatabase.Draft, false), await _storage.Get<IPromptDrafts>().FindAsync(EarlierDatabase.DraftId, EarlierDatabase.Ann, Cancellation));
    }

    [Theory]
    [MemberData(nameof(Migrations))]
    public async Task Upgrade_keeps_codes_with_their_owners(DatabaseKind kind, string migration)
    {
        var earlier = await UpgradeAsync(kind, migration);

        foreach (var (code, snapshot) in earlier.Snapshots)
        {
            var kept = await _storage.Get<ISnapshotStore>().FindAsync(code, Cancellation);
            Assert.Equal(snapshot, kept);
            Assert.Equal(snapshot.Ballots, kept!.Ballots);
        }
    }

    [Theory]
    [MemberData(nameof(Migrations))]
    public async Task Upgrade_keeps_the_last_fit_of_the_community(DatabaseKind kind, string migration)
    {
        var earlier = await UpgradeAsync(kind, migration);

        var kept = await _storage.Get<ICommunityStore>().LatestAsync(Cancellation);

        Assert.Equal(earlier.Community?.Prior.Version ?? 0, await _storage.Get<ICommunityStore>().LastVersionAsync(Cancellation));
        if (earlier.Community is not var (map, factors, prior))
        {
            Assert.Null(kept);
            return;
        }

        Assert.Equivalent(map, kept!.Map, strict: true);
        Assert.Equivalent(factors, kept.Factors, strict: true);
        Assert.Equal(prior.Version, kept.Prior.Version);
        Assert.Equal(prior.Mean.ToArray(), kept.Prior.Mean.ToArray());
        Assert.Equal(prior.PopulationCovariance.ToArray(), kept.Prior.PopulationCovariance.ToArray());
        Assert.Equal(prior.Covariance.ToArray(), kept.Prior.Covariance.ToArray());
        Assert.Equal(prior.AppealVariance, kept.Prior.AppealVariance);
        Assert.Equal(prior.Appeals, kept.Prior.Appeals);
        Assert.Equal(prior.TieOdds, kept.Prior.TieOdds);
    }

    [Theory]
    [MemberData(nameof(Migrations))]
    public async Task Upgrade_gives_each_person_with_a_taste_the_profile_with_their_number(DatabaseKind kind, string migration)
    {
        await UpgradeAsync(kind, migration);

        // Neither the maker of pictures who never voted nor the owner 0 of imported codes has a profile.
        await using var context = await _storage.ContextAsync();
        Assert.Equal([Ben.Value, Cid.Value, Eve.Value, Ann.Value], (await context.Profiles.Select(profile => profile.PersonId).ToListAsync(Cancellation)).Order());

        var profiles = _storage.Get<IProfileStore>();
        foreach (var person in (PersonId[])[EarlierDatabase.Ann, EarlierDatabase.Ben, EarlierDatabase.Cid, EarlierDatabase.Dan, EarlierDatabase.Eve])
        {
            Assert.Equal(ProfileId.FirstOf(person), await profiles.GetOrCreateAsync(person, Cancellation));
        }
    }

    /// <summary>Creates a database of the migration and lets the program start on it, as after an update.</summary>
    private async Task<EarlierDatabase> UpgradeAsync(DatabaseKind kind, string migration)
    {
        _storage ??= await CreateEmptyAsync(kind);
        EarlierDatabase earlier;
        await using (var before = _storage.Beside())
        await using (var context = await before.ContextAsync())
        {
            earlier = await EarlierDatabase.CreateAsync(context, kind, migration);
        }

        await _storage.MigrateAsync();
        return earlier;
    }

    private static IReadOnlyList<string> MigrationsOf(DatabaseKind kind, string connectionString)
    {
        using var services = Services("unused", [new("Storage:Provider", kind.ToString()), new("Storage:ConnectionString", connectionString)]);
        using var context = services.GetRequiredService<IDbContextFactory<PersonalizationContext>>().CreateDbContext();
        return [.. context.Database.GetMigrations()];
    }
}

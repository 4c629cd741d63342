using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Personalization.Codes;
using Personalization.Imagine;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
using Personalization.Storage.Imagine;
using Personalization.Storage.Pictures;
using Personalization.Storage.Retention;
using Personalization.Testing;
using Personalization.Votes;

namespace Personalization.Storage.Tests;

public abstract class RetentionTests(DatabaseKind kind) : IAsyncLifetime
{
    private const int Size = 1000;

    private static readonly ProfileId Ann = new(21);
    private static readonly TimeSpan Old = TimeSpan.FromDays(200);

    private TemporaryStorage _storage = null!;
    private ServiceProvider? _limited;
    private uint _seed;

    public enum Need
    {
        Liked,
        RankedLeft,
        RankedRight,
        InAnOpenPair,
        FavouriteOfACode,
        OriginalOfAJob,
        ReferenceOfAJob,
        PictureOfAnUndeliveredJob,
    }

    private IPictureStore Pictures => _storage.Get<IPictureStore>();

    private PictureFiles Files => _storage.Get<PictureFiles>();

    private IBallotStore Ballots => _storage.Get<IBallotStore>();

    private ImagineJobStore Jobs => _storage.Get<ImagineJobStore>();

    public static TheoryData<Need> Needs => [.. Enum.GetValues<Need>()];

    public async ValueTask InitializeAsync() => _storage = await TemporaryStorage.CreateAsync(kind);

    public async ValueTask DisposeAsync()
    {
        if (_limited is not null)
        {
            await _limited.DisposeAsync();
        }

        await _storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(PictureKind.Made)]
    [InlineData(PictureKind.Private)]
    public async Task Made_picture_that_was_not_used_for_long_expires_and_its_row_stays(PictureKind made)
    {
        var picture = await AddAsync(Old, made);
        await Files.SaveSmallAsync(picture.FileKey!, 384, new byte[] { 1 }, Cancellation);
        Age(picture.FileKey!, Old);
        var young = await AddAsync(TimeSpan.FromDays(170));

        var report = await SweepAsync();

        Assert.Equal(picture with { Kind = PictureKind.Deleted, FileKey = null }, await Pictures.FindAsync(picture.Id, Cancellation));
        Assert.False(IsStored(picture));
        Assert.True(IsStored(young));
        Assert.Equal((1, Size, 1, 0), (report.Pictures, report.Bytes, report.Expired, report.Leftovers));
        Assert.Equal(Size + 33, report.Freed);
    }

    [Theory]
    [MemberData(nameof(Needs))]
    public async Task Picture_that_is_needed_stays_however_old_it_is(Need need)
    {
        var picture = await AddAsync(Old);
        var other = (await _storage.AddRankingPicturesAsync(1))[0];
        await NeedAsync(need, picture.Id, other);

        var report = await SweepAsync(("Retention:MaxGigabytes", "0.0000001"));

        Assert.Equal(picture, await Pictures.FindAsync(picture.Id, Cancellation));
        Assert.True(IsStored(picture));
        Assert.True(report.IsOverLimit);
    }

    [Fact]
    public async Task Ranking_picture_stays_however_old_it_is()
    {
        var picture = await AddAsync(Old, PictureKind.Ranking);

        Assert.Equal(0, (await SweepAsync()).Expired);

        Assert.True(IsStored(picture));
    }

    [Fact]
    public async Task Picture_that_was_read_since_is_used()
    {
        var picture = await AddAsync(Old);
        await Files.ReadAsync(picture.FileKey!, Cancellation);

        await SweepAsync();

        Assert.True(IsStored(picture));
    }

    [Fact]
    public async Task File_of_two_pictures_stays_until_both_have_expired()
    {
        var content = Content();
        var first = await AddAsync(Old, content: content);
        var second = await AddAsync(Old, content: content);
        await Ballots.LikeAsync(new(Ann, first.Id, []), Cancellation);

        await SweepAsync();

        Assert.Equal(second, await Pictures.FindAsync(second.Id, Cancellation));
        Assert.True(IsStored(first));

        await Ballots.UnlikeAsync(Ann, first.Id, Cancellation);
        await SweepAsync();

        Assert.False(IsStored(first));
    }

    [Fact]
    public async Task Picture_that_is_liked_ranked_varied_or_made_once_more_during_the_sweep_stays()
    {
        var content = Content();
        var (picture, ranked, again, varied, other) = (await AddAsync(Old), await AddAsync(Old), await AddAsync(Old, content: content), await AddAsync(Old), await AddAsync(Old));
        var rows = new RetainedRows(_storage.Get<Database>());
        var needed = await rows.NeededAsync(default, Cancellation);
        await Ballots.LikeAsync(new(Ann, picture.Id, []), Cancellation);
        await NeedAsync(Need.RankedLeft, ranked.Id, (await _storage.AddRankingPicturesAsync(1))[0]);
        await AddAsync(Old, content: content);
        await NeedAsync(Need.OriginalOfAJob, varied.Id, other.Id);

        var gone = await rows.ExpireAsync([.. new[] { picture, ranked, again, varied, other }.Select(one => (new StoredPicture(one.FileKey!, Size, default), (IReadOnlyList<long>)[one.Id.Value]))], needed, Cancellation);

        Assert.Equal([other.FileKey], gone.Select(file => file.Key));
        Assert.Equal(picture, await Pictures.FindAsync(picture.Id, Cancellation));
        Assert.Equal(ranked, await Pictures.FindAsync(ranked.Id, Cancellation));
        Assert.Equal(again, await Pictures.FindAsync(again.Id, Cancellation));
        Assert.Equal(varied, await Pictures.FindAsync(varied.Id, Cancellation));
    }

    [Fact]
    public async Task Beyond_the_limit_the_least_recently_used_expire_until_the_rest_fits()
    {
        var pictures = new List<Picture>();
        for (var days = 2; days <= 6; days++)
        {
            pictures.Add(await AddAsync(TimeSpan.FromDays(days)));
        }

        var report = await SweepAsync(("Retention:MaxGigabytes", "0.0000031"));

        Assert.Equal([true, true, true, false, false], pictures.Select(IsStored));
        Assert.Equal((3, 3 * Size, 3100, 2), (report.Pictures, report.Bytes, report.MaxBytes, report.Expired));
        Assert.False(report.IsOverLimit);
    }

    [Fact]
    public async Task Picture_of_today_stays_beyond_the_limit()
    {
        var picture = await AddAsync(TimeSpan.FromHours(20));

        Assert.True((await SweepAsync(("Retention:MaxGigabytes", "0.0000001"))).IsOverLimit);

        Assert.True(IsStored(picture));
    }

    [Fact]
    public async Task Nothing_expires_without_days_and_limit()
    {
        var picture = await AddAsync(TimeSpan.FromDays(3000));
        await Jobs.AddAsync(SampleJob.Create(1), new JobsOptions(), Cancellation);
        await EndAsync(1);

        var report = await SweepAsync(("Retention:PictureDays", "0"), ("Retention:MaxGigabytes", "0"), ("Retention:JobDays", "0"));

        Assert.Equal((0, 0, null, false), (report.Expired, report.Rows, report.MaxBytes, report.IsOverLimit));
        Assert.True(IsStored(picture));
        Assert.NotNull(await Jobs.FindAsync(1, Cancellation));
    }

    [Fact]
    public async Task File_that_no_picture_names_for_an_hour_is_a_leftover()
    {
        var leftover = await Files.SaveAsync(Content(), "png", Cancellation);
        Age(leftover, TimeSpan.FromHours(1.1));
        var beingAdded = await Files.SaveAsync(Content(), "png", Cancellation);
        Age(beingAdded, TimeSpan.FromHours(0.9));
        var folder = Path.GetDirectoryName(PathOf(leftover))!;
        var (abandoned, written) = (PathOf(leftover) + ".1-1.tmp", PathOf(leftover) + ".1-2.tmp");
        await File.WriteAllTextAsync(abandoned, "", Cancellation);
        File.SetLastWriteTimeUtc(abandoned, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1.1));
        await File.WriteAllTextAsync(written, "", Cancellation);

        var report = await SweepAsync();

        Assert.Equal((1, 1), (report.Pictures, report.Leftovers));
        Assert.Equal([written], Directory.GetFiles(folder, $"{leftover}*"));
        Assert.True(File.Exists(PathOf(beingAdded)));
    }

    [Theory]
    [InlineData(PictureKind.Made, 5, 21)]
    [InlineData(PictureKind.Ranking, 300, 21)]
    [InlineData(PictureKind.Made, 220, 0)]
    public async Task Many_files_without_a_row_are_of_another_database_and_nothing_is_deleted(PictureKind named, int count, int strange)
    {
        var old = await AddAsync(Old);
        for (var i = 0; i < count; i++)
        {
            await AddAsync(TimeSpan.FromDays(2), named);
        }

        for (var i = 0; i < 21; i++)
        {
            Age(await Files.SaveAsync(Content(), "png", Cancellation), Old);
        }

        var report = await SweepAsync();

        Assert.Equal((strange, 21 - strange), (report.Strange, report.Leftovers));
        Assert.Equal(strange > 0, IsStored(old));
        Assert.Equal(strange > 0 ? count + 22 : count, report.Pictures);
        Assert.Equal(report.Pictures, Directory.GetFiles(Path.Combine(_storage.Folder, "pictures"), "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task File_that_was_used_since_it_was_listed_is_not_deleted()
    {
        var picture = await AddAsync(Old);
        var listed = Assert.Single(Files.List(default, Cancellation));
        await Files.ReadAsync(picture.FileKey!, Cancellation);

        Assert.False(Files.TryDelete(listed));

        Assert.True(IsStored(picture));
        Assert.True(Files.TryDelete(Assert.Single(Files.List(default, Cancellation))));
        Assert.False(IsStored(picture));
    }

    [Fact]
    public async Task Other_folders_beside_the_pictures_are_left_alone()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_storage.Folder, "pictures", "lost+found"));
        var file = Path.Combine(folder.FullName, $"{new string('a', 64)}.png");
        await File.WriteAllTextAsync(file, "", Cancellation);
        File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime - Old);

        Assert.Equal((0, 0), await SweepAsync() is var report ? (report.Pictures, report.Leftovers) : default);

        Assert.True(File.Exists(file));
    }

    [Fact]
    public async Task Sweep_ends_with_the_program()
    {
        var picture = await AddAsync(Old);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _storage.Get<RetentionSweep>().RunAsync(new(canceled: true)));

        Assert.True(IsStored(picture));
    }

    [Theory]
    [InlineData(170, true)]
    [InlineData(190, false)]
    public async Task Pictures_of_a_job_that_could_not_be_told_wait_for_its_person(int days, bool wait)
    {
        var picture = await AddAsync(TimeSpan.FromDays(days));
        await AddJobAsync(Job(IdAt(TimeSpan.FromDays(days), 1)) with { AcceptedAt = TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(days) }, JobState.Untold, picture.Id);

        await SweepAsync(("Retention:MaxGigabytes", "0.0000001"));

        Assert.Equal(wait, IsStored(picture));
    }

    [Fact]
    public async Task Leftover_that_is_saved_again_is_young()
    {
        var content = Content();
        var key = await Files.SaveAsync(content, "png", Cancellation);
        Age(key, TimeSpan.FromHours(5));
        await Files.SaveAsync(content, "png", Cancellation);

        Assert.Equal(0, (await SweepAsync()).Leftovers);
    }

    [Fact]
    public async Task Damaged_file_of_a_picture_stays_for_the_operator()
    {
        var picture = await AddAsync(Old, PictureKind.Ranking);
        File.Move(PathOf(picture.FileKey!), PathOf(picture.FileKey!) + ".damaged");

        await SweepAsync();

        Assert.True(File.Exists(PathOf(picture.FileKey!) + ".damaged"));
    }

    [Fact]
    public async Task Old_job_is_deleted_once_none_of_its_pictures_has_a_file()
    {
        var (liked, unused) = (await OldJobAsync(1, isLiked: true), await OldJobAsync(2, isLiked: false));
        var unfinished = IdAt(Old, 3);
        await Jobs.AddAsync(Job(unfinished), new JobsOptions(), Cancellation);
        var young = IdAt(TimeSpan.FromDays(170), 4);
        await Jobs.AddAsync(Job(young), new JobsOptions(), Cancellation);
        await EndAsync(young);

        Assert.Equal((1, 1), (await SweepAsync()) is var report ? (report.Expired, report.Rows) : default);

        Assert.Null(await Jobs.FindAsync(unused, Cancellation));
        foreach (var id in (ulong[])[liked, unfinished, young])
        {
            Assert.NotNull(await Jobs.FindAsync(id, Cancellation));
        }
    }

    [Fact]
    public async Task Old_preview_stays_so_that_it_is_given_once()
    {
        var id = IdAt(Old, 1);
        var job = Job(id) with { Preview = new(20, [], IsOwnPrompt: true) };
        await Jobs.AddAsync(job, new JobsOptions(), Cancellation);
        await Jobs.BeginAttemptAsync(id, Cancellation);
        await Jobs.SetPaintedAsync(id, 1, [], missing: null, Cancellation);
        await Jobs.SetStateAsync(id, 1, JobState.Delivered, failure: null, Cancellation);

        await SweepAsync();

        Assert.Equal(20, await Jobs.LastPreviewAsync(job.Person, Cancellation));
    }

    [Fact]
    public async Task Unused_prompt_is_deleted_when_it_is_old()
    {
        var drafts = _storage.Get<IPromptDrafts>();
        var (old, young) = (IdAt(Old, 1), IdAt(TimeSpan.FromDays(170), 1));
        await drafts.SaveAsync(old, new(1), "a forest", isPersonal: true, Cancellation);
        await drafts.SaveAsync(young, new(1), "a forest", isPersonal: true, Cancellation);

        Assert.Equal(1, (await SweepAsync()).Rows);

        Assert.Null(await drafts.FindAsync(old, new(1), Cancellation));
        Assert.NotNull(await drafts.FindAsync(young, new(1), Cancellation));
    }

    private static ulong IdAt(TimeSpan age, ulong number) => ((ulong)(TimeProvider.System.GetUtcNow() - age).ToUnixTimeMilliseconds() - 1420070400000UL << 22) + number;

    private static ImagineJob Job(ulong id) => SampleJob.Create(1) with { Id = id };

    private async Task<RetentionReport> SweepAsync(params (string Key, string Value)[] settings)
    {
        _limited = TemporaryStorage.Services(_storage.Folder, [.. _storage.Settings, .. settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))]);
        return await _limited.GetRequiredService<RetentionSweep>().RunAsync(Cancellation);
    }

    private byte[] Content() => Encoding.UTF8.GetBytes($"{++_seed}".PadRight(Size));

    private async Task<Picture> AddAsync(TimeSpan unused, PictureKind made = PictureKind.Made, byte[]? content = null)
    {
        var key = await Files.SaveAsync(content ?? Content(), "png", Cancellation);
        Age(key, unused);
        return Assert.Single(await Pictures.AddAsync([TemporaryStorage.RankingPicture(_seed) with { Kind = made, FileKey = key }], Cancellation));
    }

    private async Task<ulong> OldJobAsync(ulong number, bool isLiked)
    {
        var id = IdAt(Old, number);
        await Jobs.AddAsync(Job(id), new JobsOptions(), Cancellation);
        await Jobs.BeginAttemptAsync(id, Cancellation);
        var key = await Files.SaveAsync(Content(), "png", Cancellation);
        Age(key, Old);
        var pictures = await Jobs.SetPaintedAsync(id, 1, [TemporaryStorage.RankingPicture(_seed) with { FileKey = key }], missing: null, Cancellation);
        await Jobs.SetStateAsync(id, 1, JobState.Delivered, failure: null, Cancellation);
        if (isLiked)
        {
            await Ballots.LikeAsync(new(Ann, pictures![0].Id, []), Cancellation);
        }

        return id;
    }

    private async Task EndAsync(ulong id)
    {
        await Jobs.BeginAttemptAsync(id, Cancellation);
        await Jobs.SetStateAsync(id, 1, JobState.Closed, new JobFailure.GivenUp(), Cancellation);
    }

    private async Task NeedAsync(Need need, PictureId picture, PictureId other)
    {
        var job = SampleJob.Create(1);
        switch (need)
        {
            case Need.Liked:
                await Ballots.LikeAsync(new(Ann, picture, []), Cancellation);
                break;
            case Need.RankedLeft or Need.RankedRight:
                var pair = await Ballots.OpenAsync(new(0, Ann, need == Need.RankedLeft ? picture : other, need == Need.RankedLeft ? other : picture, null), Cancellation);
                await Ballots.AnswerAsync(pair, Choice.Left, new(0, Ann, other, other, null), Cancellation);
                break;
            case Need.InAnOpenPair:
                await Ballots.OpenAsync(new(0, Ann, other, picture, null), Cancellation);
                break;
            case Need.FavouriteOfACode:
                await _storage.Get<ISnapshotStore>().AddOrGetAsync(PersonalizationCode.FromNumber(5), new(new(5), 1, 1, 1, [1], [1], [1], 200, 0) { Favourites = [picture] }, Cancellation);
                break;
            case Need.OriginalOfAJob:
                await Jobs.AddAsync(job with { Request = job.Request with { Original = picture } }, new JobsOptions(), Cancellation);
                break;
            case Need.ReferenceOfAJob:
                await Jobs.AddAsync(job with { Request = job.Request with { References = [picture] } }, new JobsOptions(), Cancellation);
                break;
            default:
                await AddJobAsync(job, JobState.Painted, picture);
                break;
        }
    }

    private async Task AddJobAsync(ImagineJob job, JobState state, PictureId picture)
    {
        await using var context = await _storage.ContextAsync();
        var row = ImagineJobRow.From(job);
        (row.State, row.Pictures) = (state, Packed.Ids([picture]));
        context.ImagineJobs.Add(row);
        await context.SaveChangesAsync(Cancellation);
    }

    private string PathOf(string key) => Path.Combine(_storage.Folder, "pictures", key[..2], key);

    private bool IsStored(Picture picture) => File.Exists(PathOf(picture.FileKey!));

    private void Age(string key, TimeSpan age)
    {
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(PathOf(key))!, $"{key}*"))
        {
            File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime - age);
        }
    }

    public sealed class OnSqlite() : RetentionTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : RetentionTests(DatabaseKind.Postgres);
}

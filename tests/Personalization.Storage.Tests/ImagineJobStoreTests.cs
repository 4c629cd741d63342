using Personalization.Imagine;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
using Personalization.Storage.Imagine;
using Personalization.Styles;

namespace Personalization.Storage.Tests;

public abstract class ImagineJobStoreTests(DatabaseKind kind) : IAsyncLifetime
{
    private TemporaryStorage _storage = null!;

    private ImagineJobStore Jobs => _storage.Get<ImagineJobStore>();

    public async ValueTask InitializeAsync() => _storage = await TemporaryStorage.CreateAsync(kind);

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Job_is_read_back_as_it_was_accepted()
    {
        var job = Job(ulong.MaxValue) with { IsPrivate = true, Guild = new(5) };
        await AddAsync(job);

        var found = await Jobs.FindAsync(job.Id, Cancellation);

        Assert.Equivalent(job, found, strict: true);
        Assert.Equal(job.Request.Styles, found!.Request.Styles);
    }

    [Fact]
    public async Task Job_is_added_once()
    {
        Assert.True(await AddAsync(Job(1)));

        Assert.Equal(new EnqueueResult.Repeated(), await Jobs.AddAsync(Job(1) with { Prompt = "another" }, new JobsOptions(), Cancellation));

        Assert.Equal("a forest", (await Jobs.FindAsync(1, Cancellation))!.Prompt);
    }

    [Fact]
    public async Task Older_attempt_cannot_change_the_job()
    {
        await AddAsync(Job(1));
        var old = await BeginAsync(1);
        var current = await BeginAsync(1);

        Assert.Null(await Jobs.SetPaintedAsync(1, old.Attempt, [Painted(1)], missing: null, Cancellation));
        Assert.False(await Jobs.SetStateAsync(1, old.Attempt, JobState.Failed, new JobFailure.GivenUp(), Cancellation));
        Assert.Null(await Jobs.CountFaultAsync(1, old.Attempt, Cancellation));

        Assert.Equivalent(current, await Jobs.FindAsync(1, Cancellation), strict: true);
        Assert.Empty(await _storage.Get<IPictureStore>().MadePicturesAsync(before: null, count: 10, Cancellation));
    }

    [Fact]
    public async Task Painting_stores_the_pictures_with_the_job()
    {
        await AddAsync(Job(1));
        var job = await BeginAsync(1);

        var pictures = await Jobs.SetPaintedAsync(1, job.Attempt, [Painted(8), Painted(9)], missing: null, Cancellation);

        var painted = await Jobs.FindAsync(1, Cancellation);
        Assert.Equal(JobState.Painted, painted!.State);
        Assert.Equal(pictures!.Select(picture => picture.Id), painted.Pictures);
        Assert.Equal(8u, (await _storage.Get<IPictureStore>().FindAsync(painted.Pictures[0], Cancellation))!.Seed);
    }

    [Theory]
    [InlineData(JobState.Delivered)]
    [InlineData(JobState.Untold)]
    public async Task Painted_job_with_missing_pictures_says_so_and_is_still_the_newest(JobState state)
    {
        await AddAsync(Job(2) with { AcceptedAt = DateTimeOffset.UnixEpoch });
        await AddAsync(Job(1));
        var job = await BeginAsync(1);

        await Jobs.SetPaintedAsync(1, job.Attempt, [Painted(8)], new JobFailure.Incomplete(1, 2), Cancellation);
        await Jobs.SetStateAsync(1, job.Attempt, state, failure: null, Cancellation);

        Assert.Equal(new JobFailure.Incomplete(1, 2), (await Jobs.NewestAsync(job.Person, withPrivate: true, Cancellation))?.Failure);
    }

    [Fact]
    public async Task Ticket_is_kept_until_the_job_goes_to_another_backend()
    {
        await AddAsync(Job(1));
        var job = await BeginAsync(1);
        Assert.True(await Jobs.SetTicketAsync(1, job.Attempt, "ticket-7", Cancellation));
        Assert.Equal("ticket-7", (await Jobs.FindAsync(1, Cancellation))!.Ticket);

        var request = job.Request with { Model = "another", References = [new(3)], Fallbacks = [new("Third", "", 64, 64)] };
        Assert.True(await Jobs.SetBackendAsync(1, job.Attempt, "Another", request, Cancellation));

        var moved = (await Jobs.FindAsync(1, Cancellation))!;
        Assert.Equal(("Another", null), (moved.Backend, moved.Ticket));
        Assert.Equivalent(request, moved.Request, strict: true);
        Assert.False(await Jobs.SetTicketAsync(1, job.Attempt - 1, "old", Cancellation));
        Assert.False(await Jobs.SetBackendAsync(1, job.Attempt - 1, "old", request, Cancellation));
    }

    [Fact]
    public async Task Job_is_cancelled_by_its_person_until_it_is_painted_and_the_running_attempt_loses_it()
    {
        await AddAsync(Job(1));
        await AddAsync(Job(2));
        var person = Job(1).Person;
        var job = await BeginAsync(1);
        Assert.Equal([2, 1], await Jobs.UnpaintedAsync(person, Cancellation));
        Assert.Empty(await Jobs.UnpaintedAsync(new(person.Value + 1), Cancellation));

        Assert.False(await Jobs.CancelAsync(1, new(person.Value + 1), Cancellation));
        Assert.True(await Jobs.CancelAsync(1, person, Cancellation));

        var cancelled = (await Jobs.FindAsync(1, Cancellation))!;
        Assert.Equal((JobState.Failed, new JobFailure.Cancelled()), (cancelled.State, cancelled.Failure));
        Assert.Null(await Jobs.SetPaintedAsync(1, job.Attempt, [Painted(8)], missing: null, Cancellation));
        Assert.Equal([2], await Jobs.UnpaintedAsync(person, Cancellation));
        Assert.False(await Jobs.CancelAsync(1, person, Cancellation));
    }

    public static TheoryData<JobFailure> Failures =>
    [
        new JobFailure.Cancelled(),
        new JobFailure.GivenUp(),
        new JobFailure.ModelRemoved(),
        new JobFailure.NotSaved(),
        new JobFailure.PicturesLost(),
        new JobFailure.Refused(new PaintingRefusal.AgainstRules()),
        new JobFailure.Refused(new PaintingRefusal.Withheld(1, 4)),
        new JobFailure.Refused(new PaintingRefusal.TooLong(1234, 1000)),
        new JobFailure.SizeNotPainted(3840, 272),
        new JobFailure.Incomplete(1, 2),
        new JobFailure.ServerFailed(BackendFault.Size),
        new JobFailure.ServerFailed(BackendFault.TimedOut),
        new JobFailure.ServerFailed(BackendFault.Misconfigured),
        new JobFailure.Sentence("The painter is away."),
    ];

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task Failed_job_keeps_why_it_failed(JobFailure failure)
    {
        await AddAsync(Job(1));

        await Jobs.SetStateAsync(1, (await BeginAsync(1)).Attempt, JobState.Failed, failure, Cancellation);

        Assert.Equal(failure, (await Jobs.FindAsync(1, Cancellation))!.Failure);
    }

    [Fact]
    public async Task Job_is_painted_once()
    {
        await AddAsync(Job(1));
        var job = await BeginAsync(1);
        await Jobs.SetPaintedAsync(1, job.Attempt, [Painted(8)], missing: null, Cancellation);

        Assert.Null(await Jobs.SetPaintedAsync(1, job.Attempt, [Painted(9)], missing: null, Cancellation));
    }

    [Theory]
    [InlineData(JobState.Delivered)]
    [InlineData(JobState.Closed)]
    public async Task Finished_job_does_not_change(JobState over)
    {
        await AddAsync(Job(1));
        var job = await BeginAsync(1);
        Assert.True(await Jobs.SetStateAsync(1, job.Attempt, over, failure: null, Cancellation));

        Assert.Null(await Jobs.BeginAttemptAsync(1, Cancellation));
        Assert.False(await Jobs.SetStateAsync(1, job.Attempt, JobState.Painted, failure: null, Cancellation));
        await Jobs.SetReplyToAsync(1, "elsewhere", message: 7, Cancellation);

        Assert.Equal((over, "here"), ((await Jobs.FindAsync(1, Cancellation))!.State, (await Jobs.FindAsync(1, Cancellation))!.ReplyTo));
        Assert.Empty(await Jobs.UnfinishedAsync(Cancellation));
    }

    [Fact]
    public async Task Reply_address_can_change_during_an_attempt()
    {
        await AddAsync(Job(1));
        var job = await BeginAsync(1);

        await Jobs.SetReplyToAsync(1, "elsewhere", message: 7, Cancellation);

        Assert.True(await Jobs.SetStateAsync(1, job.Attempt, JobState.Failed, new JobFailure.GivenUp(), Cancellation));
        var failed = await Jobs.FindAsync(1, Cancellation);
        Assert.Equal(("elsewhere", new JobFailure.GivenUp()), (failed!.ReplyTo, failed.Failure));
    }

    [Fact]
    public async Task Tries_and_faults_start_from_zero_in_each_state()
    {
        await AddAsync(Job(1));
        await BeginAsync(1);
        var job = await BeginAsync(1);
        Assert.Equal(1, await Jobs.CountFaultAsync(1, job.Attempt, Cancellation));
        Assert.Equal(2, await Jobs.CountFaultAsync(1, job.Attempt, Cancellation));

        await Jobs.SetPaintedAsync(1, job.Attempt, [Painted(1)], missing: null, Cancellation);

        var next = await BeginAsync(1);
        Assert.Equal((3, 1, 0), (next.Attempt, next.Tries, next.Faults));
    }

    [Fact]
    public async Task Unfinished_jobs_are_listed_oldest_first()
    {
        await AddAsync(Job(3) with { AcceptedAt = DateTimeOffset.UnixEpoch.AddSeconds(1) });
        await AddAsync(Job(1) with { AcceptedAt = DateTimeOffset.UnixEpoch.AddSeconds(2) });
        await AddAsync(Job(2));
        await Jobs.SetStateAsync(2, (await BeginAsync(2)).Attempt, JobState.Delivered, failure: null, Cancellation);

        Assert.Equal([3UL, 1UL], await Jobs.UnfinishedAsync(Cancellation));
    }

    [Fact]
    public async Task Preview_is_read_back_with_the_words_of_its_traits()
    {
        var preview = Preview(1, 20);
        await AddAsync(preview);

        Assert.Equivalent(preview, await Jobs.FindAsync(1, Cancellation), strict: true);
    }

    [Fact]
    public async Task No_more_jobs_wait_than_one_person_and_all_people_may_have()
    {
        var limits = new JobsOptions { PerPerson = 2, Waiting = 3 };
        EnqueueResult accepted = new EnqueueResult.Accepted();
        Assert.Equal(accepted, await AddAsync(Job(1), limits));
        Assert.Equal(accepted, await AddAsync(Job(2), limits));

        Assert.Equal(new EnqueueResult.Full(2, IsPersonal: true), await AddAsync(Job(3), limits));
        Assert.Equal(new EnqueueResult.Repeated(), await AddAsync(Job(2), limits));
        Assert.Equal(accepted, await AddAsync(Job(4) with { Person = new(5) }, limits));
        Assert.Equal(new EnqueueResult.Full(3, IsPersonal: false), await AddAsync(Job(5) with { Person = new(6) }, limits));
        Assert.Null(await Jobs.FindAsync(5, Cancellation));

        // What is painted waits no more, delivered or not.
        var job = await BeginAsync(1);
        await Jobs.SetPaintedAsync(1, job.Attempt, [], missing: null, Cancellation);
        Assert.Equal(accepted, await AddAsync(Job(3), limits));
    }

    [Fact]
    public async Task Jobs_of_one_person_that_are_added_at_once_are_no_more_than_may_wait()
    {
        var limits = new JobsOptions { PerPerson = 10 };

        var added = await Task.WhenAll(Enumerable.Range(1, 40).Select(id => AddAsync(Job((ulong)id), limits)));

        Assert.Equal(10, added.Count(result => result is EnqueueResult.Accepted));
        Assert.Equal(10, (await Jobs.UnpaintedAsync(Job(1).Person, Cancellation)).Count);
    }

    [Fact]
    public async Task Preview_is_added_once_for_each_person_and_point()
    {
        Assert.True(await AddAsync(Preview(1, 20)));

        Assert.False(await AddAsync(Preview(2, 20)));
        Assert.True(await AddAsync(Preview(3, 20) with { Person = new(5) }));
        Assert.True(await AddAsync(Preview(4, 50)));
        Assert.True(await AddAsync(Job(5)));

        Assert.Equal(50, await Jobs.LastPreviewAsync(Job(1).Person, Cancellation));
        Assert.Equal(20, await Jobs.LastPreviewAsync(new(5), Cancellation));
        Assert.Equal(0, await Jobs.LastPreviewAsync(new(6), Cancellation));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 20)]
    public async Task Preview_that_was_closed_undelivered_can_be_given_again_and_one_that_failed_cannot(bool hasFailed, int last)
    {
        await AddAsync(Preview(1, 20));
        var job = await BeginAsync(1);
        if (hasFailed)
        {
            await Jobs.SetStateAsync(1, job.Attempt, JobState.Failed, new JobFailure.GivenUp(), Cancellation);
        }

        await Jobs.SetStateAsync(1, job.Attempt, JobState.Closed, failure: null, Cancellation);

        Assert.Equal(last, await Jobs.LastPreviewAsync(job.Person, Cancellation));
        Assert.Equal(!hasFailed, await AddAsync(Preview(2, 20)));
        Assert.NotNull((await Jobs.FindAsync(1, Cancellation))!.Preview);
    }

    [Fact]
    public async Task Job_with_some_of_its_pictures_counts_as_delivered_once_told_and_as_a_preview_that_did_not_reach_its_person()
    {
        await AddAsync(Job(1));
        await AddAsync(Preview(2, 20));
        foreach (var (id, state) in new[] { (1UL, JobState.Untold), (2UL, JobState.Closed) })
        {
            var job = await BeginAsync(id);
            await Jobs.SetPaintedAsync(id, job.Attempt, [], new JobFailure.Incomplete(1, 0), Cancellation);
            await Jobs.SetStateAsync(id, job.Attempt, state, failure: null, Cancellation);
        }

        await Jobs.SetToldAsync(1, Cancellation);

        Assert.Equal(JobState.Delivered, (await Jobs.FindAsync(1, Cancellation))!.State);
        Assert.Equal(0, await Jobs.LastPreviewAsync(Job(1).Person, Cancellation));
    }

    [Fact]
    public async Task Jobs_that_ended_without_pictures_are_found_by_their_tickets()
    {
        (ulong Id, string? Ticket, JobFailure? Failure)[] ended = [(1, "one", new JobFailure.Cancelled()), (2, null, new JobFailure.Cancelled()), (3, "three", null), (4, "four", new JobFailure.Incomplete(0, 1)), (5, "five", new JobFailure.GivenUp())];
        foreach (var (id, ticket, failure) in ended)
        {
            await AddAsync(Job(id));
            var job = (await Jobs.BeginAttemptAsync(id, Cancellation))!;
            Assert.True(ticket is null || await Jobs.SetTicketAsync(id, job.Attempt, ticket, Cancellation));
            Assert.True(await Jobs.SetStateAsync(id, job.Attempt, failure is null ? JobState.Delivered : JobState.Closed, failure, Cancellation));
        }

        Assert.Equal([(5UL, "five"), (1UL, "one")], (await Jobs.AbandonedAsync(Job(1).AcceptedAt, Cancellation)).Select(job => (job.Id, job.Ticket)));
        Assert.Empty(await Jobs.AbandonedAsync(Job(5).AcceptedAt.AddDays(1), Cancellation));
    }

    [Fact]
    public async Task Untold_job_is_over_and_kept_for_its_person_until_it_is_told()
    {
        await AddAsync(Job(1));
        await AddAsync(Job(2));
        await AddAsync(Job(3));
        await AddAsync(Job(4) with { Person = new(5) });
        foreach (var id in new[] { 1UL, 2UL, 4UL })
        {
            var job = await BeginAsync(id);
            Assert.True(await Jobs.SetStateAsync(id, job.Attempt, JobState.Untold, id == 2 ? new JobFailure.GivenUp() : null, Cancellation));
        }

        Assert.Equal([3UL], await Jobs.UnfinishedAsync(Cancellation));
        Assert.Null(await Jobs.BeginAttemptAsync(1, Cancellation));
        Assert.Equal([2UL, 1UL], (await Jobs.UntoldAsync(Job(1).Person, 3, Cancellation)).Select(job => job.Id));
        Assert.Equal([2UL], (await Jobs.UntoldAsync(Job(1).Person, 1, Cancellation)).Select(job => job.Id));

        foreach (var id in new[] { 1UL, 2UL, 3UL })
        {
            await Jobs.SetToldAsync(id, Cancellation);
        }

        Assert.Empty(await Jobs.UntoldAsync(Job(1).Person, 3, Cancellation));
        Assert.Equal([JobState.Delivered, JobState.Closed, JobState.Accepted], [(await Jobs.FindAsync(1, Cancellation))!.State, (await Jobs.FindAsync(2, Cancellation))!.State, (await Jobs.FindAsync(3, Cancellation))!.State]);
    }

    [Fact]
    public async Task Newest_job_of_a_person_is_no_preview_and_has_not_failed()
    {
        var person = Job(1).Person;
        Assert.Null(await Jobs.NewestAsync(person, withPrivate: true, Cancellation));
        await AddAsync(Job(1));
        await AddAsync(Job(2));
        await AddAsync(Job(3) with { IsPrivate = true });
        await AddAsync(Job(4));
        await AddAsync(Preview(5, 20));
        await AddAsync(Job(6) with { Person = new(5) });
        await AddAsync(Job(7) with { AcceptedAt = DateTimeOffset.UnixEpoch });
        await Jobs.CancelAsync(4, person, Cancellation);

        Assert.Equal(2UL, (await Jobs.NewestAsync(person, withPrivate: false, Cancellation))!.Id);
        Assert.Equal(3UL, (await Jobs.NewestAsync(person, withPrivate: true, Cancellation))!.Id);
    }

    [Fact]
    public async Task Accepted_job_survives_a_kill_of_the_process()
    {
        await AddAsync(Job(1));
        await BeginAsync(1);

        await using var restarted = await _storage.AfterKillAsync();

        Assert.Equal([1UL], await restarted.Get<IImagineJobStore>().UnfinishedAsync(Cancellation));
        Assert.Equal(2, (await restarted.Get<IImagineJobStore>().BeginAttemptAsync(1, Cancellation))!.Attempt);
    }

    [Fact]
    public async Task Draft_keeps_its_first_prompt()
    {
        var drafts = _storage.Get<IPromptDrafts>();
        await drafts.SaveAsync(7, new(1), "a forest --s 100", isPersonal: true, Cancellation);
        await drafts.SaveAsync(7, new(1), "a desert", isPersonal: false, Cancellation);

        Assert.Equal(("a forest --s 100", true), await drafts.FindAsync(7, new(1), Cancellation));
        Assert.Null(await drafts.FindAsync(8, new(1), Cancellation));
    }

    [Fact]
    public async Task Draft_is_found_by_its_person_alone()
    {
        var drafts = _storage.Get<IPromptDrafts>();
        await drafts.SaveAsync(7, new(ulong.MaxValue), "a forest", isPersonal: false, Cancellation);

        Assert.Null(await drafts.FindAsync(7, new(1), Cancellation));
        Assert.Equal(("a forest", false), await drafts.FindAsync(7, new(ulong.MaxValue), Cancellation));
    }

    [Fact]
    public async Task Deleted_message_makes_its_job_and_its_pictures_private()
    {
        await AddAsync(Job(1));
        await AddAsync(Job(2));
        await Jobs.SetReplyToAsync(1, "here", message: 71, Cancellation);
        await Jobs.SetReplyToAsync(2, "here", message: 72, Cancellation);
        var mine = (await Jobs.SetPaintedAsync(1, (await BeginAsync(1)).Attempt, [Painted(1), Painted(2)], missing: null, Cancellation))!;
        var others = (await Jobs.SetPaintedAsync(2, (await BeginAsync(2)).Attempt, [Painted(3)], missing: null, Cancellation))!;

        Assert.Equal(1, await Jobs.WithdrawAsync([70, 71], _ => "withdrawn", Cancellation));
        Assert.Equal(0, await Jobs.WithdrawAsync([70, 71], _ => "withdrawn", Cancellation));

        Assert.Equal((true, "withdrawn"), ((await Jobs.FindAsync(1, Cancellation))!.IsPrivate, (await Jobs.FindAsync(1, Cancellation))!.ReplyTo));
        Assert.False((await Jobs.FindAsync(2, Cancellation))!.IsPrivate);
        Assert.All(await _storage.Get<IPictureStore>().FindAsync([.. mine.Select(picture => picture.Id)], Cancellation), picture => Assert.Equal(PictureKind.Private, picture.Kind));
        Assert.Equal(PictureKind.Made, (await _storage.Get<IPictureStore>().FindAsync(others[0].Id, Cancellation))!.Kind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Private_job_is_opened_with_its_pictures_painted_yet_or_not(bool isPaintedFirst)
    {
        await AddAsync(Job(1) with { IsPrivate = true });
        var job = await BeginAsync(1);
        var picture = Painted(1) with { Kind = PictureKind.Private };
        var before = isPaintedFirst ? await Jobs.SetPaintedAsync(1, job.Attempt, [picture], missing: null, Cancellation) : null;

        Assert.False(await Jobs.OpenAsync(1, replyTo => replyTo != "here", Cancellation));
        Assert.True(await Jobs.OpenAsync(1, replyTo => replyTo == "here", Cancellation));
        Assert.False(await Jobs.OpenAsync(1, _ => true, Cancellation));

        var painted = Assert.Single(before ?? (await Jobs.SetPaintedAsync(1, job.Attempt, [picture], missing: null, Cancellation))!);
        Assert.Equal(PictureKind.Made, (await _storage.Get<IPictureStore>().FindAsync(painted.Id, Cancellation))!.Kind);
        Assert.False((await Jobs.FindAsync(1, Cancellation))!.IsPrivate);
    }

    [Fact]
    public async Task Job_whose_message_was_deleted_before_it_was_painted_has_private_pictures()
    {
        await AddAsync(Job(1));
        await Jobs.SetReplyToAsync(1, "here", message: 71, Cancellation);
        var job = await BeginAsync(1);

        await Jobs.WithdrawAsync([71], _ => "withdrawn", Cancellation);

        Assert.Equal(PictureKind.Private, Assert.Single((await Jobs.SetPaintedAsync(1, job.Attempt, [Painted(1)], missing: null, Cancellation))!).Kind);
    }

    private static ImagineJob Job(ulong id) => new()
    {
        Id = id,
        Person = new(ulong.MaxValue - 1),
        ReplyTo = "here",
        Prompt = "a forest",
        Backend = "Painter",
        Request = new()
        {
            Text = "a \"forest\" – ü",
            Additions = [new("rich saturated colours", 1.1)],
            Avoid = ["people"],
            Styles = [new StyleVector(0.1f, -0.7f), new StyleVector(float.BitDecrement(1), 1f / 3)],
            Seed = uint.MaxValue,
            Original = new(7),
            OriginalNumber = 2,
            Lineage = [4, 8],
            Count = 2,
            Width = 640,
            Height = 360,
            Model = "m",
        },
        AcceptedAt = DateTimeOffset.UnixEpoch.AddMilliseconds(1_790_000_000_123),
    };

    private static ImagineJob Preview(ulong id, int point) => Job(id) with
    {
        Preview = new(point, [new(new("vividness", "muted", "vivid", []), -1.5, 0.9), new(new("warmth", "cool", "warm", []), 1.0 / 3, 0.81)], IsOwnPrompt: true),
    };

    private static Picture Painted(uint seed) => TemporaryStorage.RankingPicture(seed) with { Kind = PictureKind.Made, Author = new(3), FileKey = "x" };

    private async Task<bool> AddAsync(ImagineJob job) => await AddAsync(job, new JobsOptions()) is EnqueueResult.Accepted;

    private Task<EnqueueResult> AddAsync(ImagineJob job, JobsOptions limits) => Jobs.AddAsync(job, limits, Cancellation);

    private async Task<ImagineJob> BeginAsync(ulong id) => (await Jobs.BeginAttemptAsync(id, Cancellation))!;

    public sealed class OnSqlite() : ImagineJobStoreTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : ImagineJobStoreTests(DatabaseKind.Postgres);
}

using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Personalization.App.Bot;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
using Personalization.Storage.Imagine;
using SkiaSharp;

namespace Personalization.App.Tests.Bot;

/// <summary>Jobs whose person Discord tells nothing: acknowledged too late, in an archived thread, or past fifteen minutes where the bot is a guest.</summary>
public sealed class UntoldJobsTests
{
    private const string Callback = "POST /v10/interactions/31/interaction.token/callback";
    private const string Original = "PATCH /v10/webhooks/9/interaction.token/messages/@original";
    private const string Messages = "/v10/channels/8/messages";
    private const string Channel = """{"id":"8","type":0}""";

    private static readonly PersonId Ann = new(1);

    private static CancellationToken Cancellation => TasteProgram.Cancellation;

    [Fact]
    public async Task Job_acknowledged_too_late_is_delivered_as_a_message_that_says_so_where_the_bot_may_post()
    {
        await using var program = await CreateAsync(isInstalled: true);
        program.Discord.Intercept = target => target switch
        {
            Callback => RecordedDiscord.Error(HttpStatusCode.NotFound, 10062),
            $"GET {Messages}" => RecordedDiscord.Answer(HttpStatusCode.OK, "[]"),
            _ => null,
        };

        await program.SayAsync(Ann, "5", Channel, "imagine", ("prompt", "a red door"));
        var job = (await program.Get<ImagineJobStore>().FindAsync(31, Cancellation))!;
        Assert.True(await DeliverAsync(program, job));

        Assert.Equal(JobState.Accepted, job.State);
        Assert.Equal($"POST {Messages}", program.Discord.LastTarget);
        Assert.StartsWith("-# Discord showed no answer to this prompt, since mine came too late. It was accepted all the same:\n**a red door**", program.Discord.Last().Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Original, program.Discord.Requests);
        Assert.Single(Warnings(program));
    }

    [Fact]
    public async Task Job_acknowledged_too_late_is_cancelled_where_the_bot_may_not_post_and_told_at_the_next_command()
    {
        await using var program = await CreateAsync(isInstalled: false);
        program.Discord.Intercept = target => target == Callback ? RecordedDiscord.Error(HttpStatusCode.NotFound, 10062) : null;

        await program.SayAsync(Ann, "5", Channel, "imagine", ("prompt", "a red door"));

        Assert.Equal(JobState.Untold, (await program.Get<ImagineJobStore>().FindAsync(31, Cancellation))!.State);
        Assert.Equal([Callback], program.Discord.Requests);
        Assert.Single(Warnings(program));

        program.Discord.Intercept = _ => null;
        await program.SayAsync(Ann, "5", Channel, "taste");
        Assert.Equal("**a red door**\nThis prompt was not painted: my answer came too late for Discord.", program.Discord.Last().Text);
        Assert.Equal("POST /v10/webhooks/9/interaction.token", program.Discord.LastTarget);

        // Once.
        await program.SayAsync(Ann, "5", Channel, "taste");
        Assert.Equal(1, program.Discord.All.Count(shown => shown.Text.Contains("too late for Discord", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Job_for_the_person_alone_that_is_acknowledged_too_late_is_cancelled_and_told_wherever_they_are_next()
    {
        await using var program = await CreateAsync(isInstalled: true);
        await program.SayAsync(Ann, server: null, """{"id":"40","type":1}""", "imagine", ("prompt", "a red door"));
        program.InteractionId++;
        program.Discord.Intercept = target => target.EndsWith("/callback", StringComparison.Ordinal) ? RecordedDiscord.Error(HttpStatusCode.NotFound, 10062) : null;

        await program.PressAsync(Ann, "imagine:again:31");

        Assert.Equal(JobState.Untold, (await program.Get<ImagineJobStore>().FindAsync(32, Cancellation))!.State);
        program.Discord.Intercept = _ => null;
        await program.SayAsync(Ann, "5", """{"id":"9","type":0}""", "taste");
        Assert.Equal("**a red door**\nThis prompt was not painted: my answer came too late for Discord.", program.Discord.Last().Text);
    }

    [Fact]
    public async Task Answer_of_a_command_stays_where_earlier_jobs_cannot_be_told()
    {
        await using var program = await CreateAsync(isInstalled: true);
        await program.Get<ImagineJobStore>().AddAsync(Job(program, canPost: true) with { Person = Ann }, new JobsOptions(), Cancellation);
        var attempt = (await program.Get<ImagineJobStore>().BeginAttemptAsync(1, Cancellation))!.Attempt;
        await program.Get<ImagineJobStore>().SetStateAsync(1, attempt, JobState.Untold, new JobFailure.GivenUp(), Cancellation);
        await program.ExecuteAsync("UPDATE ImagineJobs SET ReplyTo = 'no address'");

        await program.SayAsync(Ann, "5", Channel, "taste");

        Assert.DoesNotContain("Something went wrong", program.Discord.Last().Text, StringComparison.Ordinal);
        Assert.Contains("could not be told of earlier jobs", Assert.Single(Warnings(program)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_that_cannot_be_stored_in_time_is_not_accepted()
    {
        await using var program = await TasteProgram.CreateAsync(services => services.AddSingleton<IImagineQueue, SlowQueue>());

        await program.SayAsync(Ann, "5", Channel, "imagine", ("prompt", "a red door"));

        Assert.Null(await program.Get<ImagineJobStore>().FindAsync(31, Cancellation));
        Assert.Empty(program.Discord.Requests);
        Assert.Single(Warnings(program));
    }

    [Fact]
    public async Task Answer_in_an_archived_thread_is_posted_anew_and_takes_the_place_of_the_old_message()
    {
        await using var program = await CreateAsync(isInstalled: true);
        program.Discord.Intercept = target => target switch
        {
            Original or $"PATCH {Messages}/77" => RecordedDiscord.Error(HttpStatusCode.BadRequest, 50083),
            $"GET {Messages}" => RecordedDiscord.Answer(HttpStatusCode.OK, """[{"id":"77","interaction_metadata":{"id":"1"},"components":[]}]"""),
            $"DELETE {Messages}/77" => new(HttpStatusCode.NoContent),
            _ => null,
        };

        var (jobs, job) = (program.Get<ImagineJobStore>(), Job(program, canPost: true));
        await jobs.AddAsync(job, new JobsOptions(), Cancellation);

        Assert.True(await DeliverAsync(program, job));

        Assert.Equal([Original, $"PATCH {Messages}/77", $"GET {Messages}", $"PATCH {Messages}/77", $"POST {Messages}", $"DELETE {Messages}/77"], program.Discord.Requests);
        Assert.Contains("**a cat**", program.Discord.Last().Text);

        // Delivered again after a crash: the old message, which is gone, says nothing about what the person wants.
        program.Discord.Intercept = target => target == Original ? RecordedDiscord.Error(HttpStatusCode.NotFound, 10008) : null;
        Assert.True(await DeliverAsync(program, job));
        Assert.Equal($"PATCH {Messages}/78", program.Discord.Requests.Last());
        Assert.False((await jobs.FindAsync(1, Cancellation))!.IsPrivate);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public async Task Answer_whose_message_was_deleted_is_not_posted_anew_and_its_pictures_are_withdrawn(int minutes)
    {
        await using var program = await CreateAsync(isInstalled: true);
        var (jobs, job) = (program.Get<ImagineJobStore>(), Job(program, canPost: true));
        await jobs.AddAsync(job, new JobsOptions(), Cancellation);
        await jobs.SetReplyToAsync(1, job.ReplyTo, message: 77, Cancellation);
        program.Time.Advance(TimeSpan.FromMinutes(minutes));
        program.Discord.Intercept = target => target.StartsWith("PATCH", StringComparison.Ordinal) ? RecordedDiscord.Error(HttpStatusCode.NotFound, 10008) : null;

        Assert.True(await DeliverAsync(program, job));

        Assert.StartsWith("PATCH", Assert.Single(program.Discord.Requests), StringComparison.Ordinal);
        Assert.True((await jobs.FindAsync(1, Cancellation))!.IsPrivate);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answer_in_a_thread_that_stays_archived_waits_and_is_not_called_undeliverable(bool canPost)
    {
        await using var program = await CreateAsync(canPost);
        program.Discord.Intercept = target => target.StartsWith("GET", StringComparison.Ordinal)
            ? RecordedDiscord.Answer(HttpStatusCode.OK, "[]")
            : RecordedDiscord.Error(HttpStatusCode.BadRequest, 50083);

        // Whatever else a delivery throws is tried again for a day.
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => DeliverAsync(program, Job(program, canPost)));

        Assert.IsNotType<UndeliverableException>(failure);
        Assert.Equal(canPost, program.Discord.Requests.Contains($"POST {Messages}"));
    }

    [Fact]
    public async Task Pictures_that_a_guest_could_not_deliver_in_fifteen_minutes_are_shown_at_the_next_command()
    {
        await using var program = await CreateAsync(isInstalled: false);
        var jobs = program.Get<ImagineJobStore>();
        var job = Job(program, canPost: false);
        await jobs.AddAsync(job, new JobsOptions(), Cancellation);
        var attempt = (await jobs.BeginAttemptAsync(1, Cancellation))!.Attempt;
        var pictures = Enumerable.Range(0, 2).Select(i => new Picture { Kind = PictureKind.Made, Prompt = "a cat", Style = new(new float[program.Get<Personalization.Styles.StyleVocabulary>().Dimension]), Seed = (uint)i, Width = 8, Height = 8, FileKey = $"{new string('a', 63)}{i}.png" });
        await jobs.SetPaintedAsync(1, attempt, [.. pictures], new JobFailure.Incomplete(1, 1), Cancellation);
        program.Time.Advance(TimeSpan.FromMinutes(16));
        program.Discord.Intercept = target => target.StartsWith($"PATCH {Messages}", StringComparison.Ordinal) ? RecordedDiscord.Error(HttpStatusCode.Forbidden, 50001) : null;
        Assert.False(await DeliverAsync(program, job));
        await jobs.SetStateAsync(1, attempt, JobState.Untold, failure: null, Cancellation);

        await program.SayAsync(new(2), "5", Channel, "taste");
        Assert.DoesNotContain("a cat", program.Discord.Last().Text);
        await program.SayAsync(job.Person, "5", Channel, "taste");

        Assert.StartsWith("**a cat**\n-# 2 of 4: The image service's filter withheld 1 of the pictures, and the image server did not return 1.\nThese pictures are ready.", program.Discord.Last().Text, StringComparison.Ordinal);
        Assert.Equal(["imagine:pick:1:0", "imagine:pick:1:1"], program.Discord.LastButtons);
        Assert.Equal(JobState.Delivered, (await jobs.FindAsync(1, Cancellation))!.State);
    }

    [Theory]
    [InlineData(null, "imagine:pick:1:0", JobState.Delivered)]
    [InlineData(JobState.Failed, "imagine:again:1", JobState.Closed)]
    public async Task Press_of_the_old_Cancel_tells_of_the_job_and_no_later_command_does(JobState? ended, string button, JobState told)
    {
        await using var program = await CreateAsync(isInstalled: false);
        var (jobs, job) = (program.Get<ImagineJobStore>(), Job(program, canPost: false));
        await jobs.AddAsync(job, new JobsOptions(), Cancellation);
        var attempt = (await jobs.BeginAttemptAsync(1, Cancellation))!.Attempt;
        if (ended is null)
        {
            var picture = new Picture { Kind = PictureKind.Made, Prompt = "a cat", Style = null, Seed = 1, Width = 8, Height = 8, FileKey = $"{new string('a', 64)}.png" };
            await jobs.SetPaintedAsync(1, attempt, [picture], missing: null, Cancellation);
        }

        await jobs.SetStateAsync(1, attempt, JobState.Untold, ended is null ? null : new JobFailure.GivenUp(), Cancellation);

        await program.PressAsync(job.Person, "imagine:cancel:1");

        Assert.Equal(button, program.Discord.LastButtons[0]);
        Assert.Equal(told, (await jobs.FindAsync(1, Cancellation))!.State);
        await program.SayAsync(job.Person, "5", Channel, "taste");
        Assert.DoesNotContain("a cat", program.Discord.Last().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_whose_message_cannot_be_changed_is_told_by_the_command_that_cancels_it_and_not_twice()
    {
        await using var program = await CreateAsync(isInstalled: false);
        var (jobs, job) = (program.Get<ImagineJobStore>(), Job(program, canPost: false));
        await jobs.AddAsync(job, new JobsOptions(), Cancellation);
        program.Time.Advance(TimeSpan.FromMinutes(16));
        program.Discord.Intercept = target => target.StartsWith($"PATCH {Messages}", StringComparison.Ordinal) ? RecordedDiscord.Error(HttpStatusCode.Forbidden, 50001) : null;

        await program.SayAsync(job.Person, "5", Channel, "cancel");

        Assert.Equal("Your pictures are cancelled.", program.Discord.Last().Text);
        Assert.Equal(JobState.Closed, (await jobs.FindAsync(1, Cancellation))!.State);
    }

    private static async Task<bool> DeliverAsync(TasteProgram program, ImagineJob job)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(8, 8));
        return await program.Get<IDelivery>().DeliverAsync(job with { Pictures = [new(1), new(2)] }, new(bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray(), 8, 8), (8, 8), Cancellation);
    }

    private static IEnumerable<string> Warnings(TasteProgram program) =>
        program.Log.Lines.Where(line => !line.StartsWith(nameof(LogLevel.Information), StringComparison.Ordinal));

    private static async Task<TasteProgram> CreateAsync(bool isInstalled)
    {
        var program = await TasteProgram.CreateAsync(services => services.AddSingleton<IImagineQueue, StoringQueue>());
        program.IsInstalled = isInstalled;
        return program;
    }

    private static ImagineJob Job(TasteProgram program, bool canPost)
    {
        var address = new ReplyAddress(new(1, 9, "interaction.token", 8, 5, program.Time.GetUtcNow()), MessageId: 77, CanPost: canPost);
        var job = SampleJob.Create(1);
        return job with { ReplyTo = address.ToString(), Prompt = "a cat", Request = job.Request with { Text = "a cat", Count = 4 } };
    }

    /// <summary>Stores jobs; nothing runs them.</summary>
    private sealed class StoringQueue(ImagineJobStore jobs) : IImagineQueue
    {
        public Task<EnqueueResult> EnqueueAsync(ImagineJob job, CancellationToken cancellationToken) => jobs.AddAsync(job, new JobsOptions(), cancellationToken);
    }

    /// <summary>Begins to store jobs when it is too late.</summary>
    private sealed class SlowQueue(ImagineJobStore jobs, TimeProvider time) : IImagineQueue
    {
        public Task<EnqueueResult> EnqueueAsync(ImagineJob job, CancellationToken cancellationToken)
        {
            ((Microsoft.Extensions.Time.Testing.FakeTimeProvider)time).Advance(TimeSpan.FromSeconds(2.5));
            return jobs.AddAsync(job, new JobsOptions(), cancellationToken);
        }
    }
}

using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Personalization.App.Bot;
using Personalization.App.Tests.Jobs;
using Personalization.Discord.Components;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;

namespace Personalization.App.Tests.Bot;

/// <summary>What <c>/imagine</c> has done, and for whose eyes.</summary>
public sealed class ImagineCommandTests
{
    private const string Thread = """{"id":"8","type":11,"parent_id":"6"}""";

    [Theory]
    [InlineData("5", """{"id":"8","type":0}""", false)]
    [InlineData("5", """{"id":"8","type":0,"nsfw":true}""", true)]
    [InlineData("5", """{"id":"8","type":12,"parent_id":"6"}""", true)]
    [InlineData(null, """{"id":"8","type":1}""", true)]
    public async Task What_is_made_in_a_direct_message_in_a_private_thread_or_among_adults_stays_there(string? server, string channel, bool isPrivate)
    {
        var queue = new RecordedQueue();
        await using var program = await CreateAsync(queue);

        await program.SayAsync(new(1), server, channel, "imagine", ("prompt", "a red door"));

        Assert.Equal(("a red door", isPrivate), (Assert.Single(queue.Jobs).Prompt, queue.Jobs[0].IsPrivate));
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, """{"id":"6","type":0,"nsfw":false}""", false)]
    [InlineData(HttpStatusCode.OK, """{"id":"6","type":15,"nsfw":true}""", true)]
    [InlineData(HttpStatusCode.Forbidden, """{"code":50001,"message":"Missing Access"}""", true)]
    public async Task A_thread_is_as_its_channel_which_is_asked_about_once(HttpStatusCode status, string channel, bool isPrivate)
    {
        var queue = new RecordedQueue();
        await using var program = await CreateAsync(queue);
        var asked = 0;
        program.Discord.Channel = _ =>
        {
            asked++;
            return Task.FromResult(RecordedDiscord.Answer(status, channel));
        };

        await program.SayAsync(new(1), "5", Thread, "imagine", ("prompt", "a red door"));
        program.Discord.Next();
        await program.SayAsync(new(1), "5", Thread, "imagine", ("prompt", "a blue door"));

        Assert.Equal([isPrivate, isPrivate], queue.Jobs.Select(job => job.IsPrivate));
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task A_thread_whose_channel_is_not_told_of_in_time_keeps_its_pictures_and_its_people_do_not_wait()
    {
        var queue = new RecordedQueue();
        await using var program = await CreateAsync(queue);
        var asked = new TaskCompletionSource();
        program.Discord.Channel = async cancellationToken =>
        {
            asked.TrySetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            throw new InvalidOperationException();
        };
        var said = program.SayAsync(new(1), "5", Thread, "imagine", ("prompt", "a red door"));
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        program.Time.Advance(TimeSpan.FromSeconds(1));
        await said;

        Assert.True(Assert.Single(queue.Jobs).IsPrivate);
    }

    [Theory]
    [InlineData(6, true)]
    [InlineData(2, false)]
    [InlineData(0, false)]
    public void Who_asks_what_was_added_is_told_that_the_best_were_kept_where_they_were(int candidates, bool isTold)
    {
        var job = JobsProgram.Job(1);

        var told = Replies.Added(job with { Request = job.Request with { Candidates = candidates } }, followed: 0);

        var text = string.Join('\n', told.Components.SelectMany(component => component.Flatten()).OfType<TextDisplay>().Select(part => part.Content));
        Assert.Equal(isTold, text.Contains($"The best 2 of {candidates} painted, by this taste."));
    }

    [Theory]
    [InlineData(false, "Like, Vary")]
    [InlineData(true, "Vary")]
    public void A_picture_that_stays_private_is_not_offered_to_be_liked(bool isPrivate, string buttons)
    {
        var shown = Replies.Single(JobsProgram.Job(1) with { IsPrivate = isPrivate, Pictures = [new(1), new(2)] }, 0, PictureFile.OfPng(new byte[] { 1 }));

        Assert.Equal(buttons, string.Join(", ", shown.Components.SelectMany(component => component.Flatten()).OfType<Button>().Select(button => button.Label)));
    }

    private static Task<TasteProgram> CreateAsync(IImagineQueue queue) => TasteProgram.CreateAsync(services => services.AddSingleton(queue));

    private sealed class RecordedQueue : IImagineQueue
    {
        public List<ImagineJob> Jobs { get; } = [];

        public Task<bool> EnqueueAsync(ImagineJob job, CancellationToken cancellationToken)
        {
            Jobs.Add(job);
            return Task.FromResult(true);
        }
    }
}

using Microsoft.Extensions.DependencyInjection;
using Personalization.App.Bot;
using Personalization.App.Tests.Jobs;
using Personalization.Discord.Components;
using Personalization.Imagine;

namespace Personalization.App.Tests.Bot;

/// <summary>What <c>/imagine</c> has done, and for whose eyes.</summary>
public sealed class ImagineCommandTests
{
    [Theory]
    [InlineData("5", false, false)]
    [InlineData("5", true, true)]
    [InlineData(null, false, true)]
    public async Task What_is_made_in_a_direct_message_or_among_adults_stays_there(string? server, bool isForAdults, bool isPrivate)
    {
        var queue = new RecordedQueue();
        await using var program = await TasteProgram.CreateAsync(services => services
            .AddSingleton<ICommand, ImagineCommand>()
            .AddSingleton<Acknowledgements>()
            .AddSingleton<IDelivery>(new RecordedDelivery())
            .AddSingleton<ImagineRunner>()
            .AddSingleton<IImagineQueue>(queue));

        await program.SayAsync(new(1), server, isForAdults, "imagine", ("prompt", "a red door"));

        Assert.Equal(("a red door", isPrivate), (Assert.Single(queue.Jobs).Prompt, queue.Jobs[0].IsPrivate));
    }

    [Theory]
    [InlineData(6, true)]
    [InlineData(2, false)]
    [InlineData(0, false)]
    public void Who_asks_what_was_added_is_told_that_the_best_were_kept_where_they_were(int candidates, bool isTold)
    {
        var job = JobsProgram.Job(1);

        var told = Replies.Added(job with { Request = job.Request with { Candidates = candidates } });

        var text = string.Join('\n', told.Components.SelectMany(component => component.Flatten()).OfType<TextDisplay>().Select(part => part.Content));
        Assert.Equal(isTold, text.Contains($"The best 2 of {candidates} painted, by this taste."));
    }

    [Theory]
    [InlineData(false, "Like, Vary")]
    [InlineData(true, "Vary")]
    public void A_picture_that_stays_private_is_not_offered_to_be_liked(bool isPrivate, string buttons)
    {
        var shown = Replies.Single(JobsProgram.Job(1) with { IsPrivate = isPrivate, Pictures = [new(1), new(2)] }, 0, [1]);

        Assert.Equal(buttons, string.Join(", ", shown.Components.SelectMany(component => component.Flatten()).OfType<Button>().Select(button => button.Label)));
    }

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

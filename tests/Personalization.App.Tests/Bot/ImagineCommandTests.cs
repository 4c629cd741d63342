using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Personalization.App.Bot;
using Personalization.App.Tests.Jobs;
using Personalization.Discord.Components;
using Personalization.Discord.Rest;
using Personalization.Imagine;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
using Personalization.Prompts;
using Personalization.Styles;

namespace Personalization.App.Tests.Bot;

/// <summary>What <c>/imagine</c> submits and shows, and what is private.</summary>
public sealed class ImagineCommandTests
{
    private const string Thread = """{"id":"8","type":11,"parent_id":"6"}""";

    [Theory]
    [InlineData("5", """{"id":"8","type":0}""", false)]
    [InlineData("5", """{"id":"8","type":0,"nsfw":true}""", true)]
    [InlineData("5", """{"id":"8","type":12,"parent_id":"6"}""", true)]
    [InlineData(null, """{"id":"8","type":1}""", true)]
    public async Task Pictures_of_direct_messages_private_threads_and_restricted_channels_are_private(string? server, string channel, bool isPrivate)
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
    public async Task Thread_is_as_private_as_its_channel_which_is_requested_once(HttpStatusCode status, string channel, bool isPrivate)
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
    public async Task Thread_is_private_where_its_channel_is_not_known_in_time()
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
    public void Answer_to_what_was_added_names_the_candidates_where_there_were_more(int candidates, bool isShown)
    {
        var job = JobsProgram.Job(1);

        var added = ImagineView.Added(job with { Request = job.Request with { Candidates = candidates } }, new TasteEffect(null, [], [], 0));

        var text = string.Join('\n', added.Components.SelectMany(component => component.Flatten()).OfType<TextDisplay>().Select(part => part.Content));
        Assert.Equal(isShown, text.Contains($"The 2 that this taste likes best, of {candidates} painted."));
    }

    [Fact]
    public async Task Answer_to_what_was_added_says_how_far_the_painted_style_leads_and_no_words_that_were_not_used()
    {
        await using var program = await TasteProgram.CreateAsync();
        var axes = program.Get<StyleVocabulary>().Axes;
        var job = JobsProgram.Job(1) with { Backend = "Painter" };
        var request = job.Request with { Styles = [Style(-0.38f, 0, 0.05f, 0.6f)], Additions = [new("near-monochrome palette", 0.4)], Dislikes = ["noise"] };

        var effect = program.Get<Imaginer>().EffectOf(job with { Request = request });

        var added = ImagineView.Added(job with { Request = request }, effect);
        var text = string.Join('\n', added.Components.SelectMany(component => component.Flatten()).OfType<TextDisplay>().Select(part => part.Content));
        Assert.EndsWith($"\n- {axes[3].High} · 60\n- {axes[0].Low} · 38", text, StringComparison.Ordinal);

        StyleVector Style(params float[] first) => new([.. first, .. new float[axes.Count - first.Length]]);
    }

    [Fact]
    public void Variation_is_titled_by_the_picture_it_varies()
    {
        var job = JobsProgram.Job(1);

        Assert.StartsWith("-# Variation of picture 2\n**", Title(job with { Request = job.Request with { OriginalNumber = 2 } }), StringComparison.Ordinal);
        Assert.StartsWith("**", Title(job), StringComparison.Ordinal);

        static string Title(ImagineJob job) => ImagineView.Apology(job).Components.SelectMany(component => component.Flatten()).OfType<TextDisplay>().First().Content;
    }

    [Theory]
    [InlineData("a cat --ar 16:9 --p k7m2xq4d")]
    [InlineData("a well-lit cat, 50% *bold* _and_ `code` (in) [brackets] #1 <now> --no red cars, dogs --s 250")]
    [InlineData("\"10:30\" ~ a|b \\o/ @home")]
    public void Copied_answer_reads_back_as_its_prompt(string text)
    {
        var prompt = PromptParser.Parse(text, []).Prompt!;
        var job = JobsProgram.Job(1);
        job = job with { Prompt = prompt.ToString(), Request = job.Request with { Text = prompt.Text }, Pictures = [new(1), new(2)] };
        var grid = new PaintedPicture(new byte[] { 1 }, 8, 8);
        string[] answers =
        [
            First(ImagineView.Answer(job, grid, PictureFile.FromPng(new byte[] { 1 }), [])),
            First(ImagineView.Single(job, 0, PictureFile.FromPng(new byte[] { 1 }))),
            First(ImagineView.Answer(job with { Request = job.Request with { OriginalNumber = 2 } }, grid, PictureFile.FromPng(new byte[] { 1 }), [])),
        ];

        // Discord's client joins lines with spaces where it pastes into an option.
        Assert.All(answers.Concat(answers.Select(answer => answer.Replace('\n', ' '))), answer =>
            Assert.Equal(prompt.ToString(), PromptParser.Parse(answer, []).Prompt?.ToString()));

        static string First(MessageBody body) => body.Components.SelectMany(component => component.Flatten()).OfType<TextDisplay>().First().Content;
    }

    [Fact]
    public async Task Prompt_that_an_earlier_version_accepted_is_explained_when_it_is_made_again()
    {
        await using var program = await TasteProgram.CreateAsync(services => services.AddSingleton<IImagineJobStore, JobsInMemory>());
        await Assert.IsType<JobsInMemory>(program.Get<IImagineJobStore>()).AddAsync(JobsProgram.Job(1) with { Prompt = "hot::2 dog" });

        await program.PressAsync(new(1), "imagine:again:1");

        Assert.Contains("is the weight of a part of the prompt", program.Discord.Last().Text);
    }

    [Theory]
    [InlineData(false, "Like, Vary")]
    [InlineData(true, "Vary")]
    public void Private_picture_has_no_like_button(bool isPrivate, string buttons)
    {
        var shown = ImagineView.Single(JobsProgram.Job(1) with { IsPrivate = isPrivate, Pictures = [new(1), new(2)] }, 0, PictureFile.FromPng(new byte[] { 1 }));

        Assert.Equal(buttons, string.Join(", ", shown.Components.SelectMany(component => component.Flatten()).OfType<Button>().Select(button => button.Label)));
    }

    private static Task<TasteProgram> CreateAsync(IImagineQueue queue) => TasteProgram.CreateAsync(services => services.AddSingleton(queue));
}

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
    [Theory]
    [InlineData("5", TasteProgram.Open, false)]
    [InlineData("5", """{"id":"30","type":11,"parent_id":"8"}""", false)]
    [InlineData("5", """{"id":"8","type":0,"nsfw":true}""", true)]
    [InlineData("5", """{"id":"9","type":0}""", true)]
    [InlineData("5", """{"id":"30","type":11,"parent_id":"9"}""", true)]
    [InlineData("5", """{"id":"30","type":10,"parent_id":"10"}""", true)]
    [InlineData("5", """{"id":"11","type":0}""", true)]
    [InlineData("5", """{"id":"12","type":0}""", true)]
    [InlineData("7", """{"id":"8","type":0}""", true)]
    [InlineData("5", """{"id":"30","type":12,"parent_id":"8"}""", true)]
    [InlineData(null, """{"id":"8","type":1}""", true)]
    [InlineData(null, """{"id":"8","type":3}""", true)]
    public async Task Pictures_are_private_wherever_not_every_member_of_a_known_server_sees_them(string? server, string channel, bool isPrivate)
    {
        var queue = new RecordedQueue();
        await using var program = await CreateAsync(queue);

        await program.SayAsync(new(1), server, channel, "imagine", ("prompt", "a red door"));

        var job = Assert.Single(queue.Jobs);
        Assert.Equal(("a red door", isPrivate), (job.Prompt, job.IsPrivate));
        Assert.Equal(server, job.Guild?.ToString());
    }

    [Theory]
    [InlineData(true, "As many of your prompts as one person can have (10) are waiting to be painted. Please try again when one of them is done, or stop the newest with `/cancel`.")]
    [InlineData(false, "As many prompts as this bot takes (10) are waiting to be painted. Nothing is wrong with yours: please try again in a few minutes.")]
    public async Task Prompt_for_which_there_is_no_room_is_refused_with_what_to_do(bool isPersonal, string answer)
    {
        await using var program = await CreateAsync(new RecordedQueue { Answer = new EnqueueResult.Full(10, isPersonal) });

        var shown = await program.SayAsync(new(1), "imagine", ("prompt", "a red door"));

        Assert.Equal(answer, shown.Text);
    }

    [Theory]
    [InlineData(3, 40.0, "3 jobs ahead in the queue · ready in about 40 s")]
    [InlineData(1, 36.1, "1 job ahead in the queue · ready in about 40 s")]
    [InlineData(0, 1.0, "Next in the queue · ready in about 5 s")]
    [InlineData(40, 61.0, "40 jobs ahead in the queue · ready in about 2 min")]
    [InlineData(40, null, "40 jobs ahead in the queue")]
    public void Waiting_job_shows_its_place_what_is_known_of_the_time_and_how_to_stop_it(int ahead, double? seconds, string place)
    {
        var shown = ImagineView.Progress(JobsProgram.Job(1), new(0, ahead, Remaining: seconds is { } known ? TimeSpan.FromSeconds(known) : null));

        var parts = shown.Components.SelectMany(component => component.Flatten()).ToList();
        Assert.EndsWith($"\n{place}", parts.OfType<TextDisplay>().Single().Content, StringComparison.Ordinal);
        Assert.Equal("imagine:cancel:1", parts.OfType<Button>().Single().CustomId);
    }

    [Theory]
    [InlineData(1, "1 picture ahead in the queue")]
    [InlineData(4, "4 pictures ahead in the queue")]
    public void Waiting_job_counts_pictures_where_its_server_does(int ahead, string place)
    {
        var shown = ImagineView.Progress(JobsProgram.Job(1), new(0, ahead) { CountsPictures = true });

        Assert.EndsWith($"\n{place}", shown.Components.SelectMany(component => component.Flatten()).OfType<TextDisplay>().Single().Content, StringComparison.Ordinal);
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
        string[] answers =
        [
            First(ImagineView.Answer(job, (8, 8), PictureFile.FromPng(new byte[] { 1 }), [])),
            First(ImagineView.Single(job, 0, PictureFile.FromPng(new byte[] { 1 }))),
            First(ImagineView.Answer(job with { Request = job.Request with { OriginalNumber = 2 } }, (8, 8), PictureFile.FromPng(new byte[] { 1 }), [])),
            First(ImagineView.Answer(job with { Failure = new JobFailure.Incomplete(1, 1) }, (8, 8), PictureFile.FromPng(new byte[] { 1 }), ["zeppelin"], isUntold: true)),
            First(ImagineView.Answer(job with { Preview = new(20, [], IsOwnPrompt: true) }, (8, 8), PictureFile.FromPng(new byte[] { 1 }), [])),
        ];

        // Discord's client joins lines with spaces where it pastes into an option.
        Assert.All(answers.Concat(answers.Select(answer => answer.Replace('\n', ' '))), answer =>
            Assert.Equal(prompt.ToString(), PromptParser.Parse(answer, []).Prompt?.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("de")]
    public void Answer_that_was_selected_as_it_is_shown_reads_back_as_its_prompt(string? locale)
    {
        var job = JobsProgram.Job(1);
        job = job with { Prompt = "a cat --ar 16:9", Request = job.Request with { Text = "a cat", OriginalNumber = 2 }, Pictures = [new(1), new(2)] };
        MessageBody[] answers = Text.In(locale, () => (MessageBody[])
        [
            ImagineView.Answer(job, (8, 8), PictureFile.FromPng(new byte[] { 1 }), []),
            ImagineView.Single(job, 1, PictureFile.FromPng(new byte[] { 1 })),
        ]);

        // Without markdown.
        Assert.All(answers.Select(answer => First(answer).Replace("-# ", "").Replace("*", "").Replace("`", "").Replace("\\", "").Replace('\n', ' ')), answer =>
            Assert.Equal("a cat --ar 16:9", PromptParser.Parse(answer, []).Prompt?.ToString()));
    }

    [Fact]
    public async Task Prompt_that_an_earlier_version_accepted_is_explained_when_it_is_made_again()
    {
        await using var program = await TasteProgram.CreateAsync(services => services.AddSingleton<IImagineJobStore, JobsInMemory>());
        var address = new ReplyAddress(new(1, 9, "interaction.token", 8, 5, program.Time.GetUtcNow()));
        await Assert.IsType<JobsInMemory>(program.Get<IImagineJobStore>()).AddAsync(JobsProgram.Job(1) with { Prompt = "hot::2 dog", ReplyTo = address.ToString() });

        await program.PressAsync(new(1), "imagine:again:1");

        Assert.Contains("is the weight of a part of the prompt", program.Discord.Last().Text);
    }

    [Theory]
    [InlineData(false, 5UL, "Like, More like this, Vary, Delete")]
    [InlineData(true, 5UL, "Vary, Delete")]
    [InlineData(true, null, "More like this, Vary, Delete")]
    public void Private_picture_is_not_liked_and_compared_with_others_by_its_maker_alone(bool isPrivate, ulong? guild, string buttons)
    {
        var shown = ImagineView.Single(JobsProgram.Job(1) with { IsPrivate = isPrivate, Guild = guild is { } server ? new GuildId(server) : null, Pictures = [new(1), new(2)] }, 0, PictureFile.FromPng(new byte[] { 1 }));

        Assert.Equal(buttons, string.Join(", ", shown.Components.SelectMany(component => component.Flatten()).OfType<Button>().Select(button => button.Label)));
    }

    private static Task<TasteProgram> CreateAsync(IImagineQueue queue) => TasteProgram.CreateAsync(services => services.AddSingleton(queue));

    private static string First(MessageBody body) => body.Components.SelectMany(component => component.Flatten()).OfType<TextDisplay>().First().Content;
}

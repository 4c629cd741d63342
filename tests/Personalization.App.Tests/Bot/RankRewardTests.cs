using Microsoft.Extensions.DependencyInjection;
using Personalization.App.Bot;
using Personalization.App.Tests.Jobs;
using Personalization.Discord.Components;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
using Personalization.Ranking;
using Personalization.Storage.Imagine;
using Personalization.Taste;

namespace Personalization.App.Tests.Bot;

/// <summary>What people see of their taste while they rank, and how large the pictures are.</summary>
public sealed class RankRewardTests
{
    private static readonly PersonId Ann = new(1);

    [Theory]
    [InlineData(null, "### A preview, after 20 choices\nSo far: **", "**vivid**", "sure)\nYour last prompt to this taste:\n**a red door**")]
    [InlineData("de", "### Eine Vorschau, nach 20 Entscheidungen\nBisher: **", "**kräftig**", "sicher)\nDein letzter Prompt nach diesem Geschmack:\n**a red door**")]
    public async Task Rank_shows_the_next_pair_and_then_a_preview_of_the_last_prompt(string? locale, string begin, string trait, string end)
    {
        var queue = new RecordedQueue();
        await using var program = await TasteProgram.CreateAsync(services => services.AddSingleton<IImagineQueue>(queue));
        await AskedAsync(program, "a red door");
        await program.VoteAsync(Ann, 19, least: 0.5);
        program.Locale = locale;
        var ballot = await program.Get<BallotBox>().OpenAsync(await program.VoterAsync(Ann), Cancellation);

        await program.PressAsync(Ann, $"rank:{(ballot.Left.Style![0] > ballot.Right.Style![0] ? "left" : "right")}:{ballot.Pair.Id}");

        var preview = program.Discord.All.Last();
        Assert.Contains("20 ", program.Discord.All.ElementAt(program.Discord.All.Count - 2).Text, StringComparison.Ordinal);
        Assert.StartsWith(begin, preview.Text, StringComparison.Ordinal);
        Assert.Contains(trait, preview.Text, StringComparison.Ordinal);
        Assert.Contains(end, preview.Text, StringComparison.Ordinal);
        Assert.Equal("POST /v10/webhooks/9/interaction.token", program.Discord.LastTarget);
        var job = Assert.Single(queue.Jobs);
        Assert.True(job.IsPrivate);
        Assert.True(ReplyAddress.Parse(job.ReplyTo).IsFollowUp);
    }

    [Fact]
    public void Preview_says_so_where_nothing_is_sure_yet()
    {
        var text = Texts(ImagineView.PreviewBegun(JobsProgram.Job(1) with { Preview = new(20, [], IsOwnPrompt: false) }).Components);

        Assert.StartsWith("### A preview, after 20 choices\nNothing is sure yet: ", text, StringComparison.Ordinal);
        Assert.Contains("\nA prompt to this taste:\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a red door", "a red door --p")]
    [InlineData(null, null)]
    public async Task Button_runs_the_last_prompt_with_the_own_taste(string? last, string? run)
    {
        var queue = new RecordedQueue();
        await using var program = await TasteProgram.CreateAsync(services => services.AddSingleton<IImagineQueue>(queue));
        await program.VoteAsync(Ann, 200);
        if (last is not null)
        {
            await AskedAsync(program, last);
        }

        await program.PressAsync(Ann, "imagine:own");

        Assert.Equal(run is null ? [] : [run], queue.Jobs.Select(job => job.Prompt[..^" 22222222".Length]));
        Assert.Equal(run is null, program.Discord.All.Any(shown => shown.Text.Contains("There is no prompt of yours to repeat here", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(199, false)]
    [InlineData(200, true)]
    public void Ballot_of_an_unlocked_taste_has_the_button(int votes, bool hasButton) =>
        Assert.Equal(hasButton, Buttons(Ballot(votes, isLarge: false)).Contains("imagine:own"));

    [Fact]
    public void Large_ballot_has_a_gallery_for_each_picture_and_keeps_the_layout()
    {
        var (small, large) = (Ballot(5, isLarge: false), Ballot(5, isLarge: true));

        Assert.Equal([2], small.OfType<MediaGallery>().Select(gallery => gallery.Items.Count));
        Assert.Equal([1, 1], large.OfType<MediaGallery>().Select(gallery => gallery.Items.Count));
        Assert.Equal(["rank:left:7", "rank:right:7", "rank:skip:7", "rank:undo:7", "rank:large:7"], Buttons(small));
        Assert.Equal(["rank:left:7:1", "rank:right:7:1", "rank:skip:7:1", "rank:undo:7:1", "rank:small:7"], Buttons(large));
    }

    [Fact]
    public async Task Larger_pictures_stay_larger_with_the_next_pair()
    {
        await using var program = await TasteProgram.CreateAsync();
        var first = await program.Get<BallotBox>().OpenAsync(await program.VoterAsync(Ann), Cancellation);

        await program.PressAsync(Ann, $"rank:large:{first.Pair.Id}");
        Assert.Contains($"rank:left:{first.Pair.Id}:1", program.Discord.LastButtons);
        await program.PressAsync(Ann, $"rank:left:{first.Pair.Id}:1");

        var next = await program.Get<BallotBox>().OpenAsync(await program.VoterAsync(Ann), Cancellation);
        Assert.NotEqual(first.Pair.Id, next.Pair.Id);
        Assert.Contains($"rank:left:{next.Pair.Id}:1", program.Discord.LastButtons);
        await program.PressAsync(Ann, $"rank:small:{next.Pair.Id}");
        Assert.Contains($"rank:left:{next.Pair.Id}", program.Discord.LastButtons);
    }

    [Theory]
    [InlineData(TasteChange.BecameSure, "Your last choices taught me: you like **vivid** rather than muted (90% sure).")]
    [InlineData(TasteChange.BecameSurer, "Your last choices made it surer: you like **vivid** rather than muted (90% sure).")]
    [InlineData(TasteChange.BecameUnsure, "After your last choices, I am not sure any more that you like vivid rather than muted.")]
    public void Lesson_is_one_line(TasteChange change, string line) =>
        Assert.Equal(line, RankView.Lesson(new(new(new("vividness", "muted", "vivid", []), 1, 0.9), change)));

    [Fact]
    public void Lesson_leaves_the_progress_in_sight()
    {
        var lesson = new TasteLesson(new(new("vividness", "muted", "vivid", []), 1, 0.9), TasteChange.BecameSure);

        Assert.Equal($"{RankView.Lesson(lesson)}\n-# Your taste is ready: add `--p` to a prompt. Every further vote sharpens it.", RankView.Note(lesson, new(200, 0, 200)));
        Assert.Equal("", RankView.Note(null, new(200, 0, 200)));
    }

    private static IReadOnlyList<MessageComponent> Ballot(int votes, bool isLarge)
    {
        Picture Picture(long id) => new() { Id = new(id), Kind = PictureKind.Ranking, Prompt = "a boat", Style = null, Seed = 1, Width = 8, Height = 8 };
        var ballot = new Ballot(new(7, default, new(1), new(2), null), Picture(1), Picture(2), new(votes, 0, 200));
        return RankView.Ballot(ballot, [1], [2], "", isLarge).Components;
    }

    private static IEnumerable<string> Buttons(IEnumerable<MessageComponent> components) => components.SelectMany(component => component.Flatten()).OfType<Button>().Select(button => button.CustomId!);

    private static string Texts(IEnumerable<MessageComponent> components) => string.Join('\n', components.SelectMany(component => component.Flatten()).OfType<TextDisplay>().Select(text => text.Content));

    private static Task<EnqueueResult> AskedAsync(TasteProgram program, string prompt) =>
        program.Get<ImagineJobStore>().AddAsync(JobsProgram.Job(100) with { Person = Ann, Prompt = prompt, ReplyTo = new ReplyAddress(new(100, 9, "token", 8, 5, default)).ToString() }, new JobsOptions(), Cancellation);
}

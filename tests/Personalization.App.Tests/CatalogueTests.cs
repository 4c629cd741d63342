using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Personalization.Catalogue;
using Personalization.Imagine.Backends;
using Personalization.Pictures;
using Personalization.Styles;

namespace Personalization.App.Tests;

/// <summary>The ranking pictures of a backend that takes words, on the real storage.</summary>
public sealed class CatalogueTests
{
    private const int Prompts = 4;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_catalogue_that_is_complete_takes_the_place_of_the_painters_and_says_the_style_of_each_picture()
    {
        await using var program = await StartAsync();
        var before = await program.RankingAsync();
        var painter = new WordPainter();

        var (painted, total, isRanked) = await PaintAsync(program, painter);

        Assert.True(isRanked);
        Assert.Equal((total, total), (painted, painter.Requests.Count));
        Assert.InRange(total, Prompts * 7, Prompts * 8);
        var ranking = await program.RankingAsync();
        Assert.Equal(total, ranking.Count);
        Assert.All(ranking, picture => Assert.Equal("Words big", picture.Source));
        Assert.All(ranking, picture => Assert.NotNull(picture.Features));
        Assert.All(ranking, picture => Assert.Equal((384, 384), (picture.Width, picture.Height)));
        Assert.All(ranking.GroupBy(picture => picture.Prompt), prompt => Assert.Equal(prompt.Count(), prompt.DistinctBy(picture => picture.Style).Count()));
        Assert.All(painter.Requests, request => Assert.InRange(request.Additions.Count, 1, 4));
        Assert.All(painter.Requests, request => Assert.Equal((512, 512), (request.Width, request.Height)));
        Assert.Equal(painter.Requests.Select(request => StyleOf(program, request)), ranking.Select(picture => picture.Style));
        Assert.Single(painter.Requests.Where(request => request.Text == ranking[0].Prompt).Select(request => request.Seed).Distinct());

        // What was voted on before is still there to learn from.
        Assert.Equal(before.Count, (await program.Get<IPictureStore>().FindAsync([.. before.Select(picture => picture.Id)], Cancellation)).Count);
    }

    [Fact]
    public async Task A_run_that_was_cut_off_is_gone_on_with_and_until_then_people_rank_what_there_was()
    {
        await using var program = await StartAsync();
        var before = (await program.RankingAsync()).Select(picture => picture.Id);
        var painter = new WordPainter { FailsAt = 21 };

        await Assert.ThrowsAsync<BackendException>(() => PaintAsync(program, painter));
        Assert.Equal(before, (await program.RankingAsync()).Select(picture => picture.Id));
        var (_, total, _) = await PaintAsync(program, painter);
        await PaintAsync(program, painter);

        // The one that failed was asked for twice, every other one once, and nobody painted over them.
        Assert.Equal(total + 1, painter.Requests.Count);
        Assert.Single((await program.RankingAsync()).Select(picture => picture.FileKey).Distinct());
        Assert.All(await program.RankingAsync(), picture => Assert.Equal("Words big", picture.Source));
    }

    [Fact]
    public async Task A_picture_that_fails_is_left_out_and_a_backend_that_keeps_failing_ends_the_run()
    {
        await using var program = await StartAsync();
        var moody = new WordPainter { FailsAt = 3, Fault = BackendFault.Failed };
        var broken = new WordPainter { FailsFrom = 3, Fault = BackendFault.Failed };

        var (painted, total, isRanked) = await PaintAsync(program, moody);

        Assert.Equal((total - 1, true), (painted, isRanked));
        await program.ExecuteAsync("DELETE FROM Pictures WHERE Source IS NOT NULL");
        await Assert.ThrowsAsync<BackendException>(() => PaintAsync(program, broken));
        Assert.Equal(7, broken.Requests.Count);
    }

    [Fact]
    public async Task Failures_that_do_not_come_one_after_another_do_not_end_the_run()
    {
        await using var program = await StartAsync();

        var (painted, total, isRanked) = await PaintAsync(program, new WordPainter { FailsEach = 4, Fault = BackendFault.Failed });

        Assert.Equal((total - (total / 4), true), (painted, isRanked));
    }

    [Theory]
    [InlineData(15, false)]
    [InlineData(16, true)]
    public async Task A_catalogue_of_which_more_than_half_is_missing_is_not_ranked(int takes, bool expected)
    {
        await using var program = await StartAsync();

        var (painted, total, isRanked) = await PaintAsync(program, new WordPainter { RefusesFrom = takes + 1 });

        Assert.Equal((takes, 32, expected), (painted, total, isRanked));
    }

    [Fact]
    public async Task Styles_that_words_cannot_tell_apart_are_one_picture()
    {
        await using var program = await StartAsync("a muted, warm, dark, contrasty, dramatic, detailed, soft, calm, minimal, smooth boat in a limited palette");
        var painter = new WordPainter();

        var (painted, total, _) = await PaintAsync(program, painter);

        Assert.InRange(total, 1, 7);
        Assert.Equal(painted, painter.Requests.DistinctBy(request => string.Join(", ", request.Additions.Select(word => word.Phrase))).Count());
        Assert.Equal(painted, (await program.RankingAsync()).Count);
    }

    [Fact]
    public async Task The_painters_rows_are_there_before_the_first_is_painted()
    {
        await using var program = await StartAsync();
        await program.ExecuteAsync("DELETE FROM Pictures");

        await Assert.ThrowsAsync<OperationCanceledException>(() => program.Get<PictureCatalogue>().PaintAsync(new ExactPainter(), "", new Stopping(), Cancellation));

        Assert.Equal(Prompts * StyleSpread.StylesPerPrompt, (await program.RankingAsync()).Count);
    }

    [Fact]
    public async Task Pictures_of_words_that_are_no_longer_used_are_not_ranked_again()
    {
        await using var program = await StartAsync();
        await PaintAsync(program, new WordPainter());
        await program.ExecuteAsync("UPDATE Pictures SET Prompt = 'something that was ranked once' WHERE Prompt LIKE 'A husky%'");

        var (_, total, _) = await PaintAsync(program, new WordPainter());

        var ranking = await program.RankingAsync();
        Assert.Equal(total, ranking.Count);
        Assert.DoesNotContain(ranking, picture => picture.Prompt == "something that was ranked once");
    }

    [Fact]
    public async Task Going_back_to_the_painter_takes_up_its_pictures_again()
    {
        await using var program = await StartAsync();
        await program.ExecuteAsync("UPDATE Pictures SET FileKey = 'painted.png'");
        var before = (await program.RankingAsync()).Select(picture => picture.Id);
        await PaintAsync(program, new WordPainter());

        await program.Get<PictureCatalogue>().PaintAsync(new ExactPainter(), "", new Progress<(int, int)>(), Cancellation);

        Assert.Equal(before, (await program.RankingAsync()).Select(picture => picture.Id));
    }

    [Fact]
    public async Task A_start_goes_on_with_what_was_prepared_for_the_painter_and_has_each_style_once()
    {
        await using var program = await StartAsync();
        var before = (await program.RankingAsync()).Select(picture => (picture.Prompt, picture.Style)).ToHashSet();
        await program.ExecuteAsync($"DELETE FROM Pictures WHERE Id > 5; UPDATE Pictures SET Kind = {(int)PictureKind.Prepared}");

        await program.Get<PictureCatalogue>().SeedAsync(Cancellation);

        var after = await program.RankingAsync();
        Assert.Equal(before.Count, after.Count);
        Assert.Equal(before, after.Select(picture => (picture.Prompt, picture.Style)).ToHashSet());
    }

    [Fact]
    public async Task A_start_adds_what_was_prepared_to_what_is_ranked_and_leaves_what_people_made_alone()
    {
        await using var program = await StartAsync();
        var before = (await program.RankingAsync()).Select(picture => picture.Id).ToArray();
        await program.ExecuteAsync($"UPDATE Pictures SET Kind = {(int)PictureKind.Prepared} WHERE Prompt LIKE 'A husky%'");
        var made = await program.AddLostPictureAsync();

        await program.Get<PictureCatalogue>().SeedAsync(Cancellation);

        Assert.Equal(before, (await program.RankingAsync()).Select(picture => picture.Id));
        Assert.Equal(PictureKind.Made, (await program.Get<IPictureStore>().FindAsync(made, Cancellation))!.Kind);
    }

    [Fact]
    public async Task The_next_start_adds_no_pictures_of_the_painter_to_those_of_another_backend()
    {
        await using var program = await StartAsync();
        await PaintAsync(program, new WordPainter());
        await program.ExecuteAsync("DELETE FROM Pictures WHERE Prompt LIKE 'A husky%'");
        var before = await program.RankingAsync();

        await program.Get<PictureCatalogue>().SeedAsync(Cancellation);

        Assert.Equal(before.Count, (await program.RankingAsync()).Count);
    }

    [Fact]
    public async Task A_backend_that_refuses_most_of_it_changes_nothing()
    {
        await using var program = await StartAsync();
        var before = (await program.RankingAsync()).Select(picture => picture.Id);

        var (painted, _, isRanked) = await PaintAsync(program, new WordPainter { Refuses = true });

        Assert.Equal((0, false), (painted, isRanked));
        Assert.Equal(before, (await program.RankingAsync()).Select(picture => picture.Id));
    }

    [Fact]
    public async Task A_large_picture_is_shown_small_where_there_are_several()
    {
        await using var program = await StartAsync();
        var png = WordPainter.Picture(1024, 512);
        var id = await program.AddPictureAsync(await program.Get<IPictureFiles>().SaveAsync(png, "png", Cancellation), 1024, 512);

        var small = await program.Get<PictureCatalogue>().ReadSmallAsync((await program.Get<IPictureStore>().FindAsync(id, Cancellation))!, Cancellation);

        using var bitmap = SkiaSharp.SKBitmap.Decode(small);
        Assert.Equal((512, 256), (bitmap.Width, bitmap.Height));
        Assert.Equal(png, await program.Get<PictureCatalogue>().ReadAsync(id, Cancellation));
    }

    /// <summary>The program with a few of its ranking prompts.</summary>
    private static async Task<TasteProgram> StartAsync()
    {
        await using var seeds = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "seeds", "prompts.json"));
        return await StartAsync([.. RankingPrompts.Load(seeds).Take(Prompts)]);
    }

    private static Task<TasteProgram> StartAsync(params string[] prompts)
    {
        var few = JsonSerializer.SerializeToUtf8Bytes(new { prompts });
        return TasteProgram.CreateAsync(services => services.AddSingleton(RankingPrompts.Load(new MemoryStream(few))));
    }

    /// <summary>The style that the words of a request stand for.</summary>
    private static StyleVector StyleOf(TasteProgram program, ImageRequest request)
    {
        var vocabulary = program.Get<StyleVocabulary>();
        var said = vocabulary.Descriptors.Where(descriptor => request.Additions.Any(word => word.Phrase == descriptor.Phrase)).ToArray();
        return new([.. Enumerable.Range(0, vocabulary.Dimension).Select(axis => Math.Clamp(said.Sum(descriptor => descriptor.Direction[axis]), -1, 1))]);
    }

    private static Task<(int Painted, int Total, bool IsRanked)> PaintAsync(TasteProgram program, WordPainter painter) =>
        program.Get<PictureCatalogue>().PaintAsync(painter, "big", new Progress<(int, int)>(), Cancellation);

    /// <summary>A backend that takes words alone.</summary>
    private sealed class WordPainter : IImageBackend
    {
        private static readonly byte[] Painted = Picture(512, 512);

        public string Name => "Words";

        public int? FailsAt { get; init; }

        public int FailsFrom { get; init; } = int.MaxValue;

        public BackendFault Fault { get; init; } = BackendFault.Unavailable;

        public int FailsEach { get; init; } = int.MaxValue;

        public bool Refuses { get; init; }

        public int RefusesFrom { get; init; } = int.MaxValue;

        public List<ImageRequest> Requests { get; } = [];

        public static byte[] Picture(int width, int height)
        {
            using var bitmap = new SkiaSharp.SKBitmap(width, height);
            bitmap.Erase(SkiaSharp.SKColors.SteelBlue);
            return bitmap.Encode(SkiaSharp.SKEncodedImageFormat.Png, 100).ToArray();
        }

        public (int Area, int Step) SizeOf(string model) => (512 * 512, 8);

        public BackendCapabilities CapabilitiesOf(string model) => new();

        public Task<bool> CancelAsync(string ticket, CancellationToken cancellationToken) => Task.FromResult(false);

        public Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, IPaintingReporter journal, CancellationToken cancellationToken)
        {
            Requests.Add(request);
            return Requests.Count == FailsAt || Requests.Count >= FailsFrom || Requests.Count % FailsEach == 0
                ? throw new BackendException(Fault, "Words is away.")
                : Task.FromResult<PaintingResult>(Refuses || Requests.Count >= RefusesFrom ? new PaintingResult.Refused("No.") : new PaintingResult.Painted([new(Painted, 512, 512)]));
        }
    }

    /// <summary>A run that is stopped as soon as it tells how far it is.</summary>
    private sealed class Stopping : IProgress<(int Painted, int Total)>
    {
        public void Report((int Painted, int Total) value) => throw new OperationCanceledException();
    }

    /// <summary>A backend that takes styles exactly, and paints one picture for all.</summary>
    private sealed class ExactPainter : IImageBackend
    {
        public string Name => "Exact";

        public (int Area, int Step) SizeOf(string model) => (512 * 512, 8);

        public BackendCapabilities CapabilitiesOf(string model) => new() { Styles = true };

        public Task<bool> CancelAsync(string ticket, CancellationToken cancellationToken) => Task.FromResult(false);

        public Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, IPaintingReporter journal, CancellationToken cancellationToken) =>
            Task.FromResult<PaintingResult>(new PaintingResult.Painted([new(WordPainter.Picture(64, 64), 64, 64)]));
    }
}

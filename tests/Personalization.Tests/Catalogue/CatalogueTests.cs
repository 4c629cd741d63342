using Personalization.Imagine.Backends;
using Personalization.Pictures;
using Personalization.Styles;
using Xunit;

namespace Personalization.Tests.Catalogue;

/// <summary>The ranking pictures, and how those of a backend that takes words replace them.</summary>
public sealed class CatalogueTests
{
    private const int Prompts = 4;

    private static readonly byte[] Painted = Png(512, 512);

    private static readonly BackendException Failed = new(BackendFault.Failed, "Words has failed.");

    [Fact]
    public async Task Catalogue_that_is_complete_replaces_the_exact_one_and_records_the_style_of_each_picture()
    {
        await using var world = await StartAsync();
        var before = await world.RankingAsync();
        var painter = Words();

        var (painted, total, isRanked) = await PaintAsync(world, painter);

        Assert.True(isRanked);
        Assert.Equal((total, total), (painted, painter.Asked.Count));
        Assert.InRange(total, Prompts * 5, Prompts * 6);
        var ranking = await world.RankingAsync();
        Assert.Equal(total, ranking.Count);
        Assert.All(ranking, picture => Assert.Equal("Words big", picture.Source));
        Assert.All(ranking, picture => Assert.NotNull(picture.Features));
        Assert.All(ranking, picture => Assert.Equal((384, 384), (picture.Width, picture.Height)));
        Assert.All(ranking.GroupBy(picture => picture.Prompt), prompt => Assert.Equal(prompt.Count(), prompt.DistinctBy(picture => picture.Style).Count()));
        Assert.All(painter.Asked, request => Assert.InRange(request.Additions.Count, 1, 4));
        Assert.All(painter.Asked, request => Assert.Equal((512, 512), (request.Width, request.Height)));
        Assert.Equal(painter.Asked.Select(request => StyleFrom(request)), ranking.Select(picture => picture.Style));
        Assert.Single(painter.Asked.Where(request => request.Text == ranking[0].Prompt).Select(request => request.Seed).Distinct());

        // What was voted on before is still there to learn from.
        Assert.Equal(before.Count, (await world.Pictures.FindAsync([.. before.Select(picture => picture.Id)], TestRun.Cancellation)).Count);
    }

    [Fact]
    public async Task Run_that_was_interrupted_is_continued_and_the_old_pictures_are_ranked_until_then()
    {
        await using var world = await StartAsync();
        var before = (await world.RankingAsync()).Select(picture => picture.Id);
        var painter = Words(new BackendException(BackendFault.Unavailable, "Words is away."), fails: number => number == 21);

        await Assert.ThrowsAsync<BackendException>(() => PaintAsync(world, painter));
        Assert.Equal(before, (await world.RankingAsync()).Select(picture => picture.Id));
        var (_, total, _) = await PaintAsync(world, painter);
        await PaintAsync(world, painter);

        // The one that failed was asked for twice, every other one once, and none was painted over.
        Assert.Equal(total + 1, painter.Asked.Count);
        Assert.Single((await world.RankingAsync()).Select(picture => picture.FileKey).Distinct());
        Assert.All(await world.RankingAsync(), picture => Assert.Equal("Words big", picture.Source));
    }

    [Fact]
    public async Task Picture_that_fails_is_left_out_and_a_backend_that_keeps_failing_ends_the_run()
    {
        await using var world = await StartAsync();
        var moody = Words(Failed, fails: number => number == 3);
        var broken = Words(Failed, fails: number => number >= 3);

        var (painted, total, isRanked) = await PaintAsync(world, moody);

        Assert.Equal((total - 1, true), (painted, isRanked));
        world.Pictures.Remove(picture => picture.Source is not null);
        await Assert.ThrowsAsync<BackendException>(() => PaintAsync(world, broken));
        Assert.Equal(7, broken.Asked.Count);
    }

    [Fact]
    public async Task Failures_that_are_not_in_a_row_do_not_end_the_run()
    {
        await using var world = await StartAsync();

        var (painted, total, isRanked) = await PaintAsync(world, Words(Failed, fails: number => number % 4 == 0));

        Assert.Equal((total - (total / 4), true), (painted, isRanked));
    }

    [Theory]
    [InlineData(11, false)]
    [InlineData(12, true)]
    public async Task Catalogue_of_which_more_than_half_is_missing_is_not_ranked(int takes, bool expected)
    {
        await using var world = await StartAsync();

        var (painted, total, isRanked) = await PaintAsync(world, Words(refuses: number => number > takes));

        Assert.Equal((takes, 24, expected), (painted, total, isRanked));
    }

    [Fact]
    public async Task Styles_in_the_same_words_are_one_picture()
    {
        await using var world = await CatalogueWorld.CreateAsync("a muted, warm, dark, contrasty, dramatic, detailed, soft, calm, minimal, smooth boat in a limited palette");
        var painter = Words();

        var (painted, total, _) = await PaintAsync(world, painter);

        Assert.InRange(total, 1, 7);
        Assert.Equal(painted, painter.Asked.DistinctBy(request => string.Join(", ", request.Additions.Select(word => word.Phrase))).Count());
        Assert.Equal(painted, (await world.RankingAsync()).Count);
    }

    [Fact]
    public async Task Exact_rows_exist_before_the_first_picture_is_painted()
    {
        await using var world = await StartAsync();
        world.Pictures.Remove(_ => true);

        await Assert.ThrowsAsync<OperationCanceledException>(() => world.Painter.TakeOverAsync(Exact(), "", new Stopping(), TestRun.Cancellation));

        Assert.Equal(Prompts * StyleVariations.StylesPerPrompt, (await world.RankingAsync()).Count);
    }

    [Fact]
    public async Task Pictures_of_words_that_are_no_longer_used_are_not_ranked_again()
    {
        await using var world = await StartAsync();
        await PaintAsync(world, Words());
        world.Pictures.Change(IsHusky, picture => picture with { Prompt = "something that was ranked once" });

        var (_, total, _) = await PaintAsync(world, Words());

        var ranking = await world.RankingAsync();
        Assert.Equal(total, ranking.Count);
        Assert.DoesNotContain(ranking, picture => picture.Prompt == "something that was ranked once");
    }

    [Fact]
    public async Task Exact_pictures_are_ranked_again_after_a_return_to_them()
    {
        await using var world = await StartAsync();
        world.Pictures.Change(_ => true, picture => picture with { FileKey = "painted.png" });
        var before = (await world.RankingAsync()).Select(picture => picture.Id);
        await PaintAsync(world, Words());

        await world.Painter.TakeOverAsync(Exact(), "", new Progress<(int, int)>(), TestRun.Cancellation);

        Assert.Equal(before, (await world.RankingAsync()).Select(picture => picture.Id));
    }

    [Fact]
    public async Task Start_continues_with_prepared_exact_rows_and_has_each_style_once()
    {
        await using var world = await StartAsync();
        var before = (await world.RankingAsync()).Select(picture => (picture.Prompt, picture.Style)).ToHashSet();
        world.Pictures.Remove(picture => picture.Id.Value > 5);
        world.Pictures.Change(_ => true, picture => picture with { Kind = PictureKind.Prepared });

        await world.Seeder.SeedAsync(TestRun.Cancellation);

        var after = await world.RankingAsync();
        Assert.Equal(before.Count, after.Count);
        Assert.Equal(before, after.Select(picture => (picture.Prompt, picture.Style)).ToHashSet());
    }

    [Fact]
    public async Task Start_adds_prepared_rows_to_the_ranked_ones_and_changes_no_made_picture()
    {
        await using var world = await StartAsync();
        var before = (await world.RankingAsync()).Select(picture => picture.Id).ToArray();
        world.Pictures.Change(IsHusky, picture => picture with { Kind = PictureKind.Prepared });
        var made = await world.AddMadeAsync("lost.png");

        await world.Seeder.SeedAsync(TestRun.Cancellation);

        Assert.Equal(before, (await world.RankingAsync()).Select(picture => picture.Id));
        Assert.Equal(PictureKind.Made, (await world.Pictures.FindAsync(made, TestRun.Cancellation))!.Kind);
    }

    [Fact]
    public async Task Start_retires_pictures_of_an_earlier_plan_and_keeps_those_of_the_present_one()
    {
        await using var world = await StartAsync();
        var present = (await world.RankingAsync()).Select(picture => picture.Id).ToArray();
        var earlier = await world.Pictures.AddAsync([.. (await world.RankingAsync()).Select(picture => picture with { Style = new(new float[12]) }).DistinctBy(picture => picture.Prompt)], TestRun.Cancellation);

        await world.Seeder.SeedAsync(TestRun.Cancellation);

        Assert.Equal(present, (await world.RankingAsync()).Select(picture => picture.Id));
        Assert.All(await world.Pictures.FindAsync([.. earlier.Select(picture => picture.Id)], TestRun.Cancellation), picture => Assert.Equal(PictureKind.Retired, picture.Kind));
    }

    [Fact]
    public async Task Start_of_a_data_folder_with_an_earlier_plan_ranks_the_present_one_and_keeps_every_row()
    {
        await using var world = await StartAsync();
        var before = await world.RankingAsync();
        world.Pictures.Change(_ => true, picture => picture with { Style = new([.. picture.Style!.Coordinates.ToArray().Select(coordinate => coordinate / 2)]), FileKey = "painted.png" });

        await world.Seeder.SeedAsync(TestRun.Cancellation);

        var after = await world.RankingAsync();
        Assert.Equal(before.Select(picture => (picture.Prompt, picture.Style)), after.Select(picture => (picture.Prompt, picture.Style)));
        Assert.Empty(after.Select(picture => picture.Id).Intersect(before.Select(picture => picture.Id)));
        Assert.All(await world.Pictures.FindAsync([.. before.Select(picture => picture.Id)], TestRun.Cancellation), picture => Assert.Equal("painted.png", picture.FileKey));
    }

    [Fact]
    public async Task Start_adds_no_exact_rows_to_the_pictures_of_another_backend()
    {
        await using var world = await StartAsync();
        await PaintAsync(world, Words());
        world.Pictures.Remove(picture => IsHusky(picture));
        var before = await world.RankingAsync();

        await world.Seeder.SeedAsync(TestRun.Cancellation);

        Assert.Equal(before.Count, (await world.RankingAsync()).Count);
    }

    [Fact]
    public async Task Backend_that_refuses_every_picture_changes_nothing()
    {
        await using var world = await StartAsync();
        var before = (await world.RankingAsync()).Select(picture => picture.Id);

        var (painted, _, isRanked) = await PaintAsync(world, Words(refuses: _ => true));

        Assert.Equal((0, false), (painted, isRanked));
        Assert.Equal(before, (await world.RankingAsync()).Select(picture => picture.Id));
    }

    [Fact]
    public async Task Picture_that_is_shown_before_it_was_painted_does_not_wait_to_be_measured()
    {
        await using var world = await StartAsync();
        var first = (await world.RankingAsync())[0];
        var measurer = new PictureMeasurer(world.Pictures, world.Files, new FakeExtractor(extract: _ => throw new InvalidOperationException("It was measured.")), TestRun.Threads);
        using var reader = new PictureReader(world.Pictures, world.Files, PainterFixture.ExactPainter, measurer, new FirstPicture(), TestRun.Threads);

        Assert.NotEmpty(await reader.ReadSmallAsync(first, TestRun.Cancellation));

        var shown = (await world.Pictures.FindAsync(first.Id, TestRun.Cancellation))!;
        Assert.Equal((true, null), (shown.FileKey is not null, shown.Features));
        Assert.Equal(first.Id, await measurer.SoonAsync(TestRun.Cancellation).FirstAsync(TestRun.Cancellation).AsTask().WaitAsync(TestRun.Deadline, TestRun.Cancellation));
        await world.Measurer.MeasureAllAsync(TestRun.Cancellation);
        Assert.NotNull((await world.Pictures.FindAsync(first.Id, TestRun.Cancellation))!.Features);
    }

    [Fact]
    public async Task Pictures_painted_ahead_are_measured()
    {
        await using var world = await CatalogueWorld.CreateAsync("a boat");

        await world.Painter.PaintMissingAsync(new Progress<(int, int)>(), TestRun.Cancellation);

        Assert.All(await world.RankingAsync(), picture => Assert.Equal("pixels-1", picture.Features?.Version));
    }

    [Fact]
    public async Task Picture_that_is_painted_again_keeps_what_was_measured_in_it()
    {
        await using var world = await CatalogueWorld.CreateAsync("a boat");
        var first = (await world.RankingAsync())[0];
        await world.Reader.PaintAheadAsync(first, TestRun.Cancellation);
        var measured = (await world.Pictures.FindAsync(first.Id, TestRun.Cancellation))!;
        await world.Files.DeleteAsync(measured.FileKey!, TestRun.Cancellation);

        await world.Reader.ReadAsync(first.Id, TestRun.Cancellation);

        Assert.Equal(measured, await world.Pictures.FindAsync(first.Id, TestRun.Cancellation));
    }

    [Fact]
    public async Task Reader_shrinks_a_large_picture()
    {
        await using var world = await StartAsync();
        var png = Png(1024, 512);
        var id = await world.AddMadeAsync(await world.Files.SaveAsync(png, "png", TestRun.Cancellation), 1024, 512);

        var small = await world.Reader.ReadSmallAsync((await world.Pictures.FindAsync(id, TestRun.Cancellation))!, TestRun.Cancellation);

        using var bitmap = SkiaSharp.SKBitmap.Decode(small);
        Assert.Equal((512, 256), (bitmap.Width, bitmap.Height));
        Assert.Equal(png, await world.Reader.ReadAsync(id, TestRun.Cancellation));
    }

    /// <summary>The rows of a few of the shipped prompts.</summary>
    private static Task<CatalogueWorld> StartAsync() => CatalogueWorld.CreateAsync([.. PainterFixture.Prompts.Take(Prompts)]);

    private static bool IsHusky(Picture picture) => picture.Prompt.StartsWith("A husky", StringComparison.Ordinal);

    /// <summary>The style that the words of a request stand for.</summary>
    private static StyleVector StyleFrom(ImageRequest request)
    {
        var vocabulary = PainterFixture.Vocabulary;
        var said = vocabulary.Descriptors.Where(descriptor => request.Additions.Any(word => word.Phrase == descriptor.Phrase)).ToArray();
        return new([.. Enumerable.Range(0, vocabulary.Dimension).Select(axis => Math.Clamp(said.Sum(descriptor => descriptor.Direction[axis]), -1, 1))]);
    }

    private static Task<(int Painted, int Total, bool IsRanked)> PaintAsync(CatalogueWorld world, FakeBackend painter) =>
        world.Painter.TakeOverAsync(painter, "big", new Progress<(int, int)>(), TestRun.Cancellation);

    /// <summary>A backend that takes words alone.</summary>
    private static FakeBackend Words(Exception? failure = null, Func<int, bool>? fails = null, Func<int, bool>? refuses = null) => new()
    {
        Name = "Words",
        Picture = _ => new(Painted, 512, 512),
        Failure = failure,
        Fails = fails ?? (_ => false),
        Refuses = refuses ?? (_ => false),
    };

    /// <summary>A backend that takes styles exactly, and paints one picture for all.</summary>
    private static FakeBackend Exact() => new() { Name = "Exact", Capabilities = new() { Styles = true }, Picture = _ => new(Png(64, 64), 64, 64) };

    private static byte[] Png(int width, int height)
    {
        using var bitmap = new SkiaSharp.SKBitmap(width, height);
        bitmap.Erase(SkiaSharp.SKColors.SteelBlue);
        return bitmap.Encode(SkiaSharp.SKEncodedImageFormat.Png, 100).ToArray();
    }

    /// <summary>A run that is stopped as soon as it tells how far it is.</summary>
    private sealed class Stopping : IProgress<(int Painted, int Total)>
    {
        public void Report((int Painted, int Total) value) => throw new OperationCanceledException();
    }
}

using Personalization.Pictures;
using Personalization.Testing;
using SkiaSharp;

namespace Personalization.Imaging.Tests;

public sealed class GridComposerTests
{
    private readonly GridComposer _composer = new();

    [Fact]
    public async Task Grid_of_one_picture_is_the_picture()
    {
        var picture = (await PainterFixture.PaintAsync(PainterFixture.Request("sea", side: 64)))[0];

        Assert.Same(picture, _composer.Compose([picture]));
    }

    [Fact]
    public async Task Grid_of_four_pictures_reads_like_a_page()
    {
        var pictures = await PainterFixture.PaintAsync(PainterFixture.Request("sea") with { Count = 4, Width = 96, Height = 64 });

        var grid = _composer.Compose(pictures);

        Assert.Equal((194, 130), (grid.Width, grid.Height));
        using var composed = SKBitmap.Decode(grid.Png.Span);
        for (var i = 0; i < 4; i++)
        {
            using var single = SKBitmap.Decode(pictures[i].Png.Span);
            for (var at = 0; at < 64; at++)
            {
                Assert.Equal(single.GetPixel(at, at), composed.GetPixel((i % 2 * 98) + at, (i / 2 * 66) + at));
            }
        }

        Assert.All([(96, 0), (97, 129), (0, 64), (193, 65)], gutter => Assert.Equal(0, composed.GetPixel(gutter.Item1, gutter.Item2).Alpha));
    }

    [Fact]
    public void Gutter_of_a_grid_grows_with_its_pictures()
    {
        var grid = _composer.Compose([.. Enumerable.Repeat(Flat(256, 128, SKColors.Red), 4)]);

        Assert.Equal(((2 * 256) + 4, (2 * 128) + 4), (grid.Width, grid.Height));
    }

    [Fact]
    public async Task Grid_of_equal_pictures_has_equal_bytes_and_three_leave_a_place_that_is_transparent()
    {
        var pictures = await PainterFixture.PaintAsync(PainterFixture.Request("sea", side: 64) with { Count = 3 });

        var grid = _composer.Compose(pictures);

        Assert.Equal(grid.Png.ToArray(), _composer.Compose(pictures).Png.ToArray());
        using var composed = SKBitmap.Decode(grid.Png.Span);
        Assert.Equal((130, 130, 0, 255), (composed.Width, composed.Height, composed.GetPixel(129, 129).Alpha, composed.GetPixel(63, 129).Alpha));
    }

    [Fact]
    public void Tiles_are_the_middle_squares_of_pictures_in_two_columns()
    {
        var tiles = _composer.Tile([Flat(128, 64, SKColors.Red).Png, Flat(32, 96, SKColors.Blue).Png, Flat(64, 64, SKColors.Lime).Png], 48);

        using var decoded = SKBitmap.Decode(tiles.Content.Span);
        Assert.Equal((98, 98, "image/jpeg"), (decoded.Width, decoded.Height, tiles.ContentType));
        Assert.All(
            new[] { (24, 24, SKColors.Red), (74, 24, SKColors.Blue), (24, 74, SKColors.Lime), (74, 74, SKColors.White) },
            expected => Assert.True(Distance(decoded.GetPixel(expected.Item1, expected.Item2), expected.Item3) < 12));
        using var single = SKBitmap.Decode(_composer.Tile([Flat(64, 64, SKColors.Red).Png], 48).Content.Span);
        Assert.Equal((48, 48), (single.Width, single.Height));

        static int Distance(SKColor one, SKColor other) => Math.Abs(one.Red - other.Red) + Math.Abs(one.Green - other.Green) + Math.Abs(one.Blue - other.Blue);
    }

    [Fact]
    public void Tiles_of_none_or_of_no_picture_are_refused()
    {
        Assert.Throws<ArgumentException>(() => _composer.Tile([], 48));
        Assert.Throws<ArgumentException>(() => _composer.Tile([new byte[] { 1, 2, 3 }], 48));
        Assert.Throws<ArgumentException>(() => _composer.Tile([ReadOnlyMemory<byte>.Empty], 48));
    }

    [Fact]
    public async Task Grid_fits_a_picture_of_another_size_into_its_place()
    {
        var first = (await PainterFixture.PaintAsync(PainterFixture.Request("sea", side: 64)))[0];
        var wide = Flat(128, 64, SKColors.Red);

        var grid = _composer.Compose([first, wide]);

        using var composed = SKBitmap.Decode(grid.Png.Span);
        Assert.Equal((130, 64), (composed.Width, composed.Height));
        Assert.Equal((0, SKColors.Red, 0), (composed.GetPixel(98, 8).Alpha, composed.GetPixel(98, 32), composed.GetPixel(98, 56).Alpha));
        Assert.Throws<ArgumentException>(() => _composer.Compose([]));
    }

    [Fact]
    public void Grid_composer_keeps_a_picture_that_is_small_enough()
    {
        var picture = Flat(64, 64, SKColors.Red);

        var file = _composer.Fit(picture.Png, 10_000);

        Assert.Equal(("png", "image/png"), (file.Extension, file.ContentType));
        Assert.Equal(picture.Png.ToArray(), file.Content.ToArray());
    }

    [Theory]
    [InlineData(100_000, 256)]
    [InlineData(30_000, 128)]
    public void Grid_composer_encodes_too_many_bytes_as_a_JPEG_as_large_as_fits(int bytes, int atLeast)
    {
        // Noise is what compresses worst.
        using var bitmap = new SKBitmap(new SKImageInfo(256, 256, SKColorType.Rgba8888, SKAlphaType.Opaque));
        new Random(1).NextBytes(bitmap.GetPixelSpan());
        var png = PngFile.Encode(bitmap);
        Assert.True(png.Length > 150_000);

        var file = _composer.Fit(png, bytes);

        Assert.Equal(("jpg", "image/jpeg"), (file.Extension, file.ContentType));
        Assert.InRange(file.Content.Length, 1, bytes);
        using var sent = SKBitmap.Decode(file.Content.Span);
        Assert.InRange(sent.Width, atLeast / 2, 256);
        Assert.Equal(sent.Width, sent.Height);
    }

    private static PaintedPicture Flat(int width, int height, SKColor colour)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(colour);
        return new(PngFile.Encode(bitmap), width, height);
    }
}

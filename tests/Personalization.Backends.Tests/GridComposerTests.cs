using SkiaSharp;

namespace Personalization.Backends.Tests;

public sealed class GridComposerTests
{
    private readonly GridComposer _composer = new();

    [Fact]
    public async Task A_single_picture_is_given_back_as_it_is()
    {
        var picture = (await Studio.PaintAsync(Studio.Request("sea", side: 64)))[0];

        Assert.Same(picture, _composer.Compose([picture]));
    }

    [Fact]
    public async Task Four_pictures_are_read_like_a_page()
    {
        var pictures = await Studio.PaintAsync(Studio.Request("sea") with { Count = 4, Width = 96, Height = 64 });

        var grid = _composer.Compose(pictures);

        Assert.Equal((192, 128), (grid.Width, grid.Height));
        using var composed = SKBitmap.Decode(grid.Png.Span);
        for (var i = 0; i < 4; i++)
        {
            using var single = SKBitmap.Decode(pictures[i].Png.Span);
            for (var at = 0; at < 64; at++)
            {
                Assert.Equal(single.GetPixel(at, at), composed.GetPixel((i % 2 * 96) + at, (i / 2 * 64) + at));
            }
        }
    }

    [Fact]
    public async Task Equal_pictures_give_equal_bytes_and_three_leave_a_white_place()
    {
        var pictures = await Studio.PaintAsync(Studio.Request("sea", side: 64) with { Count = 3 });

        var grid = _composer.Compose(pictures);

        Assert.Equal(grid.Png.ToArray(), _composer.Compose(pictures).Png.ToArray());
        using var composed = SKBitmap.Decode(grid.Png.Span);
        Assert.Equal((128, 128, SKColors.White), (composed.Width, composed.Height, composed.GetPixel(127, 127)));
    }

    [Fact]
    public async Task Pictures_of_different_sizes_are_refused()
    {
        var small = (await Studio.PaintAsync(Studio.Request("sea", side: 64)))[0];
        var large = (await Studio.PaintAsync(Studio.Request("sea", side: 72)))[0];

        Assert.Throws<ArgumentException>(() => _composer.Compose([small, large]));
        Assert.Throws<ArgumentException>(() => _composer.Compose([]));
    }
}

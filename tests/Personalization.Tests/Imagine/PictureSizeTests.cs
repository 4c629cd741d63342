using CsCheck;
using Personalization.Imagine;
using Personalization.Prompts;
using Xunit;

namespace Personalization.Tests.Imagine;

public sealed class PictureSizeTests
{
    private static readonly Gen<AspectRatio> Ratios =
        Gen.Select(Gen.Int[1, 2000], Gen.Int[1, 2000]).Where((width, height) => AspectRatio.TryCreate(width, height, out _)).Select((width, height) => Ratio(width, height));

    [Theory]
    [InlineData(1, 1, 512, 8, 512, 512)]
    [InlineData(16, 9, 512, 8, 640, 360)]
    [InlineData(9, 16, 512, 8, 360, 640)]
    [InlineData(3, 2, 512, 8, 624, 416)]
    [InlineData(16, 9, 1024, 64, 1344, 768)]
    [InlineData(14, 1, 512, 8, 1904, 136)]
    [InlineData(1, 14, 512, 8, 136, 1904)]
    [InlineData(14, 1, 512, 64, 1792, 128)]
    [InlineData(14, 1, 128, 8, 896, 64)]
    [InlineData(1, 1, 16, 100, 100, 100)]
    public void Known_ratios_have_known_sizes(int width, int height, int side, int step, int expectedWidth, int expectedHeight)
    {
        Assert.Equal(new(expectedWidth, expectedHeight), PictureSize.For(Ratio(width, height), side * side, step));
    }

    [Fact]
    public void Ratio_is_off_by_no_more_than_half_a_step()
    {
        Gen.Select(Ratios, Gen.Int[64, 2048], Gen.Int[1, 128]).Sample((ratio, side, step) =>
        {
            var size = PictureSize.For(ratio, side * side, step);

            Assert.Equal((0, 0), (size.Width % step, size.Height % step));
            Assert.True(Math.Min(size.Width, size.Height) >= PictureSize.MinSide);
            var (longer, meant) = ratio.Width >= ratio.Height
                ? (size.Width, size.Height * (double)ratio.Width / ratio.Height)
                : (size.Height, size.Width * (double)ratio.Height / ratio.Width);
            Assert.InRange(longer - meant, (-step / 2.0) - 1e-6, (step / 2.0) + 1e-6);
        });
    }

    [Fact]
    public void Area_is_met_to_within_a_sixth_where_the_step_is_short()
    {
        Gen.Select(Ratios, Gen.Int[512, 2048]).Sample((ratio, side) =>
        {
            var size = PictureSize.For(ratio, side * side, 8);

            Assert.InRange(size.Width * (double)size.Height / (side * side), 5.0 / 6, 7.0 / 6);
        });
    }

    [Fact]
    public void Turning_the_ratio_turns_the_picture()
    {
        Gen.Select(Ratios, Gen.Int[64, 2048], Gen.Int[1, 128]).Sample((ratio, side, step) =>
        {
            var size = PictureSize.For(ratio, side * side, step);
            var turned = PictureSize.For(Ratio(ratio.Height, ratio.Width), side * side, step);

            Assert.Equal(new(size.Height, size.Width), turned);
        });
    }

    private static AspectRatio Ratio(int width, int height) =>
        AspectRatio.TryCreate(width, height, out var ratio) ? ratio : throw new ArgumentOutOfRangeException(nameof(width));
}

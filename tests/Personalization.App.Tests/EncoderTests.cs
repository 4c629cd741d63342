using Personalization.Codes;
using Personalization.Pictures;
using Personalization.Taste;
using Personalization.Taste.Model;

namespace Personalization.App.Tests;

/// <summary>The program with the image encoder that it brings.</summary>
public sealed class EncoderTests
{
    private const string On = "--Vision:Encoder=true";
    private const string Encoded = "pixels-1+resnet18-e2552f19";

    private static readonly PersonId Ann = new(1);
    private static readonly PersonId Bob = new(2);

    [Fact]
    public async Task Database_of_a_version_without_an_encoder_is_voted_on_as_before_until_its_pictures_are_measured_anew()
    {
        Assert.SkipUnless(File.Exists(Path.Combine(AppContext.BaseDirectory, "encoder", "ResNet18.onnx")), "It was built with Encoder=false.");
        await using var before = await TasteProgram.CreateAsync();
        await PaintAsync(before, FeatureSpace.MinPictures + 8);
        await before.VoteAsync(Ann, 60);
        await before.StartAsync();
        await before.Log.SeenAsync("Community fit 1 over 48 features");
        var taste = await TasteAsync(before);
        var code = await before.Get<CodeIssuer>().IssueAsync((await before.VoterAsync(Ann)).Profile, Cancellation);

        await using var after = await before.NextAsync(On);
        await after.Get<CommunityLearner>().ResumeAsync(Cancellation);
        var half = (await after.Get<IPictureStore>().UnmeasuredAsync(Encoded, Cancellation)).Take(FeatureSpace.MinPictures / 2).ToArray();
        foreach (var picture in half)
        {
            Assert.Null(await after.Get<PictureMeasurer>().MeasureAsync(picture, Cancellation));
        }

        // The pool is loaded here, with pictures of both kinds.
        Assert.Equal(taste, await TasteAsync(after));
        await after.VoteAsync(Bob, 1);
        await after.StartAsync();
        await after.Log.SeenAsync("Community fit 2 over");

        var space = after.Get<CurrentCommunity>().Now.Space;
        Assert.Equal(Encoded, space.Map!.ExtractorVersion);
        Assert.True(space.Dimension > 48, $"{space.Dimension}");
        Assert.Empty(await after.Get<IPictureStore>().UnmeasuredAsync(Encoded, Cancellation));
        Assert.Equal(code, await after.Get<CodeIssuer>().IssueAsync((await after.VoterAsync(Ann)).Profile, Cancellation));
        await after.VoteAsync(Ann, 1);
    }

    [Fact]
    public async Task Pictures_measured_with_an_encoder_are_measured_without_one_once_it_is_turned_off()
    {
        Assert.SkipUnless(File.Exists(Path.Combine(AppContext.BaseDirectory, "encoder", "ResNet18.onnx")), "It was built with Encoder=false.");
        await using var first = await TasteProgram.CreateAsync();
        await using var with = await first.NextAsync(On);
        await PaintAsync(with, 1);
        var picture = (await with.RankingAsync())[0];
        Assert.Equal((Encoded, 36 + 512), (picture.Features!.Version, picture.Features.Values.Count));

        await using var without = await with.NextAsync();
        Assert.Empty(await without.Get<PictureMeasurer>().MeasureAllAsync(Cancellation));

        var again = (await without.RankingAsync())[0];
        Assert.Equal(("pixels-1", 36), (again.Features!.Version, again.Features.Values.Count));
        Assert.Equal(picture.Features.Values.Take(36), again.Features.Values);
    }

    /// <summary>Gives the first ranking pictures files, a few for all of them, and measures them.</summary>
    private static async Task PaintAsync(TasteProgram program, int count)
    {
        const int Files = 12;

        var (reader, store) = (program.Get<PictureReader>(), program.Get<IPictureStore>());
        var ranking = (await program.RankingAsync()).Take(count).ToArray();
        foreach (var picture in ranking.Take(Files))
        {
            await reader.PaintAheadAsync(picture, Cancellation);
        }

        var painted = (await program.RankingAsync()).Take(Math.Min(count, Files)).ToArray();
        foreach (var (index, picture) in ranking.Index().Skip(Files))
        {
            await store.SetFileAsync(picture.Id, painted[index % Files].FileKey!, Cancellation);
            await store.SetFeaturesAsync(picture.Id, painted[index % Files].Features!, Cancellation);
        }
    }

    private static async Task<double[]> TasteAsync(TasteProgram program) =>
        (await program.Get<TasteLearner>().RebuildAsync((await program.VoterAsync(Ann)).Profile, Cancellation)).Taste.Mean.ToArray();
}

using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Personalization.Taste;
using Personalization.Taste.Model;
using static Personalization.Storage.Tests.TemporaryStorage;

namespace Personalization.Storage.Tests;

public abstract class CommunityStoreTests(DatabaseKind kind) : IAsyncLifetime
{
    private TemporaryStorage _storage = null!;

    private ICommunityStore Communities => _storage.Get<ICommunityStore>();

    public async ValueTask InitializeAsync() => _storage = await CreateAsync(kind);

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Community_store_has_no_fit_before_the_first_one()
    {
        Assert.Null(await Communities.LatestAsync(Cancellation));
        Assert.Equal(0, await Communities.LastVersionAsync(Cancellation));
    }

    [Fact]
    public async Task Fit_is_read_back_to_the_last_bit()
    {
        var prior = Prior(3);
        var map = new FeatureMap("pixels-1", [new("chroma", "grey", "colourful")], 2, new([0.1, 0.2], [1.0 / 3], [[0.7]], [1.1]), [[0.5, -0.25], [0, 1]], [[1, 0], [Math.PI, 2]], [0.1, 0], [2, 1]);

        var factors = new LatentFactors(2, new Dictionary<long, double[]> { [7] = [1.0 / 3, -2] });

        await Communities.SaveAsync(new(map, factors, prior), 10, 300, Cancellation);

        var (readMap, readFactors, read) = (await Communities.LatestAsync(Cancellation))!;
        Assert.Equal(3, read.Version);
        Assert.Equal(prior.Mean.ToArray(), read.Mean.ToArray());
        Assert.Equal(prior.PopulationCovariance.ToArray(), read.PopulationCovariance.ToArray());
        Assert.Equal(prior.Covariance.ToArray(), read.Covariance.ToArray());
        Assert.Equal(prior.AppealOf(7), read.AppealOf(7));
        Assert.Equal(prior.AppealOf(8), read.AppealOf(8));
        Assert.Equal(prior.TieOdds, read.TieOdds);
        Assert.Equal(1.7, read.PictureEffectVariance);
        Assert.Equal(0.15, read.Lapse);
        Assert.Equivalent(map, readMap, strict: true);
        Assert.Equivalent(factors, readFactors, strict: true);
    }

    [Fact]
    public async Task Community_store_keeps_the_last_five_fits()
    {
        for (var version = 1; version <= 8; version++)
        {
            await Communities.SaveAsync(new(null, null, Prior(version)), 1, 1, Cancellation);
        }

        Assert.Equal(8, (await Communities.LatestAsync(Cancellation))!.Prior.Version);
        Assert.Equal(8, await Communities.LastVersionAsync(Cancellation));
        await using var context = await _storage.ContextAsync();
        Assert.Equal([4, 5, 6, 7, 8], await context.Communities.Select(community => community.Version).Order().ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Fit_of_a_version_that_did_not_estimate_picture_effects_or_lapses_has_the_usual_ones()
    {
        await Communities.SaveAsync(new(null, null, Prior(1)), 1, 1, Cancellation);
        await using var context = await _storage.ContextAsync();
        using var compressed = new BrotliStream(new MemoryStream((await context.Communities.AsNoTracking().SingleAsync(Cancellation)).Content), CompressionMode.Decompress);
        var content = (await JsonNode.ParseAsync(compressed, cancellationToken: Cancellation))!.AsObject();
        Assert.True(content.Remove("PictureEffectVariance"));
        Assert.True(content.Remove("Lapse"));
        using var earlier = new MemoryStream();
        await using (var compressing = new BrotliStream(earlier, CompressionLevel.Fastest))
        {
            await compressing.WriteAsync(Encoding.UTF8.GetBytes(content.ToJsonString()), Cancellation);
        }

        var rewritten = earlier.ToArray();
        await context.Communities.ExecuteUpdateAsync(community => community.SetProperty(row => row.Content, rewritten), Cancellation);

        var prior = (await Communities.LatestAsync(Cancellation))!.Prior;

        Assert.Equal(CommunityPrior.UsualPictureEffectVariance, prior.PictureEffectVariance);
        Assert.Equal(0, prior.Lapse);
    }

    private static CommunityPrior Prior(int version) =>
        new(version, [0.1, 1.0 / 3], [1, 0.25, 0.25, 2], [0.01, 0, 0, 0.02], 0.3, new Dictionary<long, Appeal> { [7] = new(-0.7, 0.1) }, 0.15, pictureEffectVariance: 1.7, lapse: 0.15);

    public sealed class OnSqlite() : CommunityStoreTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : CommunityStoreTests(DatabaseKind.Postgres);
}
